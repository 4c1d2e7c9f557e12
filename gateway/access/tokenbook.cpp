#include "gateway/access/tokenbook.h"

#include <utility>

#include "gateway/access/tokengate.h"

namespace Gateway {

TokenBook::TokenBook(const Clock &clock)
    : m_meter(clock)
{
}

void TokenBook::setPlain(Secret admin, std::vector<Secret> allowed)
{
    m_admin = std::move(admin);
    m_allowed = std::move(allowed);
}

void TokenBook::setNamed(const std::vector<TokenRow> &rows)
{
    m_named.clear();
    m_named.reserve(rows.size());
    for (const TokenRow &row : rows)
        m_named.push_back(std::make_shared<TokenGate>(row, m_meter, m_ownerFound));
}

std::shared_ptr<const AccessTable> TokenBook::makeTable() const
{
    return std::make_shared<const AccessTable>(m_admin, m_allowed, m_named, m_owner);
}

} // namespace Gateway
