#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "gateway/common/clock.h"
#include "gateway/common/keyedmemory.h"
#include "gateway/upstream/classifier.h"

namespace Gateway {

class KeyPool;
class MediaFetcher;
class Recorder;
class UpstreamClient;

/// Whose bodies a record keeps.
enum class KeepBodies : std::uint8_t { Never, OnError, Always };

/// What of the settings a relay follows.
struct RelayOptions
{
    std::string googleHost; ///< "https://generativelanguage.googleapis.com"
    int maxRetries = 3;     ///< Further attempts after the first.
    ClassifierOptions classifier;
    std::int64_t heartbeatMs = 15'000; ///< A stream that waits longer gets its head and comments; 0: never.
    KeepBodies keepBodies = KeepBodies::Never;
    std::size_t keptBodyBytes = 64u * 1024; ///< Of each body.
    bool fetchesMedia = true;               ///< Whether pictures named by URL are fetched.
};

/// The neighbours of one worker's relay; all outlive it.
struct RelayParts
{
    const Clock &clock;
    KeyPool &pool;
    UpstreamClient &upstream;
    MediaFetcher &media;
    Recorder &recorder;
    KeyedMemory &owners;
    KeyedMemory &signatures;
};

} // namespace Gateway
