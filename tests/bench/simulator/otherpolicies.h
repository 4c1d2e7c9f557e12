#pragma once

#include <vector>

#include "tests/bench/simulator/policy.h"

namespace Gateway::Sim {

/// Knows every counter of Google's and every key's state: the bound that no scheduler can pass, chance aside.
class OraclePolicy final : public Policy
{
public:
    OraclePolicy(const World &world, GoogleModel &google, int maxAttempts, std::int64_t patience);

    std::string name() const override { return "all-knowing"; }
    int attempts() const override { return m_attempts; }
    std::int64_t patienceMs() const override { return m_patienceMs; }
    std::int64_t backoffMs(const Outcome &outcome) const override;
    Choice choose(const Request &request, std::span<const std::size_t> tried, std::int64_t nowMs) override;
    bool report(std::size_t key, const Request &request, const Outcome &outcome, std::int64_t nowMs) override;
    std::int64_t tick(std::int64_t nowMs, GoogleModel &google) override;

private:
    const World &m_world;
    GoogleModel &m_google;
    std::vector<std::vector<std::size_t>> m_keysOf; ///< By project.
    int m_attempts;
    std::int64_t m_patienceMs;
};

/// Round robin over the keys with fewer than three failures; an hourly check brings keys back. What the two
/// systems that this program replaces do, with their differences.
class CountingPolicy final : public Policy
{
public:
    struct Rules
    {
        std::string name;
        int attempts = 1;
        bool successClears = false;
        bool usesDeadPool = false; ///< With no good key left it takes the next one all the same.
        bool checksAll = false;    ///< The check asks every key with a failure, else only the sidelined ones.
    };

    CountingPolicy(const World &world, Rules rules);

    std::string name() const override { return m_rules.name; }
    int attempts() const override { return m_rules.attempts; }
    Choice choose(const Request &request, std::span<const std::size_t> tried, std::int64_t nowMs) override;
    bool report(std::size_t key, const Request &request, const Outcome &outcome, std::int64_t nowMs) override;
    std::int64_t tick(std::int64_t nowMs, GoogleModel &google) override;

private:
    const World &m_world;
    Rules m_rules;
    std::vector<int> m_failures;
    std::size_t m_cursor = 0;
};

/// One attempt, never brought back but by the check.
CountingPolicy::Rules webPolicy();
/// Three attempts, every error counts, successes clear nothing.
CountingPolicy::Rules pythonPolicy();

} // namespace Gateway::Sim
