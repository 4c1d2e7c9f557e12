#include "gateway/common/json.h"

#include <charconv>
#include <cmath>
#include <cstring>

namespace Gateway {

Result<json::value> parseJson(std::string_view text, json::storage_ptr storage)
{
    json::parse_options options;
    options.max_depth = MAX_JSON_DEPTH;
    unsigned char scratch[4096];
    json::parser parser({}, options, scratch, sizeof(scratch));
    parser.reset(std::move(storage));
    boost::system::error_code error;
    const std::size_t read = parser.write(text.data(), text.size(), error);
    if (!error)
        return parser.release();
    std::string message =
        "The body is not valid JSON: " + error.message() + " at byte " + std::to_string(read) + ".";
    if (error == json::error::too_deep)
        message = "The JSON is nested deeper than " + std::to_string(MAX_JSON_DEPTH) + " levels, at byte " +
                  std::to_string(read) + ".";
    return fail(400, "invalid_json", std::move(message));
}

Result<json::object> parseJsonObject(std::string_view text, json::storage_ptr storage)
{
    Result<json::value> parsed = parseJson(text, std::move(storage));
    if (!parsed)
        return tl::unexpected<Error>(std::move(parsed.error()));
    json::object *object = parsed->if_object();
    if (!object)
        return fail(400, "invalid_json", "The body must be a JSON object.");
    return std::move(*object);
}

namespace {

constexpr double MAX_EXACT_WHOLE = 9007199254740992.0; // 2^53

void appendDouble(std::string &out, double number)
{
    if (!std::isfinite(number)) {
        out += "null";
        return;
    }
    char digits[32];
    const bool whole = std::abs(number) < MAX_EXACT_WHOLE && number == std::trunc(number);
    const auto end = whole
                         ? std::to_chars(digits, digits + sizeof(digits), number, std::chars_format::fixed, 1)
                         : std::to_chars(digits, digits + sizeof(digits), number);
    out.append(digits, end.ptr);
}

void appendNumber(std::string &out, auto number)
{
    char digits[24];
    out.append(digits, std::to_chars(digits, digits + sizeof(digits), number).ptr);
}

void appendObject(std::string &out, const json::object &object)
{
    out += '{';
    bool first = true;
    for (const json::key_value_pair &member : object) {
        if (!first)
            out += ',';
        first = false;
        appendJsonString(out, member.key());
        out += ':';
        appendJson(out, member.value());
    }
    out += '}';
}

void appendArray(std::string &out, const json::array &array)
{
    out += '[';
    bool first = true;
    for (const json::value &element : array) {
        if (!first)
            out += ',';
        first = false;
        appendJson(out, element);
    }
    out += ']';
}

} // namespace

void appendJson(std::string &out, const json::value &value)
{
    switch (value.kind()) {
    case json::kind::null:
        out += "null";
        break;
    case json::kind::bool_:
        out += value.get_bool() ? "true" : "false";
        break;
    case json::kind::int64:
        appendNumber(out, value.get_int64());
        break;
    case json::kind::uint64:
        appendNumber(out, value.get_uint64());
        break;
    case json::kind::double_:
        appendDouble(out, value.get_double());
        break;
    case json::kind::string:
        appendJsonString(out, value.get_string());
        break;
    case json::kind::array:
        appendArray(out, value.get_array());
        break;
    case json::kind::object:
        appendObject(out, value.get_object());
        break;
    }
}

std::string toJson(const json::value &value)
{
    std::string out;
    appendJson(out, value);
    return out;
}

namespace {

constexpr bool needsEscape(unsigned char byte)
{
    return byte < 0x20 || byte == '"' || byte == '\\';
}

/// Whether one of eight bytes needs an escape; bytes over 127 may be told as one, which only costs a closer
/// look.
bool mayNeedEscape(const char *eight)
{
    constexpr std::uint64_t ONES = 0x0101010101010101;
    constexpr std::uint64_t TOPS = 0x8080808080808080;
    std::uint64_t word = 0;
    std::memcpy(&word, eight, sizeof(word));
    const std::uint64_t quotes = word ^ (ONES * '"');
    const std::uint64_t slashes = word ^ (ONES * '\\');
    return (((word - ONES * 0x20) & ~word) | ((quotes - ONES) & ~quotes) | ((slashes - ONES) & ~slashes)) &
           TOPS;
}

/// The first place from `at` on whose byte needs an escape, or the text's size.
std::size_t nextEscape(std::string_view text, std::size_t at)
{
    for (; at + 8 <= text.size(); at += 8) {
        if (!mayNeedEscape(text.data() + at))
            continue;
        for (std::size_t i = at; i < at + 8; ++i) {
            if (needsEscape(static_cast<unsigned char>(text[i])))
                return i;
        }
    }
    while (at < text.size() && !needsEscape(static_cast<unsigned char>(text[at])))
        ++at;
    return at;
}

void appendEscape(std::string &out, unsigned char byte)
{
    static constexpr char HEX[] = "0123456789abcdef";
    switch (byte) {
    case '"':
        out += "\\\"";
        break;
    case '\\':
        out += "\\\\";
        break;
    case '\n':
        out += "\\n";
        break;
    case '\r':
        out += "\\r";
        break;
    case '\t':
        out += "\\t";
        break;
    default:
        out += "\\u00";
        out += HEX[byte >> 4];
        out += HEX[byte & 15];
    }
}

} // namespace

void appendJsonString(std::string &out, std::string_view text)
{
    out += '"';
    std::size_t plainFrom = 0;
    for (std::size_t at = nextEscape(text, 0); at < text.size(); at = nextEscape(text, plainFrom)) {
        out.append(text, plainFrom, at - plainFrom);
        appendEscape(out, static_cast<unsigned char>(text[at]));
        plainFrom = at + 1;
    }
    out.append(text, plainFrom, text.size() - plainFrom);
    out += '"';
}

void appendJsonMember(std::string &out, std::string_view name, std::string_view text)
{
    out += ",\"";
    out += name;
    out += "\":";
    appendJsonString(out, text);
}

const json::object *objectAt(const json::object &object, std::string_view name)
{
    const json::value *member = object.if_contains(name);
    return member ? member->if_object() : nullptr;
}

const json::array *arrayAt(const json::object &object, std::string_view name)
{
    const json::value *member = object.if_contains(name);
    return member ? member->if_array() : nullptr;
}

std::string_view stringAt(const json::object &object, std::string_view name)
{
    const json::value *member = object.if_contains(name);
    const json::string *text = member ? member->if_string() : nullptr;
    return text ? std::string_view(*text) : std::string_view();
}

std::int64_t integerAt(const json::object &object, std::string_view name, std::int64_t otherwise)
{
    const json::value *member = object.if_contains(name);
    if (!member)
        return otherwise;
    if (const std::int64_t *number = member->if_int64())
        return *number;
    const double *number = member->if_double();
    if (number && std::abs(*number) < MAX_EXACT_WHOLE && *number == std::trunc(*number))
        return static_cast<std::int64_t>(*number);
    return otherwise;
}

bool boolAt(const json::object &object, std::string_view name, bool otherwise)
{
    const json::value *member = object.if_contains(name);
    const bool *flag = member ? member->if_bool() : nullptr;
    return flag ? *flag : otherwise;
}

} // namespace Gateway
