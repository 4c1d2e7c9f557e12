#include "gateway/upstream/upstreamclient.h"

#include <algorithm>
#include <array>
#include <utility>

#include <QBasicTimer>
#include <QObject>
#include <QTimerEvent>

#include "gateway/common/eventend.h"
#include "gateway/upstream/transfer.h"
#include "gateway/upstream/wiresocket.h"

namespace Gateway {

namespace {

constexpr int SWEEP_MS = 200;
constexpr std::size_t KEPT_TRANSFERS = 512;
constexpr std::size_t READ_ROOM = 16 * 1024; // the most that is held back while a call is paused

std::string inSeconds(std::int64_t ms)
{
    return std::to_string((ms + 999) / 1000) + " s.";
}

} // namespace

/// Keeps each transfer in one of four queues. Those of the waiting and the flowing are ordered by time, so
/// that a sweep looks at what is overdue and no further.
class UpstreamClient::Impl final : public QObject, private TransferOwner
{
public:
    Impl(const Clock &clock, UpstreamOptions options);
    ~Impl() override;

    void setOptions(UpstreamOptions options);
    std::unique_ptr<UpstreamCall> start(const UpstreamRequest &request, UpstreamListener &listener);

    std::unique_ptr<UpstreamSocket> openSocket(SocketRequest request, SocketListener &listener);

protected:
    void timerEvent(QTimerEvent *event) override;

private:
    class Call;

    void transferMoved(Transfer &transfer) override;
    void transferOver(Transfer &transfer, const UpstreamEnd &end) override;
    void transferWaits(Transfer &transfer) override;

    void cancel(Transfer &transfer);
    void pause(Transfer &transfer);
    void resume(Transfer &transfer);
    Transfer &acquire();
    void retire(Transfer &transfer);
    void moveTo(Transfer &transfer, Transfer::Queue &queue);
    void doDue();
    void sweepAll();
    void sweep(Transfer::Queue &queue, std::int64_t timeoutMs, std::string_view text);

