#include "gateway/relay/keysearch.h"

#include <utility>

namespace Gateway {

namespace {

constexpr std::int64_t SETTLING_MS = 3;
constexpr int MAX_SETTLING_WAITS = 1000; // 3 s: a store that hangs must not hang the clients

} // namespace

KeySearch::KeySearch(const RelayParts &parts, KeySearchListener &listener, Later later)
    : m_parts(parts)
    , m_listener(listener)
    , m_later(std::move(later))
{
}

void KeySearch::setTarget(std::string_view model, KeyId owner)
{
    m_model = model;
    m_owner = owner;
}

void KeySearch::look(bool isLast)
{
    m_isLast = isLast;
    AcquireRequest wanted;
    wanted.model = m_model;
    wanted.tried = m_tried;
    wanted.owner = m_owner;
    wanted.lastAttempt = isLast;
    tl::expected<Lease, Refusal> lease = m_parts.pool.acquire(wanted);
    if (!lease) {
        refused(lease.error());
        return;
    }
    m_tried.push_back(lease->key);
    m_listener.keyFound(std::move(*lease));
}

void KeySearch::refused(const Refusal &refusal)
{
    if (refusal.why == Refusal::Why::Settling && ++m_settlingWaits < MAX_SETTLING_WAITS) {
        m_later(SETTLING_MS, [this] { look(m_isLast); });
        return;
    }
    if (refusal.why == Refusal::Why::Exhausted && m_blamed.size() < m_tried.size()) {
        m_tried = m_blamed; // no untried key is left: those that only met trouble of Google's may try again
        look(m_isLast);
        return;
    }
    m_listener.noKey(refusal);
}

} // namespace Gateway
