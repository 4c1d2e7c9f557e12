#include "gateway/upstream/mediafetcher.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include <curl/curl.h>

#include <QBasicTimer>
#include <QObject>
#include <QTimerEvent>

#include "gateway/upstream/mimesniff.h"
#include "gateway/upstream/upstreamclient.h"

namespace Gateway {

namespace {

constexpr std::int64_t CONNECT_TIMEOUT_MS = 10'000;

/// `reference` as seen from `base` (RFC 3986, 5), without user, password and fragment; empty unless it is an
/// http or https URL.
std::string resolvedUrl(const std::string &base, const std::string &reference)
{
    const std::unique_ptr<CURLU, decltype(&curl_url_cleanup)> url(curl_url(), &curl_url_cleanup);
    if (!base.empty())
        curl_url_set(url.get(), CURLUPART_URL, base.c_str(), 0);
    if (curl_url_set(url.get(), CURLUPART_URL, reference.c_str(), 0) != CURLUE_OK)
        return {};
    for (const CURLUPart part : {CURLUPART_USER, CURLUPART_PASSWORD, CURLUPART_OPTIONS, CURLUPART_FRAGMENT})
        curl_url_set(url.get(), part, nullptr, 0);
    char *text = nullptr;
    if (curl_url_get(url.get(), CURLUPART_URL, &text, 0) != CURLUE_OK)
        return {};
    std::string resolved(text);
    curl_free(text);
    const bool isWeb =
        startsWithIgnoreCase(resolved, "http://") || startsWithIgnoreCase(resolved, "https://");
    return isWeb ? resolved : std::string();
}

bool isRedirect(int status)
{
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

/// A Content-Type without its parameters, in lower case.
std::string mimeTypeOf(std::string_view contentType)
{
    std::string type(trimmed(contentType.substr(0, contentType.find(';'))));
    std::transform(type.begin(), type.end(), type.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; });
    return type;
}

bool saysNothing(std::string_view mimeType)
{
    return mimeType.empty() || mimeType == "application/octet-stream" || mimeType == "binary/octet-stream";
}

UpstreamOptions clientOptions(const MediaLimits &limits)
{
    UpstreamOptions options;
    options.connectTimeoutMs = std::min(CONNECT_TIMEOUT_MS, limits.timeMs);
    options.firstByteTimeoutMs = limits.timeMs;
    options.idleTimeoutMs = limits.timeMs;
    options.publicAddressesOnly = !limits.privateAddresses;
    return options;
}

/// One fetch through all its redirects.
class Fetch final : public MediaFetch, public QObject, private UpstreamListener
{
public:
    Fetch(UpstreamClient &client, const MediaLimits &limits, std::string_view url, MediaFetcher::Done done);

protected:
    void timerEvent(QTimerEvent *event) override;

private:
    void upstreamHead(int status, const Headers &headers) override;
    void upstreamBody(std::string_view bytes) override;
    void upstreamEnd(const UpstreamEnd &end) override;

    void request();
    void redirect(std::string_view location);
    void failAsTooLarge();
    void failWith(const char *code, std::string text);
    void succeed();

