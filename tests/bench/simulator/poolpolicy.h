#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "gateway/pool/keypool.h"
#include "tests/bench/simulator/policy.h"
#include "tests/support/fakeclock.h"

namespace Gateway::Sim {

/// This program's pool, used as the relay uses it with its default settings.
class PoolPolicy final : public Policy
{
public:
    /// `strategy`: its name in the pool's registry. `knowsProjects`: whether the user has grouped the keys.
    PoolPolicy(const World &world, const FakeClock &clock, std::string strategy, bool knowsProjects);

    std::string name() const override;
    int attempts() const override { return 4; }
    std::int64_t patienceMs() const override { return 5'000; }
    std::int64_t backoffMs(const Outcome &outcome) const override;
    Choice choose(const Request &request, std::span<const std::size_t> tried, std::int64_t nowMs) override;
    bool report(std::size_t key, const Request &request, const Outcome &outcome, std::int64_t nowMs) override;
    std::int64_t tick(std::int64_t nowMs, GoogleModel &google) override;

private:
    const World &m_world;
    std::string m_strategy;
    bool m_knowsProjects;
    KeyPool m_pool;
    std::unordered_map<std::uint64_t, Lease> m_leases; ///< By request.
    std::vector<KeyId> m_tried;
};

} // namespace Gateway::Sim
