#include "gateway/upstream/upstreamclient.h"

#include <algorithm>
#include <utility>

#include <QBasicTimer>
#include <QTimerEvent>

#include "gateway/upstream/http2origins.h"
#include "gateway/upstream/transfer.h"

namespace Gateway {

namespace {

constexpr int SWEEP_MS = 200;
constexpr std::size_t KEPT_TRANSFERS = 512;

std::string inSeconds(std::int64_t ms)
{
    return std::to_string((ms + 999) / 1000) + " s.";
}

} // namespace

/// Keeps each transfer in one of four queues. Those of the waiting and the flowing are ordered by time, so
/// that a sweep looks at what is overdue and no further.
class UpstreamClient::Impl final : public QObject, private CurlLoop::User, private TransferOwner
{
public:
    Impl(const Clock &clock, UpstreamOptions options);
    ~Impl() override;

    void setOptions(UpstreamOptions options);
    std::unique_ptr<UpstreamCall> start(const UpstreamRequest &request, UpstreamListener &listener);

protected:
    void timerEvent(QTimerEvent *event) override;

private:
    class Call;

    void transferEnded(CURL *easy, CURLcode code) override;
    void settle() override;
    void transferMoved(Transfer &transfer, bool isHead) override;

    void cancel(Transfer &transfer);
    void pause(Transfer &transfer);
    void resume(Transfer &transfer);
    void goOn(Transfer &transfer);
    Transfer &acquire();
    void launch(Transfer &transfer);
    void retire(Transfer &transfer);
    void finish(Transfer &transfer, const UpstreamEnd &end);
    void moveTo(Transfer &transfer, Transfer::Queue &queue);
    void sweep(Transfer::Queue &queue, std::int64_t timeoutMs, std::string_view text);

