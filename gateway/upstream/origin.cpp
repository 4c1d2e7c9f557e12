#include "gateway/upstream/origin.h"

#include <algorithm>
#include <memory>

#include <curl/curl.h>

#include "gateway/common/text.h"

namespace Gateway {

namespace {

using UrlParts = std::unique_ptr<CURLU, decltype(&curl_url_cleanup)>;

std::string partOf(CURLU *url, CURLUPart part, unsigned flags = 0)
{
    char *text = nullptr;
    if (curl_url_get(url, part, &text, flags) != CURLUE_OK)
        return {};
    std::string copy(text);
    curl_free(text);
    return copy;
}

bool isAscii(std::string_view text)
{
    return std::none_of(text.begin(), text.end(),
                        [](char c) { return static_cast<unsigned char>(c) > 0x7f; });
}

tl::unexpected<Error> invalidUrl()
{
    return fail(500, "invalid_url", "The URL is not a valid http or https URL.");
}

} // namespace

std::string_view originPart(std::string_view url)
{
    const std::size_t scheme = url.find("://");
    if (scheme == std::string_view::npos)
        return url;
    return url.substr(0, std::min(url.find_first_of("/?#", scheme + 3), url.size()));
}

Result<std::string_view> requestTarget(std::string_view url, std::size_t originSize, std::string &room)
{
    std::string_view target = url.substr(originSize);
    std::size_t size = 0;
    for (; size < target.size() && target[size] != '#'; ++size) {
        const auto byte = static_cast<unsigned char>(target[size]);
        if (byte <= ' ' || byte == 0x7f)
            return invalidUrl();
    }
    target = target.substr(0, size);
    if (target.starts_with('/'))
        return target;
    room = '/';
    room += target;
    return room;
}

Result<Origin> makeOrigin(std::string_view prefix, std::string_view proxyUrl)
{
    const UrlParts url(curl_url(), &curl_url_cleanup);
    Origin origin;
    origin.prefix = prefix;
    origin.proxyUrl = proxyUrl;
    origin.url = origin.prefix + '/';
    if (curl_url_set(url.get(), CURLUPART_URL, origin.url.c_str(), 0) != CURLUE_OK)
        return invalidUrl();
    const std::string scheme = partOf(url.get(), CURLUPART_SCHEME);
    if (scheme != "http" && scheme != "https")
        return invalidUrl();
    origin.host = partOf(url.get(), CURLUPART_HOST);
    if (!isAscii(origin.host))
        origin.host = partOf(url.get(), CURLUPART_HOST, CURLU_PUNYCODE);
    if (origin.host.empty())
        return invalidUrl();
    if (const std::string port = partOf(url.get(), CURLUPART_PORT, CURLU_NO_DEFAULT_PORT); !port.empty())
        origin.host += ':' + port;
    origin.isPlain = scheme == "http" && !startsWithIgnoreCase(proxyUrl, "https:");
    return origin;
}

} // namespace Gateway
