#include "gateway/relay/pacer.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace Gateway {

namespace {

constexpr std::size_t ALL = std::numeric_limits<std::size_t>::max();
constexpr std::int64_t HURRY = 8; // an upstream that has to wait is so much faster than any reader

} // namespace

Pacer::Pacer(Pace pace, const Clock &clock, Later later, PacerListener &listener)
    : m_pace(pace)
    , m_clock(clock)
    , m_later(std::move(later))
    , m_listener(listener)
{
}

void Pacer::add(std::string_view json)
{
    EventSteps steps(json);
    m_letters += steps.letters();
    m_bytes += steps.bytes();
    m_waiting.push_back(std::move(steps));
    if (!m_isArmed && !m_isHeld)
        step(m_pace.stepMs);
    weigh();
}

void Pacer::end()
{
    m_hasEnded = true;
    m_endByMs = m_clock.monotonicMs() + m_pace.lagMs;
    if (!m_isArmed && !m_isHeld)
        step(m_pace.stepMs);
}

void Pacer::release()
{
    tell(ALL);
    m_listener.pacedStep();
}

void Pacer::clear()
{
    m_waiting.clear();
    m_letters = 0;
    m_bytes = 0;
    m_hasEnded = false;
    m_isArmed = false;
    m_isFull = false;
    ++m_timer;
}

void Pacer::go()
{
    if (!std::exchange(m_isHeld, false) || m_isArmed)
        return;
    if (isBusy())
        arm();
}

void Pacer::arm()
{
    m_isArmed = true;
    m_armedMs = m_clock.monotonicMs();
    m_later(m_pace.stepMs, [this, timer = ++m_timer] {
        if (timer != m_timer)
            return;
        m_isArmed = false;
        if (!m_isHeld && isBusy())
            step(m_clock.monotonicMs() - m_armedMs);
    });
}

/// The share of what waits that goes down after `passedMs`.
void Pacer::step(std::int64_t passedMs)
{
    tell(share(passedMs));
    if (m_hasEnded && m_waiting.empty()) {
        m_hasEnded = false;
        m_listener.pacedEnd();
        return;
    }
    arm(); // also when nothing waits: what comes sooner than a step is told with the next one
    const std::uint64_t timer = m_timer;
    m_listener.pacedStep();
    if (timer == m_timer)
        weigh();
}

std::size_t Pacer::share(std::int64_t passedMs) const
{
    const std::int64_t lag = m_isFull ? m_pace.lagMs / HURRY : m_pace.lagMs;
    const std::int64_t left = m_hasEnded ? m_endByMs - m_clock.monotonicMs() : lag;
    const std::int64_t passed = std::max(passedMs, m_pace.stepMs);
    if (left <= passed)
        return ALL;
    const auto whole = static_cast<std::size_t>(left);
    return std::max(m_pace.leastLetters, (m_letters * static_cast<std::size_t>(passed) + whole - 1) / whole);
}

void Pacer::tell(std::size_t letters)
{
    while (!m_waiting.empty()) {
        const std::size_t before = m_waiting.front().letters();
        if (before > 0 && letters == 0)
            return;
        tellFront(std::min(letters, before));
        letters -= letters == ALL ? 0 : std::min(letters, before);
    }
}

/// So many letters of the first event that waits, and what of it is no text.
void Pacer::tellFront(std::size_t letters)
{
    EventSteps &front = m_waiting.front();
    std::size_t left = letters;
    do {
        const std::size_t before = front.letters();
        m_listener.pacedEvent(front.take(left));
        const std::size_t told = before - front.letters();
        left -= std::min(left, told);
        m_letters -= told;
    } while (!front.isOver() && (left > 0 || front.letters() == 0));
    if (!front.isOver())
        return;
    m_bytes -= front.bytes();
    m_waiting.pop_front();
}

void Pacer::weigh()
{
    const bool wasFull = m_isFull;
    m_isFull = m_isFull ? m_bytes > MOST_WAITING / 2 : m_bytes > MOST_WAITING;
    if (m_isFull != wasFull)
        m_listener.pacedFull(m_isFull);
}

} // namespace Gateway
