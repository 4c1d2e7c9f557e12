#include "gateway/common/text.h"

#include <algorithm>

namespace Gateway {

namespace {

constexpr char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

constexpr int hexDigit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    const char small = lower(c);
    return small >= 'a' && small <= 'f' ? small - 'a' + 10 : -1;
}

constexpr bool isUnreserved(char c)
{
    const char small = lower(c);
    return (small >= 'a' && small <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' ||
           c == '~';
}

/// Calls `visit(piece)` for each `&`-separated piece of a query.
template <typename Visit>
void eachParameter(std::string_view query, Visit visit)
{
    while (!query.empty()) {
        const std::size_t end = std::min(query.find('&'), query.size());
        visit(query.substr(0, end));
        query.remove_prefix(std::min(end + 1, query.size()));
    }
}

} // namespace

bool equalsIgnoreCase(std::string_view left, std::string_view right)
{
    return left.size() == right.size() && startsWithIgnoreCase(left, right);
}

bool startsWithIgnoreCase(std::string_view text, std::string_view prefix)
{
    return text.size() >= prefix.size() &&
           std::equal(prefix.begin(), prefix.end(), text.begin(),
                      [](char left, char right) { return lower(left) == lower(right); });
}

bool containsIgnoreCase(std::string_view text, std::string_view part)
{
    return std::search(text.begin(), text.end(), part.begin(), part.end(),
                       [](char left, char right) { return lower(left) == lower(right); }) != text.end();
}

std::string_view trimmed(std::string_view text)
{
    constexpr std::string_view blanks = " \t\r\n";
    const std::size_t from = text.find_first_not_of(blanks);
    if (from == std::string_view::npos)
        return {};
    return text.substr(from, text.find_last_not_of(blanks) - from + 1);
}

std::string_view withoutModels(std::string_view model)
{
    constexpr std::string_view prefix = "models/";
    return model.starts_with(prefix) ? model.substr(prefix.size()) : model;
}

std::string_view headerValue(const Headers &headers, std::string_view name)
{
    for (const auto &[headerName, value] : headers) {
        if (equalsIgnoreCase(headerName, name))
            return value;
    }
    return {};
}

std::string percentDecoded(std::string_view text)
{
    std::string decoded;
    decoded.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%' && i + 2 < text.size()) {
            const int high = hexDigit(text[i + 1]);
            const int low = hexDigit(text[i + 2]);
            if (high >= 0 && low >= 0) {
                decoded += static_cast<char>(high * 16 + low);
                i += 2;
                continue;
            }
        }
        decoded += text[i];
    }
    return decoded;
}

std::string percentEncoded(std::string_view text)
{
    static constexpr char HEX[] = "0123456789ABCDEF";
    std::string encoded;
    encoded.reserve(text.size());
    for (const char c : text) {
        if (isUnreserved(c)) {
            encoded += c;
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        encoded += '%';
        encoded += HEX[byte >> 4];
        encoded += HEX[byte & 15];
    }
    return encoded;
}

std::string queryValue(std::string_view query, std::string_view name)
{
    std::string value;
    bool found = false;
    eachParameter(query, [&](std::string_view piece) {
        if (found || !piece.starts_with(name) || piece.size() <= name.size() || piece[name.size()] != '=')
            return;
        value = percentDecoded(piece.substr(name.size() + 1));
        found = true;
    });
    return value;
}

std::string queryWithout(std::string_view query, std::string_view name)
{
    std::string rest;
    eachParameter(query, [&](std::string_view piece) {
        if (piece.starts_with(name) && (piece.size() == name.size() || piece[name.size()] == '='))
            return;
        if (!rest.empty())
            rest += '&';
        rest += piece;
    });
    return rest;
}

std::vector<std::string> splitList(std::string_view text, std::string_view separators)
{
    std::vector<std::string> pieces;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find_first_of(separators), text.size());
        const std::string_view piece = trimmed(text.substr(0, end));
        if (!piece.empty())
            pieces.emplace_back(piece);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return pieces;
}

/// Greedy with one step back: the last star takes one more character whenever what follows does not fit.
bool matchesPattern(std::string_view text, std::string_view pattern)
{
    constexpr std::size_t none = std::string_view::npos;
    std::size_t at = 0;
    std::size_t in = 0;
    std::size_t star = none;
    std::size_t taken = 0;
    while (at < text.size()) {
        if (in < pattern.size() && pattern[in] == '*') {
            star = in++;
            taken = at;
        } else if (in < pattern.size() && pattern[in] == text[at]) {
            ++in;
            ++at;
        } else if (star != none) {
            in = star + 1;
            at = ++taken;
        } else {
            return false;
        }
    }
    return pattern.substr(in).find_first_not_of('*') == none;
}

} // namespace Gateway