    UpstreamClient &m_client;
    const MediaLimits m_limits;
    MediaFetcher::Done m_done;
    std::string m_url;
    std::string m_mimeType;
    std::string m_bytes;
    int m_redirects = 0;
    QBasicTimer m_deadline;
    std::unique_ptr<UpstreamCall> m_call;
};

Fetch::Fetch(UpstreamClient &client, const MediaLimits &limits, std::string_view url, MediaFetcher::Done done)
    : m_client(client)
    , m_limits(limits)
    , m_done(std::move(done))
    , m_url(resolvedUrl({}, std::string(url)))
{
    // a URL that is refused is told by the timer as well, as start() must return first
    m_deadline.start(m_url.empty() ? 0 : static_cast<int>(limits.timeMs), this);
    if (!m_url.empty())
        request();
}

void Fetch::request()
{
    static const Headers headers = {{"User-Agent", "gemini-balance/" GW_VERSION}, {"Accept", "*/*"}};
    UpstreamRequest request;
    request.method = "GET";
    request.url = m_url;
    request.headers = &headers;
    request.decode = true;
    m_call = m_client.start(request, *this);
}

void Fetch::timerEvent(QTimerEvent *)
{
    if (m_url.empty())
        failWith("invalid_media_url", "The URL is not a valid http or https URL.");
    else
        failWith("media_fetch_failed", "The URL could not be fetched in time.");
}

void Fetch::upstreamHead(int status, const Headers &headers)
{
    if (isRedirect(status)) {
        redirect(headerValue(headers, "Location"));
        return;
    }
    if (status != 200) {
        failWith("media_fetch_failed", "The URL could not be fetched: its server answered with status " +
                                           std::to_string(status) + ".");
        return;
    }
    m_mimeType = mimeTypeOf(headerValue(headers, "Content-Type"));
    const std::string_view length = headerValue(headers, "Content-Length");
    std::size_t announced = 0;
    std::from_chars(length.data(), length.data() + length.size(), announced);
    if (announced > m_limits.bytes)
        failAsTooLarge();
}

void Fetch::redirect(std::string_view location)
{
    if (++m_redirects > m_limits.redirects) {
        failWith("media_fetch_failed", "The URL leads through too many redirects.");
        return;
    }
    m_url = resolvedUrl(m_url, std::string(location));
    if (location.empty() || m_url.empty()) {
        failWith("invalid_media_url", "The URL redirects to something that is no http or https URL.");
        return;
    }
    request();
}

void Fetch::upstreamBody(std::string_view bytes)
{
    if (m_bytes.size() + bytes.size() > m_limits.bytes)
        failAsTooLarge();
    else
        m_bytes += bytes;
}

void Fetch::upstreamEnd(const UpstreamEnd &end)
{
    if (end.complete)
        succeed();
    else if (end.refused)
        failWith("invalid_media_url", "The URL's host is not in the public internet.");
    else
        failWith("media_fetch_failed", "The URL could not be fetched: " + end.error);
}

void Fetch::failAsTooLarge()
{
    failWith("media_too_large",
             "What the URL names is larger than " + std::to_string(m_limits.bytes) + " bytes.");
}

void Fetch::failWith(const char *code, std::string text)
{
    m_deadline.stop();
    m_call.reset();
    std::exchange(m_done, {})(fail(400, code, std::move(text))); // may destroy this
}

void Fetch::succeed()
{
    if (saysNothing(m_mimeType)) {
        m_mimeType = sniffedMimeType(m_bytes);
        if (m_mimeType.empty()) {
            failWith("media_fetch_failed", "The server of the URL does not say what kind of file it is.");
            return;
        }
    }
    m_deadline.stop();
    std::exchange(m_done, {})(FetchedBytes{std::move(m_mimeType), std::move(m_bytes)}); // may destroy this
}

} // namespace

class MediaFetcher::Impl
{
public:
    Impl(const Clock &clock, MediaLimits usedLimits)
        : limits(usedLimits)
        , client(clock, clientOptions(usedLimits))
    {
    }

    MediaLimits limits;
    UpstreamClient client;
};

MediaFetcher::MediaFetcher(const Clock &clock, MediaLimits limits)
    : m_impl(std::make_unique<Impl>(clock, limits))
{
}

MediaFetcher::~MediaFetcher() = default;

void MediaFetcher::setLimits(MediaLimits limits)
{
    m_impl->limits = limits;
    m_impl->client.setOptions(clientOptions(limits));
}

std::unique_ptr<MediaFetch> MediaFetcher::start(std::string_view url, Done done)
{
    return std::make_unique<Fetch>(m_impl->client, m_impl->limits, url, std::move(done));
}

} // namespace Gateway