    const Clock &m_clock;
    UpstreamOptions m_options;
    QBasicTimer m_sweepTimer;
    QBasicTimer m_dueTimer;
    std::array<char, READ_ROOM> m_readRoom;
    std::array<char, READ_ROOM> m_inflateRoom;
    // before the transfers, which need them to their end
    Connector m_connector;
    WirePool m_pool;
    TransferTools m_tools;
    EventEnd m_eventEnd;
    Transfer::Queue m_free;        ///< The last used one at the end.
    Transfer::Queue m_waiting;     ///< For the head, by start.
    Transfer::Queue m_flowing;     ///< By last bytes.
    Transfer::Queue m_held;        ///< Paused.
    std::vector<Transfer *> m_due; ///< Whose goOn() is to be called; null: not any more.
    bool m_isDoingDue = false;
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
    , m_connector(m_options)
    , m_pool(clock)
    , m_tools{clock, m_pool, m_connector, *this, m_readRoom, m_inflateRoom}
    , m_eventEnd([this] { doDue(); })
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
    m_connector.setOptions(m_options);
    m_pool.renew();
}

std::unique_ptr<UpstreamCall> UpstreamClient::Impl::start(const UpstreamRequest &request,
                                                          UpstreamListener &listener)
{
    Transfer &transfer = acquire();
    transfer.sinceMs = m_clock.monotonicMs();
    moveTo(transfer, m_waiting);
    if (!m_sweepTimer.isActive())
        m_sweepTimer.start(SWEEP_MS, this);
    auto call = std::make_unique<Call>(*this, transfer);
    std::string_view proxyUrl = request.proxyUrl.empty() ? m_options.proxyUrl : request.proxyUrl;
    if (m_options.publicAddressesOnly)
        proxyUrl = {};
    UpstreamRequest sent = request;
    if (!sent.fixedHeaders)
        sent.fixedHeaders = &m_options.headers;
    transfer.begin(sent, proxyUrl, listener, transfer.sinceMs);
    return call;
}

std::unique_ptr<UpstreamSocket> UpstreamClient::Impl::openSocket(SocketRequest request,
                                                                 SocketListener &listener)
{
    if (request.proxyUrl.empty())
        request.proxyUrl = m_options.proxyUrl;
    if (!request.fixedHeaders)
        request.fixedHeaders = &m_options.headers;
    return std::make_unique<WireSocket>(m_connector, request, m_options.connectTimeoutMs, listener);
}

Transfer &UpstreamClient::Impl::acquire()
{
    if (m_free.empty()) {
        m_free.push_back(std::make_unique<Transfer>(m_tools));
        Transfer &made = *m_free.back();
        made.queue = &m_free;
        made.place = std::prev(m_free.end());
    }
    return *m_free.back();
}

/// Inside a function of its listener it must not be used anew before that has returned.
void UpstreamClient::Impl::cancel(Transfer &transfer)
{
    transfer.handle = nullptr;
    if (transfer.isDelivering())
        transfer.silence();
    else
        retire(transfer);
}

void UpstreamClient::Impl::pause(Transfer &transfer)
{
    transfer.isResuming = false;
    transfer.pause();
    moveTo(transfer, m_held);
}

void UpstreamClient::Impl::resume(Transfer &transfer)
{
    if (!transfer.isPaused() || std::exchange(transfer.isResuming, true))
        return;
    transferWaits(transfer);
}

void UpstreamClient::Impl::transferWaits(Transfer &transfer)
{
    if (std::exchange(transfer.isDue, true))
        return;
    m_due.push_back(&transfer);
    if (m_isDoingDue)
        m_dueTimer.start(0, this); // in another turn of the loop, so that the others have theirs
    else
        m_eventEnd.request();
}

void UpstreamClient::Impl::doDue()
{
    m_isDoingDue = true;
    const std::size_t count = m_due.size();
    for (std::size_t i = 0; i < count; ++i) {
        Transfer *transfer = std::exchange(m_due[i], nullptr);
        if (!transfer)
            continue;
        transfer->isDue = false;
        if (std::exchange(transfer->isResuming, false)) {
            transfer->sinceMs = m_clock.monotonicMs();
            moveTo(*transfer, transfer->hasHead() ? m_flowing : m_waiting);
            transfer->resume();
        }
        transfer->goOn();
    }
    m_due.erase(m_due.begin(), m_due.begin() + static_cast<std::ptrdiff_t>(count));
    m_isDoingDue = false;
}

/// The call is over: the transfer is free again before the listener hears of it and perhaps starts the next.
void UpstreamClient::Impl::transferOver(Transfer &transfer, const UpstreamEnd &end)
{
    UpstreamListener *listener = transfer.listener();
    retire(transfer);
    if (listener)
        listener->upstreamEnd(end);
}

void UpstreamClient::Impl::retire(Transfer &transfer)
{
    if (std::exchange(transfer.isDue, false))
        std::replace(m_due.begin(), m_due.end(), &transfer, static_cast<Transfer *>(nullptr));
    transfer.release();
    moveTo(transfer, m_free);
    if (m_free.size() > KEPT_TRANSFERS)
        m_free.pop_front();
}

void UpstreamClient::Impl::moveTo(Transfer &transfer, Transfer::Queue &queue)
{
    queue.splice(queue.end(), *transfer.queue, transfer.place);
    transfer.queue = &queue;
}

void UpstreamClient::Impl::transferMoved(Transfer &transfer)
{
    transfer.sinceMs = m_clock.monotonicMs();
    moveTo(transfer, m_flowing);
}

void UpstreamClient::Impl::timerEvent(QTimerEvent *event)
{
    if (event->timerId() == m_dueTimer.timerId()) {
        m_dueTimer.stop();
        doDue();
    } else if (event->timerId() == m_sweepTimer.timerId()) {
        sweepAll();
    }
}

void UpstreamClient::Impl::sweepAll()
{
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
        transferOver(transfer, {false, true, std::string(text) + inSeconds(timeoutMs), false, false});
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

std::unique_ptr<UpstreamSocket> UpstreamClient::openSocket(const SocketRequest &request,
                                                           SocketListener &listener)
{
    return m_impl->openSocket(request, listener);
}

} // namespace Gateway
