#include "gateway/dialects/googlejson.h"

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <string>
#include <utility>

#include "gateway/common/json.h"

namespace Gateway {

namespace {

constexpr std::uint64_t ONES = 0x0101010101010101;
constexpr std::uint64_t TOPS = 0x8080808080808080;

enum ByteKind : std::uint8_t { Space = 1, Digit = 2, NumberPart = 4, NameStart = 8, NamePart = 16, Hex = 32 };

constexpr std::array<std::uint8_t, 256> KINDS = [] {
    std::array<std::uint8_t, 256> kinds{};
    const auto mark = [&kinds](std::string_view bytes, int kind) {
        for (const char c : bytes)
            kinds[static_cast<unsigned char>(c)] |= static_cast<std::uint8_t>(kind);
    };
    mark(" \t\n\v\f\r", Space);
    mark("0123456789", Digit | NumberPart | NamePart | Hex);
    mark("+-.eEx", NumberPart);
    mark("abcdefABCDEF", Hex);
    mark("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_$", NameStart | NamePart);
    mark(".-", NamePart);
    return kinds;
}();

bool isOf(char c, int kind)
{
    return KINDS[static_cast<unsigned char>(c)] & kind;
}

bool isAscii(char c)
{
    return static_cast<unsigned char>(c) < 0x80;
}

/// From `at` on the next byte that is `quote`, a backslash or no ASCII.
const char *nextSpecial(const char *at, const char *end, char quote)
{
    const std::uint64_t quotes = ONES * static_cast<unsigned char>(quote);
    while (end - at >= 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, at, sizeof(word));
        const std::uint64_t q = word ^ quotes;
        const std::uint64_t b = word ^ (ONES * '\\');
        const std::uint64_t hits = (word | ((q - ONES) & ~q) | ((b - ONES) & ~b)) & TOPS;
        if (hits == 0) {
            at += sizeof(word);
            continue;
        }
        if constexpr (std::endian::native != std::endian::little)
            break;
        return at + std::countr_zero(hits) / 8; // a byte is told in vain only behind a true one
    }
    while (at < end && *at != quote && *at != '\\' && isAscii(*at))
        ++at;
    return at;
}

/// Bytes of the one character at `at`, which is no ASCII; 0 when it is none (Unicode Standard, table 3-7).
std::size_t characterSize(const char *at, const char *end)
{
    const auto byte = [at](std::size_t index) { return static_cast<unsigned char>(at[index]); };
    const auto follows = [&byte](std::size_t index) { return (byte(index) & 0xc0) == 0x80; };
    const auto left = static_cast<std::size_t>(end - at);
    const unsigned first = byte(0);
    if ((first & 0xf0) == 0xe0) {
        const bool isSound = left >= 3 && follows(1) && follows(2) && !(first == 0xe0 && byte(1) < 0xa0) &&
                             !(first == 0xed && byte(1) > 0x9f);
        return isSound ? 3 : 0;
    }
    if (first >= 0xc2 && first <= 0xdf)
        return left >= 2 && follows(1) ? 2 : 0;
    const bool isSound = first >= 0xf0 && first <= 0xf4 && left >= 4 && follows(1) && follows(2) &&
                         follows(3) && !(first == 0xf0 && byte(1) < 0x90) &&
                         !(first == 0xf4 && byte(1) > 0x8f);
    return isSound ? 4 : 0;
}

/// Reads from front to back, without recursion; the first fault ends it.
class Checker
{
public:
    explicit Checker(std::string_view text)
        : m_begin(text.data())
        , m_at(text.data())
        , m_end(text.data() + text.size())
    {
    }

    bool run();
    std::size_t position() const { return static_cast<std::size_t>(m_at - m_begin); }
    const std::string &fault() const { return m_fault; }

private:
    /// The next byte; at the end a zero, which means nothing outside of strings.
    char next() const { return m_at < m_end ? *m_at : '\0'; }
    bool inObject() const { return m_objects & 1; }
    char closer() const { return inObject() ? '}' : ']'; }
    std::size_t left() const { return static_cast<std::size_t>(m_end - m_at); }

    bool expected(const char *what);
    bool bad(std::string what);
    void skipSpace();
    bool element(bool &opened);
    bool open(bool isObject);
    bool name();
    bool scalar();
    bool number();
    bool string();
    bool escape();
    bool beyondAscii();

