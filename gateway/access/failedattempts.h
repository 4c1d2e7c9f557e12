#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <list>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "gateway/access/tokenhash.h"
#include "gateway/common/clock.h"

namespace Gateway {

struct FailedAttemptsOptions
{
    int guesses = 10;                 ///< Different wrong tokens until the address must wait.
    int repeats = 20;                 ///< Times the same wrong token until that token must wait.
    std::int64_t windowMs = 900'000;  ///< Without a failure for so long all is forgiven.
    std::int64_t firstWaitMs = 1'000; ///< Doubled each time anew.
    std::int64_t longestWaitMs = 300'000;
    std::size_t addresses = 4'096; ///< Remembered at once; the longest unseen is forgotten first.
};

/// Slows down who guesses tokens. It counts different wrong tokens per address, so a misconfigured client
/// that sends the same wrong one again and again makes only that one wait; and a token that has been right
/// from an address before is let in from there even while others guess from it (a shared or a loopback
/// address, which is why loopback is no exception). Thread-safe; holds hashes of tokens only.
///
/// An address is an IPv4 address or the /64 network of an IPv6 one.
class FailedAttempts
{
public:
    /// `clock` must outlive this.
    explicit FailedAttempts(const Clock &clock, FailedAttemptsOptions options = {});

    /// Before the token is looked up: 0 when it may be, else the ms that the client must wait; such an
    /// attempt is answered with 429 and Retry-After, and neither looked up nor counted. Costs nothing to
    /// speak of while nobody has failed. `address`: as text, without port.
    std::int64_t waitMs(std::string_view address, std::string_view token);

    /// The token was wrong: counts it, and says how long the next attempt has to wait, in ms (0: not at all).
    std::int64_t failed(std::string_view address, std::string_view token);

    /// The token was right.
    void succeeded(std::string_view address, std::string_view token);

    /// The tokens that are let in have changed: what was wrong may be right now, and the other way round.
    void forgetAll();

    /// Addresses remembered now.
    std::size_t size() const;

private:
    /// Counts towards a wait that doubles.
    struct Brake
    {
        int failures = 0;
        int level = 0;
        std::int64_t untilMs = 0;
    };
    struct Guess
    {
        std::uint64_t token = 0;
        Brake brake;
    };
    struct Source
    {
        std::string address;
        std::int64_t lastMs = 0;
        Brake brake;
        std::vector<Guess> guesses; ///< The latest different tokens, at most `options.guesses`.
    };
    using Sources = std::list<Source>;

    bool isKnownGood(std::uint64_t hash) const;
    bool isForgiven(const Source &source, std::int64_t nowMs) const;
    Source &sourceOf(const std::string &address, std::int64_t nowMs);
    Guess &guessOf(Source &source, std::uint64_t token);
    void fail(Brake &brake, int limit, std::int64_t nowMs) const;
    void forget(Sources::iterator source);

    const Clock &m_clock;
    const FailedAttemptsOptions m_options;
    const TokenHash m_hash;

    /// Address and token pairs that were right, by their hash; a newer pair replaces an older one.
    std::array<std::atomic<std::uint64_t>, 1'024> m_good{};

    std::atomic<bool> m_isQuiet = true; ///< Nobody is remembered.
    mutable std::mutex m_mutex;
    Sources m_sources; ///< Latest failure first.
    std::unordered_map<std::string, Sources::iterator> m_byAddress;
};

/// The address that failures are counted for: IPv4 (also mapped into IPv6) as it is, of IPv6 the first 64
/// bits, which is what one customer gets; other text unchanged.
std::string addressGroup(std::string_view address);

} // namespace Gateway
