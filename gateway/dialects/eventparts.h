#pragma once

#include "gateway/common/json.h"

namespace Gateway {

// Where the parts of a Gemini event are, for those that change them.

/// The only candidate of `event`, or null.
inline json::object *onlyCandidate(json::object &event)
{
    json::value *list = event.if_contains("candidates");
    json::array *candidates = list ? list->if_array() : nullptr;
    return candidates && candidates->size() == 1 ? candidates->front().if_object() : nullptr;
}

/// content.parts of `candidate`, or null.
inline json::array *partsOf(json::object &candidate)
{
    json::value *content = candidate.if_contains("content");
    json::object *object = content ? content->if_object() : nullptr;
    json::value *parts = object ? object->if_contains("parts") : nullptr;
    return parts ? parts->if_array() : nullptr;
}

} // namespace Gateway