    const char *m_begin;
    const char *m_at;
    const char *m_end;
    std::uint64_t m_objects = 0; ///< A bit for each open bracket, the innermost lowest; 1: object.
    int m_depth = 0;
    std::string m_fault;
};

static_assert(MAX_JSON_DEPTH <= 64);

bool Checker::expected(const char *what)
{
    m_fault = m_at == m_end ? "it ends where " : "";
    m_fault += what;
    m_fault += " is expected";
    return false;
}

bool Checker::bad(std::string what)
{
    m_fault = std::move(what);
    return false;
}

void Checker::skipSpace()
{
    while (m_at < m_end && isOf(*m_at, Space))
        ++m_at;
}

bool Checker::run()
{
    bool opened = false;
    skipSpace();
    if (!element(opened))
        return false;
    for (;;) {
        skipSpace();
        if (m_depth == 0)
            return m_at == m_end || expected("the end");
        if (!opened && next() == ',') {
            ++m_at;
            skipSpace();
            opened = true; // a closing bracket may follow the comma
        } else if (next() == closer()) {
            ++m_at;
            --m_depth;
            m_objects >>= 1;
            opened = false;
        } else if (!opened) {
            return expected(inObject() ? "',' or '}'" : "',' or ']'");
        } else if ((inObject() && !name()) || !element(opened)) {
            return false;
        }
    }
}

/// One value, or the opening bracket of one.
bool Checker::element(bool &opened)
{
    opened = next() == '{' || next() == '[';
    return opened ? open(next() == '{') : scalar();
}

bool Checker::open(bool isObject)
{
    if (m_depth == MAX_JSON_DEPTH)
        return bad("it is nested deeper than " + std::to_string(MAX_JSON_DEPTH) + " levels");
    ++m_at;
    ++m_depth;
    m_objects = m_objects << 1 | (isObject ? 1 : 0);
    return true;
}

bool Checker::name()
{
    if (next() == '"' || next() == '\'') {
        if (!string())
            return false;
    } else if (isOf(next(), NameStart)) {
        while (isOf(next(), NamePart))
            ++m_at;
    } else {
        return expected("a name or '}'");
    }
    skipSpace();
    if (next() != ':')
        return expected("':'");
    ++m_at;
    skipSpace();
    return true;
}

bool Checker::scalar()
{
    const char first = next();
    if (first == '"' || first == '\'')
        return string();
    if (first == '-' || isOf(first, Digit))
        return number();
    for (const std::string_view word : {"true", "false", "null"}) {
        if (first == word.front() && std::string_view(m_at, left()).starts_with(word)) {
            m_at += word.size();
            return true;
        }
    }
    return expected("a value");
}

/// Takes whatever Google's reader collects as a number; it judges itself what becomes of "1.e+".
bool Checker::number()
{
    bool hasDigit = false;
    for (; isOf(next(), NumberPart); ++m_at)
        hasDigit = hasDigit || isOf(*m_at, Digit);
    return hasDigit || expected("a digit");
}

bool Checker::string()
{
    const char quote = *m_at++;
    for (;;) {
        m_at = nextSpecial(m_at, m_end, quote);
        if (m_at == m_end)
            return expected("the end of a string");
        if (*m_at == quote) {
            ++m_at;
            return true;
        }
        if (!(*m_at == '\\' ? escape() : beyondAscii()))
            return false;
    }
}

bool Checker::escape()
{
    ++m_at;
    if (m_at == m_end)
        return expected("the end of a string");
    if (!isAscii(*m_at))
        return beyondAscii();
    if (*m_at++ != 'u')
        return true;
    for (int digits = 0; digits < 4; ++digits, ++m_at) {
        if (!isOf(next(), Hex))
            return expected("a hexadecimal digit");
    }
    return true;
}

/// A run of characters that are no ASCII.
bool Checker::beyondAscii()
{
    const char *at = m_at;
    std::size_t size = 1;
    while (at < m_end && !isAscii(*at) && size != 0) {
        size = characterSize(at, m_end);
        at += size;
    }
    m_at = at;
    return size != 0 || bad("the bytes are no UTF-8");
}

} // namespace

Result<void> checkGoogleJson(std::string_view text)
{
    Checker checker(text);
    if (checker.run())
        return {};
    return fail(400, "invalid_json",
                "The body is not valid JSON: " + checker.fault() + ", at byte " +
                    std::to_string(checker.position()) + ".");
}

} // namespace Gateway
