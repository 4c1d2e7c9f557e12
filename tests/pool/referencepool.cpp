#include "tests/pool/referencepool.h"

#include <algorithm>

namespace Gateway {

namespace {

bool wasTried(const AcquireRequest &request, KeyId key)
{
    return std::find(request.tried.begin(), request.tried.end(), key) != request.tried.end();
}

bool mayBeProbed(const ReferencePool::Key &key, const std::string &model, std::int64_t nowMs)
{
    if (key.state() != KeyState::Usable || !key.tickets.empty())
        return false;
    if (!model.empty() && ReferencePool::restsUntil(key, "", nowMs) != 0)
        return false;
    const auto rest = key.rests.find(model);
    return rest != key.rests.end() && rest->second.untilMs > nowMs && rest->second.probeMs != 0 &&
           rest->second.probeMs <= nowMs;
}

} // namespace

std::int64_t ReferencePool::restsUntil(const Key &key, const std::string &model, std::int64_t nowMs)
{
    std::int64_t untilMs = 0;
    for (const std::string &name : {model, std::string()}) {
        const auto rest = key.rests.find(name);
        if (rest != key.rests.end() && rest->second.untilMs > nowMs)
            untilMs = std::max(untilMs, rest->second.untilMs);
    }
    return untilMs;
}

Refusal ReferencePool::numbers(const std::string &model, std::int64_t nowMs) const
{
    Refusal refusal;
    for (const auto &[id, key] : keys) {
        ++refusal.total;
        refusal.invalid += key.state() == KeyState::Sidelined;
        refusal.disabled += key.state() == KeyState::Disabled;
        const std::int64_t untilMs = restsUntil(key, model, nowMs);
        if (key.state() != KeyState::Usable || untilMs == 0)
            continue;
        ++refusal.resting;
        const std::int64_t waitMs = untilMs - nowMs;
        refusal.waitMs = refusal.waitMs == 0 ? waitMs : std::min(refusal.waitMs, waitMs);
    }
    return refusal;
}

ReferencePool::Expected ReferencePool::acquire(const AcquireRequest &request, std::int64_t nowMs) const
{
    const std::string model(request.model);
    Expected expected;
    expected.refusal = numbers(model, nowMs);
    std::set<KeyId> probes;
    bool someAvailable = false;
    bool someSettling = false;
    bool someResting = false;
    bool someTried = false;
    for (const auto &[id, key] : keys) {
        if ((request.owner != 0 && id != request.owner) || key.state() != KeyState::Usable)
            continue;
        const std::int64_t untilMs = restsUntil(key, model, nowMs);
        someResting = someResting || untilMs != 0;
        if (request.owner != 0)
            expected.refusal.waitMs = untilMs == 0 ? 0 : untilMs - nowMs;
        if (mayBeProbed(key, model, nowMs) && request.tried.empty())
            probes.insert(id);
        if (untilMs != 0)
            continue;
        someAvailable = someAvailable || key.tickets.empty();
        someTried = someTried || wasTried(request, id);
        someSettling = someSettling || (!key.tickets.empty() && !wasTried(request, id));
        if (key.tickets.empty() && !wasTried(request, id))
            expected.keys.insert(id);
    }
    if (!probes.empty() && (!request.lastAttempt || !someAvailable)) {
        expected.keys = probes;
        expected.kind = Lease::Kind::Probe;
    }
    using Why = Refusal::Why;
    expected.refusal.why = someSettling  ? Why::Settling
                           : someTried   ? Why::Exhausted
                           : someResting ? Why::Resting
                                         : Why::NoneUsable;
    if (request.owner != 0 && expected.refusal.why == Why::NoneUsable)
        expected.refusal.waitMs = 0;
    return expected;
}

void ReferencePool::probed(KeyId key, const std::string &model, std::int64_t nowMs)
{
    keys.at(key).rests.at(model).probeMs = nowMs + PROBE_AFTER_MS;
}

bool ReferencePool::report(const Lease &lease, int life, const Outcome &outcome, const HealthRules &rules,
                           std::vector<ModelRest> &rests)
{
    const auto found = keys.find(lease.key);
    if (found == keys.end() || found->second.life != life)
        return false;
    Key &key = found->second;
    if (lease.kind == Lease::Kind::Check)
        key.isBeingChecked = false;
    const HealthVerdict verdict = judgeKey(key.health, key.failures, lease.kind, outcome, rules);
    ++key.calls;
    key.failedCalls += verdict.blamed;
    // Every outcome of this test has the same words: a reason is new only with the state.
    bool isNew = verdict.state != key.health || verdict.failures != key.failures;
    key.health = verdict.state;
    key.failures = verdict.failures;

    auto old = key.rests.find(lease.model);
    if (old != key.rests.end() && old->second.untilMs <= rules.nowMs) {
        key.rests.erase(old);
        old = key.rests.end();
    }
    if (verdict.liftsRest && old != key.rests.end()) {
        key.rests.erase(old);
        rests.push_back({lease.model, 0, {}});
        isNew = true;
    }
    if (verdict.restUntilMs == 0)
        return isNew;
    const std::int64_t oldMs = old == key.rests.end() ? 0 : old->second.untilMs;
    if (!verdict.replacesRest && oldMs > verdict.restUntilMs)
        return isNew;
    key.rests[lease.model] = {verdict.restUntilMs, verdict.probeMs};
    if (oldMs != verdict.restUntilMs) {
        rests.push_back({lease.model, verdict.restUntilMs, outcome.reason});
        isNew = true;
    }
    return isNew;
}

Refusal ReferencePool::counts(std::int64_t nowMs) const
{
    Refusal refusal = numbers("", nowMs);
    refusal.resting = 0;
    for (const auto &[id, key] : keys) {
        const bool rests = std::any_of(key.rests.begin(), key.rests.end(),
                                       [&](const auto &rest) { return rest.second.untilMs > nowMs; });
        refusal.resting += key.state() == KeyState::Usable && rests;
    }
    return refusal;
}

void ReferencePool::setBack(std::int64_t ms)
{
    for (auto &[id, key] : keys) {
        for (auto &[model, rest] : key.rests) {
            rest.untilMs -= ms;
            rest.probeMs -= rest.probeMs == 0 ? 0 : ms;
        }
    }
}

} // namespace Gateway