    const Clock &m_clock;
    UpstreamOptions m_options;
    unsigned m_generation = 1; ///< Of the options.
    QBasicTimer m_sweepTimer;
    CurlLoop m_loop;                   // before the transfers, which need it to their end
    Transfer::Queue m_free;            ///< The last used one at the end.
    Transfer::Queue m_waiting;         ///< For the head, by start.
    Transfer::Queue m_flowing;         ///< By last bytes.
    Transfer::Queue m_held;            ///< Paused.
    std::vector<Transfer *> m_starts;  ///< What was asked for inside libcurl, which
    std::vector<Transfer *> m_cancels; ///< allows it only outside.
    std::vector<Transfer *> m_resumes;
    Http2Origins m_http2Origins;
};

/// The caller's end of a transfer.
class UpstreamClient::Impl::Call final : public UpstreamCall
{
public:
    Call(Impl &client, Transfer &transfer)
        : m_client(client)
        , m_transfer(&transfer)
    {
        transfer.handle = &m_transfer;
    }
    ~Call() override
    {
        if (m_transfer)
            m_client.cancel(*m_transfer);
    }
    void pause() override
    {
        if (m_transfer)
            m_client.pause(*m_transfer);
    }
    void resume() override
    {
        if (m_transfer)
            m_client.resume(*m_transfer);
    }

private:
    Impl &m_client;
    Transfer *m_transfer; ///< Null when the call is over.
};

UpstreamClient::Impl::Impl(const Clock &clock, UpstreamOptions options)
    : m_clock(clock)
    , m_options(std::move(options))
    , m_loop(*this)
{
}

UpstreamClient::Impl::~Impl()
{
    for (Transfer::Queue *queue : {&m_waiting, &m_flowing, &m_held}) {
        while (!queue->empty())
            retire(*queue->front());
    }
}

void UpstreamClient::Impl::setOptions(UpstreamOptions options)
{
    m_options = std::move(options);
    ++m_generation;
    m_free.clear();
    m_http2Origins.clear(); // a proxy may speak another protocol
}

std::unique_ptr<UpstreamCall> UpstreamClient::Impl::start(const UpstreamRequest &request,
                                                          UpstreamListener &listener)
{
    Transfer &transfer = acquire();
    transfer.prepare(request, listener, m_http2Origins.holds(request.url));
    transfer.sinceMs = m_clock.monotonicMs();
    moveTo(transfer, m_waiting);
    if (!m_sweepTimer.isActive())
        m_sweepTimer.start(SWEEP_MS, this);
    auto call = std::make_unique<Call>(*this, transfer);
    if (m_loop.isInside())
        m_starts.push_back(&transfer);
    else
        launch(transfer);
    return call;
}

Transfer &UpstreamClient::Impl::acquire()
{
    if (m_free.empty()) {
        m_free.push_back(std::make_unique<Transfer>(m_loop, static_cast<TransferOwner &>(*this), m_options));
        Transfer &made = *m_free.back();
        made.generation = m_generation;
        made.queue = &m_free;
        made.place = std::prev(m_free.end());
    }
    return *m_free.back();
}

void UpstreamClient::Impl::launch(Transfer &transfer)
{
    transfer.isAdded = true;
    m_loop.add(transfer.easy());
}

void UpstreamClient::Impl::cancel(Transfer &transfer)
{
    transfer.handle = nullptr;
    if (!m_loop.isInside()) {
        retire(transfer);
        return;
    }
    transfer.silence();
    m_cancels.push_back(&transfer);
}

void UpstreamClient::Impl::pause(Transfer &transfer)
{
    if (std::exchange(transfer.isResuming, false))
        std::erase(m_resumes, &transfer);
    transfer.pause();
    moveTo(transfer, m_held);
}

void UpstreamClient::Impl::resume(Transfer &transfer)
{
    if (!transfer.isPaused() || std::exchange(transfer.isResuming, true))
        return;
    m_resumes.push_back(&transfer);
    if (!m_loop.isInside())
        m_loop.settleSoon();
}

void UpstreamClient::Impl::goOn(Transfer &transfer)
{
    transfer.isResuming = false;
    if (!transfer.listener())
        return;
    transfer.sinceMs = m_clock.monotonicMs();
    moveTo(transfer, transfer.hasHead() ? m_flowing : m_waiting);
    transfer.resume();
}

void UpstreamClient::Impl::settle()
{
    while (!m_cancels.empty() || !m_starts.empty() || !m_resumes.empty()) {
        for (Transfer *transfer : std::exchange(m_cancels, {}))
            retire(*transfer);
        for (Transfer *transfer : std::exchange(m_starts, {}))
            launch(*transfer);
        for (Transfer *transfer : std::exchange(m_resumes, {}))
            goOn(*transfer);
    }
}

void UpstreamClient::Impl::transferEnded(CURL *easy, CURLcode code)
{
    char *user = nullptr;
    curl_easy_getinfo(easy, CURLINFO_PRIVATE, &user);
    Transfer &transfer = *static_cast<Transfer *>(static_cast<void *>(user));
    finish(transfer, transfer.endOf(code));
}

/// The call is over: the transfer is free again before the listener hears of it and perhaps starts the next.
void UpstreamClient::Impl::finish(Transfer &transfer, const UpstreamEnd &end)
{
    UpstreamListener *listener = transfer.listener();
    retire(transfer);
    if (listener)
        listener->upstreamEnd(end);
}

void UpstreamClient::Impl::retire(Transfer &transfer)
{
    if (std::exchange(transfer.isAdded, false))
        m_loop.remove(transfer.easy());
    else
        std::erase(m_starts, &transfer);
    if (transfer.isResuming)
        std::erase(m_resumes, &transfer);
    transfer.release();
    moveTo(transfer, m_free);
    if (transfer.generation != m_generation)
        m_free.pop_back();
    else if (m_free.size() > KEPT_TRANSFERS)
        m_free.pop_front();
}

void UpstreamClient::Impl::moveTo(Transfer &transfer, Transfer::Queue &queue)
{
    queue.splice(queue.end(), *transfer.queue, transfer.place);
    transfer.queue = &queue;
}

void UpstreamClient::Impl::transferMoved(Transfer &transfer, bool isHead)
{
    if (isHead)
        m_http2Origins.note(transfer.url(), transfer.isHttp2());
    transfer.sinceMs = m_clock.monotonicMs();
    moveTo(transfer, m_flowing);
}

void UpstreamClient::Impl::timerEvent(QTimerEvent *event)
{
    if (event->timerId() != m_sweepTimer.timerId())
        return;
    if (m_waiting.empty() && m_flowing.empty() && m_held.empty()) {
        m_sweepTimer.stop(); // here and not with the last call, or each single request would start it anew
        return;
    }
    sweep(m_waiting, m_options.firstByteTimeoutMs, "No answer came within ");
    sweep(m_flowing, m_options.idleTimeoutMs, "The answer stood still for ");
}

void UpstreamClient::Impl::sweep(Transfer::Queue &queue, std::int64_t timeoutMs, std::string_view text)
{
    const std::int64_t now = m_clock.monotonicMs();
    while (!queue.empty() && queue.front()->sinceMs + timeoutMs <= now) {
        Transfer &transfer = *queue.front();
        if (&queue == &m_waiting && transfer.sentMore()) { // a long body on a slow line
            transfer.sinceMs = now;
            moveTo(transfer, queue);
            continue;
        }
        finish(transfer, {false, true, std::string(text) + inSeconds(timeoutMs), false});
    }
}

UpstreamClient::UpstreamClient(const Clock &clock, UpstreamOptions options)
    : m_impl(std::make_unique<Impl>(clock, std::move(options)))
{
}

UpstreamClient::~UpstreamClient() = default;

void UpstreamClient::setOptions(UpstreamOptions options)
{
    m_impl->setOptions(std::move(options));
}

std::unique_ptr<UpstreamCall> UpstreamClient::start(const UpstreamRequest &request,
                                                    UpstreamListener &listener)
{
    return m_impl->start(request, listener);
}

} // namespace Gateway
