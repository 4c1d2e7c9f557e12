#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "gateway/common/modelparameters.h"
#include "gateway/common/result.h"

namespace Gateway {

/// Whether `parameters` can mean anything to Gemini's call `method` ("generateContent", "embedContent", …).
bool mayChangeBody(std::string_view method, const ModelParameters &parameters);

/// A request's body with what `parameters` adds to it, in Gemini's JSON for `method` of `model` (without
/// "models/"). Nothing when all of it is there already or means nothing to the model, so that the client's
/// bytes stay. Members keep their order and their spelling (camelCase or snake_case). Fails with a 400 when
/// the body is no JSON object.
///
/// Left out are what Gemini refuses: instructions and tools beside cached content; Google's tools beside
/// functions or a JSON answer before Gemini 3, and beside tools that bear no others; instructions for models
/// that make pictures or speech (Gemma up to 3 gets them in the first turn).
Result<std::optional<std::string>> changedBody(std::string_view body, std::string_view model,
                                               std::string_view method, const ModelParameters &parameters);

/// `body` with the model in its members `model` renamed from `from` to `to`, both without "models/": of the
/// request itself and of the requests inside it (countTokens, batchEmbedContents). Nothing when it names
/// none so.
std::optional<std::string> renamedBody(std::string_view body, std::string_view from, std::string_view to);

} // namespace Gateway
