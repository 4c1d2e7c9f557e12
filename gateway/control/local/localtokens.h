#pragma once

#include <functional>
#include <vector>

#include "gateway/control/commands/tokencommands.h"
#include "gateway/control/local/audittrail.h"
#include "gateway/control/local/localparts.h"

namespace Gateway {

/// The named access tokens of this process. A change is in the store before it is answered; a token that goes
/// is refused at once.
class LocalTokens final : public TokenCommands
{
public:
    /// `settings` tells those in force; `changed` is called in the control's thread after each change. All
    /// outlive this.
    LocalTokens(const LocalParts &parts, const AuditTrail &audit, QObject &context,
                std::function<SettingsPtr()> settings, std::function<void()> changed);

    /// What the store has, at start.
    void load(std::vector<TokenRow> rows) { m_rows = std::move(rows); }
    const std::vector<TokenRow> &rows() const { return m_rows; }

    /// What the token with this text is called, named or of the settings; empty when there is none.
    std::string nameOf(const Secret &token) const;
    /// Lets a token in whose text exists already, as another gateway gave it out. Fails as create() does.
    void adopt(const Secret &token, TokenSettings settings, const Reply<TokenView> &reply);

    void list(Reply<std::vector<TokenView>> reply) override;
    void create(TokenSettings settings, Reply<IssuedToken> reply) override;
    void patch(TokenId id, TokenPatch patch, Reply<TokenView> reply) override;
    void remove(TokenId id, Reply<void> reply) override;
    void rotate(TokenId id, Reply<IssuedToken> reply) override;

private:
    const TokenRow *find(TokenId id) const;
    TokenView view(const TokenRow &row, const std::vector<TokenUse> &uses) const;
    TokenView view(const TokenRow &row) const;
    void save(TokenRow row, std::function<void(Result<TokenRow>)> done);
    void use();

    const LocalParts &m_parts;
    const AuditTrail &m_audit;
    QObject &m_context;
    std::function<SettingsPtr()> m_settings;
    std::function<void()> m_changed;
    std::vector<TokenRow> m_rows;
};

} // namespace Gateway
