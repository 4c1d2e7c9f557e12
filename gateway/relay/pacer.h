#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <string_view>

#include "gateway/common/clock.h"
#include "gateway/dialects/eventsteps.h"
#include "gateway/relay/streamoptions.h"

namespace Gateway {

/// Hears what a pacer tells. Each function may call the pacer back, and may be its last.
class PacerListener
{
public:
    virtual ~PacerListener() = default;
    virtual void pacedEvent(std::string_view json) = 0;
    /// The events of one step were told.
    virtual void pacedStep() = 0;
    /// All was told, after end().
    virtual void pacedEnd() = 0;
    /// So much waits that no more should come, or little enough again.
    virtual void pacedFull(bool isFull) = 0;
};

/// Tells events in small steps at an even pace. A step tells a share of what waits, so that the pace follows
/// the upstream's by itself and no text waits for long; after end() the rest is spread over Pace::lagMs.
class Pacer
{
public:
    /// Calls the function after so many ms, unless the request is over by then.
    using Later = std::function<void(std::int64_t, std::function<void()>)>;

    /// What waits may take so many bytes before pacedFull() is told.
    static constexpr std::size_t MOST_WAITING = 64u * 1024;

    Pacer(Pace pace, const Clock &clock, Later later, PacerListener &listener);

    void add(std::string_view json);
    /// No more comes.
    void end();
    /// Tells what waits, at once.
    void release();
    /// Forgets what waits.
    void clear();
    /// The client is slow: nothing is told until go().
    void hold() { m_isHeld = true; }
    void go();

    bool isFull() const { return m_isFull; }
    /// Something waits, or its end.
    bool isBusy() const { return !m_waiting.empty() || m_hasEnded; }

private:
    void step(std::int64_t passedMs);
    std::size_t share(std::int64_t passedMs) const;
    void tell(std::size_t letters);
    void tellFront(std::size_t letters);
    void weigh();
    void arm();

    const Pace m_pace;
    const Clock &m_clock;
    const Later m_later;
    PacerListener &m_listener;
    std::deque<EventSteps> m_waiting;
    std::size_t m_letters = 0; ///< Of what waits.
    std::size_t m_bytes = 0;
    std::int64_t m_armedMs = 0;
    std::int64_t m_endByMs = 0;
    std::uint64_t m_timer = 0; ///< Number of the present timer: older ones are out of date.
    bool m_isArmed = false;
    bool m_isHeld = false;
    bool m_isFull = false;
    bool m_hasEnded = false;
};

} // namespace Gateway
