#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/access/tokencounters.h"
#include "gateway/access/tokenmeter.h"
#include "gateway/common/allowance.h"
#include "gateway/common/modelparameters.h"
#include "gateway/common/networks.h"
#include "gateway/common/tokenrow.h"

namespace Gateway {

/// A named token at the door and on the way: its settings as they were when the table was made, over the
/// counters that outlive them.
class TokenGate final : public Allowance
{
public:
    /// Is told who a token is of whom the store does not know it; from any thread.
    using OwnerFound = std::function<void(TokenId id, std::string owner)>;

    /// The meter's clock must outlive this, and what `ownerFound`, which may be null, refers to.
    TokenGate(TokenRow row, TokenMeter &meter, OwnerFound ownerFound = nullptr);

    const TokenDigest &digest() const { return m_row.digest; }
    const std::string &name() const { return m_row.settings.name; }
    const std::vector<std::string> &tags() const { return m_row.settings.tags; }
    /// Names what it keeps; empty: the fingerprint of its text does.
    const std::string &owner() const { return m_row.owner; }
    /// Its text came: tells who it is, once, where that is not known.
    void noteText(std::string_view token);
    /// What its requests are given; null: nothing.
    const ModelParametersPtr &parameters() const { return m_parameters; }

    /// What can be said before the request is read: 401 "token_disabled" or "token_expired"; 403 for the
    /// dialect or the network. `peer`: the caller's address as text, without port.
    Result<void> letIn(Dialect dialect, std::string_view peer) const;

    Result<void> admit(std::string_view model) override;
    bool limitsModels() const override { return !m_row.settings.allowedModels.empty(); }
    bool allowsModel(std::string_view model) const override;
    bool isUnlimited() const override;
    void settle(const RequestRecord &record) override;

private:
    Error limitError(const LimitHit &hit) const;

    const TokenRow m_row;
    const Networks m_networks;
    const ModelParametersPtr m_parameters;
    const Clock &m_clock;
    const std::shared_ptr<TokenCounters> m_counters;
    const OwnerFound m_ownerFound;
    std::atomic_bool m_isOwnerTold{false};
};

} // namespace Gateway
