#include "gateway/common/extraheaders.h"

#include <algorithm>
#include <array>
#include <string>

namespace Gateway {

namespace {

constexpr std::size_t MOST_HEADERS = 50;
constexpr std::size_t LONGEST = 4096; ///< Name and value.

/// Parts of the names of headers that let somebody in.
constexpr std::array<std::string_view, 5> CREDENTIALS{"auth", "token", "key", "secret", "cookie"};

/// What the transport and HTTP/1.1 say themselves.
constexpr std::array<std::string_view, 16> OWN{"host",
                                               "connection",
                                               "keep-alive",
                                               "te",
                                               "trailer",
                                               "transfer-encoding",
                                               "upgrade",
                                               "expect",
                                               "proxy-connection",
                                               "via",
                                               "content-length",
                                               "content-type",
                                               "range",
                                               "date",
                                               "content-encoding",
                                               "accept-encoding"};

tl::unexpected<Error> wrong(std::string_view piece, const std::string &why)
{
    return fail(400, "invalid_headers", "In \"" + std::string(piece) + "\" " + why);
}

bool isHeaderName(std::string_view text)
{
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return c > ' ' && c < 0x7f &&
               std::string_view("\"(),/:;<=>?@[\\]{}").find(c) == std::string_view::npos;
    });
}

bool isHeaderValue(std::string_view text)
{
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return static_cast<unsigned char>(c) >= ' ' && c != 0x7f;
    });
}

bool authenticates(std::string_view name)
{
    return std::any_of(CREDENTIALS.begin(), CREDENTIALS.end(),
                       [name](std::string_view part) { return containsIgnoreCase(name, part); });
}

bool isOwn(std::string_view name)
{
    return std::any_of(OWN.begin(), OWN.end(),
                       [name](std::string_view own) { return equalsIgnoreCase(name, own); });
}

} // namespace

Result<Headers> parseExtraHeaders(std::string_view text)
{
    Headers headers;
    for (const std::string &piece : splitList(text, ";\n")) {
        const std::size_t colon = std::min(piece.find(':'), piece.size());
        const std::string_view name = trimmed(std::string_view(piece).substr(0, colon));
        const std::string_view value =
            trimmed(std::string_view(piece).substr(std::min(colon + 1, piece.size())));
        if (colon == piece.size() || !isHeaderName(name) || !isHeaderValue(value))
            return wrong(piece, "no header's name stands before ':', or no value behind it.");
        if (authenticates(name))
            return wrong(name, "is a credential: the keys are the only ones that go to Google.");
        if (isOwn(name))
            return wrong(name, "is a header that every request has for itself.");
        if (!headerValue(headers, name).empty())
            return wrong(name, "is a header that stands twice.");
        if (headers.size() == MOST_HEADERS || name.size() + value.size() > LONGEST)
            return wrong(name, "is too long, or one header too many.");
        headers.emplace_back(name, value);
    }
    return headers;
}

} // namespace Gateway
