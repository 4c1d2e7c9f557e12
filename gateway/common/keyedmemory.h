#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <QObject>

namespace Gateway {

/// A durable map of short texts with a cache in front: who owns a file, which thought signature a tool call
/// had. All functions may be called from any thread and never wait for the store.
class KeyedMemory
{
public:
    using Found = std::unordered_map<std::string, std::string>;

    virtual ~KeyedMemory() = default;

    /// The value if it is in the cache.
    virtual std::optional<std::string> cached(std::string_view key) = 0;

    /// Looks all `keys` up, in the store where the cache has none, and calls `done` with what exists: later,
    /// in the thread of `context`, and not at all once `context` is gone.
    virtual void find(std::vector<std::string> keys, QObject *context, std::function<void(Found)> done) = 0;

    /// Remembers `value` until `expiresMs` (ms since 1970 UTC; 0 = for ever). Visible to cached() at once.
    virtual void put(std::string key, std::string value, std::int64_t expiresMs) = 0;

    virtual void forget(std::string_view key) = 0;

    /// Makes a new value of the present one; nothing where there is none, or `made` gives none. No change of
    /// another is lost: what comes between has `made` called again. It is called at once where the value is
    /// in the cache, else later in another thread, and calls nothing of this.
    using Change = std::function<std::optional<std::string>(const std::string &value)>;
    virtual void change(std::string key, Change made, std::int64_t expiresMs) = 0;
};

} // namespace Gateway
