// KeyChooser's part for the one key that must serve, and for saying why none can.
#include <algorithm>
#include <cstddef>
#include <limits>
#include <span>
#include <utility>

#include "gateway/pool/keychooser.h"
#include "gateway/pool/keyhealth.h"

namespace Gateway {

namespace {

constexpr std::uint32_t NONE = KeyTable::NONE;
constexpr int REST_STEP = 64;
/// Waiting rests that are looked through for one of a key with the right tags.
constexpr int MOST_LOOKS = 256;
constexpr std::int64_t NEVER = std::numeric_limits<std::int64_t>::max();

bool contains(std::span<const KeyId> keys, KeyId key)
{
    return std::find(keys.begin(), keys.end(), key) != keys.end();
}

} // namespace

tl::expected<KeyChooser::Choice, Refusal>
KeyChooser::chooseOwner(ModelState &model, const AcquireRequest &request, const PoolMoment &now)
{
    using Why = Refusal::Why;
    endRests(model, now, REST_STEP);
    Refusal refused = numbers(model);
    const std::uint32_t slot = m_table.find(request.owner);
    if (slot == NONE || !m_table.at(slot).isUsable() || !isMeantFor(m_table.at(slot), request.model) ||
        !carriesTags(slot, request))
        return tl::unexpected(refused); // NoneUsable
    const std::int64_t untilMs = ownerRestsUntil(model, slot, now);
    const bool isAbsent = model.index.at(slot) == Standing::Absent;
    if (untilMs != 0) {
        if (!isAbsent && probeOwner(model, slot, request, now))
            return Choice{&model, slot, Lease::Kind::Probe};
        refused.why = isAbsent ? Why::Absent : Why::Resting;
        refused.waitMs = untilMs - now.wallMs;
        return tl::unexpected(refused);
    }
    m_roomMs = 0;
    if (contains(request.tried, request.owner)) {
        refused.why = Why::Exhausted;
    } else if (m_table.at(slot).unsettled != 0) {
        refused.why = Why::Settling;
    } else if (!fits(model, slot, request, now)) {
        refused.why = Why::Resting;
        refused.waitMs = std::max<std::int64_t>(m_roomMs - now.wallMs, 1);
    } else {
        return Choice{&model, slot, Lease::Kind::Use};
    }
    return tl::unexpected(refused);
}

/// The end of the key's rests that count for the model, 0 when it does not rest. Lifts what is over.
std::int64_t KeyChooser::ownerRestsUntil(ModelState &model, std::uint32_t slot, const PoolMoment &now)
{
    const ScopeId scope = m_table.at(slot).scope;
    const Rest *rest = model.rests.find(scope);
    if (rest != nullptr && rest->untilMs <= now.wallMs) {
        m_table.liftRest(model, scope);
        m_quotas.repredict(model, scope, now);
    }
    const Rest *whole = m_table.wholeRests().find(slot);
    if (whole != nullptr && whole->untilMs <= now.wallMs)
        m_table.liftWholeRest(slot);
    return std::max<std::int64_t>(returnOf(model, slot), 0);
}

bool KeyChooser::probeOwner(ModelState &model, std::uint32_t slot, const AcquireRequest &request,
                            const PoolMoment &now)
{
    if (!request.tried.empty())
        return false;
    if (request.model.empty()) {
        if (!m_table.wholeRests().mayProbe(slot, now.wallMs))
            return false;
        m_table.wholeRests().setProbe(slot, now.wallMs + PROBE_AFTER_MS);
        return true;
    }
    const KeySlot &key = m_table.at(slot);
    const Rest *rest = model.rests.find(key.scope);
    if (rest == nullptr || key.restsWhole || key.unsettled != 0 ||
        !model.rests.mayProbe(key.scope, now.wallMs))
        return false;
    if (rest->kind == RestKind::Predicted) {
        if (rest->untilMs - now.wallMs <= request.maxWaitMs)
            return false;
        m_quotas.probed(model, key.scope, now);
    } else {
        model.rests.setProbe(key.scope, now.wallMs + PROBE_AFTER_MS);
    }
    return true;
}

Refusal KeyChooser::numbers(const ModelState &model) const
{
    Refusal refusal;
    refusal.invalid = m_table.countOf(KeyState::Sidelined);
    refusal.disabled = m_table.countOf(KeyState::Disabled);
    refusal.total = m_table.countOf(KeyState::Usable) + refusal.invalid + refusal.disabled;
    refusal.predicted = model.index.count(Standing::Predicted);
    refusal.resting = model.index.count(Standing::Resting) + refusal.predicted;
    refusal.absent = model.index.count(Standing::Absent);
    return refusal;
}

/// Every usable key is either available, or rests for the model, or lacks it, or settles.
Refusal KeyChooser::refuse(const ModelState &model, const AcquireRequest &request,
                           const PoolMoment &now) const
{
    using Why = Refusal::Why;
    Refusal refusal = numbers(model);
    const int available = model.index.count(Standing::Available);
    const int settling = model.index.count(Standing::Settling);
    if (refusal.resting != 0)
        refusal.waitMs = std::max<std::int64_t>(1, firstReturnMs(model) - now.wallMs);
    if (isNarrow(request)) {
        refuseTagged(model, request, now, refusal);
    } else if (m_roomMs != 0) { // some that are left have no room for a request of this size
        refusal.why = Why::Resting;
        const std::int64_t roomMs = std::max<std::int64_t>(m_roomMs - now.wallMs, 1);
        refusal.waitMs = refusal.waitMs == 0 ? roomMs : std::min(refusal.waitMs, roomMs);
    } else if (settling > triedSettling(model, request)) {
        refusal.why = Why::Settling;
    } else if (settling + available > 0) {
        refusal.why =
            !model.isRemembered() && request.tried.empty() && settling == 0 && !request.model.empty()
                ? Why::NoneUsable // their settings do not allow the model
                : Why::Exhausted;
    } else if (refusal.resting > 0) {
        refusal.why = Why::Resting;
    } else if (refusal.absent > 0) {
        refusal.why = Why::Absent;
        const ModelRests::Order &absent = model.rests.waitingAbsent();
        refusal.waitMs = absent.empty() ? 0 : std::max<std::int64_t>(1, absent.begin()->first - now.wallMs);
    }
    return refusal;
}

/// As refuse(), for the keys that carry the tags and are of the kind: they are looked through until the first
/// that decides.
void KeyChooser::refuseTagged(const ModelState &model, const AcquireRequest &request, const PoolMoment &now,
                              Refusal &refusal) const
{
    using Why = Refusal::Why;
    refusal.waitMs = 0;
    const std::vector<const KeyBitmap *> tags = narrowing(request);
    std::int64_t firstMs = NEVER;
    bool someSettling = false;
    bool someTried = false;
    bool someAbsent = false;
    int looks = MOST_LOOKS;
    for (std::uint32_t slot = 0; !tags.empty() && looks > 0; ++slot, --looks) {
        slot = tags.front()->nextIn(tags, slot);
        if (slot == NONE)
            break;
        const Standing standing = model.index.at(slot);
        const bool wasTried = contains(request.tried, m_table.at(slot).id);
        someSettling = someSettling || (standing == Standing::Settling && !wasTried);
        someTried = someTried || standing == Standing::Available || standing == Standing::Settling;
        someAbsent = someAbsent || standing == Standing::Absent;
        if (standing == Standing::Resting || standing == Standing::Predicted)
            firstMs = std::min(firstMs, returnOf(model, slot));
    }
    if (m_roomMs != 0)
        firstMs = std::min(firstMs, m_roomMs);
    refusal.why = someSettling                 ? Why::Settling
                  : someTried && m_roomMs == 0 ? Why::Exhausted
                  : firstMs != NEVER           ? Why::Resting
                  : someAbsent                 ? Why::Absent
                                               : Why::NoneUsable;
    if (firstMs != NEVER)
        refusal.waitMs = std::max<std::int64_t>(1, firstMs - now.wallMs);
}

/// How many of the tried keys settle and will not rest for the model then.
int KeyChooser::triedSettling(const ModelState &model, const AcquireRequest &request) const
{
    int found = 0;
    for (std::size_t i = 0; i < request.tried.size(); ++i) {
        const KeyId key = request.tried[i];
        const std::uint32_t slot = m_table.find(key);
        if (slot == NONE || contains(request.tried.first(i), key))
            continue;
        found += model.index.at(slot) == Standing::Settling ? 1 : 0;
    }
    return found;
}

/// When a resting key may serve for the model; 0: it does not rest.
std::int64_t KeyChooser::returnOf(const ModelState &model, std::uint32_t slot) const
{
    const Rest *rest = model.rests.find(m_table.at(slot).scope);
    const Rest *whole = m_table.wholeRests().find(slot);
    return std::max(rest == nullptr ? 0 : rest->untilMs, whole == nullptr ? 0 : whole->untilMs);
}

/// When the first usable key returns for the model.
std::int64_t KeyChooser::firstReturnMs(const ModelState &model) const
{
    std::int64_t first = NEVER;
    if (!model.rests.waiting().empty())
        first = model.rests.waiting().begin()->first;
    // A key that rests as a whole may rest longer for the model: then the next one may be sooner.
    for (const auto &[untilMs, slot] : m_table.wholeRests().waiting()) {
        if (untilMs >= first)
            break;
        if (model.index.at(slot) == Standing::Resting)
            first = std::min(first, returnOf(model, slot));
    }
    return first;
}

Refusal KeyChooser::counts(const PoolMoment &now)
{
    for (const std::unique_ptr<ModelState> &model : m_table.models())
        endRests(*model, now, REST_STEP);
    endRests(m_table.whole(), now, REST_STEP);
    m_roomMs = 0;
    Refusal refusal = refuse(m_table.whole(), {}, now);
    refusal.resting = m_table.restingCount();
    return refusal;
}

} // namespace Gateway
