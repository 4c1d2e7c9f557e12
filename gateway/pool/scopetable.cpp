#include "gateway/pool/scopetable.h"

#include <algorithm>
#include <cstddef>

#include "gateway/common/quota.h"

namespace Gateway {

namespace {

void takeSmaller(std::int64_t &limit, std::int64_t other)
{
    if (other > 0 && (limit == 0 || other < limit))
        limit = other;
}

} // namespace

void HandLimits::tighten(const KeySettings &settings)
{
    takeSmaller(minuteRequests, settings.minuteRequests);
    takeSmaller(minuteTokens, settings.minuteTokens);
    takeSmaller(dayRequests, settings.dayRequests);
}

ScopeId ScopeTable::projectOf(std::string_view name)
{
    const auto [position, isNew] = m_byName.try_emplace(std::string(name), 0);
    if (isNew) {
        position->second = PROJECT_BIT | static_cast<ScopeId>(m_projects.size());
        m_projects.emplace_back().name = name;
    }
    return position->second;
}

void ScopeTable::resetOwn(std::uint32_t slot, KeyId id)
{
    if (slot >= m_own.size())
        m_own.resize(std::max<std::size_t>(slot + 1, m_own.size() + m_own.size() / 2));
    m_own[slot] = {id, {}};
}

void ScopeTable::join(std::uint32_t slot, ScopeId scope)
{
    if (isProject(scope))
        m_projects[scope & ~PROJECT_BIT].members.push_back(slot);
}

void ScopeTable::leave(std::uint32_t slot, ScopeId scope)
{
    if (isProject(scope))
        std::erase(m_projects[scope & ~PROJECT_BIT].members, slot);
}

ScopeState &ScopeTable::at(ScopeId scope)
{
    return isProject(scope) ? m_projects[scope & ~PROJECT_BIT].state : m_own[scope].state;
}

const ScopeState &ScopeTable::at(ScopeId scope) const
{
    return isProject(scope) ? m_projects[scope & ~PROJECT_BIT].state : m_own[scope].state;
}

std::string ScopeTable::nameOf(ScopeId scope) const
{
    return isProject(scope) ? quotaScope(m_projects[scope & ~PROJECT_BIT].name, 0)
                            : quotaScope({}, m_own[scope].id);
}

} // namespace Gateway
