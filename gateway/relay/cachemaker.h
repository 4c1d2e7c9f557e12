#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/common/keyrow.h"
#include "gateway/relay/keyquestion.h"
#include "gateway/relay/promptcaches.h"
#include "gateway/relay/relayparts.h"

namespace Gateway {

/// Makes explicit caches at Google in the background, and makes them last. Lives in one worker's thread.
class CacheMaker
{
public:
    /// All outlive this; `options` are read at each call.
    CacheMaker(const RelayParts &parts, const RelayOptions &options, PromptCaches &caches);
    ~CacheMaker();
    CacheMaker(const CacheMaker &) = delete;
    CacheMaker &operator=(const CacheMaker &) = delete;

    PromptCaches &caches() { return m_caches; }

    /// What a cache is of: the print of a beginning, the model and the key that has asked for it.
    struct Subject
    {
        std::string print;
        std::string model;
        KeyId key = 0;
    };
    /// Room for one more call; beyond, a cache can wait for the next request.
    bool isBusy() const { return m_running.size() >= MOST_AT_ONCE; }
    /// Makes the cache that the caller has claimed; `body` as CacheCut::cache() tells it.
    void make(Subject subject, std::string body, std::int64_t ttlMs);
    /// Lets the cache `name` live for `ttlMs` from now on.
    void extend(Subject subject, const std::string &name, std::int64_t ttlMs);

private:
    static constexpr std::size_t MOST_AT_ONCE = 8;

    bool ask(KeyId key, std::string_view method, std::string_view path, std::string body,
             std::function<void(int status, const std::string &body)> done);

    const RelayParts &m_parts;
    const RelayOptions &m_options;
    PromptCaches &m_caches;
    std::vector<std::unique_ptr<KeyQuestion>> m_running;
};

} // namespace Gateway
