#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "gateway/common/clock.h"
#include "gateway/common/result.h"

namespace Gateway {

/// A picture or document as it was fetched.
struct FetchedBytes
{
    std::string mimeType; ///< Without parameters, in lower case, e.g. "image/png".
    std::string bytes;
};

struct MediaLimits
{
    std::size_t bytes = 20u * 1024 * 1024; ///< After decoding.
    std::int64_t timeMs = 30'000;          ///< For all of it, redirects included.
    int redirects = 3;
    bool privateAddresses = false; ///< True lets it into private networks; for tests.
};

/// A running fetch; destroying it cancels it.
class MediaFetch
{
public:
    virtual ~MediaFetch() = default;
};

/// Fetches what a client names by URL. As the client chooses where this machine connects to, only http and
/// https to public internet addresses are followed, checked on the address that is connected to, so that a
/// name which changes its address gains nothing. Goes without the proxy, which would resolve names unchecked,
/// and over connections of its own. Lives and is used in one thread.
class MediaFetcher
{
public:
    /// Called once, never from inside start(); may destroy its fetch. Errors have status 400 and the code
    /// "invalid_media_url" (not allowed), "media_too_large" or "media_fetch_failed"; their text does not
    /// repeat the URL, which may hold a signature.
    using Done = std::function<void(Result<FetchedBytes>)>;

    MediaFetcher(const Clock &clock, MediaLimits limits);
    ~MediaFetcher();

    /// For fetches started from now on.
    void setLimits(MediaLimits limits);

    /// The fetcher must outlive what it returns.
    std::unique_ptr<MediaFetch> start(std::string_view url, Done done);

private:
    class Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace Gateway
