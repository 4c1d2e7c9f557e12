#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "gateway/common/outcome.h"
#include "gateway/pool/keytable.h"
#include "gateway/pool/lease.h"
#include "gateway/pool/poolmoment.h"
#include "gateway/pool/poolviews.h"
#include "gateway/pool/quotalimits.h"

namespace Gateway {

/// Keeps the quotas of scope × model: counts what is sent, learns limits from what comes back, and rests a
/// scope that has no room left. Not thread-safe.
class QuotaKeeper
{
public:
    /// `table` must outlive this.
    explicit QuotaKeeper(KeyTable &table)
        : m_table(table)
    {
    }

    /// A request of about `tokens` input tokens is sent with a key of this slot.
    QuotaCharge charge(ModelState &model, std::uint32_t slot, std::int64_t tokens, const PoolMoment &now);
    /// What came of it. `isProbe`: it was lent to put a limit to the test.
    void reported(ModelState &model, ScopeId scope, const QuotaCharge &charge, const Outcome &outcome,
                  bool isProbe, const PoolMoment &now);

    /// Whether a request of this size would exceed a limit of the slot's scope.
    Exhaustion exhaustion(const ModelState &model, std::uint32_t slot, std::int64_t tokens,
                          const PoolMoment &now) const;
    /// Rests the scope for as long as our count says, or no longer.
    void repredict(ModelState &model, ScopeId scope, const PoolMoment &now);
    /// Likewise in every model, after a change of limits set by hand.
    void repredictAll(ScopeId scope, const PoolMoment &now);
    /// Likewise every predicted rest, after the wall clock was set.
    void repredictAll(const PoolMoment &now);
    /// The scope is lent to put its limit to the test: not again for an hour.
    void probed(ModelState &model, ScopeId scope, const PoolMoment &now);
    /// Ends what keeps the scope from the model beside a real rest, as if there was room; true: there was
    /// such a thing.
    bool lift(ModelState &model, ScopeId scope, const PoolMoment &now);

    /// Contender::share
    double shareOf(const ModelState &model, std::uint32_t slot, const PoolMoment &now) const;

    void load(const QuotaRow &row, const PoolMoment &now);
    /// Adds what is known of the scope's quotas; false when that is nothing.
    bool describe(const ModelState &model, ScopeId scope, const PoolMoment &now, KeyModelView &view) const;

private:
    void learn(ModelState &model, QuotaEntry &entry, const Outcome &outcome, const PoolMoment &now);
    void learnTier(ModelState &model, QuotaEntry &entry, KeyTier tier, std::int64_t atMs);
    void adapt(ModelState &model, QuotaEntry &entry, bool isProbe, const PoolMoment &now);
    void absent(ModelState &model, ScopeId scope, const Outcome &outcome, const PoolMoment &now);
    void present(ModelState &model, QuotaEntry &entry);

    KeyTable &m_table;
};

} // namespace Gateway
