#pragma once

#include <vector>

#include "tests/bench/simulator/googlemodel.h"

namespace Gateway::Sim {

struct ScenarioOptions
{
    int freeProjects = 60;
    int paidProjects = 4;
    int days = 7;
    double load = 0.8; ///< Requests a day, of what all projects together may ask for.
    MinuteWindow window = MinuteWindow::Fixed;
    std::uint64_t seed = 1;
};

/// Projects with one to three keys, of which some die and come back, and models with spells of overload, over
/// a week in which a change to daylight-saving time falls.
World makeWorld(const ScenarioOptions &options);

/// The clients' requests in the order of time: conversations of several turns with growing prompts, by day
/// more than by night.
std::vector<Request> makeRequests(const World &world, const ScenarioOptions &options);

} // namespace Gateway::Sim
