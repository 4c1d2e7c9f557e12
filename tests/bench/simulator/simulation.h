#pragma once

#include <cstdint>
#include <vector>

#include "tests/bench/simulator/googlemodel.h"
#include "tests/bench/simulator/policy.h"
#include "tests/support/fakeclock.h"

namespace Gateway::Sim {

struct Outcomes
{
    std::int64_t requests = 0;
    std::int64_t served = 0;
    std::int64_t attempts = 0; ///< Calls to Google.
    std::int64_t quotaRefusals = 0;
    std::int64_t waited = 0; ///< Requests that were held back for a key.
    std::int64_t waitedMs = 0;
    double unfairness = 0; ///< See Simulation::unfairness().
    double policyNs = 0;   ///< Of the machine, per attempt: choosing and reporting.
};

/// Runs one policy through a world.
class Simulation
{
public:
    /// The clock is the one that `policy` reads; it is moved to each event.
    Simulation(const World &world, const std::vector<Request> &requests, FakeClock &clock);

    Outcomes run(Policy &policy, GoogleModel &google);

private:
    enum class What : std::uint8_t { Attempt, Answered };
    struct Event
    {
        std::int64_t atMs = 0;
        std::uint64_t order = 0;
        std::size_t job = 0;
        What what = What::Attempt;

        bool operator>(const Event &other) const
        {
            return atMs != other.atMs ? atMs > other.atMs : order > other.order;
        }
    };
    struct Job
    {
        const Request *request = nullptr;
        std::vector<std::size_t> tried;
        std::size_t key = 0;
        Outcome outcome;
        int attempts = 0;
        std::int64_t patienceMs = 0;
    };
    struct Run;

    /// How far the busiest project of a tier is over the mean of its tier, in parts of the mean, averaged
    /// over tiers and models.
    double unfairness(const GoogleModel &google) const;

    const World &m_world;
    const std::vector<Request> &m_requests;
    FakeClock &m_clock;
};

} // namespace Gateway::Sim
