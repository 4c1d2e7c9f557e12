#include "gateway/access/failedattempts.h"

#include <algorithm>

#include <arpa/inet.h>
#include <netinet/in.h>

namespace Gateway {

namespace {

constexpr std::size_t MAX_ADDRESS_BYTES = 64;
constexpr int MAX_LEVEL = 20;

std::string asText(int family, const void *bytes)
{
    std::array<char, INET6_ADDRSTRLEN> text{};
    inet_ntop(family, bytes, text.data(), text.size());
    return text.data();
}

} // namespace

std::string addressGroup(std::string_view address)
{
    const std::string text(address.substr(0, std::min(address.find('%'), MAX_ADDRESS_BYTES)));
    in6_addr v6{};
    if (inet_pton(AF_INET6, text.c_str(), &v6) != 1)
        return text;
    if (IN6_IS_ADDR_V4MAPPED(&v6))
        return asText(AF_INET, &v6.s6_addr[12]);
    if (!IN6_IS_ADDR_LOOPBACK(&v6))
        std::fill(&v6.s6_addr[8], &v6.s6_addr[16], std::uint8_t{0});
    return asText(AF_INET6, &v6);
}

FailedAttempts::FailedAttempts(const Clock &clock, FailedAttemptsOptions options)
    : m_clock(clock)
    , m_options(options)
{
}

std::int64_t FailedAttempts::waitMs(std::string_view address, std::string_view token)
{
    if (m_isQuiet.load(std::memory_order_relaxed))
        return 0;
    if (isKnownGood(m_hash.of(address, token)))
        return 0;
    const std::string group = addressGroup(address);
    const std::int64_t nowMs = m_clock.monotonicMs();
    const std::lock_guard lock(m_mutex);
    const auto found = m_byAddress.find(group);
    if (found == m_byAddress.end())
        return 0;
    Source &source = *found->second;
    if (isForgiven(source, nowMs)) {
        forget(found->second);
        return 0;
    }
    std::int64_t untilMs = source.brake.untilMs;
    const std::uint64_t hash = m_hash.of(token);
    for (const Guess &guess : source.guesses) {
        if (guess.token == hash)
            untilMs = std::max(untilMs, guess.brake.untilMs);
    }
    return std::max<std::int64_t>(0, untilMs - nowMs);
}

std::int64_t FailedAttempts::failed(std::string_view address, std::string_view token)
{
    const std::string group = addressGroup(address);
    const std::int64_t nowMs = m_clock.monotonicMs();
    const std::lock_guard lock(m_mutex);
    Source &source = sourceOf(group, nowMs);
    const std::uint64_t hash = m_hash.of(token);
    Guess &guess = guessOf(source, hash);
    if (guess.brake.failures == 0 && guess.brake.level == 0)
        fail(source.brake, m_options.guesses, nowMs);
    fail(guess.brake, m_options.repeats, nowMs);
    source.lastMs = nowMs;
    return std::max<std::int64_t>(0, std::max(source.brake.untilMs, guess.brake.untilMs) - nowMs);
}

void FailedAttempts::succeeded(std::string_view address, std::string_view token)
{
    const std::uint64_t hash = m_hash.of(address, token);
    std::atomic<std::uint64_t> &place = m_good[hash % m_good.size()];
    if (place.load(std::memory_order_relaxed) != hash) // do not take the cache line for nothing
        place.store(hash, std::memory_order_relaxed);
}

void FailedAttempts::forgetAll()
{
    const std::lock_guard lock(m_mutex);
    for (std::atomic<std::uint64_t> &place : m_good)
        place.store(0, std::memory_order_relaxed);
    m_byAddress.clear();
    m_sources.clear();
    m_isQuiet.store(true, std::memory_order_relaxed);
}

std::size_t FailedAttempts::size() const
{
    const std::lock_guard lock(m_mutex);
    return m_sources.size();
}

bool FailedAttempts::isKnownGood(std::uint64_t hash) const
{
    return m_good[hash % m_good.size()].load(std::memory_order_relaxed) == hash;
}

bool FailedAttempts::isForgiven(const Source &source, std::int64_t nowMs) const
{
    return nowMs - source.lastMs > m_options.windowMs && nowMs >= source.brake.untilMs;
}

FailedAttempts::Source &FailedAttempts::sourceOf(const std::string &address, std::int64_t nowMs)
{
    const auto found = m_byAddress.find(address);
    if (found != m_byAddress.end()) {
        m_sources.splice(m_sources.begin(), m_sources, found->second);
        Source &source = m_sources.front();
        if (isForgiven(source, nowMs))
            source = Source{address, nowMs, {}, {}};
        return source;
    }
    if (m_sources.size() >= std::max<std::size_t>(1, m_options.addresses))
        forget(std::prev(m_sources.end()));
    m_sources.push_front({address, nowMs, {}, {}});
    m_byAddress.emplace(address, m_sources.begin());
    m_isQuiet.store(false, std::memory_order_relaxed);
    return m_sources.front();
}

FailedAttempts::Guess &FailedAttempts::guessOf(Source &source, std::uint64_t token)
{
    std::vector<Guess> &guesses = source.guesses;
    const auto found = std::find_if(guesses.begin(), guesses.end(),
                                    [&](const Guess &guess) { return guess.token == token; });
    if (found != guesses.end())
        return *found;
    if (guesses.size() >= static_cast<std::size_t>(std::max(1, m_options.guesses)))
        guesses.erase(guesses.begin());
    return guesses.emplace_back(Guess{token, {}});
}

void FailedAttempts::fail(Brake &brake, int limit, std::int64_t nowMs) const
{
    if (++brake.failures < limit)
        return;
    brake.failures = 0;
    const std::int64_t waitMs = m_options.firstWaitMs << std::min(brake.level, MAX_LEVEL);
    brake.untilMs = nowMs + std::min(waitMs, m_options.longestWaitMs);
    ++brake.level;
}

void FailedAttempts::forget(Sources::iterator source)
{
    m_byAddress.erase(source->address);
    m_sources.erase(source);
    m_isQuiet.store(m_sources.empty(), std::memory_order_relaxed);
}

} // namespace Gateway
