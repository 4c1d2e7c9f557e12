#include "gateway/upstream/curlloop.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include <sys/socket.h>
#include <unistd.h>

#include <QTimerEvent>

namespace Gateway {

namespace {

/// More than ever are made in one loop: libcurl should find no reason to close one.
constexpr long MOST_CONNECTIONS = 4096;

/// Real time, whatever clock the gateway runs by: libcurl counts in it.
std::int64_t steadyMs()
{
    const auto now = std::chrono::steady_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
}

int watchedEvents(int what)
{
    return ((what & CURL_POLL_IN) ? IoWatch::Read : 0) | ((what & CURL_POLL_OUT) ? IoWatch::Write : 0);
}

} // namespace

CurlLoop::CurlLoop(User &user)
    : m_user(user)
    , m_multi(curl_multi_init())
    , m_eventEnd([this] {
        m_atEventEnd = true;
        run();
        m_atEventEnd = false;
    })
{
    curl_multi_setopt(m_multi, CURLMOPT_SOCKETFUNCTION, &CurlLoop::onSocketChange);
    curl_multi_setopt(m_multi, CURLMOPT_SOCKETDATA, this);
    curl_multi_setopt(m_multi, CURLMOPT_TIMERFUNCTION, &CurlLoop::onTimerChange);
    curl_multi_setopt(m_multi, CURLMOPT_TIMERDATA, this);
    curl_multi_setopt(m_multi, CURLMOPT_MAXCONNECTS, MOST_CONNECTIONS);
}

CurlLoop::~CurlLoop()
{
    curl_multi_cleanup(m_multi);
}

void CurlLoop::adopt(CURL *easy)
{
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, &CurlLoop::onOpen);
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, this);
    curl_easy_setopt(easy, CURLOPT_CLOSESOCKETFUNCTION, &CurlLoop::onClose);
    curl_easy_setopt(easy, CURLOPT_CLOSESOCKETDATA, this);
}

void CurlLoop::add(CURL *easy)
{
    ++m_handles;
    curl_multi_add_handle(m_multi, easy);
}

void CurlLoop::remove(CURL *easy)
{
    --m_handles;
    curl_multi_remove_handle(m_multi, easy);
}

void CurlLoop::handOver(int fd, bool andKeepOpen)
{
    Socket &socket = socketAt(fd);
    socket.watch.reset();
    socket.isHandedOver = andKeepOpen;
}

curl_socket_t CurlLoop::openSocket(const curl_sockaddr &address)
{
    const int fd = socket(address.family, address.socktype | SOCK_CLOEXEC, address.protocol);
    if (fd < 0)
        return CURL_SOCKET_BAD;
    socketAt(fd).isOurs = true;
    return fd;
}

curl_socket_t CurlLoop::onOpen(void *user, curlsocktype, curl_sockaddr *address)
{
    return static_cast<CurlLoop *>(user)->openSocket(*address);
}

int CurlLoop::onClose(void *user, curl_socket_t fd)
{
    Socket &socket = static_cast<CurlLoop *>(user)->socketAt(fd);
    socket.isOurs = false;
    if (std::exchange(socket.isHandedOver, false))
        return 0;
    const int closed = close(fd);
    if (socket.watch)
        socket.watch->abandon();
    socket.watch.reset();
    return closed;
}

int CurlLoop::onSocketChange(CURL *, curl_socket_t fd, int what, void *user, void *)
{
    static_cast<CurlLoop *>(user)->watch(fd, what);
    return 0;
}

void CurlLoop::watch(int fd, int what)
{
    Socket &socket = socketAt(fd);
    if (what == CURL_POLL_REMOVE) {
        if (!socket.isOurs)
            socket.watch.reset();
        else if (socket.watch)
            socket.watch->setEvents(IoWatch::None);
        return;
    }
    if (!socket.watch)
        socket.watch = std::make_unique<IoWatch>(fd, [this, fd](int events) { act(fd, events); });
    socket.watch->setEvents(watchedEvents(what));
}

void CurlLoop::act(curl_socket_t fd, int events)
{
    int running = 0;
    const int mask =
        ((events & IoWatch::Read) ? CURL_CSELECT_IN : 0) | ((events & IoWatch::Write) ? CURL_CSELECT_OUT : 0);
    curl_multi_socket_action(m_multi, fd, mask, &running);
    settle();
}

void CurlLoop::settle()
{
    for (;;) {
        int left = 0;
        const CURLMsg *message = curl_multi_info_read(m_multi, &left);
        if (!message)
            return;
        if (message->msg == CURLMSG_DONE)
            m_user.transferEnded(message->easy_handle, message->data.result);
    }
}

int CurlLoop::onTimerChange(CURLM *, long timeoutMs, void *user)
{
    auto *self = static_cast<CurlLoop *>(user);
    self->m_curlDeadline = timeoutMs < 0 ? NEVER : steadyMs() + timeoutMs;
    if (timeoutMs == 0)
        self->runSoon();
    else if (timeoutMs > 0)
        self->arm(self->m_curlDeadline);
    return 0;
}

/// At the end of this event rather than in another turn of the loop; what libcurl wants at once after that
/// waits for its turn, so that the others have theirs.
void CurlLoop::runSoon()
{
    if (m_atEventEnd)
        arm(steadyMs());
    else
        m_eventEnd.request();
}

/// The timer runs out at `deadline` or before. One that is armed for an earlier time is left alone, as nearly
/// every request moves libcurl's deadline away again: it then finds nothing to do and is armed anew.
void CurlLoop::arm(std::int64_t deadline)
{
    if (m_armedFor <= deadline)
        return;
    m_armedFor = deadline;
    m_timer.start(static_cast<int>(std::clamp<std::int64_t>(deadline - steadyMs(), 0, 3'600'000)), this);
}

void CurlLoop::timerEvent(QTimerEvent *event)
{
    if (event->timerId() != m_timer.timerId())
        return;
    m_timer.stop();
    m_armedFor = NEVER;
    run();
    if (m_curlDeadline != NEVER)
        arm(m_curlDeadline);
}

/// Does what is due.
void CurlLoop::run()
{
    if (m_curlDeadline <= steadyMs()) {
        m_curlDeadline = NEVER;
        act(CURL_SOCKET_TIMEOUT, 0);
    } else {
        settle();
    }
}

CurlLoop::Socket &CurlLoop::socketAt(int fd)
{
    const auto index = static_cast<std::size_t>(fd);
    if (m_sockets.size() <= index)
        m_sockets.resize(index + 1);
    return m_sockets[index];
}

} // namespace Gateway
