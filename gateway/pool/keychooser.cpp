// How a key is found; refusals.cpp says why there is none.
#include "gateway/pool/keychooser.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <utility>

#include "gateway/pool/keyhealth.h"

namespace Gateway {

namespace {

constexpr std::uint32_t NONE = KeyTable::NONE;
/// Thousands of rests may end in the same moment (midnight): a request pays for no more than it needs.
constexpr int REST_STEP = 64;
constexpr int SWEEP_STEP = 16;
/// Keys that are looked at for one request when each may turn out too small for it.
constexpr int MOST_LOOKS = 64;
/// Keys with the right tags of which the best is taken; the next request looks at the next ones.
constexpr int TAGGED_LOOKS = 16;

bool contains(std::span<const KeyId> keys, KeyId key)
{
    return std::find(keys.begin(), keys.end(), key) != keys.end();
}

} // namespace

/// Keys taken out of a model's order for one request; back with the end of this.
class Knockouts
{
public:
    explicit Knockouts(RankTree &ranks)
        : m_ranks(ranks)
    {
    }

    ~Knockouts()
    {
        for (const auto &[slot, rank] : m_out)
            m_ranks.set(slot, rank);
    }

    Knockouts(const Knockouts &) = delete;
    Knockouts &operator=(const Knockouts &) = delete;

