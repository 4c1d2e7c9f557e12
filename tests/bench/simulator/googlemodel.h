#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "gateway/common/outcome.h"

namespace Gateway::Sim {

/// What one project may ask of one model; 0: the project does not have the model.
struct Allowance
{
    int minuteRequests = 0;
    int minuteTokens = 0;
    int dayRequests = 0;
};

struct Model
{
    std::string name;
    Allowance free;
    Allowance paid;
    double share = 0; ///< Of the load it gets, of its whole capacity.
};

struct Span
{
    std::int64_t fromMs = 0;
    std::int64_t untilMs = 0;

    bool holds(std::int64_t nowMs) const { return nowMs >= fromMs && nowMs < untilMs; }
};

/// While it lasts, this share of a model's requests is answered with 503.
struct Overload
{
    Span span;
    std::size_t model = 0;
    double share = 0;
};

struct Key
{
    std::size_t project = 0;
    std::vector<Span> dead; ///< Times in which Google refuses it.
};

/// How Google counts a minute: by the clock, or the last sixty seconds. Neither is documented.
enum class MinuteWindow : std::uint8_t { Fixed, Sliding };

/// The part of the world that no scheduler can change.
struct World
{
    std::vector<Model> models;
    std::vector<KeyTier> projects;
    std::vector<Key> keys;
    std::vector<Overload> overloads;
    MinuteWindow window = MinuteWindow::Fixed;
    std::int64_t startMs = 0; ///< ms since 1970 UTC.
    std::int64_t endMs = 0;
    std::uint64_t seed = 1;

    const Allowance &allowance(std::size_t project, std::size_t model) const
    {
        return projects[project] == KeyTier::Paid ? models[model].paid : models[model].free;
    }
};

/// One client request.
struct Request
{
    std::uint64_t id = 0;
    std::int64_t atMs = 0;
    std::uint64_t conversation = 0;
    std::size_t model = 0;
    int tokens = 0; ///< Of the prompt.
};

struct Answer
{
    Outcome outcome;
    std::int64_t afterMs = 0; ///< How long it took.
};

/// Google's side: counts quotas per project and model and answers as GEMINI's API does. What is chance
/// depends on the request and the number of its attempt alone, so that each scheduler meets the same.
class GoogleModel
{
public:
    explicit GoogleModel(const World &world);

    Answer ask(std::size_t key, const Request &request, int attempt, std::int64_t nowMs);

    /// For the scheduler that knows all: whether this key would answer now, chance left aside.
    bool wouldServe(std::size_t key, std::size_t model, int tokens, std::int64_t nowMs);
    /// The part of the day's allowance that is left, 0 to 1.
    double dayLeft(std::size_t project, std::size_t model, std::int64_t nowMs);
    /// Requests answered well so far, by project and model.
    std::int64_t served(std::size_t project, std::size_t model) const;

private:
    struct Use
    {
        std::int64_t minute = 0; ///< Fixed window: its number.
        int minuteRequests = 0;
        int minuteTokens = 0;
        std::vector<std::pair<std::int64_t, int>> recent; ///< Sliding window: time and tokens.
        std::int64_t dayEndMs = 0;
        int dayRequests = 0;
        std::int64_t served = 0;
    };

    Use &useAt(std::size_t project, std::size_t model, std::int64_t nowMs);
    std::int64_t minuteEndMs(const Use &use, std::size_t project, std::int64_t nowMs) const;
    Answer refuseQuota(QuotaKind kind, std::int64_t limit, std::size_t project, std::int64_t restMs) const;
    bool isDead(std::size_t key, std::int64_t nowMs) const;
    bool isOverloaded(std::size_t model, double chance, std::int64_t nowMs) const;
    double chanceOf(const Request &request, int attempt, int what) const;

    const World &m_world;
    std::vector<Use> m_uses; ///< By project, then model.
    std::int64_t m_midnightMs = 0;
};

} // namespace Gateway::Sim
