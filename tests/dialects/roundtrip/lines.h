#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tests/dialects/roundtrip/talk.h"

namespace RoundTrip {

// One line for each thing that a request means; both sides of a comparison are written with these.

/// Compact JSON in which whole numbers look the same however they were written.
std::string plainJson(const json::value &value);

/// `who`: "system", "user", "model".
std::string textLine(std::string_view who, std::string_view text, std::string_view signature);
std::string mediaLine(const Media &media);
std::string callLine(std::string_view id, std::string_view name, const json::object &args,
                     std::string_view signature);
std::string resultLine(std::string_view id, std::string_view name, const json::object &response);
std::string toolLine(std::string_view name, std::string_view description);

/// The members of a generationConfig that mean sampling, limits and form, one line each.
void addConfigLines(std::vector<std::string> &lines, const json::object &config);
/// The properties in their order and what each says, one line each.
void addSchemaLines(std::vector<std::string> &lines, const std::string &path, const json::object &schema);

} // namespace RoundTrip
