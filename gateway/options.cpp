#include "gateway/options.h"

#include <optional>

#include "gateway/common/extraheaders.h"

namespace Gateway {

namespace {

constexpr std::int64_t SECOND_MS = 1000;

std::int64_t seconds(const Settings &settings, Setting setting)
{
    return settings.integer(setting) * SECOND_MS;
}

KeepBodies keepBodies(const std::string &word)
{
    if (word == "all")
        return KeepBodies::Always;
    return word == "errors" ? KeepBodies::OnError : KeepBodies::Never;
}

/// "https://host/" and "https://host" mean the same.
std::string withoutTrailingSlash(std::string url)
{
    while (url.ends_with('/'))
        url.pop_back();
    return url;
}

ModelParameters modelParameters(const Settings &settings)
{
    ModelParameters parameters;
    if (const auto wish = ThinkingWish::parse(settings.text(Setting::DefaultThinking)))
        parameters.thinking = Wish<ThinkingWish>{*wish, false};
    if (const auto threshold = harmBlockThreshold(settings.text(Setting::SafetyThreshold));
        !threshold.empty())
        parameters.safety = Wish<std::string>{std::string(threshold), false};
    const auto flag = [&settings](Setting setting) {
        return settings.flag(setting) ? std::optional(true) : std::nullopt;
    };
    parameters.search = flag(Setting::GoogleSearch);
    parameters.urlContext = flag(Setting::UrlContext);
    parameters.codeExecution = flag(Setting::CodeExecution);
    const auto text = [&settings](Setting setting) {
        const std::string &value = settings.text(setting);
        return value.empty() ? std::nullopt : std::optional(value);
    };
    parameters.systemBefore = text(Setting::SystemTextBefore);
    parameters.systemAfter = text(Setting::SystemTextAfter);
    return parameters;
}

ModelNameOptions modelNameOptions(const Settings &settings)
{
    ModelNameOptions names;
    names.aliases = ModelAliases::parse(settings.text(Setting::ModelAliases)).value_or(ModelAliases());
    names.vendorNames = settings.flag(Setting::VendorModelNames);
    names.derivedNames = settings.flag(Setting::DerivedModelNames);
    names.listsAliases = settings.flag(Setting::ListModelAliases);
    names.searchModels = settings.list(Setting::SearchModels);
    names.thinkingModels = settings.list(Setting::ThinkingModels);
    names.imageModels = settings.list(Setting::ImageModels);
    names.hiddenModels = settings.list(Setting::HiddenModels);
    names.defaults = modelParameters(settings);
    return names;
}

} // namespace

PoolOptions poolOptions(const Settings &settings)
{
    PoolOptions options;
    options.maxFailures = static_cast<int>(settings.integer(Setting::MaxFailures));
    options.strategy = settings.text(Setting::KeyStrategy);
    return options;
}

UpstreamOptions upstreamOptions(const Settings &settings)
{
    UpstreamOptions options;
    options.proxyUrl = settings.text(Setting::ProxyUrl);
    options.connectTimeoutMs = seconds(settings, Setting::UpstreamConnectTimeout);
    options.firstByteTimeoutMs = seconds(settings, Setting::UpstreamFirstByteTimeout);
    options.idleTimeoutMs = seconds(settings, Setting::UpstreamIdleTimeout);
    options.headers = parseExtraHeaders(settings.text(Setting::UpstreamHeaders)).value_or(Headers());
    return options;
}

ClassifierOptions classifierOptions(const Settings &settings)
{
    ClassifierOptions options;
    options.defaultRestMs = seconds(settings, Setting::DefaultRest);
    options.dayQuotaUntilMidnight = settings.text(Setting::DayQuotaRule) == "midnight";
    return options;
}

StreamOptions streamOptions(const Settings &settings)
{
    StreamOptions options;
    if (settings.flag(Setting::FakeStream))
        options.fakeModels = settings.list(Setting::FakeStreamModels);
    options.gathers = settings.flag(Setting::StreamUpstream);
    options.smooths = settings.flag(Setting::StreamSmoothing);
    options.pace.stepMs = settings.integer(Setting::StreamSmoothingStep);
    options.pace.leastLetters = static_cast<std::size_t>(settings.integer(Setting::StreamSmoothingChunk));
    options.pace.lagMs = settings.integer(Setting::StreamSmoothingLag);
    options.truncatedRounds = static_cast<int>(settings.integer(Setting::ContinueTruncated));
    options.brokenRounds = static_cast<int>(settings.integer(Setting::ContinueBrokenStreams));
    return options;
}

RelayOptions relayOptions(const Settings &settings, PriceTablePtr prices)
{
    RelayOptions options;
    options.googleHost = withoutTrailingSlash(settings.text(Setting::GoogleApiHost));
    options.maxRetries = static_cast<int>(settings.integer(Setting::MaxRetries));
    options.classifier = classifierOptions(settings);
    options.heartbeatMs = seconds(settings, Setting::HeartbeatInterval);
    options.keepBodies = keepBodies(settings.text(Setting::RecordBodies));
    options.keptBodyBytes = static_cast<std::size_t>(settings.integer(Setting::RecordBodyLimit));
    options.fetchesMedia = settings.flag(Setting::ImageFetch);
    options.imageModel = settings.text(Setting::ImageModel);
    options.moderationModel = settings.text(Setting::ModerationModel);
    options.liveMessageBytes = static_cast<std::size_t>(settings.integer(Setting::LiveMessageLimit));
    options.liveIdleMs = seconds(settings, Setting::LiveIdleTimeout);
    options.liveSetupMs = seconds(settings, Setting::UpstreamFirstByteTimeout);
    options.waitLimitMs = seconds(settings, Setting::WaitLimit);
    options.emptyRetries = static_cast<int>(settings.integer(Setting::EmptyRetries));
    options.hedges = settings.flag(Setting::Hedge);
    options.keptResponseDays = settings.integer(Setting::ResponseRetentionDays);
    options.hasAffinity = settings.flag(Setting::Affinity);
    options.explicitCaches = settings.flag(Setting::ExplicitCaches);
    options.fallbacks =
        ModelFallbacks::parse(settings.text(Setting::ModelFallbacks)).value_or(ModelFallbacks());
    options.names = modelNameOptions(settings);
    options.speechModel = settings.text(Setting::SpeechModel);
    options.transcriptionModel = settings.text(Setting::TranscriptionModel);
    options.streams = streamOptions(settings);
    options.prices = std::move(prices);
    return options;
}

KeyCheckOptions keyCheckOptions(const Settings &settings)
{
    KeyCheckOptions options;
    options.intervalMs = seconds(settings, Setting::CheckInterval);
    options.atOnce = static_cast<std::size_t>(settings.integer(Setting::CheckConcurrency));
    options.call.googleHost = withoutTrailingSlash(settings.text(Setting::GoogleApiHost));
    options.call.model = settings.text(Setting::CheckModel);
    options.call.generates = settings.text(Setting::CheckCall) == "generate";
    options.call.classifier = classifierOptions(settings);
    return options;
}

MediaLimits mediaLimits(const Settings &settings)
{
    MediaLimits limits;
    limits.bytes = static_cast<std::size_t>(settings.integer(Setting::ImageFetchLimit));
    return limits;
}

HttpWorkerOptions httpWorkerOptions(const Settings &settings)
{
    HttpWorkerOptions options;
    options.limits.bodyBytes = static_cast<std::size_t>(settings.integer(Setting::BodyLimit));
    options.limits.connections = static_cast<std::size_t>(settings.integer(Setting::MaxConnections));
    options.limits.headerMs = seconds(settings, Setting::HeaderTimeout);
    options.limits.bodyMs = seconds(settings, Setting::BodyTimeout);
    options.limits.idleMs = seconds(settings, Setting::KeepAliveTimeout);
    options.limits.heartbeatMs = seconds(settings, Setting::HeartbeatInterval);
    options.hostNames = settings.list(Setting::AllowedHosts);
    options.corsOrigins = settings.list(Setting::CorsOrigins);
    return options;
}

} // namespace Gateway
