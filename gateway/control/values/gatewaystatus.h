#pragma once

#include <cstdint>
#include <string>

namespace Gateway {

/// What a face shows of the gateway at one moment.
struct GatewayStatus
{
    enum class State : std::uint8_t { Starting, Serving, NotServing, Stopping, Paused };

    State state = State::Starting;
    std::string address;            ///< "http://127.0.0.1:4364"; empty while nothing listens.
    std::string reason;             ///< Why it does not serve, one sentence; empty while it does.
    std::string version;            ///< Of the program that serves.
    std::int64_t pausedUntilMs = 0; ///< Paused: when it resumes by itself, ms since 1970 UTC; 0: never.
    std::int64_t startedMs = 0;     ///< When it began to serve, ms since 1970 UTC.
    std::int64_t uptimeMs = 0;      ///< Since then, at the moment of asking.
    int keysTotal = 0;              ///< Without deleted ones.
    int keysUsable = 0;             ///< Neither sidelined nor disabled; resting ones count.
    int keysResting = 0;            ///< Of these, how many rest for at least one model.
    int keysSidelined = 0;
    int keysDisabled = 0;
    int running = 0;                ///< Requests on their way to Google.
    int queueLength = 0;            ///< Requests that wait for a key.
    std::int64_t queueOldestMs = 0; ///< How long the first of them waits.
    int restartsPending = 0;        ///< Settings that were changed and take effect at the next start.

    bool operator==(const GatewayStatus &) const = default;
};

} // namespace Gateway
