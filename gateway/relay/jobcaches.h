#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "gateway/pool/lease.h"
#include "gateway/relay/cachemaker.h"
#include "gateway/relay/keyroute.h"
#include "gateway/relay/passage.h"

namespace Gateway {

/// What explicit caches do for one request whose client has marked a beginning to be cached: an attempt goes
/// up beside a cache that its key has of that beginning, and after a good answer the beginning is cached.
class JobCaches
{
public:
    /// `maker` outlives this.
    explicit JobCaches(CacheMaker &maker);

    /// Before an attempt: where the leased key has a cache for the beginning of `request`, `route` gets a
    /// body that names it in place of what it holds. This outlives the attempt.
    void cut(const Lease &lease, const Passage &passage, const UpstreamRequest &request, KeyRoute &route);

    /// A good answer came with `key`.
    void answered(KeyId key, const Passage &passage);

private:
    /// A cache that is worth making.
    struct Plan
    {
        CacheMaker::Subject subject;
        std::size_t turns = 0;
    };

    /// Google would not answer beside the cache of so many turns.
    void refused(const CacheMaker::Subject &subject, std::size_t turns, int status);

    CacheMaker &m_maker;
    std::vector<Plan> m_plans; ///< Of a key and model the first counts.
};

} // namespace Gateway
