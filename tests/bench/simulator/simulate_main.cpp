// Runs key choosing on a simulated week of Google's quotas and prints a table: every strategy of the pool, a
// scheduler that knows all, and the ways of the systems that this program replaces.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/pool/strategies/strategy.h"
#include "tests/bench/simulator/otherpolicies.h"
#include "tests/bench/simulator/poolpolicy.h"
#include "tests/bench/simulator/scenario.h"
#include "tests/bench/simulator/simulation.h"

using namespace Gateway;
using namespace Gateway::Sim;

namespace {

constexpr const char *USAGE =
    "simulate [--load 0.8] [--days 7] [--free 60] [--paid 4] [--seed 1] [--sliding] [--only NAME]\n"
    "  --load   part of what the keys can serve that is asked for\n"
    "  --free, --paid   projects of either tier\n"
    "  --sliding   Google counts the last 60 s, not the minutes of the clock\n"
    "  --only   this strategy, beside the scheduler that knows all\n";

struct Arguments
{
    ScenarioOptions scenario;
    std::string only;
    bool areUnderstood = true;
};

Arguments argumentsOf(int count, char **texts)
{
    Arguments arguments;
    for (int i = 1; i < count; ++i) {
        const std::string_view name = texts[i];
        if (name == "--sliding") {
            arguments.scenario.window = MinuteWindow::Sliding;
            continue;
        }
        const char *value = i + 1 < count ? texts[++i] : "";
        if (name == "--load")
            arguments.scenario.load = std::atof(value);
        else if (name == "--days")
            arguments.scenario.days = std::atoi(value);
        else if (name == "--free")
            arguments.scenario.freeProjects = std::atoi(value);
        else if (name == "--paid")
            arguments.scenario.paidProjects = std::atoi(value);
        else if (name == "--seed")
            arguments.scenario.seed = static_cast<std::uint64_t>(std::atoll(value));
        else if (name == "--only")
            arguments.only = value;
        else
            arguments.areUnderstood = false;
    }
    return arguments;
}

using MakePolicy = std::function<std::unique_ptr<Policy>(FakeClock &, GoogleModel &)>;

std::vector<std::pair<std::string, MakePolicy>> contestants(const World &world)
{
    std::vector<std::pair<std::string, MakePolicy>> all;
    all.emplace_back("all-knowing", [&world](FakeClock &, GoogleModel &google) {
        return std::make_unique<OraclePolicy>(world, google, 4, 5'000);
    });
    for (const StrategyInfo *strategy : strategyTable()) {
        const std::string name(strategy->name);
        all.emplace_back(name, [&world, name](FakeClock &clock, GoogleModel &) {
            return std::make_unique<PoolPolicy>(world, clock, name, true);
        });
    }
    all.emplace_back("projects unknown", [&world](FakeClock &clock, GoogleModel &) {
        return std::make_unique<PoolPolicy>(world, clock, std::string(strategyTable().front()->name), false);
    });
    for (const CountingPolicy::Rules &rules : {webPolicy(), pythonPolicy()}) {
        all.emplace_back(rules.name, [&world, rules](FakeClock &, GoogleModel &) {
            return std::make_unique<CountingPolicy>(world, rules);
        });
    }
    return all;
}

void printRow(const std::string &name, const Outcomes &got, std::int64_t servable)
{
    const auto part = [](std::int64_t of, std::int64_t all) {
        return static_cast<double>(of) / static_cast<double>(std::max<std::int64_t>(all, 1));
    };
    std::printf("| %-28s | %9lld | %8.3f | %7.2f | %8.4f | %6.2f | %8.0f | %6.3f | %6.0f |\n", name.c_str(),
                static_cast<long long>(got.served), 100.0 * part(got.served, servable),
                1000.0 * part(got.quotaRefusals, got.requests), part(got.attempts, got.requests),
                100.0 * part(got.waited, got.requests), part(got.waitedMs, got.waited), got.unfairness,
                got.policyNs);
    std::fflush(stdout);
}

} // namespace

int main(int count, char **texts)
{
    const Arguments arguments = argumentsOf(count, texts);
    if (!arguments.areUnderstood) {
        std::fputs(USAGE, stderr);
        return 2;
    }
    const World world = makeWorld(arguments.scenario);
    const std::vector<Request> requests = makeRequests(world, arguments.scenario);
    std::printf("%zu requests in %d days, %zu keys in %zu projects, load %.0f %%\n\n", requests.size(),
                arguments.scenario.days, world.keys.size(), world.projects.size(),
                100 * arguments.scenario.load);
    std::printf("| %-28s | %9s | %8s | %7s | %8s | %6s | %8s | %6s | %6s |\n", "", "served", "of best%",
                "429/1k", "attempts", "wait %", "wait ms", "unfair", "ns");
    std::printf("|---|---:|---:|---:|---:|---:|---:|---:|---:|\n");
    std::int64_t servable = 0;
    for (const auto &[name, make] : contestants(world)) {
        const bool isBest = servable == 0;
        if (!isBest && !arguments.only.empty() && name != arguments.only)
            continue;
        FakeClock clock(world.startMs);
        GoogleModel google(world);
        const std::unique_ptr<Policy> policy = make(clock, google);
        const Outcomes got = Simulation(world, requests, clock).run(*policy, google);
        if (isBest)
            servable = got.served;
        printRow(name, got, servable);
    }
    return 0;
}
