#include "gateway/upstream/transfer.h"

#include <algorithm>
#include <chrono>

#include "gateway/upstream/publicaddress.h"

namespace Gateway {

namespace {

constexpr long RECEIVE_BUFFER = 16 * 1024;
constexpr std::size_t LONG_BODY = 1024 * 1024; // what is shorter counts as sent at once

/// libcurl sends a request again by itself when a connection it took from its cache closes before a byte of
/// the answer came. Right when the connection had died unnoticed, which shows at once; after this time Google
/// is at work on the request, and a second one would be charged too.
constexpr std::int64_t SEND_AGAIN_MS = 1'000;

std::int64_t steadyMs()
{
    const auto now = std::chrono::steady_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
}

/// Methods for which a server expects to be told that the body is empty (RFC 9110, 8.6).
bool impliesBody(std::string_view method)
{
    return method == "POST" || method == "PUT" || method == "PATCH";
}

} // namespace

Transfer::Transfer(CurlLoop &loop, TransferOwner &owner, const UpstreamOptions &options)
    : m_easy(curl_easy_init())
    , m_urlParts(curl_url())
    , m_loop(loop)
    , m_owner(owner)
    , m_checksAddress(options.publicAddressesOnly)
{
    loop.adopt(m_easy);
    setOnce(options);
}

Transfer::~Transfer()
{
    release();
    curl_easy_cleanup(m_easy);
    curl_url_cleanup(m_urlParts);
}

void Transfer::setOnce(const UpstreamOptions &options)
{
    curl_easy_setopt(m_easy, CURLOPT_PRIVATE, this);
    curl_easy_setopt(m_easy, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(m_easy, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_2TLS));
    curl_easy_setopt(m_easy, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(m_easy, CURLOPT_PATH_AS_IS, 1L);
    curl_easy_setopt(m_easy, CURLOPT_BUFFERSIZE, RECEIVE_BUFFER);
    curl_easy_setopt(m_easy, CURLOPT_TCP_NODELAY, 1L);
    curl_easy_setopt(m_easy, CURLOPT_TCP_KEEPALIVE, 1L);
    curl_easy_setopt(m_easy, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(options.connectTimeoutMs));
    if (!options.caFile.empty())
        curl_easy_setopt(m_easy, CURLOPT_CAINFO, options.caFile.c_str());
    // empty texts shut out the environment's
    curl_easy_setopt(m_easy, CURLOPT_PROXY, m_checksAddress ? "" : options.proxyUrl.c_str());
    curl_easy_setopt(m_easy, CURLOPT_NOPROXY, "");
    curl_easy_setopt(m_easy, CURLOPT_HEADEROPT, static_cast<long>(CURLHEADER_SEPARATE)); // no key to a proxy
    curl_easy_setopt(m_easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
    curl_easy_setopt(m_easy, CURLOPT_HTTP_CONTENT_DECODING, 0L);
    setCallbacks();
}

void Transfer::setCallbacks()
{
    curl_easy_setopt(m_easy, CURLOPT_HEADERFUNCTION, &Transfer::onHeader);
    curl_easy_setopt(m_easy, CURLOPT_HEADERDATA, this);
    curl_easy_setopt(m_easy, CURLOPT_WRITEFUNCTION, &Transfer::onBody);
    curl_easy_setopt(m_easy, CURLOPT_WRITEDATA, this);
    curl_easy_setopt(m_easy, CURLOPT_PREREQFUNCTION, &Transfer::onSend);
    curl_easy_setopt(m_easy, CURLOPT_PREREQDATA, this);
    curl_easy_setopt(m_easy, CURLOPT_OPENSOCKETFUNCTION, &Transfer::onOpen);
    curl_easy_setopt(m_easy, CURLOPT_OPENSOCKETDATA, this);
}

void Transfer::prepare(const UpstreamRequest &request, UpstreamListener &listener, bool multiplexes)
{
    m_listener = &listener;
    m_safeToSendAgain = request.method == "GET" || request.method == "HEAD";
    setUrl(request.url, multiplexes);
    setMethod(request);
    setDecoding(request.decode);
    curl_easy_setopt(m_easy, CURLOPT_HTTPHEADER, m_lines.build(request, m_method == Method::Post));
    m_bodySize = m_method == Method::Post ? request.body.size() : 0;
    m_sentBytes = 0;
}

void Transfer::release()
{
    m_listener = nullptr;
    if (handle)
        *handle = nullptr;
    handle = nullptr;
    m_lines.wipe();
    m_head.clear();
    m_sends = 0;
    m_addressRefused = false;
    m_paused = false;
    isResuming = false;
}

void Transfer::setUrl(std::string_view url, bool multiplexes)
{
    if (m_url != url || m_url.empty()) {
        m_url = url;
        curl_easy_setopt(m_easy, CURLOPT_URL, m_url.c_str());
        // Handed over in parts it is not taken apart and put together again for every call.
        const bool isParsed =
            curl_url_set(m_urlParts, CURLUPART_URL, m_url.c_str(), CURLU_PATH_AS_IS) == CURLUE_OK;
        curl_easy_setopt(m_easy, CURLOPT_CURLU, isParsed ? m_urlParts : nullptr);
    }
    if (m_multiplexes != multiplexes) {
        m_multiplexes = multiplexes;
        curl_easy_setopt(m_easy, CURLOPT_PIPEWAIT, multiplexes ? 1L : 0L);
    }
}

void Transfer::setMethod(const UpstreamRequest &request)
{
    Method method = Method::Get;
    std::string_view custom = request.method;
    if (request.method == "HEAD") {
        method = Method::Head;
        custom = {};
    } else if (request.hasBody || impliesBody(request.method)) {
        method = Method::Post;
        if (request.method == "POST")
            custom = {};
        // a null pointer would make libcurl read the body from stdin
        curl_easy_setopt(m_easy, CURLOPT_POSTFIELDS, request.body.empty() ? "" : request.body.data());
        curl_easy_setopt(m_easy, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
    } else if (request.method == "GET") {
        custom = {};
    }
    if (m_method != method) {
        m_method = method;
        const CURLoption option = method == Method::Head  ? CURLOPT_NOBODY
                                  : method == Method::Get ? CURLOPT_HTTPGET
                                                          : CURLOPT_POST;
        curl_easy_setopt(m_easy, option, 1L);
    }
    if (m_customMethod != custom) {
        m_customMethod = custom;
        curl_easy_setopt(m_easy, CURLOPT_CUSTOMREQUEST, custom.empty() ? nullptr : m_customMethod.c_str());
    }
}

void Transfer::setDecoding(bool decode)
{
    if (m_decodes == decode)
        return;
    m_decodes = decode;
    curl_easy_setopt(m_easy, CURLOPT_HTTP_CONTENT_DECODING, decode ? 1L : 0L);
    curl_easy_setopt(m_easy, CURLOPT_ACCEPT_ENCODING, decode ? "gzip" : nullptr);
}

void Transfer::pause()
{
    if (m_paused)
        return;
    m_paused = true;
    curl_easy_pause(m_easy, CURLPAUSE_RECV);
}

void Transfer::resume()
{
    m_paused = false;
    m_loop.unpause(m_easy);
}

bool Transfer::sentMore()
{
    curl_off_t sent = 0;
    curl_easy_getinfo(m_easy, CURLINFO_SIZE_UPLOAD_T, &sent);
    const bool more = m_bodySize > LONG_BODY && sent > m_sentBytes;
    m_sentBytes = sent;
    return more;
}

UpstreamEnd Transfer::endOf(CURLcode code) const
{
    UpstreamEnd end;
    if (code == CURLE_OK && m_head.isComplete()) {
        end.complete = true;
        return end;
    }
    end.timedOut = code == CURLE_OPERATION_TIMEDOUT;
    end.refused = m_addressRefused;
    long proxyStatus = 0;
    curl_easy_getinfo(m_easy, CURLINFO_HTTP_CONNECTCODE, &proxyStatus);
    if (m_addressRefused)
        end.error = "The address of the host is not a public one.";
    else if (proxyStatus >= 300)
        end.error = "The proxy refused the connection with status " + std::to_string(proxyStatus) + ".";
    else if (end.timedOut)
        end.error = "The connection was not made in time.";
    else if (code == CURLE_ABORTED_BY_CALLBACK)
        end.error = "The connection closed before an answer came.";
    else if (code == CURLE_OK)
        end.error = "The answer had no head.";
    else
        end.error = curl_easy_strerror(code);
    return end;
}

std::size_t Transfer::onHeader(char *bytes, std::size_t size, std::size_t count, void *user)
{
    auto *self = static_cast<Transfer *>(user);
    if (!self->m_listener)
        return 0;
    if (self->m_paused) // libcurl forgets a pause that came before there was a connection
        return CURL_WRITEFUNC_PAUSE;
    if (!self->m_head.feed({bytes, size * count}))
        return size * count;
    if (self->m_decodes)
        self->m_head.dropEncoding();
    self->m_owner.transferMoved(*self, true);
    self->m_listener->upstreamHead(self->m_head.status(), self->m_head.headers());
    return self->m_listener ? size * count : 0;
}

std::size_t Transfer::onBody(char *bytes, std::size_t size, std::size_t count, void *user)
{
    auto *self = static_cast<Transfer *>(user);
    if (!self->m_listener)
        return 0;
    if (self->m_paused)
        return CURL_WRITEFUNC_PAUSE;
    self->m_owner.transferMoved(*self, false);
    self->m_listener->upstreamBody({bytes, size * count});
    return self->m_listener ? size * count : 0;
}

/// Before the request is sent, also when libcurl sends it again.
int Transfer::onSend(void *user, char *, char *, int, int)
{
    auto *self = static_cast<Transfer *>(user);
    if (++self->m_sends == 1) {
        self->m_firstSendMs = steadyMs();
        return CURL_PREREQFUNC_OK;
    }
    const bool again = self->m_safeToSendAgain || steadyMs() - self->m_firstSendMs < SEND_AGAIN_MS;
    return again ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT;
}

curl_socket_t Transfer::onOpen(void *user, curlsocktype, curl_sockaddr *address)
{
    auto *self = static_cast<Transfer *>(user);
    if (self->m_checksAddress && !isPublicAddress(&address->addr)) {
        self->m_addressRefused = true;
        return CURL_SOCKET_BAD;
    }
    return self->m_loop.openSocket(*address);
}

} // namespace Gateway
