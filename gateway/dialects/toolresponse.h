#pragma once

#include <string>
#include <string_view>

#include "gateway/dialects/contentparts.h"
#include "gateway/dialects/modelfamily.h"
#include "gateway/dialects/requestdraft.h"

namespace Gateway {

/// `,"parts":[…]` inside a functionResponse, begun with the first part.
class ToolResponseParts final : public PartSink
{
public:
    explicit ToolResponseParts(RequestDraft &draft)
        : m_draft(draft)
    {
    }
    void next() override;
    void close();

private:
    RequestDraft &m_draft;
    bool m_open = false;
};

/// Appends a functionResponse's `response`, which is an object: a result that is one goes as it is,
/// everything else as {"result":text}.
void appendToolResponse(std::string &out, std::string_view text);

/// Appends the head of a function's call or response: `"id":…,"name":…`, the id where the family matches ids.
void appendCallName(std::string &out, const ModelFamily &family, std::string_view id, std::string_view name);

/// Signs the functionCall part that the draft stands in: with `known`, the signature the client gave, else
/// with a hole for the one the relay may know for `id` or `print` (both empty: none is asked for), else with
/// a stand-in where the model insists on one, which it does for the `first` call of a turn.
void addCallSignature(RequestDraft &draft, const ModelFamily &family, std::string_view known,
                      std::string_view id, bool first, std::string_view print = {});

} // namespace Gateway
