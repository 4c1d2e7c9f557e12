#pragma once

#include <string>
#include <string_view>

#include <boost/json.hpp>

#include "gateway/common/result.h"

namespace Gateway {

namespace json = boost::json;

/// Nesting allowed in a client's JSON.
constexpr int MAX_JSON_DEPTH = 64;

/// Parses UTF-8 JSON. Fails with status 400, code "invalid_json" and the byte position of the fault; nesting
/// over MAX_JSON_DEPTH and bad UTF-8 are faults as well. `storage` is where the values live.
Result<json::value> parseJson(std::string_view text, json::storage_ptr storage = {});

/// As parseJson, and the outermost value must be an object.
Result<json::object> parseJsonObject(std::string_view text, json::storage_ptr storage = {});

/// Appends `value` to `out` as compact JSON. Doubles that are whole numbers are written without an exponent.
void appendJson(std::string &out, const json::value &value);

std::string toJson(const json::value &value);

/// Appends `text` as a JSON string with its quotes.
void appendJsonString(std::string &out, std::string_view text);

/// Appends ,"NAME":"TEXT": a further member of an object; `name` needs no escapes.
void appendJsonMember(std::string &out, std::string_view name, std::string_view text);

/// The member if `object` has it and it is of that kind; otherwise null / nothing.
const json::object *objectAt(const json::object &object, std::string_view name);
const json::array *arrayAt(const json::object &object, std::string_view name);
/// The text, or empty when absent or not a string.
std::string_view stringAt(const json::object &object, std::string_view name);
/// The whole number (a double with no fraction counts), or `otherwise`.
std::int64_t integerAt(const json::object &object, std::string_view name, std::int64_t otherwise);
/// The boolean, or `otherwise`.
bool boolAt(const json::object &object, std::string_view name, bool otherwise);

} // namespace Gateway
