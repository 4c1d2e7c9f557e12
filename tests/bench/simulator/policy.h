#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "tests/bench/simulator/googlemodel.h"

namespace Gateway::Sim {

/// What a policy says to one attempt of a request.
struct Choice
{
    std::optional<std::size_t> key; ///< Ask this key now,
    std::int64_t waitMs = 0;        ///< else come back after this time; 0: give up.
};

/// A way of choosing keys: this program's pool or another system's.
class Policy
{
public:
    virtual ~Policy() = default;

    virtual std::string name() const = 0;
    /// Attempts that a request may have.
    virtual int attempts() const = 0;
    /// How long a request waits in all for a key to come back, in ms.
    virtual std::int64_t patienceMs() const { return 0; }
    /// Pause before the next attempt after trouble that is not the key's, in ms.
    virtual std::int64_t backoffMs(const Outcome &) const { return 0; }

    /// `tried`: keys that this request has asked before.
    virtual Choice choose(const Request &request, std::span<const std::size_t> tried, std::int64_t nowMs) = 0;
    /// Called once for each choice with a key, when its answer is there. Returns whether another attempt may
    /// follow.
    virtual bool report(std::size_t key, const Request &request, const Outcome &outcome,
                        std::int64_t nowMs) = 0;

    /// Called before anything at or after `nowMs`; returns when it wants to be called again. Checks of keys
    /// that cost Google's quota go through `google`.
    virtual std::int64_t tick(std::int64_t nowMs, GoogleModel &google) = 0;
};

} // namespace Gateway::Sim
