#pragma once

#include <cstdint>
#include <list>
#include <memory>
#include <string>

#include <curl/curl.h>

#include "gateway/upstream/curlloop.h"
#include "gateway/upstream/headerlines.h"
#include "gateway/upstream/responsehead.h"
#include "gateway/upstream/upstreamclient.h"

namespace Gateway {

class Transfer;

/// What a transfer tells the client it belongs to.
class TransferOwner
{
public:
    /// Bytes came, or the head when `isHead`.
    virtual void transferMoved(Transfer &transfer, bool isHead) = 0;

protected:
    ~TransferOwner() = default;
};

/// An easy handle with what one call needs. Used again and again: only what differs from the call before is
/// set.
class Transfer
{
public:
    using Queue = std::list<std::unique_ptr<Transfer>>;

    Transfer(CurlLoop &loop, TransferOwner &owner, const UpstreamOptions &options);
    ~Transfer();
    Transfer(const Transfer &) = delete;
    Transfer &operator=(const Transfer &) = delete;

    /// Sets the handle up. `multiplexes`: the origin is known to speak HTTP/2, so that a new stream rather
    /// waits for a connection that is being made than opens another.
    void prepare(const UpstreamRequest &request, UpstreamListener &listener, bool multiplexes);

    /// After the call: forgets it and wipes the key.
    void release();

    CURL *easy() const { return m_easy; }
    UpstreamListener *listener() const { return m_listener; }
    /// From here on nobody listens; libcurl's next callback ends the transfer.
    void silence() { m_listener = nullptr; }
    bool hasHead() const { return m_head.isComplete(); }
    bool isHttp2() const { return m_head.isHttp2(); }
    const std::string &url() const { return m_url; }

    void pause();
    bool isPaused() const { return m_paused; }
    /// May deliver bytes at once.
    void resume();

    /// Whether request body went out since the last time this was asked.
    bool sentMore();

    /// The end as the listener is told it.
    UpstreamEnd endOf(CURLcode code) const;

    // where the client keeps it
    unsigned generation = 0; ///< Of the client's options it was made with.
    Queue *queue = nullptr;
    Queue::iterator place;
    std::int64_t sinceMs = 0;    ///< Start, last bytes or resume, by the client's clock.
    Transfer **handle = nullptr; ///< The caller's pointer to this, made null when the call is over.
    bool isAdded = false;        ///< To the multi handle.
    bool isResuming = false;     ///< Waits in the client's list of those to resume.

private:
    enum class Method : std::uint8_t { Unset, Get, Head, Post };

    static std::size_t onHeader(char *bytes, std::size_t size, std::size_t count, void *user);
    static std::size_t onBody(char *bytes, std::size_t size, std::size_t count, void *user);
    static int onSend(void *user, char *, char *, int, int);
    static curl_socket_t onOpen(void *user, curlsocktype purpose, curl_sockaddr *address);

    void setOnce(const UpstreamOptions &options);
    void setCallbacks();
    void setUrl(std::string_view url, bool multiplexes);
    void setMethod(const UpstreamRequest &request);
    void setDecoding(bool decode);

    CURL *m_easy;
    CURLU *m_urlParts; ///< m_url, taken apart once.
    CurlLoop &m_loop;
    TransferOwner &m_owner;
    UpstreamListener *m_listener = nullptr;
    std::string m_url;
    std::string m_customMethod;
    HeaderLines m_lines;
    ResponseHead m_head;
    std::size_t m_bodySize = 0;
    std::int64_t m_sentBytes = 0;
    std::int64_t m_firstSendMs = 0;
    int m_sends = 0;
    Method m_method = Method::Unset;
    bool m_multiplexes = false;
    bool m_decodes = false;
    const bool m_checksAddress;
    bool m_addressRefused = false;
    bool m_safeToSendAgain = false;
    bool m_paused = false;
};

} // namespace Gateway