    void take(std::uint32_t slot)
    {
        const std::uint64_t rank = m_ranks.at(slot);
        if (rank == RankTree::OUT)
            return;
        m_out.emplace_back(slot, rank);
        m_ranks.set(slot, RankTree::OUT);
    }

private:
    RankTree &m_ranks;
    std::vector<std::pair<std::uint32_t, std::uint64_t>> m_out;
};

tl::expected<KeyChooser::Choice, Refusal> KeyChooser::choose(const AcquireRequest &request,
                                                             const PoolMoment &now)
{
    sweep(now);
    ModelState &model = m_table.modelFor(request.model, now.monoMs);
    const std::int64_t breakerMs = model.breaker.waitMs(now);
    if (breakerMs > 0)
        endRests(model, now, REST_STEP);
    if (breakerMs > 0 && m_table.countOf(KeyState::Usable) > 0) {
        Refusal refused = numbers(model);
        refused.why = Refusal::Why::Overloaded;
        refused.waitMs = breakerMs;
        refused.reason = model.breaker.reason();
        return tl::unexpected(std::move(refused));
    }
    if (request.owner != 0)
        return chooseOwner(model, request, now);
    m_roomMs = 0;
    for (bool moreToEnd = true; moreToEnd;) {
        moreToEnd = endRests(model, now, REST_STEP);
        std::uint32_t slot = stay(model, request, now);
        if (slot != NONE)
            return Choice{&model, slot, Lease::Kind::Use};
        slot = probe(model, request, now);
        if (slot != NONE)
            return Choice{&model, slot, Lease::Kind::Probe};
        slot = next(model, request, now);
        if (slot != NONE)
            return Choice{&model, slot, Lease::Kind::Use};
    }
    const std::uint32_t slot = probePrediction(model, request, now);
    if (slot != NONE)
        return Choice{&model, slot, Lease::Kind::Probe};
    return tl::unexpected(refuse(model, request, now));
}

void KeyChooser::sweep(const PoolMoment &now)
{
    ModelState *model = m_table.nextToSweep();
    if (model == nullptr)
        return;
    endRests(*model, now, SWEEP_STEP);
    model->quotas.sweep(now.monoMs);
}

bool KeyChooser::endRests(ModelState &model, const PoolMoment &now, int limit)
{
    m_ended.clear();
    const bool more = m_table.endRests(model, now.wallMs, limit, m_ended);
    for (const ScopeId scope : m_ended)
        m_quotas.repredict(model, scope, now); // behind a rest there may be another
    return more;
}

/// A conversation's own key.
std::uint32_t KeyChooser::stay(const ModelState &model, const AcquireRequest &request, const PoolMoment &now)
{
    if (request.affinity == 0)
        return NONE;
    const KeyId key = m_affinity.find(request.affinity, now.monoMs);
    const std::uint32_t slot = key == 0 ? NONE : m_table.find(key);
    if (slot == NONE || !model.index.isAvailable(slot) || contains(request.tried, key))
        return NONE;
    return carriesTags(slot, request) && fits(model, slot, request, now) ? slot : NONE;
}

/// A key whose day quota may have come back after all. If the probe fails another key serves the request; if
/// there is no other the request would have failed anyway.
std::uint32_t KeyChooser::probe(ModelState &model, const AcquireRequest &request, const PoolMoment &now)
{
    if (!request.tried.empty())
        return NONE;
    if (request.lastAttempt && model.index.count(Standing::Available) != 0)
        return NONE;
    if (request.model.empty()) {
        const std::uint32_t slot = m_table.wholeRests().firstProbe(now.wallMs);
        if (slot == NONE || !carriesTags(slot, request))
            return NONE;
        m_table.wholeRests().setProbe(slot, now.wallMs + PROBE_AFTER_MS);
        return slot;
    }
    const ScopeId scope = model.rests.firstProbe(now.wallMs);
    const std::uint32_t slot = scope == NONE ? NONE : memberToProbe(model, scope, request);
    if (slot != NONE)
        model.rests.setProbe(scope, now.wallMs + PROBE_AFTER_MS);
    return slot;
}

/// Limits change, and our count may be wrong: when nothing else is left, one request puts that to the test.
std::uint32_t KeyChooser::probePrediction(ModelState &model, const AcquireRequest &request,
                                          const PoolMoment &now)
{
    if (!request.tried.empty())
        return NONE;
    const ScopeId scope = model.rests.firstPredictedProbe(now.wallMs);
    if (scope == NONE || firstReturnMs(model) - now.wallMs <= request.maxWaitMs)
        return NONE;
    const std::uint32_t slot = memberToProbe(model, scope, request);
    if (slot != NONE)
        m_quotas.probed(model, scope, now);
    return slot;
}

std::uint32_t KeyChooser::memberToProbe(const ModelState &model, ScopeId scope,
                                        const AcquireRequest &request) const
{
    std::uint32_t found = NONE;
    int looks = MOST_LOOKS;
    m_table.scopes().anyMember(scope, [&](std::uint32_t slot) {
        const KeySlot &key = m_table.at(slot);
        const bool mayServe = key.scope == scope && key.isUsable() && !key.restsWhole && key.unsettled == 0 &&
                              model.index.at(slot) != Standing::Denied && carriesTags(slot, request);
        if (mayServe && (found == NONE || isBetter(slot, found)))
            found = slot;
        return --looks == 0;
    });
    return found;
}

std::uint32_t KeyChooser::next(ModelState &model, const AcquireRequest &request, const PoolMoment &now)
{
    if (model.index.count(Standing::Available) == 0)
        return NONE;
    Knockouts out(model.index.ranks());
    for (const KeyId key : request.tried) {
        const std::uint32_t slot = m_table.find(key);
        if (slot != NONE)
            out.take(slot);
    }
    std::uint32_t second = NONE; // of a project that was tried
    for (int look = 0; look < MOST_LOOKS; ++look) {
        const std::uint32_t slot = isNarrow(request)                ? bestTagged(model, request)
                                   : m_table.strategy().drawsLots() ? byLot(model)
                                                                    : best(model);
        if (slot == NONE)
            break;
        const bool isSecond = request.otherProject && sharesProject(slot, request);
        if ((!isSecond || second == NONE) && fits(model, slot, request, now)) {
            if (!isSecond)
                return slot;
            second = slot;
        }
        out.take(slot);
    }
    return second;
}

bool KeyChooser::sharesProject(std::uint32_t slot, const AcquireRequest &request) const
{
    const ScopeId scope = m_table.at(slot).scope;
    return std::ranges::any_of(request.tried, [&](KeyId key) {
        const std::uint32_t tried = m_table.find(key);
        return tried != NONE && m_table.at(tried).scope == scope;
    });
}

std::uint32_t KeyChooser::best(ModelState &model)
{
    RankTree &ranks = model.index.ranks();
    const Strategy &strategy = m_table.strategy();
    for (;;) {
        const std::uint32_t slot = strategy.weighsTies() ? bestOfTied(model) : ranks.first();
        if (slot == NONE)
            return NONE;
        const std::uint64_t rank = strategy.rankOf(m_table.contender(model, slot));
        if (rank == ranks.at(slot))
            return slot;
        ranks.set(slot, rank);
        if (strategy.readsInFlight() && m_table.at(slot).inFlight != 0)
            m_table.at(slot).rankedIn |= std::uint64_t{1} << (model.number % 64);
    }
}

std::uint32_t KeyChooser::bestOfTied(const ModelState &model) const
{
    std::array<std::uint32_t, 8> tied{};
    const std::size_t count = model.index.ranks().firsts(tied);
    std::uint32_t found = NONE;
    for (std::size_t i = 0; i < count; ++i) {
        if (found == NONE || isBetter(tied[i], found))
            found = tied[i];
    }
    return found;
}

std::uint32_t KeyChooser::byLot(const ModelState &model)
{
    constexpr int mostDraws = 32;
    std::uint32_t found = NONE;
    int left = 2;
    const RankTree &ranks = model.index.ranks();
    for (int draw = 0; draw < mostDraws && left > 0; ++draw) {
        const std::uint32_t slot = static_cast<std::uint32_t>(m_lots()) % m_table.size();
        if (ranks.at(slot) == RankTree::OUT || slot == found)
            continue;
        if (found == NONE || isBetter(slot, found))
            found = slot;
        --left;
    }
    // Few are left: whichever comes first.
    return found == NONE ? ranks.first() : found;
}

std::uint32_t KeyChooser::bestTagged(const ModelState &model, const AcquireRequest &request)
{
    const std::vector<const KeyBitmap *> tags = narrowing(request);
    if (tags.empty())
        return NONE;
    const RankTree &ranks = model.index.ranks();
    const std::uint32_t start = m_tagCursor;
    std::uint32_t found = NONE;
    bool isAround = false;
    for (int look = 0; look < TAGGED_LOOKS;) {
        const std::uint32_t slot = model.index.available().nextIn(tags, m_tagCursor);
        if (slot == NONE || (isAround && slot >= start)) {
            m_tagCursor = 0;
            if (std::exchange(isAround, true))
                break;
            continue;
        }
        m_tagCursor = slot + 1;
        if (ranks.at(slot) == RankTree::OUT)
            continue; // tried, or too small
        ++look;
        const bool isFirst = found == NONE || ranks.at(slot) < ranks.at(found) ||
                             (ranks.at(slot) == ranks.at(found) && isBetter(slot, found));
        found = isFirst ? slot : found;
    }
    return found;
}

bool KeyChooser::fits(const ModelState &model, std::uint32_t slot, const AcquireRequest &request,
                      const PoolMoment &now)
{
    if (!model.isRemembered())
        return isMeantFor(m_table.at(slot), request.model);
    if (request.inputTokens <= 0)
        return true;
    const Exhaustion full = m_quotas.exhaustion(model, slot, request.inputTokens, now);
    if (full.by == QuotaKind::None)
        return true;
    m_roomMs = m_roomMs == 0 ? full.untilMs : std::min(m_roomMs, full.untilMs);
    return false;
}

/// Only some keys will do, by their tags or their kind.
bool KeyChooser::isNarrow(const AcquireRequest &request) const
{
    return !request.tags.empty() || (request.geminiOnly && m_table.vertexCount() != 0);
}

/// For a narrow request: the sets that a key must be in; empty when there is no such key.
std::vector<const KeyBitmap *> KeyChooser::narrowing(const AcquireRequest &request) const
{
    std::vector<const KeyBitmap *> sets = m_table.tags().find(request.tags);
    const bool isByKind = request.geminiOnly && m_table.vertexCount() != 0;
    if (isByKind && (request.tags.empty() || !sets.empty()))
        sets.push_back(&m_table.geminiKeys());
    return sets;
}

/// And is of the kind.
bool KeyChooser::carriesTags(std::uint32_t slot, const AcquireRequest &request) const
{
    if (request.geminiOnly && m_table.at(slot).isVertex())
        return false;
    if (request.tags.empty())
        return true;
    const KeySettings *settings = m_table.at(slot).settings.get();
    return settings != nullptr &&
           std::all_of(request.tags.begin(), request.tags.end(), [&](const std::string &tag) {
               return std::find(settings->tags.begin(), settings->tags.end(), tag) != settings->tags.end();
           });
}

/// Fewer in flight, then longest unused.
bool KeyChooser::isBetter(std::uint32_t slot, std::uint32_t than) const
{
    const KeySlot &left = m_table.at(slot);
    const KeySlot &right = m_table.at(than);
    return std::pair(left.inFlight, left.turn) < std::pair(right.inFlight, right.turn);
}

void KeyChooser::took(const Choice &choice, const AcquireRequest &request, const PoolMoment &now)
{
    KeySlot &key = m_table.at(choice.slot);
    key.turn = m_table.nextTurn();
    if (request.affinity != 0 && request.owner == 0)
        m_affinity.remember(request.affinity, key.id, now.monoMs);
    ModelState &model = *choice.model;
    if (!model.index.isAvailable(choice.slot))
        return;
    const Strategy &strategy = m_table.strategy();
    Contender contender = m_table.contender(model, choice.slot);
    if (contender.rank > model.index.front)
        model.index.front = contender.rank;
    if (strategy.readsShare())
        contender.share = m_quotas.shareOf(model, choice.slot, now);
    if (strategy.readsInFlight())
        key.rankedIn |= std::uint64_t{1} << (model.number % 64);
    model.index.ranks().set(choice.slot, strategy.rankAfter(contender));
}

void KeyChooser::gaveBack(std::uint32_t slot)
{
    KeySlot &key = m_table.at(slot);
    if (!m_table.strategy().readsInFlight() || key.rankedIn == 0)
        return;
    const auto rankAnew = [&](ModelState &model) {
        if ((key.rankedIn >> (model.number % 64) & 1) != 0 && model.index.isAvailable(slot))
            model.index.ranks().set(slot, m_table.strategy().rankOf(m_table.contender(model, slot)));
    };
    rankAnew(m_table.whole());
    for (const std::unique_ptr<ModelState> &model : m_table.models())
        rankAnew(*model);
    if (key.inFlight == 0)
        key.rankedIn = 0;
}

} // namespace Gateway
