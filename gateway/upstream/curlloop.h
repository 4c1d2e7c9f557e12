#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <vector>

#include <curl/curl.h>

#include <QBasicTimer>
#include <QObject>

#include "gateway/common/eventend.h"
#include "gateway/common/iowatch.h"

namespace Gateway {

/// A libcurl multi handle in the event loop of the current thread: one IoWatch a socket, kept until libcurl
/// closes it, and one timer.
class CurlLoop final : public QObject
{
public:
    class User
    {
    public:
        /// A transfer is over; it still has to be removed. No libcurl function is on the stack, so that all
        /// may be called.
        virtual void transferEnded(CURL *easy, CURLcode code) = 0;

    protected:
        ~User() = default;
    };

    /// `user` must outlive the loop.
    explicit CurlLoop(User &user);
    ~CurlLoop() override;
    CurlLoop(const CurlLoop &) = delete;
    CurlLoop &operator=(const CurlLoop &) = delete;

    /// Prepares a new handle: its sockets will be watched here.
    void adopt(CURL *easy);

    void add(CURL *easy);
    void remove(CURL *easy);
    /// How many have been added and not removed.
    int handles() const { return m_handles; }

    /// `fd` is watched elsewhere from now on. With `andKeepOpen` it is not closed either when libcurl closes
    /// its connection: it belongs to the caller.
    void handOver(int fd, bool andKeepOpen);

    /// Opens a socket as adopt() has it done; for a handle with an own CURLOPT_OPENSOCKETFUNCTION.
    curl_socket_t openSocket(const curl_sockaddr &address);

protected:
    void timerEvent(QTimerEvent *event) override;

private:
    static constexpr std::int64_t NEVER = std::numeric_limits<std::int64_t>::max();

    struct Socket
    {
        std::unique_ptr<IoWatch> watch;
        bool isOurs = false; ///< Opened here, so closed here; others (the resolver's) libcurl closes itself.
        bool isHandedOver = false; ///< To one who closes it.
    };

    static int onSocketChange(CURL *easy, curl_socket_t fd, int what, void *user, void *socket);
    static int onTimerChange(CURLM *multi, long timeoutMs, void *user);
    static curl_socket_t onOpen(void *user, curlsocktype purpose, curl_sockaddr *address);
    static int onClose(void *user, curl_socket_t fd);

    void watch(int fd, int what);
    void act(curl_socket_t fd, int events);
    void settle();
    void run();
    void runSoon();
    void arm(std::int64_t deadline);
    Socket &socketAt(int fd);

    User &m_user;
    CURLM *m_multi;
    QBasicTimer m_timer;
    EventEnd m_eventEnd;
    std::vector<Socket> m_sockets; ///< By descriptor.
    std::int64_t m_armedFor = NEVER;
    std::int64_t m_curlDeadline = NEVER; ///< As libcurl said last, ms of the steady clock.
    int m_handles = 0;
    bool m_atEventEnd = false;
};

} // namespace Gateway
