#include "tests/bench/simulator/scenario.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <random>

namespace Gateway::Sim {

namespace {

constexpr std::int64_t MINUTE_MS = 60'000;
constexpr std::int64_t HOUR_MS = 60 * MINUTE_MS;
constexpr std::int64_t DAY_MS = 24 * HOUR_MS;
/// Thursday 29 October 2026, 07:00 UTC: midnight in Los Angeles, three days before summer time ends there.
constexpr std::int64_t START_MS = 1'793'257'200'000;

using Random = std::mt19937_64;

double uniform(Random &random, double from, double to)
{
    return std::uniform_real_distribution<double>(from, to)(random);
}

std::vector<Model> models()
{
    return {
        {"gemini-3.6-flash", {10, 250'000, 250}, {1'000, 1'000'000, 10'000}, 1.0},
        {"gemini-3.5-flash-lite", {15, 250'000, 1'000}, {4'000, 4'000'000, 20'000}, 1.0},
        {"gemini-3.1-pro-preview", {0, 0, 0}, {150, 2'000'000, 1'000}, 1.0},
    };
}

void addKeys(World &world, Random &random)
{
    for (std::size_t project = 0; project < world.projects.size(); ++project) {
        const int keys = std::uniform_int_distribution<int>(1, 3)(random);
        for (int i = 0; i < keys; ++i) {
            Key key{project, {}};
            if (uniform(random, 0, 1) < 0.15) { // refused for some hours or for good
                const std::int64_t from =
                    world.startMs +
                    static_cast<std::int64_t>(uniform(random, 0, 1) *
                                              static_cast<double>(world.endMs - world.startMs));
                const bool isFinal = uniform(random, 0, 1) < 0.3;
                const auto lasting = static_cast<std::int64_t>(uniform(random, 2, 20) * HOUR_MS);
                key.dead.push_back({from, isFinal ? world.endMs : from + lasting});
            }
            world.keys.push_back(std::move(key));
        }
    }
}

void addOverloads(World &world, Random &random)
{
    for (std::int64_t day = world.startMs; day < world.endMs; day += DAY_MS) {
        for (std::size_t model = 0; model < world.models.size(); ++model) {
            const auto from = day + static_cast<std::int64_t>(uniform(random, 0, 23) * HOUR_MS);
            const auto lasting = static_cast<std::int64_t>(uniform(random, 3, 20) * MINUTE_MS);
            world.overloads.push_back({{from, from + lasting}, model, uniform(random, 0.2, 0.8)});
        }
    }
}

/// More by day than by night: between 0.3 and 1.7 of the mean.
double dayShape(std::int64_t sinceStartMs)
{
    const double hour = static_cast<double>(sinceStartMs % DAY_MS) / HOUR_MS;
    return 1.0 + 0.7 * std::sin((hour - 8.0) / 24.0 * 2.0 * std::numbers::pi);
}

void addConversation(std::vector<Request> &requests, std::size_t model, std::int64_t atMs, std::int64_t endMs,
                     std::uint64_t conversation, Random &random)
{
    const int turns = 1 + std::geometric_distribution<int>(0.18)(random);
    double tokens = std::exp(uniform(random, std::log(200.0), std::log(12'000.0)));
    for (int turn = 0; turn < turns && atMs < endMs; ++turn) {
        requests.push_back({0, atMs, conversation, model, static_cast<int>(tokens)});
        tokens = std::min(tokens + uniform(random, 100, 2'500), 120'000.0);
        atMs += static_cast<std::int64_t>(uniform(random, 4'000, 25'000));
    }
}

constexpr double MEAN_TURNS = 1.0 + (1.0 - 0.18) / 0.18;

} // namespace

World makeWorld(const ScenarioOptions &options)
{
    Random random(options.seed);
    World world;
    world.models = models();
    world.projects.assign(static_cast<std::size_t>(options.freeProjects), KeyTier::Free);
    world.projects.insert(world.projects.end(), static_cast<std::size_t>(options.paidProjects),
                          KeyTier::Paid);
    world.window = options.window;
    world.startMs = START_MS;
    world.endMs = START_MS + options.days * DAY_MS;
    world.seed = options.seed;
    addKeys(world, random);
    addOverloads(world, random);
    return world;
}

std::vector<Request> makeRequests(const World &world, const ScenarioOptions &options)
{
    Random random(options.seed + 1);
    std::vector<Request> requests;
    std::uint64_t conversation = 0;
    for (std::size_t model = 0; model < world.models.size(); ++model) {
        double aDay = 0;
        for (std::size_t project = 0; project < world.projects.size(); ++project)
            aDay += world.allowance(project, model).dayRequests;
        const double aMinute = aDay * options.load * world.models[model].share / MEAN_TURNS / 1'440.0;
        for (std::int64_t minute = world.startMs; minute < world.endMs; minute += MINUTE_MS) {
            const double expected = aMinute * dayShape(minute - world.startMs);
            const int begun = std::poisson_distribution<int>(expected)(random);
            for (int i = 0; i < begun; ++i) {
                const auto within = static_cast<std::int64_t>(uniform(random, 0, MINUTE_MS));
                addConversation(requests, model, minute + within, world.endMs, ++conversation, random);
            }
        }
    }
    std::sort(requests.begin(), requests.end(),
              [](const Request &left, const Request &right) { return left.atMs < right.atMs; });
    for (std::size_t i = 0; i < requests.size(); ++i)
        requests[i].id = i + 1;
    return requests;
}

} // namespace Gateway::Sim
