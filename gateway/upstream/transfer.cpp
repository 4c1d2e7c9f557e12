#include "gateway/upstream/transfer.h"

#include <utility>

namespace Gateway {

namespace {

constexpr int READS_A_TURN = 8;

/// When an idle connection had died unnoticed, that shows at once, and the request is sent again; after this
/// time Google is at work on it, and a second one would be charged too.
constexpr std::int64_t SEND_AGAIN_MS = 1'000;

} // namespace

Transfer::Transfer(const TransferTools &tools)
    : m_tools(tools)
{
}

Transfer::~Transfer()
{
    release();
}

void Transfer::begin(const UpstreamRequest &request, std::string_view proxyUrl, UpstreamListener &listener,
                     std::int64_t nowMs)
{
    m_listener = &listener;
    m_beganMs = nowMs;
    prepare(request, proxyUrl);
    if (!m_failure.empty()) {
        m_tools.owner.transferWaits(*this);
        return;
    }
    std::unique_ptr<Wire> wire = m_tools.pool.take(*m_origin);
    m_isReused = wire != nullptr;
    if (wire)
        use(std::move(wire));
    else
        connect();
}

void Transfer::connect()
{
    m_generation = m_tools.pool.generation();
    m_attempt = m_tools.connector.start(*m_origin, *this);
}

/// Writes the request, or says in m_failure why it cannot be sent.
void Transfer::prepare(const UpstreamRequest &request, std::string_view proxyUrl)
{
    const Result<Origin *> origin = m_tools.pool.originOf(request.url, proxyUrl);
    if (!origin) {
        m_failure = origin.error().text;
        return;
    }
    m_origin = *origin;
    ++m_origin->users;
    if (const Result<void> written = m_outgoing.write(request, *m_origin); !written)
        m_failure = written.error().text;
    m_isSafe = request.method == "GET" || request.method == "HEAD";
    m_reader.begin(request.method == "HEAD", request.decode);
}

void Transfer::release()
{
    m_listener = nullptr;
    if (handle)
        *handle = nullptr;
    handle = nullptr;
    m_wire.reset();
    m_attempt.reset();
    if (m_origin)
        --m_origin->users;
    m_origin = nullptr;
    m_outgoing.wipe();
    std::string().swap(m_held);
    m_reader.clear();
    m_failure.clear();
    m_isReused = false;
    m_hasAnswer = false;
    m_hasLostPeer = false;
    m_isPaused = false;
    m_isDelivering = false;
    isResuming = false;
}

void Transfer::connected(std::unique_ptr<Wire> wire)
{
    m_attempt.reset();
    wire->origin = m_origin;
    wire->generation = m_generation;
    use(std::move(wire));
}

void Transfer::connectFailed(const UpstreamEnd &end)
{
    m_attempt.reset();
    over(end);
}

void Transfer::use(std::unique_ptr<Wire> wire)
{
    m_wire = std::move(wire);
    m_wire->setUser(this);
    send();
}

/// What fails shows in reading: the server may have answered before it closed.
void Transfer::send()
{
    const Wire::Io io = m_hasLostPeer ? Wire::Io::Again : m_outgoing.sendOn(*m_wire);
    if (io == Wire::Io::Closed || io == Wire::Io::Failed) {
        m_hasLostPeer = true;
        m_tools.owner.transferWaits(*this);
    }
    watch();
}

void Transfer::watch()
{
    const bool sends = !m_outgoing.isSent() && !m_hasLostPeer;
    m_wire->watch((m_isPaused ? 0 : IoWatch::Read) | (sends ? IoWatch::Write : 0));
}

void Transfer::wireReady(Wire &, int events)
{
    if (events & IoWatch::Write)
        send();
    if ((events & IoWatch::Read) && !m_isPaused)
        read();
}

void Transfer::read()
{
    for (int i = 0; i < READS_A_TURN; ++i) {
        const Wire::Moved moved = m_wire->read(m_tools.readRoom);
        switch (moved.io) {
        case Wire::Io::Done:
            m_hasAnswer = true;
            if (hasHead())
                m_tools.owner.transferMoved(*this);
            if (!consume({m_tools.readRoom.data(), moved.bytes}))
                return;
            if (moved.bytes < m_tools.readRoom.size() && !m_wire->holdsBytes())
                return;
            break;
        case Wire::Io::Again:
            if (m_hasLostPeer)
                broke("The connection broke.");
            return;
        case Wire::Io::Closed:
            peerClosed();
            return;
        case Wire::Io::Failed:
            broke("The connection broke.");
            return;
        }
    }
    if (m_wire->holdsBytes()) // no event would tell of them, and others have their turn first
        m_tools.owner.transferWaits(*this);
}

/// False when the call is paused or over.
bool Transfer::consume(std::string_view bytes)
{
    for (;;) {
        const AnswerReader::Step step = m_reader.next(bytes, m_tools.inflateRoom);
        switch (step) {
        case AnswerReader::Step::More:
            return true;
        case AnswerReader::Step::Head:
        case AnswerReader::Step::Body:
            if (!deliver(bytes, step))
                return false;
            break;
        case AnswerReader::Step::End:
            answered(bytes.empty());
            return false;
        case AnswerReader::Step::Broken:
            over({false, false, std::string(m_reader.trouble()), false, false});
            return false;
        }
    }
}

/// False when the listener paused or cancelled.
bool Transfer::deliver(std::string_view bytes, AnswerReader::Step step)
{
    m_isDelivering = true;
    if (step == AnswerReader::Step::Head) {
        m_tools.owner.transferMoved(*this);
        m_listener->upstreamHead(m_reader.head().status(), m_reader.head().headers());
    } else {
        m_listener->upstreamBody(m_reader.piece());
    }
    m_isDelivering = false;
    if (!m_listener) {
        over({});
        return false;
    }
    if (!m_isPaused)
        return true;
    m_held = bytes;
    return false;
}

void Transfer::pause()
{
    m_isPaused = true;
    if (m_wire)
        watch();
}

void Transfer::goOn()
{
    if (!m_failure.empty()) {
        over({false, false, std::exchange(m_failure, {}), false, false});
        return;
    }
    if (m_isPaused || !m_wire)
        return;
    watch();
    const std::string held = std::exchange(m_held, {});
    if (m_hasAnswer && !consume(held))
        return;
    if (m_hasLostPeer || m_wire->holdsBytes())
        read();
}

void Transfer::peerClosed()
{
    if (m_reader.close() == AnswerReader::Step::End)
        answered(false);
    else
        broke(m_reader.trouble());
}

/// Once, and on a connection of its own, the request is sent again when the one it was sent on had died while
/// it was idle.
void Transfer::broke(std::string_view trouble)
{
    const bool isRecent = m_tools.clock.monotonicMs() - m_beganMs < SEND_AGAIN_MS;
    if (m_hasAnswer || !m_isReused || !(m_isSafe || isRecent)) {
        over({false, false, std::string(trouble), false, false});
        return;
    }
    m_wire.reset();
    m_reader.clear();
    m_isReused = false;
    m_hasLostPeer = false;
    m_outgoing.rewind();
    connect();
}

/// `isClean`: no byte came behind the answer.
void Transfer::answered(bool isClean)
{
    if (isClean && m_outgoing.isSent() && m_reader.keepsConnection())
        m_tools.pool.put(std::move(m_wire), sinceMs);
    over({true, false, {}, false, false});
}

void Transfer::over(const UpstreamEnd &end)
{
    m_tools.owner.transferOver(*this, end);
}

} // namespace Gateway
