#include "gateway/pool/keychooser.h"

#include <algorithm>
#include <cstddef>
#include <limits>
#include <span>

#include "gateway/pool/keyhealth.h"

namespace Gateway {

namespace {

constexpr std::uint32_t NONE = KeyTable::NONE;
/// Thousands of rests may end in the same moment (midnight): a request pays for no more than it needs.
constexpr int REST_STEP = 64;

bool contains(std::span<const KeyId> keys, KeyId key)
{
    return std::find(keys.begin(), keys.end(), key) != keys.end();
}

} // namespace

tl::expected<KeyChooser::Choice, Refusal> KeyChooser::choose(const AcquireRequest &request,
                                                             std::int64_t nowMs)
{
    m_table.sweep(nowMs);
    const Scope scope = scopeOf(request.model);
    if (request.owner != 0)
        return chooseOwner(scope, request, nowMs);
    for (bool moreToEnd = true; moreToEnd;) {
        moreToEnd = endRests(scope, nowMs);
        const std::uint32_t probed = probe(scope, request, nowMs);
        if (probed != NONE)
            return Choice{probed, Lease::Kind::Probe};
        const std::uint32_t next = nextInTurn(scope, request);
        if (next != NONE)
            return Choice{next, Lease::Kind::Use};
    }
    return tl::unexpected(refuse(scope, request, nowMs));
}

KeyChooser::Scope KeyChooser::scopeOf(std::string_view model)
{
    ModelRests *rests = m_table.restsFor(model);
    const bool isWhole = rests == nullptr || rests == &m_table.wholeRests();
    return {rests, isWhole ? &m_table.lendable() : &rests->available()};
}

bool KeyChooser::endRests(const Scope &scope, std::int64_t nowMs)
{
    bool more = m_table.endRests(m_table.wholeRests(), nowMs, REST_STEP);
    if (scope.rests != nullptr && scope.rests != &m_table.wholeRests())
        more = m_table.endRests(*scope.rests, nowMs, REST_STEP) || more;
    return more;
}

/// A key whose day quota may have come back after all. If the probe fails another key serves the request; if
/// there is no other the request would have failed anyway.
std::uint32_t KeyChooser::probe(const Scope &scope, const AcquireRequest &request, std::int64_t nowMs)
{
    if (scope.rests == nullptr || !request.tried.empty())
        return NONE;
    if (request.lastAttempt && scope.available->count() != 0)
        return NONE;
    const std::uint32_t slot = scope.rests->firstProbe(nowMs);
    if (slot != NONE)
        scope.rests->setProbe(slot, nowMs + PROBE_AFTER_MS);
    return slot;
}

std::uint32_t KeyChooser::nextInTurn(const Scope &scope, const AcquireRequest &request)
{
    return m_rotation.next(request.model, *scope.available, request.tried.size(),
                           [&](std::uint32_t slot) { return contains(request.tried, m_table.at(slot).id); });
}

tl::expected<KeyChooser::Choice, Refusal>
KeyChooser::chooseOwner(const Scope &scope, const AcquireRequest &request, std::int64_t nowMs)
{
    endRests(scope, nowMs);
    Refusal refused = numbers(scope);
    const std::uint32_t slot = m_table.find(request.owner);
    if (slot == NONE || !m_table.at(slot).isUsable())
        return tl::unexpected(refused); // NoneUsable
    const std::int64_t untilMs = ownerRestsUntil(scope, slot, nowMs);
    if (untilMs != 0) {
        if (scope.rests != nullptr && request.tried.empty() && scope.rests->mayProbe(slot, nowMs)) {
            scope.rests->setProbe(slot, nowMs + PROBE_AFTER_MS);
            return Choice{slot, Lease::Kind::Probe};
        }
        refused.why = Refusal::Why::Resting;
        refused.waitMs = untilMs - nowMs;
        return tl::unexpected(refused);
    }
    if (contains(request.tried, request.owner))
        refused.why = Refusal::Why::Exhausted;
    else if (m_table.at(slot).unsettled != 0)
        refused.why = Refusal::Why::Settling;
    else
        return Choice{slot, Lease::Kind::Use};
    return tl::unexpected(refused);
}

/// The end of the key's rests that count for the scope, 0 when it does not rest. Lifts what is over.
std::int64_t KeyChooser::ownerRestsUntil(const Scope &scope, std::uint32_t slot, std::int64_t nowMs)
{
    std::int64_t untilMs = 0;
    for (ModelRests *rests : {scope.rests, &m_table.wholeRests()}) {
        const Rest *rest = rests == nullptr ? nullptr : rests->find(slot);
        if (rest == nullptr)
            continue;
        if (rest->untilMs > nowMs) {
            untilMs = std::max(untilMs, rest->untilMs);
        } else {
            m_table.liftRest(slot, *rests);
            m_table.refresh(slot);
        }
    }
    return untilMs;
}

Refusal KeyChooser::numbers(const Scope &scope) const
{
    Refusal refusal;
    refusal.invalid = m_table.countOf(KeyState::Sidelined);
    refusal.disabled = m_table.countOf(KeyState::Disabled);
    refusal.total = m_table.countOf(KeyState::Usable) + refusal.invalid + refusal.disabled;
    std::size_t resting = m_table.wholeRests().waiting().size();
    if (scope.rests != nullptr && scope.rests != &m_table.wholeRests())
        resting += scope.rests->waiting().size();
    refusal.resting = static_cast<int>(resting);
    return refusal;
}

/// Every usable key is either available, or rests for the model, or settles.
Refusal KeyChooser::refuse(const Scope &scope, const AcquireRequest &request, std::int64_t nowMs) const
{
    Refusal refusal = numbers(scope);
    const int usable = m_table.countOf(KeyState::Usable);
    const int available = static_cast<int>(scope.available->count());
    const int settling = usable - available - refusal.resting;
    if (refusal.resting != 0)
        refusal.waitMs = std::max<std::int64_t>(1, firstReturnMs(scope) - nowMs);
    if (settling > triedSettling(scope, request))
        refusal.why = Refusal::Why::Settling;
    else if (settling + available > 0)
        refusal.why = Refusal::Why::Exhausted;
    else if (refusal.resting > 0)
        refusal.why = Refusal::Why::Resting;
    else
        refusal.why = Refusal::Why::NoneUsable;
    return refusal;
}

/// How many of the tried keys settle and will not rest for the model then.
int KeyChooser::triedSettling(const Scope &scope, const AcquireRequest &request) const
{
    int found = 0;
    for (std::size_t i = 0; i < request.tried.size(); ++i) {
        const KeyId key = request.tried[i];
        const std::uint32_t slot = m_table.find(key);
        if (slot == NONE || contains(request.tried.first(i), key))
            continue;
        const KeySlot &held = m_table.at(slot);
        const bool rests = held.restsWhole || (scope.rests != nullptr && scope.rests->find(slot) != nullptr);
        found += held.isUsable() && held.unsettled != 0 && !rests ? 1 : 0;
    }
    return found;
}

/// When the first usable key returns for the scope.
std::int64_t KeyChooser::firstReturnMs(const Scope &scope) const
{
    std::int64_t first = std::numeric_limits<std::int64_t>::max();
    const bool hasModel = scope.rests != nullptr && scope.rests != &m_table.wholeRests();
    if (hasModel && !scope.rests->waiting().empty())
        first = scope.rests->waiting().begin()->first;
    // A key that rests as a whole may rest longer for the model: then the next one may be sooner.
    for (const auto &[untilMs, slot] : m_table.wholeRests().waiting()) {
        const Rest *longer = hasModel ? scope.rests->find(slot) : nullptr;
        if (untilMs >= first)
            break;
        first = std::min(first, longer == nullptr ? untilMs : std::max(untilMs, longer->untilMs));
    }
    return first;
}

Refusal KeyChooser::counts(std::int64_t nowMs)
{
    m_table.endRestsOfAll(nowMs, REST_STEP);
    const Scope whole{nullptr, &m_table.lendable()};
    Refusal refusal = refuse(whole, {}, nowMs);
    refusal.resting = m_table.restingCount();
    return refusal;
}

} // namespace Gateway
