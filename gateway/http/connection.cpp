#include "gateway/http/connection.h"

#include <utility>

namespace Gateway {

namespace {

/// Bytes of further requests that are held while an answer runs; more stay with the kernel.
constexpr std::size_t HELD_LIMIT = 64u * 1024;

constexpr std::string_view CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n";

} // namespace

Connection::Connection(GuardContext &context, ConnectionHost &host, int fd, bool overCap)
    : m_context(context)
    , m_host(host)
    , m_fd(fd)
    , m_watch(fd, [this](int events) { eventsCame(events); })
    , m_reader(context.limits())
    , m_outlet(context, fd)
    , m_peer(peerOf(fd))
    , m_overCap(overCap)
{
    prepareAccepted(fd);
    m_context.opened(this);
}

Connection::~Connection()
{
    if (m_phase != Phase::Dead)
        die();
    m_context.forget(this);
}

void Connection::start()
{
    arm(Sweep::Kind::Head);
    updateInterest();
}

bool Connection::takesMore() const
{
    if (m_phase == Phase::Upgraded && m_isReadPaused)
        return false;
    return m_phase == Phase::Lingering || m_held.size() < HELD_LIMIT;
}

void Connection::updateInterest()
{
    int events = IoWatch::Hangup;
    if (!m_finSeen)
        events |= takesMore() ? IoWatch::Read | IoWatch::PeerClosed : int(IoWatch::PeerClosed);
    if (m_outlet.isBlocked())
        events |= IoWatch::Write;
    if (events != std::exchange(m_interest, events))
        m_watch.setEvents(events);
}

void Connection::eventsCame(int events)
{
    if (events & IoWatch::Hangup) { // reset, or both sides shut: nobody reads an answer any more
        die();
        return;
    }
    if (events & IoWatch::Write) {
        m_outlet.unblock();
        touched();
    }
    if (events & (IoWatch::Read | IoWatch::PeerClosed))
        receive(events & IoWatch::PeerClosed);
    if (m_phase != Phase::Dead)
        updateInterest();
}

void Connection::receive(bool finBehind)
{
    if (!takesMore()) {
        if (finBehind)
            finArrived();
        return;
    }
    const IoResult got = receiveSome(m_fd, m_context.scratch(), GuardContext::SCRATCH_BYTES);
    if (got.kind == IoResult::Kind::WouldBlock)
        return;
    if (got.kind == IoResult::Kind::End) {
        finArrived();
        return;
    }
    const bool isLast = finBehind && got.bytes < GuardContext::SCRATCH_BYTES;
    if (got.kind == IoResult::Kind::Broken || (isLast && m_phase == Phase::Answering)) {
        die();
        return;
    }
    m_finSeen = isLast;
    const std::string_view bytes(m_context.scratch(), got.bytes);
    if (m_held.empty())
        take(bytes);
    else
        m_held += bytes;
    settle();
    if (m_finSeen && m_phase == Phase::Upgraded)
        die();
}

void Connection::finArrived()
{
    m_finSeen = true;
    if (m_phase == Phase::Answering || m_phase == Phase::Upgraded)
        die();
    else if (m_phase == Phase::Lingering)
        shut(false);
    else
        settle();
}

void Connection::take(std::string_view bytes)
{
    if (m_phase == Phase::Lingering || m_phase == Phase::Refusing)
        return;
    if (m_phase == Phase::Upgraded) {
        m_answer->bytesCame(bytes);
        return;
    }
    std::string kept;
    while (!bytes.empty() && readyForRequest()) {
        if (m_reader.state() == RequestReader::State::Idle) {
            m_arrivedMs = m_context.clock().monotonicMs();
            m_arrivedWallMs = m_context.clock().nowMs();
        }
        bytes.remove_prefix(m_reader.feed(bytes));
        if (!bytes.empty() && kept.empty()) { // what follows may use the shared scratch again
            kept = bytes;
            bytes = kept;
        }
        advance();
    }
    if (!bytes.empty() && m_phase != Phase::Refusing && m_phase != Phase::Dead)
        m_held.insert(0, bytes);
}

bool Connection::readyForRequest()
{
    if (m_phase == Phase::Ended && m_keepOpen && m_outlet.unsent() <= m_context.limits().outputLow) {
        m_reader.reset();
        m_phase = Phase::Reading;
    }
    return m_phase == Phase::Reading;
}

void Connection::advance()
{
    const RequestReader::State state = m_reader.state();
    const bool headIsDone = state == RequestReader::State::Body || state == RequestReader::State::Complete;
    if (state == RequestReader::State::Failed)
        refuse(m_reader.error());
    else if (m_overCap && headIsDone)
        refuse({503, "too_many_connections", "Too many connections are open.", {}, 1000});
    else if (state == RequestReader::State::Complete)
        handOver();
    else
        awaitRest();
}

void Connection::awaitRest()
{
    switch (m_reader.state()) {
    case RequestReader::State::Head:
        if (!isArmed(Sweep::Kind::Head))
            arm(Sweep::Kind::Head);
        break;
    case RequestReader::State::Body:
        if (!isArmed(Sweep::Kind::Body)) {
            m_bodyMark = m_reader.bodySize();
            arm(Sweep::Kind::Body);
        }
        if (m_reader.takeContinue()) {
            output() += CONTINUE;
            touched();
        }
        break;
    default:
        break;
    }
}

void Connection::handOver()
{
    disarm();
    m_phase = Phase::Answering;
    ++m_context.answering;
    m_host.requestComplete();
    if (m_phase == Phase::Answering && !m_answer) {
        --m_context.answering;
        refuse({500, "internal_error", "The request was not taken on.", {}, 0});
    }
}

void Connection::refuse(const Error &error)
{
    disarm();
    m_phase = Phase::Refusing;
    std::string().swap(m_held);
    m_reader.recognise();
    m_context.refuse(*this, error);
    m_reader.reset();
    touched();
}

/// What came before the answer could take it.
void Connection::passOn()
{
    if (m_isReadPaused || (m_held.empty() && !m_isReadResumed))
        return;
    m_isReadResumed = false;
    const std::string held = std::exchange(m_held, std::string());
    m_answer->bytesCame(held);
}

void Connection::settle()
{
    if (m_phase == Phase::Upgraded) {
        passOn();
        return;
    }
    if (m_phase == Phase::Refusing || (m_phase == Phase::Ended && !m_keepOpen)) {
        if (m_outlet.unsent() == 0)
            linger();
        return;
    }
    if (readyForRequest() && !m_held.empty()) {
        const std::string held = std::exchange(m_held, std::string());
        take(held);
    }
    if (readyForRequest())
        settleReading();
}

void Connection::settleReading()
{
    const bool isIdle = m_reader.state() == RequestReader::State::Idle;
    if (isIdle && (m_finSeen || m_context.isDraining())) {
        if (m_outlet.unsent() == 0)
            shut(false);
    } else if (m_finSeen) {
        refuse({400, "bad_request", "The request ended in its middle.", {}, 0});
    } else if (m_outlet.isBlocked()) {
        return; // the deadline is that of sending
    } else if (!isIdle) {
        awaitRest();
    } else if (!isArmed(Sweep::Kind::Idle) && !isArmed(Sweep::Kind::Head)) {
        arm(Sweep::Kind::Idle);
    }
}

void Connection::linger()
{
    m_phase = Phase::Lingering;
    std::string().swap(m_held);
    if (m_finSeen) {
        shut(false);
        return;
    }
    shutdownSending(m_fd);
    arm(Sweep::Kind::Linger);
}

void Connection::expired(Sweep::Kind kind)
{
    switch (kind) {
    case Sweep::Kind::Idle:
    case Sweep::Kind::Linger:
        shut(false);
        break;
    case Sweep::Kind::Send:
        die();
        break;
    case Sweep::Kind::Heartbeat:
        arm(Sweep::Kind::Heartbeat);
        m_answer->silent();
        break;
    case Sweep::Kind::Head:
        if (m_reader.state() == RequestReader::State::Idle)
            shut(false); // it never said anything
        else
            refuse({408, "request_timeout", "The request head took too long.", {}, 0});
        break;
    case Sweep::Kind::Body:
        if (m_reader.bodySize() - m_bodyMark >= m_context.limits().bodyStride)
            awaitRest();
        else
            refuse({408, "request_timeout", "The request body came too slowly.", {}, 0});
        break;
    }
}

void Connection::die()
{
    ConnectionAnswer *answer = std::exchange(m_answer, nullptr);
    if (answer)
        --m_context.answering;
    shut(m_outlet.isBlocked());
    if (answer)
        answer->peerGone();
}

void Connection::shut(bool hard)
{
    if (m_phase == Phase::Dead)
        return;
    m_phase = Phase::Dead;
    disarm();
    closeSocket(m_fd, hard);
    m_watch.abandon();
    std::string().swap(m_held);
    m_outlet.clear();
    m_context.closed(this);
    m_host.connectionClosed();
}

} // namespace Gateway
