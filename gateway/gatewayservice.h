#pragma once

#include <functional>
#include <memory>
#include <string>

#include "gateway/common/audiolibrary.h"
#include "gateway/common/clock.h"
#include "gateway/common/result.h"
#include "gateway/common/secret.h"
#include "gateway/settings/settings.h"

namespace Gateway {

class Control;
class LogRing;
class Store;

/// Why the gateway did not start.
struct StartFailure
{
    Error error;
    bool portTaken = false;
};

/// The running gateway: store, key pool and workers, built and wired. Made and used in one thread that has an
/// event loop (the main thread).
class GatewayService
{
public:
    struct Options
    {
        int workers = 1;                   ///< How many threads answer.
        Secret ownerToken = {};            ///< Let in as the administrator's, beside AUTH_TOKEN.
        LogRing *log = nullptr;            ///< Where the program keeps its lines; outlives the service.
        LoadAudioLibrary *audio = nullptr; ///< Encodes speech; null: it is told as it comes.
    };

    /// Loads the keys and starts serving with `settings`. The service is ready when this returns.
    static tl::expected<std::unique_ptr<GatewayService>, StartFailure>
    start(SettingsPtr settings, std::unique_ptr<Store> store, const Clock &clock, const Options &options);

    /// Stops at once what still runs, writes what is queued.
    ~GatewayService();

    /// Where clients reach it: "http://127.0.0.1:4364".
    std::string address() const;

    /// Stops accepting, lets running answers end for at most the setting SHUTDOWN_TIMEOUT, then calls `done`
    /// from the event loop. The service may then be destroyed.
    void stop(std::function<void()> done);

    Control &control();

private:
    GatewayService();
    class Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace Gateway
