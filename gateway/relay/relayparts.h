#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "gateway/common/audiolibrary.h"
#include "gateway/common/clock.h"
#include "gateway/common/keyedmemory.h"
#include "gateway/common/modelfallbacks.h"
#include "gateway/common/pricetable.h"
#include "gateway/common/shelf.h"
#include "gateway/relay/modelnameoptions.h"
#include "gateway/relay/streamoptions.h"
#include "gateway/upstream/classifier.h"

namespace Gateway {

class KeyPool;
class MediaFetcher;
class PromptCaches;
class ProxyPool;
class Recorder;
class RunningResponses;
class UpstreamClient;
class WaitQueue;

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
    std::string imageModel;                 ///< Asked for OpenAI's models that draw; empty: chosen.
    std::string moderationModel;            ///< Likewise for those that moderate.
    std::int64_t waitLimitMs = 5000;        ///< Longest wait for a key that rests; 0: none.
    int emptyRetries = 1;                   ///< Further attempts after an answer with nothing in it.
    bool hedges = false;                    ///< Whether a second key is asked when the first is late.
    std::int64_t keptResponseDays = 30;     ///< How long responses are kept; 0: not at all.
    bool hasAffinity = true;                ///< Whether a conversation stays on its key.
    bool explicitCaches = false;            ///< Whether beginnings that clients mark are cached at Google.
    ModelFallbacks fallbacks;
    ModelNameOptions names;
    std::string speechModel;        ///< Asked for OpenAI's tts-1 and its kin; empty: chosen.
    std::string transcriptionModel; ///< Likewise for whisper-1 and its kin.
    std::size_t liveMessageBytes = 16u * 1024 * 1024; ///< Largest message of a Live session, both ways.
    std::int64_t liveIdleMs = 600'000;                ///< A Live session ends when nobody says anything.
    std::int64_t liveSetupMs = 60'000;                ///< Longest wait for Google's first message.
    StreamOptions streams;
    PriceTablePtr prices; ///< Null: no cost is recorded.
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
    KeyedMemory &objects;
    WaitQueue &waits;
    ProxyPool &proxies;
    Shelf &shelf;
    RunningResponses &running;
    LoadAudioLibrary *audio = nullptr; ///< Null: speech is told as it comes from Google only.
    PromptCaches *caches = nullptr;    ///< Null: none are made.
};

} // namespace Gateway
