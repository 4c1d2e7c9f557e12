#include "gateway/relay/proxypool.h"

#include <algorithm>
#include <utility>

namespace Gateway {

namespace {

constexpr std::int64_t FIRST_REST_MS = 5'000;
constexpr std::int64_t LONGEST_REST_MS = 300'000;
constexpr std::size_t MAX_OWN_PROXIES = 10'000; // of keys, remembered while they fail

std::uint64_t mixed(std::uint64_t value)
{
    value ^= value >> 33;
    value *= 0xff51afd7ed558ccdULL;
    value ^= value >> 33;
    value *= 0xc4ceb9fe1a85ec53ULL;
    return value ^ (value >> 33);
}

std::uint64_t hashOf(std::string_view text)
{
    std::uint64_t hash = 0xcbf29ce484222325ULL; // FNV-1a: the same in every run
    for (const char c : text)
        hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
    return hash;
}

} // namespace

void ProxyPool::setProxies(const std::vector<std::string> &urls)
{
    const std::lock_guard lock(m_mutex);
    std::vector<Proxy> next;
    for (const std::string &url : urls) {
        if (std::any_of(next.begin(), next.end(), [&](const Proxy &proxy) { return proxy.url == url; }))
            continue;
        Proxy *known = find(url);
        next.push_back(known ? *known : Proxy{});
        next.back().url = url;
        next.back().hash = hashOf(url);
        next.back().isShared = true;
    }
    m_proxies = std::move(next);
    m_isUsed.store(!m_proxies.empty(), std::memory_order_release);
}

void ProxyPool::remember(const State &state)
{
    const std::lock_guard lock(m_mutex);
    if (Proxy *proxy = find(state.url)) {
        proxy->failures = state.failures;
        proxy->restUntilMs = state.restUntilMs;
        proxy->error = state.error;
    }
}

ProxyPool::Proxy *ProxyPool::find(std::string_view url)
{
    const auto found = std::find_if(m_proxies.begin(), m_proxies.end(),
                                    [url](const Proxy &proxy) { return proxy.url == url; });
    return found == m_proxies.end() ? nullptr : &*found;
}

tl::unexpected<Error> ProxyPool::resting(const std::string &text, std::int64_t waitMs)
{
    Error error{502, "proxy_unreachable", text, {}, waitMs};
    error.text += " It is tried again in " + std::to_string((waitMs + 999) / 1000) + " s.";
    return fail(std::move(error));
}

Result<std::string> ProxyPool::proxyFor(KeyId key, std::string_view own)
{
    if (!m_isUsed.load(std::memory_order_acquire))
        return std::string(own);
    const std::int64_t nowMs = m_clock.nowMs();
    const std::lock_guard lock(m_mutex);
    if (!own.empty()) {
        const Proxy *proxy = find(own);
        if (proxy && proxy->restUntilMs > nowMs)
            return resting("The key's own proxy cannot be reached: " + proxy->error,
                           proxy->restUntilMs - nowMs);
        return std::string(own);
    }
    const Proxy *best = nullptr;
    const Proxy *soonest = nullptr;
    std::uint64_t bestRank = 0;
    int shared = 0;
    for (const Proxy &proxy : m_proxies) {
        if (!proxy.isShared)
            continue;
        ++shared;
        if (proxy.restUntilMs > nowMs) {
            if (!soonest || proxy.restUntilMs < soonest->restUntilMs)
                soonest = &proxy;
            continue;
        }
        const std::uint64_t rank = mixed(proxy.hash ^ mixed(static_cast<std::uint64_t>(key)));
        if (!best || rank > bestRank) {
            best = &proxy;
            bestRank = rank;
        }
    }
    if (best)
        return best->url;
    if (!soonest)
        return std::string();
    const std::string which = shared == 1 ? std::string("The proxy cannot")
                                          : "None of the " + std::to_string(shared) + " proxies can";
    return resting(which + " be reached: " + soonest->error, soonest->restUntilMs - nowMs);
}

void ProxyPool::failed(std::string_view url, std::string_view error)
{
    const std::int64_t nowMs = m_clock.nowMs();
    const std::lock_guard lock(m_mutex);
    Proxy *proxy = find(url);
    if (!proxy) {
        if (m_proxies.size() >= MAX_OWN_PROXIES)
            return;
        proxy = &m_proxies.emplace_back();
        proxy->url = url;
        m_isUsed.store(true, std::memory_order_release);
    }
    proxy->error = error;
    if (proxy->restUntilMs > nowMs)
        return; // several calls met the same failure: it counts once
    proxy->restUntilMs = nowMs + std::min(LONGEST_REST_MS, FIRST_REST_MS << std::min(proxy->failures, 10));
    ++proxy->failures;
}

void ProxyPool::succeeded(std::string_view url)
{
    if (url.empty() || !m_isUsed.load(std::memory_order_acquire))
        return;
    const std::lock_guard lock(m_mutex);
    Proxy *proxy = find(url);
    if (!proxy || proxy->failures == 0)
        return;
    proxy->failures = 0;
    proxy->restUntilMs = 0;
    proxy->error.clear();
    if (!proxy->isShared) {
        m_proxies.erase(m_proxies.begin() + (proxy - m_proxies.data()));
        m_isUsed.store(!m_proxies.empty(), std::memory_order_release);
    }
}

std::vector<ProxyPool::State> ProxyPool::states() const
{
    const std::lock_guard lock(m_mutex);
    std::vector<State> states;
    states.reserve(m_proxies.size());
    for (const Proxy &proxy : m_proxies)
        states.push_back({proxy.url, proxy.failures, proxy.restUntilMs, proxy.error});
    return states;
}

} // namespace Gateway
