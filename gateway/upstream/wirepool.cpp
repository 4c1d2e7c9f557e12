#include "gateway/upstream/wirepool.h"

#include <array>
#include <limits>
#include <utility>

#include <QTimerEvent>

namespace Gateway {

namespace {

constexpr std::int64_t IDLE_MS = 90'000;
constexpr std::size_t MOST_IDLE = 1024;
constexpr int SWEEP_MS = 1'000;

bool leadsTo(const Origin &origin, std::string_view prefix, std::string_view proxyUrl)
{
    return origin.prefix == prefix && origin.proxyUrl == proxyUrl;
}

} // namespace

WirePool::WirePool(const Clock &clock)
    : m_clock(clock)
{
}

WirePool::~WirePool()
{
    renew();
}

Result<Origin *> WirePool::originOf(std::string_view url, std::string_view proxyUrl)
{
    const std::string_view prefix = originPart(url);
    if (m_last && leadsTo(*m_last, prefix, proxyUrl))
        return m_last;
    std::string key(proxyUrl);
    key += '\n';
    key += prefix;
    auto found = m_origins.find(key);
    if (found == m_origins.end()) {
        Result<Origin> made = makeOrigin(prefix, proxyUrl);
        if (!made)
            return fail(std::move(made.error()));
        found = m_origins.emplace(std::move(key), std::move(*made)).first;
        if (!m_timer.isActive())
            m_timer.start(SWEEP_MS, this);
    }
    m_last = &found->second;
    return m_last;
}

std::unique_ptr<Wire> WirePool::take(Origin &origin)
{
    // When the youngest is too old, all are: the process may have slept.
    if (origin.newest && origin.newest->idleSinceMs + IDLE_MS <= m_clock.monotonicMs())
        closeIdleSince(origin, std::numeric_limits<std::int64_t>::max());
    return origin.newest ? unlink(*origin.newest) : nullptr;
}

void WirePool::put(std::unique_ptr<Wire> wire, std::int64_t nowMs)
{
    if (wire->generation != m_generation)
        return;
    Origin &origin = *wire->origin;
    if (m_idle >= MOST_IDLE) {
        if (!origin.oldest)
            return;
        unlink(*origin.oldest);
    }
    Wire *kept = wire.release();
    kept->idleSinceMs = nowMs;
    kept->newer = nullptr;
    kept->older = origin.newest;
    (origin.newest ? origin.newest->newer : origin.oldest) = kept;
    origin.newest = kept;
    ++m_idle;
    kept->setUser(this);
    kept->watch(IoWatch::Read);
    if (!m_timer.isActive())
        m_timer.start(SWEEP_MS, this);
}

void WirePool::renew()
{
    ++m_generation;
    for (auto &[key, origin] : m_origins)
        closeIdleSince(origin, std::numeric_limits<std::int64_t>::max());
}

/// Bytes that TLS needs for itself (tickets for later sessions) are nobody's answer.
void WirePool::wireReady(Wire &wire, int)
{
    std::array<char, 16> room;
    if (wire.read(room).io != Wire::Io::Again)
        unlink(wire);
}

std::unique_ptr<Wire> WirePool::unlink(Wire &wire)
{
    Origin &origin = *wire.origin;
    (wire.newer ? wire.newer->older : origin.newest) = wire.older;
    (wire.older ? wire.older->newer : origin.oldest) = wire.newer;
    --m_idle;
    wire.setUser(nullptr);
    return std::unique_ptr<Wire>(&wire);
}

void WirePool::closeIdleSince(Origin &origin, std::int64_t ms)
{
    while (origin.oldest && origin.oldest->idleSinceMs <= ms)
        unlink(*origin.oldest);
}

void WirePool::timerEvent(QTimerEvent *event)
{
    if (event->timerId() != m_timer.timerId())
        return;
    const std::int64_t now = m_clock.monotonicMs();
    for (auto entry = m_origins.begin(); entry != m_origins.end();) {
        Origin &origin = entry->second;
        closeIdleSince(origin, now - IDLE_MS);
        const bool isUsed = origin.users > 0 || origin.newest;
        if (!isUsed && m_last == &origin)
            m_last = nullptr;
        entry = isUsed ? std::next(entry) : m_origins.erase(entry);
    }
    if (m_origins.empty())
        m_timer.stop();
}

} // namespace Gateway
