#include "tests/dialects/roundtrip/dice.h"

#include <algorithm>

#include <QByteArray>

namespace RoundTrip {

namespace {

using namespace std::string_view_literals;

constexpr auto WORDS = std::to_array<std::string_view>({
    "a"sv,
    "word"sv,
    "0"sv,
    "\"quoted\""sv,
    "back\\slash\\"sv,
    "\\u0041"sv,
    "line\nfeed"sv,
    "cr\r\nlf"sv,
    "\r"sv,
    "\t"sv,
    "data: {\"a\":1}\n\n"sv,
    "event: x\n"sv,
    "[DONE]"sv,
    "```json\n{}\n```"sv,
    "](http://x)"sv,
    "![a](b)"sv,
    "</script>"sv,
    "{}"sv,
    "[1,2]"sv,
    "null"sv,
    "\0"sv,
    "\x01\x1f\x7f"sv,
    "\u00e9"sv,
    "e\u0301"sv,
    "\u00df\u1e9e"sv,
    "\u4f60\u597d"sv,
    "\u3053\u3093"sv,
    "\u05e9\u05dc"sv,
    "\u202eabc\u202c"sv,
    "\u2028\u2029"sv,
    "\ufeff"sv,
    "\uffff"sv,
    "\u0085"sv,
    "\U0001f600"sv,
    "\U0001f468\u200d\U0001f469\u200d\U0001f467"sv,
    "\U0001f1e9\U0001f1ea"sv,
    "\U0010ffff"sv,
    "\U00020000"sv,
    "gemini:"sv,
    "gb1.3.abc"sv,
    "x-anthropic"sv,
});

constexpr auto BLANKS = std::to_array<std::string_view>({"", "", "", " ", "\n", "\t ", "\r\n"});
constexpr auto GAPS = std::to_array<std::string_view>({" ", " ", "", "\n", "  "});

void appendUnit(std::string &out, char32_t unit)
{
    constexpr std::string_view LOWER = "0123456789abcdef";
    out += "\\u";
    for (int shift = 12; shift >= 0; shift -= 4)
        out += LOWER[(unit >> shift) & 0xf];
}

/// As one or two units of UTF-16. `bytes`: a character in UTF-8.
void appendEscaped(std::string &out, std::string_view bytes)
{
    const auto lead = static_cast<unsigned char>(bytes.front());
    char32_t sign = bytes.size() == 1 ? lead : lead & (0x7fu >> bytes.size());
    for (const char byte : bytes.substr(1))
        sign = (sign << 6) | (static_cast<unsigned char>(byte) & 0x3f);
    if (sign < 0x10000)
        return appendUnit(out, sign);
    appendUnit(out, 0xd800 + ((sign - 0x10000) >> 10));
    appendUnit(out, 0xdc00 + ((sign - 0x10000) & 0x3ff));
}

/// The first character of `text`, which is UTF-8.
std::string_view firstOf(std::string_view text)
{
    std::size_t size = 1;
    while (size < text.size() && (static_cast<unsigned char>(text[size]) & 0xc0) == 0x80)
        ++size;
    return text.substr(0, size);
}

void appendText(std::string &out, std::string_view text, Dice &dice)
{
    const bool escapes = dice.oneIn(3);
    out += '"';
    while (!text.empty()) {
        const std::string_view sign = firstOf(text);
        text.remove_prefix(sign.size());
        const auto byte = static_cast<unsigned char>(sign.front());
        if (byte == '"' || byte == '\\' || (byte == '/' && escapes))
            out.append("\\").append(sign);
        else if (byte < 0x20 || (escapes && byte > 0x7e && dice.coin()))
            appendEscaped(out, sign);
        else
            out += sign;
    }
    out += '"';
}

void appendValue(std::string &out, const json::value &value, bool spaced, Dice &dice)
{
    const auto blank = [&] {
        if (spaced)
            out += dice.pick(BLANKS);
    };
    if (const json::string *text = value.if_string())
        return appendText(out, *text, dice);
    const json::object *object = value.if_object();
    const json::array *array = value.if_array();
    if (!object && !array) {
        out += json::serialize(value);
        return;
    }
    out += object ? '{' : '[';
    const std::size_t start = out.size();
    for (std::size_t i = 0; i < (object ? object->size() : array->size()); ++i) {
        if (out.size() != start)
            out += ',';
        blank();
        if (object) {
            appendText(out, (object->begin() + i)->key(), dice);
            blank();
            out += ':';
            blank();
        }
        appendValue(out, object ? (object->begin() + i)->value() : (*array)[i], spaced, dice);
        blank();
    }
    out += object ? '}' : ']';
}

} // namespace

std::string Dice::text()
{
    std::string out;
    for (std::size_t i = 1 + below(6); i > 0; --i) {
        if (!out.empty())
            out += pick(GAPS);
        out += pick(WORDS);
    }
    // Some dialects trim what is only blank, and a result that is a JSON object is told as one.
    if (out.find_first_not_of(" \t\r\n") == std::string::npos || out.find('{') != std::string::npos)
        out = "word " + out + '.';
    return out;
}

std::string Dice::name()
{
    static constexpr auto NAMES =
        std::to_array<std::string_view>({"zeta", "alpha", "get_weather", "A", "_x", "items", "type",
                                         "properties", "id", "ns.tool", "a-b", "name"});
    std::string out(pick(NAMES));
    return coin() ? out : out + std::to_string(below(1000));
}

std::string Dice::bytes(std::size_t most)
{
    std::string out(1 + below(most), '\0');
    std::ranges::generate(out, [this] { return static_cast<char>(below(256)); });
    return out;
}

json::value Dice::value(int depth)
{
    switch (below(depth < 3 ? 9 : 7)) {
    case 0:
        return static_cast<std::int64_t>(m_engine());
    case 1:
        return static_cast<std::int64_t>(below(100)) - 50;
    case 2:
        return (static_cast<double>(below(20001)) - 10000) / 64;
    case 3:
        return nullptr;
    case 4:
        return coin();
    case 5:
        return json::string(text());
    case 6:
        return json::string("");
    case 7:
        return object(depth + 1);
    default:
        break;
    }
    json::array list;
    for (std::size_t i = below(4); i > 0; --i)
        list.push_back(value(depth + 1));
    return list;
}

json::object Dice::object(int depth)
{
    json::object out;
    for (std::size_t i = below(5); i > 0; --i)
        out[oneIn(4) ? text() : name()] = value(depth);
    return out;
}

std::string oddJson(const json::value &value, Dice &dice)
{
    std::string out;
    appendValue(out, value, dice.oneIn(3), dice);
    return out;
}

std::string base64(const std::string &bytes)
{
    return QByteArray::fromStdString(bytes).toBase64().toStdString();
}

std::string unbase64(std::string_view text)
{
    const QByteArray given(text.data(), qsizetype(text.size()));
    const bool isUrl = given.contains('-') || given.contains('_');
    return QByteArray::fromBase64(given, isUrl ? QByteArray::Base64UrlEncoding : QByteArray::Base64Encoding)
        .toStdString();
}

} // namespace RoundTrip
