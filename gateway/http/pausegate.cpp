#include "gateway/http/pausegate.h"

namespace Gateway {

PauseGate::PauseGate(const Clock &clock)
    : m_clock(clock)
{
}

std::optional<Error> PauseGate::refusal() const
{
    const std::int64_t untilMs = m_untilMs.load(std::memory_order_relaxed);
    if (untilMs == OPEN)
        return std::nullopt;
    if (untilMs == 0)
        return Error{
            503, "paused", "The gateway is paused and answers again when its user resumes it.", {}, 0};
    const std::int64_t leftMs = untilMs - m_clock.nowMs();
    if (leftMs <= 0)
        return std::nullopt;
    return Error{503,
                 "paused",
                 "The gateway is paused for another " + std::to_string((leftMs + 999) / 1000) + " s.",
                 {},
                 leftMs};
}

} // namespace Gateway
