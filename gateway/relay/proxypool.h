#pragma once

#include <atomic>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/common/clock.h"
#include "gateway/common/keyrow.h"
#include "gateway/common/result.h"

namespace Gateway {

/// The proxies on the way to Google and how they do. Keys are spread over those that work, each staying on
/// its own as long as that works (rendezvous hashing: losing one moves only its keys). Shared by all workers;
/// all functions may be called from any thread.
class ProxyPool
{
public:
    struct State
    {
        std::string url;              ///< With its password: mask it before showing.
        int failures = 0;             ///< In a row.
        std::int64_t restUntilMs = 0; ///< Wall clock, ms since 1970 UTC; 0: it works as far as is known.
        std::string error;            ///< Of the last failure.
    };

    /// `clock` outlives this.
    explicit ProxyPool(const Clock &clock)
        : m_clock(clock)
    {
    }

    /// The proxies from now on; what is known of those that stay is kept.
    void setProxies(const std::vector<std::string> &urls);

    /// What was known of a proxy before the start; of the settings' alone.
    void remember(const State &state);

    /// The proxy for the key's next call, empty: none, or the one of the transport's options. `own` is the
    /// key's fixed one: no other stands in for it, as its user may rely on the address. Fails with 502 while
    /// the own one, or all, rest after a failure.
    Result<std::string> proxyFor(KeyId key, std::string_view own);

    /// A call could not get through the proxy: it rests 5 s, and doubling to 5 min.
    void failed(std::string_view url, std::string_view error);
    /// A call got through.
    void succeeded(std::string_view url);

    /// All proxies of the settings, and fixed ones of keys that failed.
    std::vector<State> states() const;

private:
    struct Proxy
    {
        std::string url;
        std::uint64_t hash = 0;
        bool isShared = false; ///< Of the settings; else a key's own one.
        int failures = 0;
        std::int64_t restUntilMs = 0;
        std::string error;
    };

    Proxy *find(std::string_view url);
    static tl::unexpected<Error> resting(const std::string &text, std::int64_t waitMs);

    const Clock &m_clock;
    std::atomic<bool> m_isUsed = false; ///< There is a proxy at all.
    mutable std::mutex m_mutex;
    std::vector<Proxy> m_proxies;
};

} // namespace Gateway
