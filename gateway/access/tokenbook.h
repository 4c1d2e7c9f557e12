#pragma once

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "gateway/access/accesstable.h"
#include "gateway/access/tokenmeter.h"
#include "gateway/common/secret.h"
#include "gateway/common/tokenrow.h"

namespace Gateway {

/// Who is let in, as settings and store say it, and the table made of it. Used in one thread, but for the
/// meter.
class TokenBook
{
public:
    /// `clock` must outlive this and every table.
    explicit TokenBook(const Clock &clock);

    /// Is told of named tokens for whom it is not known what they own; from any thread. Before setNamed().
    void setOwnerFound(std::function<void(TokenId id, std::string owner)> found)
    {
        m_ownerFound = std::move(found);
    }

    /// A second token for the administrator: this run's own.
    void setOwner(Secret token) { m_owner = std::move(token); }

    /// The administrator's token and those of the setting ALLOWED_TOKENS.
    void setPlain(Secret admin, std::vector<Secret> allowed);

    /// All named tokens. What they have used goes on counting; that of a deleted one is kept, it may come
    /// back.
    void setNamed(const std::vector<TokenRow> &rows);

    /// A new table of what was set last. The book must outlive it.
    std::shared_ptr<const AccessTable> makeTable() const;

    TokenMeter &meter() { return m_meter; }

private:
    TokenMeter m_meter;
    Secret m_owner;
    Secret m_admin;
    std::vector<Secret> m_allowed;
    std::vector<std::shared_ptr<TokenGate>> m_named;
    std::function<void(TokenId id, std::string owner)> m_ownerFound;
};

} // namespace Gateway
