// The answer's side of a connection: what goes out, and when.
#include <utility>

#include "gateway/http/connection.h"

namespace Gateway {

void Connection::touched()
{
    if (!std::exchange(m_isTouched, true))
        m_context.callAtEventEnd(this);
}

void Connection::writeLarge(std::string_view bytes, std::string_view tail)
{
    m_outlet.sendLarge(bytes, tail);
    touched();
}

bool Connection::isOverHigh()
{
    if (m_outlet.unsent() > m_context.limits().outputHigh)
        m_outlet.flush();
    m_overHigh = m_overHigh || m_outlet.unsent() > m_context.limits().outputHigh;
    return m_overHigh;
}

void Connection::watchSilence()
{
    m_watchesSilence = true;
    if (!m_outlet.isBlocked())
        arm(Sweep::Kind::Heartbeat);
}

void Connection::endAnswer(bool keepOpen)
{
    m_answer = nullptr;
    m_overHigh = false;
    m_watchesSilence = false;
    m_keepOpen = keepOpen && !m_context.isDraining();
    m_phase = Phase::Ended;
    --m_context.answering;
    if (!m_outlet.isBlocked())
        disarm();
    touched();
}

void Connection::upgrade()
{
    m_phase = Phase::Upgraded;
    touched();
}

void Connection::pauseReading()
{
    m_isReadPaused = true;
    touched(); // updates what is watched
}

void Connection::resumeReading()
{
    if (std::exchange(m_isReadPaused, false))
        m_isReadResumed = true;
    touched();
}

void Connection::cut(bool hard)
{
    if (std::exchange(m_answer, nullptr))
        --m_context.answering;
    if (!hard)
        m_outlet.flush();
    shut(hard);
}

void Connection::drain()
{
    m_keepOpen = false;
    touched();
    if (m_phase == Phase::Upgraded)
        m_answer->draining();
}

void Connection::eventEnded()
{
    m_isTouched = false;
    if (m_phase == Phase::Dead)
        return;
    const std::size_t unsentBefore = m_outlet.unsent();
    m_outlet.flush();
    if (m_outlet.isBroken()) {
        die();
        return;
    }
    settleSending(unsentBefore);
    if (m_overHigh && m_outlet.unsent() <= m_context.limits().outputLow) {
        m_overHigh = false;
        m_answer->drained();
    }
    settle();
    if (m_phase != Phase::Dead)
        updateInterest();
}

void Connection::settleSending(std::size_t unsentBefore)
{
    const bool isArmedForSend = isArmed(Sweep::Kind::Send);
    if (m_outlet.isBlocked()) {
        if (!isArmedForSend || m_outlet.unsent() < unsentBefore)
            arm(Sweep::Kind::Send);
    } else if (isArmedForSend) {
        m_watchesSilence ? watchSilence() : disarm();
    }
}

} // namespace Gateway
