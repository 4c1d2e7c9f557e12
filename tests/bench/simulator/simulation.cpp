#include "tests/bench/simulator/simulation.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include <queue>

namespace Gateway::Sim {

namespace {

double steadyNs()
{
    return std::chrono::duration<double, std::nano>(std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

bool isQuota(OutcomeKind kind)
{
    return kind == OutcomeKind::RateLimited || kind == OutcomeKind::DayQuota;
}

} // namespace

/// One run's moving parts.
struct Simulation::Run
{
    Policy &policy;
    GoogleModel &google;
    FakeClock &clock;
    Outcomes outcomes;
    std::priority_queue<Event, std::vector<Event>, std::greater<>> events;
    std::vector<Job> jobs;
    std::vector<std::size_t> freeJobs;
    std::uint64_t order = 0;
    double policyNs = 0;

    void push(std::int64_t atMs, std::size_t job, What what) { events.push({atMs, order++, job, what}); }

    std::size_t begin(const Request &request)
    {
        std::size_t place = jobs.size();
        if (freeJobs.empty()) {
            jobs.emplace_back();
        } else {
            place = freeJobs.back();
            freeJobs.pop_back();
        }
        Job &job = jobs[place];
        job.request = &request;
        job.tried.clear();
        job.attempts = 0;
        job.patienceMs = policy.patienceMs();
        ++outcomes.requests;
        return place;
    }

    void attempt(std::size_t place, std::int64_t nowMs)
    {
        Job &job = jobs[place];
        const double before = steadyNs();
        const Choice choice = policy.choose(*job.request, job.tried, nowMs);
        policyNs += steadyNs() - before;
        if (!choice.key) {
            wait(place, choice.waitMs, nowMs);
            return;
        }
        job.key = *choice.key;
        job.tried.push_back(job.key);
        ++outcomes.attempts;
        Answer answer = google.ask(job.key, *job.request, job.attempts++, nowMs);
        outcomes.quotaRefusals += isQuota(answer.outcome.kind) ? 1 : 0;
        job.outcome = std::move(answer.outcome);
        push(nowMs + answer.afterMs, place, What::Answered);
    }

    void wait(std::size_t place, std::int64_t waitMs, std::int64_t nowMs)
    {
        Job &job = jobs[place];
        if (waitMs == 0 || waitMs > job.patienceMs) {
            freeJobs.push_back(place);
            return;
        }
        outcomes.waited += job.patienceMs == policy.patienceMs() ? 1 : 0;
        outcomes.waitedMs += waitMs;
        job.patienceMs -= waitMs;
        push(nowMs + waitMs, place, What::Attempt);
    }

    void answered(std::size_t place, std::int64_t nowMs)
    {
        Job &job = jobs[place];
        const double before = steadyNs();
        const bool mayGoOn = policy.report(job.key, *job.request, job.outcome, nowMs);
        policyNs += steadyNs() - before;
        if (job.outcome.kind == OutcomeKind::Success) {
            ++outcomes.served;
            freeJobs.push_back(place);
        } else if (mayGoOn && job.attempts < policy.attempts()) {
            push(nowMs + policy.backoffMs(job.outcome), place, What::Attempt);
        } else {
            freeJobs.push_back(place);
        }
    }
};

Simulation::Simulation(const World &world, const std::vector<Request> &requests, FakeClock &clock)
    : m_world(world)
    , m_requests(requests)
    , m_clock(clock)
{
}

Outcomes Simulation::run(Policy &policy, GoogleModel &google)
{
    Run run{policy, google, m_clock, {}, {}, {}, {}, 0, 0};
    std::size_t next = 0;
    std::int64_t tickMs = m_world.startMs;
    while (next < m_requests.size() || !run.events.empty()) {
        const bool isArrival = run.events.empty() ||
                               (next < m_requests.size() && m_requests[next].atMs <= run.events.top().atMs);
        const std::int64_t nowMs = isArrival ? m_requests[next].atMs : run.events.top().atMs;
        for (; tickMs <= nowMs; tickMs = policy.tick(tickMs, google))
            m_clock.advance(std::max<std::int64_t>(0, tickMs - m_clock.nowMs()));
        m_clock.advance(std::max<std::int64_t>(0, nowMs - m_clock.nowMs()));
        if (isArrival) {
            run.attempt(run.begin(m_requests[next]), nowMs);
            ++next;
            continue;
        }
        const Event event = run.events.top();
        run.events.pop();
        if (event.what == What::Attempt)
            run.attempt(event.job, nowMs);
        else
            run.answered(event.job, nowMs);
    }
    run.outcomes.unfairness = unfairness(google);
    run.outcomes.policyNs =
        run.policyNs / static_cast<double>(std::max<std::int64_t>(run.outcomes.attempts, 1));
    return run.outcomes;
}

double Simulation::unfairness(const GoogleModel &google) const
{
    double sum = 0;
    int groups = 0;
    for (std::size_t model = 0; model < m_world.models.size(); ++model) {
        for (const KeyTier tier : {KeyTier::Free, KeyTier::Paid}) {
            std::int64_t most = 0;
            std::int64_t all = 0;
            std::int64_t projects = 0;
            for (std::size_t project = 0; project < m_world.projects.size(); ++project) {
                if (m_world.projects[project] != tier)
                    continue;
                ++projects;
                most = std::max(most, google.served(project, model));
                all += google.served(project, model);
            }
            if (all == 0)
                continue;
            sum += static_cast<double>(most * projects) / static_cast<double>(all) - 1.0;
            ++groups;
        }
    }
    return groups == 0 ? 0 : sum / groups;
}

} // namespace Gateway::Sim
