#include "tests/pool/referencequotas.h"

#include <algorithm>
#include <limits>

namespace Gateway {

namespace {

constexpr std::int64_t HOUR = 3'600'000;
constexpr std::int64_t BUCKET = 5'000;

bool wasTried(const AcquireRequest &request, KeyId key)
{
    return std::find(request.tried.begin(), request.tried.end(), key) != request.tried.end();
}

bool isUncounted(OutcomeKind kind)
{
    static const std::set<OutcomeKind> uncounted{OutcomeKind::NetworkTrouble, OutcomeKind::RateLimited,
                                                 OutcomeKind::DayQuota, OutcomeKind::NoSuchModel,
                                                 OutcomeKind::Overloaded};
    return uncounted.contains(kind);
}

} // namespace

std::size_t ReferenceQuotas::add(Sent one)
{
    m_numbers[one.place].push_back(sent.size());
    sent.push_back(std::move(one));
    return sent.size() - 1;
}

const std::vector<std::size_t> &ReferenceQuotas::numbersOf(const Place &place) const
{
    static const std::vector<std::size_t> none;
    const auto found = m_numbers.find(place);
    return found == m_numbers.end() ? none : found->second;
}

std::int64_t ReferenceQuotas::minuteOf(const Place &place, bool tokens, std::int64_t laterMs) const
{
    std::int64_t sum = 0;
    for (const std::size_t number : numbersOf(place)) {
        const Sent &one = sent[number];
        if (one.monoMs / BUCKET > (monoMs + laterMs) / BUCKET - 13)
            sum += tokens ? one.tokens : one.requests;
    }
    return sum;
}

std::int64_t ReferenceQuotas::dayOf(const Place &place, bool tokens) const
{
    std::int64_t sum = 0;
    for (const std::size_t number : numbersOf(place)) {
        const Sent &one = sent[number];
        if (one.day == day.number)
            sum += tokens ? one.tokens : one.requests;
    }
    return sum;
}

/// When at most `most` are left in the minute, ms since 1970 UTC.
std::int64_t ReferenceQuotas::roomMs(const Place &place, bool tokens, std::int64_t most) const
{
    std::int64_t laterMs = 0;
    while (minuteOf(place, tokens, laterMs) > most)
        laterMs = ((monoMs + laterMs) / BUCKET + 1) * BUCKET - monoMs;
    return wallMs + laterMs;
}

ReferenceQuotas::Full ReferenceQuotas::fullFor(const Place &place, std::int64_t tokens) const
{
    Full full;
    const auto state = states.find(place);
    const auto hand = hands.find(place.first);
    const auto limit = [&](QuotaKind kind, std::int64_t byHand) {
        std::int64_t value = 0;
        if (state != states.end() && state->second.limits.contains(kind))
            value = state->second.limits.at(kind).value;
        const bool isByHand = byHand > 0 && (value == 0 || byHand < value);
        return std::pair(isByHand ? byHand : value, isByHand);
    };
    const auto take = [&full](QuotaKind kind, bool isByHand, std::int64_t untilMs) {
        if (untilMs > full.untilMs)
            full = {untilMs, kind, isByHand};
    };
    const std::int64_t size = std::max<std::int64_t>(tokens, 1);
    const Hand byHand = hand == hands.end() ? Hand() : hand->second;
    const auto [rpm, rpmByHand] = limit(QuotaKind::MinuteRequests, byHand.minuteRequests);
    if (rpm > 0 && minuteOf(place, false) >= rpm)
        take(QuotaKind::MinuteRequests, rpmByHand, roomMs(place, false, rpm - 1));
    const auto [tpm, tpmByHand] = limit(QuotaKind::MinuteTokens, 0);
    const std::int64_t most = std::max<std::int64_t>(tpm - size, 0);
    if (tpm > 0 && minuteOf(place, true) > most)
        take(QuotaKind::MinuteTokens, tpmByHand, roomMs(place, true, most));
    const auto [rpd, rpdByHand] = limit(QuotaKind::DayRequests, byHand.dayRequests);
    if (rpd > 0 && dayOf(place, false) >= rpd)
        take(QuotaKind::DayRequests, rpdByHand, day.endMs);
    return full;
}

ReferenceQuotas::Expected ReferenceQuotas::acquire(const AcquireRequest &request) const
{
    using Why = Refusal::Why;
    constexpr std::int64_t never = std::numeric_limits<std::int64_t>::max();
    Expected expected;
    Refusal &refusal = expected.refusal;
    const std::string model(request.model);
    std::set<KeyId> dayProbes;
    std::set<KeyId> countProbes;
    std::int64_t firstMs = never;
    std::int64_t firstAbsentMs = never;
    std::int64_t firstRoomMs = never;
    bool someAvailable = false;
    for (const auto &[key, scope] : scopes) {
        const Place place{scope, model};
        const auto found = states.find(place);
        const State state = found == states.end() ? State() : found->second;
        const Full full = fullFor(place, 0);
        if (state.absentUntilMs > wallMs) {
            ++refusal.absent;
            firstAbsentMs = std::min(firstAbsentMs, state.absentUntilMs);
        } else if (state.restUntilMs > wallMs) {
            ++refusal.resting;
            firstMs = std::min(firstMs, state.restUntilMs);
            if (state.restProbeMs != 0 && state.restProbeMs <= wallMs)
                dayProbes.insert(key);
        } else if (full.untilMs != 0) {
            ++refusal.resting;
            ++refusal.predicted;
            firstMs = std::min(firstMs, full.untilMs);
            if (!full.isByHand && state.nextProbeMs <= monoMs)
                countProbes.insert(key);
        } else {
            someAvailable = true;
            const Full tooSmall = fullFor(place, request.inputTokens);
            if (wasTried(request, key))
                continue;
            if (tooSmall.untilMs == 0)
                expected.keys.insert(key);
            else
                firstRoomMs = std::min(firstRoomMs, tooSmall.untilMs);
        }
    }
    const auto breaker = breakers.find(model);
    if (breaker != breakers.end() && breaker->second.isOpen) {
        const Breaker &open = breaker->second;
        if (monoMs < open.openUntilMs || monoMs < open.trialUntilMs) {
            refusal.why = Why::Overloaded;
            expected.keys.clear();
            return expected;
        }
    }
    if (request.tried.empty() && !dayProbes.empty() && !(request.lastAttempt && someAvailable)) {
        expected.keys = dayProbes;
        expected.kind = Lease::Kind::Probe;
    } else if (expected.keys.empty() && request.tried.empty() && firstMs != never && !countProbes.empty() &&
               firstMs - wallMs > request.maxWaitMs) {
        expected.keys = countProbes;
        expected.kind = Lease::Kind::Probe;
    }
    refusal.waitMs = firstMs == never ? 0 : firstMs - wallMs;
    if (firstRoomMs != never) {
        refusal.why = Why::Resting;
        refusal.waitMs = std::min(firstMs, firstRoomMs) - wallMs;
    } else if (someAvailable) {
        refusal.why = Why::Exhausted;
    } else if (refusal.resting > 0) {
        refusal.why = Why::Resting;
    } else if (refusal.absent > 0) {
        refusal.why = Why::Absent;
        refusal.waitMs = firstAbsentMs - wallMs;
    }
    return expected;
}

std::size_t ReferenceQuotas::lent(KeyId key, const AcquireRequest &request, Lease::Kind kind)
{
    const Place place{scopes.at(key), std::string(request.model)};
    State &state = states[place];
    if (kind == Lease::Kind::Probe && state.restUntilMs > wallMs)
        state.restProbeMs = wallMs + HOUR;
    else if (kind == Lease::Kind::Probe)
        state.nextProbeMs = monoMs + HOUR;
    const std::size_t number = add({monoMs, day.number, place, 1, request.inputTokens});
    Breaker &breaker = breakers[place.second];
    if (breaker.isOpen)
        breaker.trialUntilMs = monoMs + 60'000;
    return number;
}

void ReferenceQuotas::report(std::size_t number, const Outcome &outcome, Lease::Kind kind, bool isTrial)
{
    Sent &one = sent[number];
    const Place place = one.place;
    Breaker &breaker = breakers[place.second];
    if (outcome.kind == OutcomeKind::Overloaded) {
        overloaded(breaker, one.monoMs, isTrial);
    } else if (outcome.kind == OutcomeKind::Success && (!breaker.isOpen || one.monoMs > breaker.openedMs)) {
        breaker = Breaker();
    } else if (outcome.kind != OutcomeKind::Success && isTrial) {
        breaker.trialUntilMs = 0;
    }
    if (isUncounted(outcome.kind)) {
        one.requests = 0;
        one.tokens = 0;
    } else if (outcome.inputTokens >= 0) {
        one.tokens = outcome.inputTokens;
    }
    State &state = states[place];
    if (outcome.kind == OutcomeKind::RateLimited || outcome.kind == OutcomeKind::DayQuota) {
        const bool isDay = outcome.kind == OutcomeKind::DayQuota;
        const std::int64_t untilMs = isDay ? day.endMs : wallMs + outcome.restMs;
        if (kind == Lease::Kind::Probe || state.restUntilMs <= untilMs) {
            state.restUntilMs = untilMs;
            state.restProbeMs = isDay ? wallMs + HOUR : 0;
            state.absentUntilMs = 0; // Google knows the model after all
        }
        learn(place, outcome);
    } else if (outcome.kind == OutcomeKind::NoSuchModel && state.absentUntilMs <= wallMs) {
        ++state.absentTries;
        state.absentUntilMs =
            wallMs + std::min<std::int64_t>(600'000LL << std::min(state.absentTries - 1, 10), 24 * HOUR);
        state.restUntilMs = 0;
    } else if (outcome.kind == OutcomeKind::Success) {
        succeeded(place, kind);
    }
}

void ReferenceQuotas::learn(const Place &place, const Outcome &outcome)
{
    if (outcome.quotaLimit <= 0)
        return;
    states[place].limits[outcome.quota] = {outcome.quotaLimit, wallMs};
    const std::int64_t counted = dayOf(place, false);
    if (outcome.kind == OutcomeKind::DayQuota && outcome.quota == QuotaKind::DayRequests &&
        counted < outcome.quotaLimit)
        add({-1'000'000'000, day.number, place, outcome.quotaLimit - counted, 0});
}

void ReferenceQuotas::succeeded(const Place &place, Lease::Kind kind)
{
    State &state = states[place];
    if (kind == Lease::Kind::Probe)
        state.restUntilMs = 0;
    const Hand hand = hands.contains(place.first) ? hands.at(place.first) : Hand();
    const auto outgrows = [&](QuotaKind quota, std::int64_t used, std::int64_t byHand, bool isDay) {
        const auto limit = state.limits.find(quota);
        if (limit == state.limits.end() || limit->second.value == 0 || used <= limit->second.value)
            return;
        if (byHand > 0 && byHand < limit->second.value)
            return; // the limit in force is the user's
        if (wallMs - limit->second.learnedMs > 24 * HOUR || (isDay && kind == Lease::Kind::Probe))
            state.limits.erase(limit);
    };
    outgrows(QuotaKind::MinuteRequests, minuteOf(place, false), hand.minuteRequests, false);
    outgrows(QuotaKind::MinuteTokens, minuteOf(place, true), 0, false);
    outgrows(QuotaKind::DayRequests, dayOf(place, false), hand.dayRequests, true);
    state.absentTries = 0;
    state.absentUntilMs = 0;
}

void ReferenceQuotas::overloaded(Breaker &breaker, std::int64_t sentMs, bool isTrial) const
{
    if (breaker.isOpen && !isTrial && (monoMs < breaker.openUntilMs || sentMs <= breaker.openedMs))
        return;
    ++breaker.overloads;
    if (!isTrial && !breaker.isOpen && breaker.overloads < 5)
        return;
    breaker.isOpen = true;
    breaker.openedMs = monoMs;
    breaker.trialUntilMs = 0;
    ++breaker.openings;
    breaker.openUntilMs = -1; // drawn by lot: the test asks the pool
}

void ReferenceQuotas::setBack(std::int64_t ms)
{
    for (auto &[place, state] : states) {
        for (std::int64_t *timeMs : {&state.restUntilMs, &state.restProbeMs, &state.absentUntilMs})
            *timeMs -= *timeMs == 0 ? 0 : ms;
    }
}

} // namespace Gateway
