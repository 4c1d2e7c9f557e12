#include "app/launch.h"

#include <algorithm>
#include <future>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include <unistd.h>

#include "app/audiomodule.h"
#include "app/configuration.h"
#include "app/ports.h"
#include "app/process.h"
#include "gateway/common/ids.h"
#include "gateway/common/secret.h"
#include "gateway/gatewayservice.h"
#include "gateway/settings/setting.h"
#include "gateway/store/store.h"
#include "gateway/telemetry/logging.h"

namespace Gateway {

namespace {

constexpr std::string_view TOKEN_PREFIX = "gb-";
constexpr int LOCK_WAIT_MS = 3'000; ///< A command line may be at work on the store.

tl::unexpected<LaunchFailure> failed(std::string text)
{
    return tl::unexpected<LaunchFailure>(LaunchFailure{std::move(text), EXIT_FAILED});
}

Result<std::size_t> mergeKeys(const Settings &settings, Store &store)
{
    std::vector<Secret> secrets;
    for (const std::string &key : settings.list(Setting::GeminiApiKeys))
        secrets.emplace_back(key);
    if (secrets.empty())
        return 0;
    const Result<std::vector<KeyRow>> added = store.mergeKeys(secrets);
    if (!added)
        return fail(added.error());
    return added->size();
}

int workerCount(const Settings &settings, Face face)
{
    const auto wanted = static_cast<int>(settings.integer(Setting::Workers));
    if (wanted > 0)
        return wanted;
    return face == Face::Desktop ? 1 : std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

LaunchFailure portTaken(const Settings &settings)
{
    const auto port = static_cast<std::uint16_t>(settings.integer(Setting::Port));
    const std::string &host = settings.text(Setting::Host);
    const std::string holder = portHolder(port);
    return {"Port " + std::to_string(port) + " on " + host + " is taken by " +
                (holder.empty() ? "another program" : holder) +
                ". End that one, or choose another port with --port or PORT.",
            EXIT_PORT_TAKEN, port, freePortAfter(port, host), holder};
}

/// Waits until it is durable.
Result<void> saveNow(Store &store, Setting setting, const std::string &value)
{
    std::promise<Result<void>> promise;
    std::future<Result<void>> saved = promise.get_future();
    store.saveSetting(std::string(settingRow(setting).name), value, false,
                      [&promise](Result<void> result) { promise.set_value(std::move(result)); });
    return saved.get();
}

/// Durable when it returns: a token that was shown must be good after a power cut too.
Result<std::string> storeNewToken(Store &store)
{
    std::string token = makeToken(TOKEN_PREFIX);
    if (Result<void> result = saveNow(store, Setting::AuthToken, token); !result)
        return fail(std::move(result.error()));
    return token;
}

} // namespace

tl::expected<Launched, LaunchFailure> launchGateway(const CommandLine &line, Face face, const Clock &clock,
                                                    Logging &log,
                                                    const std::function<void(const std::string &)> &showToken)
{
    const KeychainUse keychain = face == Face::Desktop ? KeychainUse::Preferred : KeychainUse::LastResort;
    Result<Configuration> read =
        loadConfiguration(line, environmentTexts(), StorePolicy::Create, clock, keychain);
    if (!read)
        return failed(std::move(read.error().text));
    auto settings = std::make_shared<Settings>(std::move(read->settings));
    log.setLevel(logLevelFrom(settings->text(Setting::LogLevel)).value_or(LogLevel::Info));

    Result<DataLock> lock = DataLock::take(*settings, LOCK_WAIT_MS);
    if (!lock)
        return failed(std::move(lock.error().text));
    const Result<std::size_t> newKeys = mergeKeys(*settings, *read->store);
    if (!newKeys)
        return failed(newKeys.error().text);
    if (settings->text(Setting::AuthToken).empty()) {
        const Result<std::string> token = storeNewToken(*read->store);
        if (!token)
            return failed(token.error().text);
        if (Result<void> taken = settings->set(Setting::AuthToken, *token, SettingSource::Store); !taken)
            return failed(taken.error().text);
        showToken(*token);
    }

    const Secret ownerToken(makeToken(TOKEN_PREFIX));
    auto started =
        GatewayService::start(settings, std::move(read->store), clock,
                              {workerCount(*settings, face), ownerToken, &log.ring(), loadAudioLibrary});
    if (!started) {
        if (started.error().portTaken)
            return tl::unexpected<LaunchFailure>(portTaken(*settings));
        return failed(started.error().error.text);
    }
    auto file =
        std::make_unique<ServerFile>(*settings, ServerPlace{(*started)->address(), ::getpid(), ownerToken});
    return Launched{std::move(*started), std::move(settings), *newKeys, std::move(*lock), std::move(file)};
}

Result<void> choosePort(CommandLine &line, int port, const Clock &clock)
{
    const std::string text = std::to_string(port);
    Result<Configuration> read = loadConfiguration(line, environmentTexts(), StorePolicy::Create, clock);
    if (!read)
        return fail(std::move(read.error()));
    const SettingSource source = read->settings.source(Setting::Port);
    if (source == SettingSource::Default || source == SettingSource::Store) {
        const Result<DataLock> lock = DataLock::take(read->settings, LOCK_WAIT_MS);
        return lock ? saveNow(*read->store, Setting::Port, text) : fail(lock.error());
    }
    const std::string name(settingRow(Setting::Port).name);
    std::erase_if(line.settings, [&](const auto &given) { return given.first == name; });
    line.settings.emplace_back(name, text);
    return {};
}

} // namespace Gateway
