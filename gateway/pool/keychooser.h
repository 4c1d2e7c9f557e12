#pragma once

#include <cstdint>
#include <random>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "gateway/pool/affinity.h"
#include "gateway/pool/keytable.h"
#include "gateway/pool/lease.h"
#include "gateway/pool/poolrequest.h"
#include "gateway/pool/quotakeeper.h"

namespace Gateway {

class Knockouts;

/// Finds the key for a request, or says why there is none. Not thread-safe.
class KeyChooser
{
public:
    struct Choice
    {
        ModelState *model = nullptr;
        std::uint32_t slot = 0;
        Lease::Kind kind = Lease::Kind::Use;
    };

    /// `table` and `quotas` must outlive this.
    KeyChooser(KeyTable &table, QuotaKeeper &quotas)
        : m_table(table)
        , m_quotas(quotas)
    {
    }

    tl::expected<Choice, Refusal> choose(const AcquireRequest &request, const PoolMoment &now);
    /// The chosen key was lent, and is in flight: it goes back in the model's order.
    void took(const Choice &choice, const AcquireRequest &request, const PoolMoment &now);
    /// A lease of the slot came back.
    void gaveBack(std::uint32_t slot);

    /// The numbers over all models; see KeyPool::counts().
    Refusal counts(const PoolMoment &now);
    /// Ends what is over of the model's rests, at most `limit`; false when none is left.
    bool endRests(ModelState &model, const PoolMoment &now, int limit);

private:
    void sweep(const PoolMoment &now);
    std::uint32_t stay(const ModelState &model, const AcquireRequest &request, const PoolMoment &now);
    std::uint32_t probe(ModelState &model, const AcquireRequest &request, const PoolMoment &now);
    std::uint32_t probePrediction(ModelState &model, const AcquireRequest &request, const PoolMoment &now);
    std::uint32_t memberToProbe(const ModelState &model, ScopeId scope, const AcquireRequest &request) const;
    std::uint32_t next(ModelState &model, const AcquireRequest &request, const PoolMoment &now);
    std::uint32_t best(ModelState &model);
    std::uint32_t bestOfTied(const ModelState &model) const;
    std::uint32_t byLot(const ModelState &model);
    std::uint32_t bestTagged(const ModelState &model, const AcquireRequest &request);
    bool fits(const ModelState &model, std::uint32_t slot, const AcquireRequest &request,
              const PoolMoment &now);
    bool sharesProject(std::uint32_t slot, const AcquireRequest &request) const;
    bool carriesTags(std::uint32_t slot, const AcquireRequest &request) const;
    bool isNarrow(const AcquireRequest &request) const;
    std::vector<const KeyBitmap *> narrowing(const AcquireRequest &request) const;
    bool isBetter(std::uint32_t slot, std::uint32_t than) const;

    tl::expected<Choice, Refusal> chooseOwner(ModelState &model, const AcquireRequest &request,
                                              const PoolMoment &now);
    std::int64_t ownerRestsUntil(ModelState &model, std::uint32_t slot, const PoolMoment &now);
    bool probeOwner(ModelState &model, std::uint32_t slot, const AcquireRequest &request,
                    const PoolMoment &now);

    Refusal numbers(const ModelState &model) const;
    Refusal refuse(const ModelState &model, const AcquireRequest &request, const PoolMoment &now) const;
    void refuseTagged(const ModelState &model, const AcquireRequest &request, const PoolMoment &now,
                      Refusal &refusal) const;
    int triedSettling(const ModelState &model, const AcquireRequest &request) const;
    std::int64_t firstReturnMs(const ModelState &model) const;
    std::int64_t returnOf(const ModelState &model, std::uint32_t slot) const;

    KeyTable &m_table;
    QuotaKeeper &m_quotas;
    AffinityMap m_affinity;
    std::minstd_rand m_lots;
    std::uint32_t m_tagCursor = 0;
    std::int64_t m_roomMs = 0; ///< When the first of those too small for the request has room; 0: none is.
    std::vector<ScopeId> m_ended;
};

} // namespace Gateway
