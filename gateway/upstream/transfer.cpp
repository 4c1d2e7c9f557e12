#include "gateway/upstream/transfer.h"

#include <algorithm>
#include <charconv>
#include <chrono>

#include <sodium.h>

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

bool fitsInHeader(std::string_view text)
{
    constexpr std::string_view breaking("\r\n\0", 3);
    return text.find_first_of(breaking) == std::string_view::npos;
}

/// Headers that libcurl writes itself, or that would make it wait (Expect).
bool isCurlsOwn(std::string_view name)
{
    return equalsIgnoreCase(name, "Host") || equalsIgnoreCase(name, "Content-Length") ||
           equalsIgnoreCase(name, "Expect") || equalsIgnoreCase(name, "Transfer-Encoding");
}

/// Methods for which a server expects to be told that the body is empty (RFC 9110, 8.6).
bool impliesBody(std::string_view method)
{
    return method == "POST" || method == "PUT" || method == "PATCH";
}

} // namespace

Transfer::Transfer(CurlLoop &loop, TransferOwner &owner, const UpstreamOptions &options)
    : m_easy(curl_easy_init())
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
    setHeaders(request, m_method == Method::Post);
    m_bodySize = m_method == Method::Post ? request.body.size() : 0;
    m_sentBytes = 0;
}

void Transfer::release()
{
    m_listener = nullptr;
    if (handle)
        *handle = nullptr;
    handle = nullptr;
    sodium_memzero(m_lines.data(), m_lines.size());
    m_lines.clear();
    m_head.clear();
    m_status = 0;
    m_sends = 0;
    m_addressRefused = false;
    m_headDone = false;
    m_http2 = false;
    m_paused = false;
    isResuming = false;
}

void Transfer::setUrl(std::string_view url, bool multiplexes)
{
    if (m_url != url || m_url.empty()) {
        m_url = url;
        curl_easy_setopt(m_easy, CURLOPT_URL, m_url.c_str());
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

void Transfer::setHeaders(const UpstreamRequest &request, bool hasBody)
{
    m_lineOffsets.clear();
    bool namesType = false;
    bool namesAccept = false;
    if (!request.apiKey.empty())
        addHeaderLine("x-goog-api-key", request.apiKey);
    for (std::size_t i = 0; request.headers && i < request.headers->size(); ++i) {
        const auto &[name, value] = (*request.headers)[i];
        if (isCurlsOwn(name) || (request.decode && equalsIgnoreCase(name, "Accept-Encoding")) ||
            (!request.apiKey.empty() && equalsIgnoreCase(name, "x-goog-api-key")))
            continue;
        namesType = namesType || equalsIgnoreCase(name, "Content-Type");
        namesAccept = namesAccept || equalsIgnoreCase(name, "Accept");
        addHeaderLine(name, value);
    }
    // a name without a value keeps libcurl from adding its own
    const auto withhold = [this](std::string_view line) {
        m_lineOffsets.push_back(m_lines.size());
        m_lines.append(line.data(), line.size() + 1);
    };
    if (!namesAccept)
        withhold("Accept:");
    if (hasBody) {
        withhold("Expect:");
        if (!namesType)
            withhold("Content-Type:");
    }
    linkHeaderLines();
}

void Transfer::addHeaderLine(std::string_view name, std::string_view value)
{
    if (name.empty() || !fitsInHeader(name) || !fitsInHeader(value))
        return;
    m_lineOffsets.push_back(m_lines.size());
    m_lines += name;
    if (value.empty()) {
        m_lines += ';'; // libcurl's way of sending "Name:"
    } else {
        m_lines += ": ";
        m_lines += value;
    }
    m_lines += '\0';
}

/// Links the lines as libcurl wants them, in memory that the next call uses again.
void Transfer::linkHeaderLines()
{
    m_slist.resize(m_lineOffsets.size());
    for (std::size_t i = 0; i < m_slist.size(); ++i)
        m_slist[i] = {m_lines.data() + m_lineOffsets[i], i + 1 < m_slist.size() ? &m_slist[i + 1] : nullptr};
    curl_easy_setopt(m_easy, CURLOPT_HTTPHEADER, m_slist.empty() ? nullptr : m_slist.data());
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
    if (code == CURLE_OK && m_headDone) {
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
    // usually one line; after a pause all that were held back
    std::string_view lines(bytes, size * count);
    while (!lines.empty() && !self->m_headDone) { // behind the head come trailers
        const std::size_t end = std::min(lines.find('\n'), lines.size() - 1);
        const std::string_view line = trimmed(lines.substr(0, end));
        lines.remove_prefix(end + 1);
        if (!line.empty())
            self->takeHeaderLine(line);
        else if (!self->finishHead())
            return 0;
    }
    return size * count;
}

void Transfer::takeHeaderLine(std::string_view line)
{
    if (line.starts_with("HTTP/")) {
        m_head.clear();
        m_http2 = line.starts_with("HTTP/2");
        const std::size_t blank = std::min(line.find(' ') + 1, line.size());
        m_status = 0;
        std::from_chars(line.data() + blank, line.data() + line.size(), m_status);
        return;
    }
    const std::size_t colon = line.find(':');
    if (colon != std::string_view::npos)
        m_head.emplace_back(line.substr(0, colon), trimmed(line.substr(colon + 1)));
}

/// At the empty line; false when the call was cancelled.
bool Transfer::finishHead()
{
    if (m_status < 200)
        return true;
    m_headDone = true;
    if (m_decodes)
        dropEncodingHeaders();
    m_owner.transferMoved(*this, true);
    m_listener->upstreamHead(m_status, m_head);
    return m_listener != nullptr;
}

/// The bytes that follow are plain, whatever the head says.
void Transfer::dropEncodingHeaders()
{
    if (headerValue(m_head, "Content-Encoding").empty())
        return;
    std::erase_if(m_head, [](const auto &header) {
        return equalsIgnoreCase(header.first, "Content-Encoding") ||
               equalsIgnoreCase(header.first, "Content-Length");
    });
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
