#pragma once

#include <cstddef>
#include <cstdint>
#include <list>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>

#include "gateway/common/clock.h"
#include "gateway/common/keyrow.h"

namespace Gateway {

/// The explicit caches that the gateway has made at Google, each with the key it belongs to and the print of
/// the beginning of a request that it holds (see CacheCut). Lost with the process: Google's end by
/// themselves. All functions may be called from any thread.
class PromptCaches
{
public:
    /// Knows `most` caches at most, those used last. `clock` outlives this.
    explicit PromptCaches(const Clock &clock, std::size_t most = 4096);

    struct Found
    {
        std::size_t index = 0; ///< Of the print.
        std::string name;      ///< "cachedContents/…".
        std::int64_t ttlMs = 0;
        bool mayExtend = false; ///< Its life is half over; told to one caller only.
    };
    /// The first of `prints` that `key` has a living cache of.
    std::optional<Found> find(std::span<const std::string> prints, KeyId key);

    /// The right to make a cache for this print: nobody else has it, has one, or failed lately with it, or
    /// with that key and model at all. Ends by itself should made() or failed() never come.
    bool claim(const std::string &print, KeyId key, std::string_view model);
    /// `endMs`: when Google forgets it, in ms since 1970 UTC.
    void made(const std::string &print, KeyId key, std::string name, std::int64_t ttlMs, std::int64_t endMs);
    /// It is not tried again for some minutes; `isOfModel`: nor any other of the key and the model.
    void failed(const std::string &print, KeyId key, std::string_view model, bool isOfModel);

    /// The cache lives until `endMs` now.
    void extended(const std::string &print, KeyId key, std::int64_t endMs);
    /// Google does not have it any more.
    void forget(const std::string &print, KeyId key);
    /// No cache is made with that key and model for some minutes.
    void block(KeyId key, std::string_view model);

    std::size_t size() const;

private:
    /// Without a name: a cache that is being made or could not be, until `endMs`.
    struct Entry
    {
        std::string at;
        std::string name = {};
        std::int64_t ttlMs = 0;
        std::int64_t endMs = 0;
        bool isExtended = false; ///< Or about to be.
    };
    using Entries = std::list<Entry>;

    /// Null when there is none, or it is over; else it is the one used last now.
    Entry *live(const std::string &at);
    Entry &put(std::string at);
    void putBlock(std::string at, std::int64_t ms);

    const Clock &m_clock;
    const std::size_t m_most;
    mutable std::mutex m_mutex;
    Entries m_entries; ///< Most recently used first.
    std::unordered_map<std::string_view, Entries::iterator> m_index;
};

} // namespace Gateway
