#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "tests/support/fakeanswer.h"
#include "tests/support/fakemodels.h"

namespace TestSupport {

/// What is wrong with a request, in Google's words; nothing when it is right.
using Fault400 = std::optional<std::string>;

/// Gives every known field its camelCase name (proto3 JSON takes both); free-form values stay.
json::value camelNames(const json::value &value);

/// Body of generateContent and streamGenerateContent, names already camelCase.
Fault400 checkGenerate(const FakeModel &model, const json::object &body);

/// `contents` alone, as countTokens and cachedContents have them. `where` prefixes paths in the text.
Fault400 checkContents(const FakeModel &model, const json::array &contents, std::string_view where);

/// "Invalid JSON payload received. Unknown name …" for the first member of `object` that is not in `known`
/// (space-separated); `at` is its path, empty for the top.
Fault400 checkNames(const json::object &object, std::string_view known, std::string_view at);

/// google.type Schema (OpenAPI subset) as function parameters and responseSchema take it.
Fault400 checkSchema(const json::value &schema, const std::string &at);

/// The sign of a call the fake made: which function it was, and that it is no invention.
std::string signatureFor(std::string_view functionName, std::int64_t number);

} // namespace TestSupport
