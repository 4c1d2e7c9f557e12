#include "gateway/pool/lease.h"

#include <utility>

#include "gateway/pool/poolcore.h"

namespace Gateway {

Lease &Lease::operator=(Lease &&other) noexcept
{
    if (this == &other)
        return *this;
    const Lease old = std::move(*this); // given back when this ends
    key = std::exchange(other.key, 0);
    secret = std::move(other.secret);
    model = std::move(other.model);
    kind = other.kind;
    m_pool = std::move(other.m_pool);
    m_slot = other.m_slot;
    m_incarnation = other.m_incarnation;
    m_lentMs = other.m_lentMs;
    m_isTrial = other.m_isTrial;
    m_charge = other.m_charge;
    return *this;
}

Lease::~Lease()
{
    if (const std::shared_ptr<PoolCore> pool = m_pool.lock())
        pool->dropped(*this);
}

} // namespace Gateway
