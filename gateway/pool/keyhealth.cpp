#include "gateway/pool/keyhealth.h"

#include <algorithm>

namespace Gateway {

namespace {

/// A key that is sidelined or disabled: leases from before still come back, but only a check may change it.
void judgeUnusable(HealthVerdict &verdict, Lease::Kind kind, OutcomeKind outcome)
{
    if (verdict.state != KeyState::Sidelined)
        return;
    // A quota answer, or that the model is unknown, proves as well as a success that Google takes the key.
    const bool accepted = outcome == OutcomeKind::Success || outcome == OutcomeKind::RateLimited ||
                          outcome == OutcomeKind::DayQuota || outcome == OutcomeKind::NoSuchModel;
    if (kind == Lease::Kind::Check && accepted) {
        verdict.state = KeyState::Usable;
        verdict.failures = 0;
    } else if (outcome == OutcomeKind::KeyFault) {
        verdict.newReason = true;
    }
}

void judgeUsable(HealthVerdict &verdict, OutcomeKind outcome, int maxFailures)
{
    if (outcome == OutcomeKind::Success) {
        verdict.failures = 0;
    } else if (outcome == OutcomeKind::Unclear) {
        ++verdict.failures;
    }
    const bool tooMany = outcome == OutcomeKind::Unclear && verdict.failures >= std::max(1, maxFailures);
    if (outcome == OutcomeKind::KeyFault || tooMany) {
        verdict.state = KeyState::Sidelined;
        verdict.newReason = true;
    }
}

void judgeQuota(HealthVerdict &verdict, Lease::Kind kind, const Outcome &outcome, const HealthRules &rules)
{
    if (outcome.kind == OutcomeKind::RateLimited) {
        verdict.restUntilMs = rules.nowMs + std::clamp(outcome.restMs, MIN_REST_MS, MAX_REST_MS);
    } else if (outcome.kind == OutcomeKind::DayQuota) {
        verdict.restUntilMs = rules.midnightMs;
        verdict.probeMs = rules.nowMs + PROBE_AFTER_MS;
    }
    verdict.replacesRest = kind == Lease::Kind::Probe && verdict.restUntilMs != 0;
    verdict.liftsRest = kind == Lease::Kind::Probe && outcome.kind == OutcomeKind::Success;
}

bool isBlame(OutcomeKind kind)
{
    return kind == OutcomeKind::KeyFault || kind == OutcomeKind::Unclear ||
           kind == OutcomeKind::RateLimited || kind == OutcomeKind::DayQuota;
}

} // namespace

HealthVerdict judgeKey(KeyState state, int failures, Lease::Kind kind, const Outcome &outcome,
                       const HealthRules &rules)
{
    HealthVerdict verdict;
    verdict.state = state;
    verdict.failures = failures;
    verdict.blamed = isBlame(outcome.kind);
    if (state == KeyState::Usable)
        judgeUsable(verdict, outcome.kind, rules.maxFailures);
    else
        judgeUnusable(verdict, kind, outcome.kind);
    judgeQuota(verdict, kind, outcome, rules);
    return verdict;
}

} // namespace Gateway
