#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace Gateway {

/// Every setting there is; the table in settingtable.cpp has one row for each, in this order.
enum class Setting : std::uint8_t {
    Host,
    Port,
    AllowedHosts,
    CorsOrigins,
    DataDir,
    DatabaseUrl,
    MasterKey,
    MasterKeyFile,
    GeminiApiKeys,
    AuthToken,
    AllowedTokens,
    GoogleApiHost,
    ProxyUrl,
    KeyStrategy,
    MaxFailures,
    MaxRetries,
    DefaultRest,
    DayQuotaRule,
    CheckInterval,
    CheckModel,
    UpstreamConnectTimeout,
    UpstreamFirstByteTimeout,
    UpstreamIdleTimeout,
    BodyLimit,
    LiveMessageLimit,
    LiveIdleTimeout,
    MaxConnections,
    HeaderTimeout,
    BodyTimeout,
    KeepAliveTimeout,
    HeartbeatInterval,
    ShutdownTimeout,
    Workers,
    LogLevel,
    RecordBodies,
    RecordBodyLimit,
    RecordRetentionDays,
    RecordRetentionRows,
    ResponseRetentionDays,
    ImageFetch,
    ImageFetchLimit,
    ImageModel,
    ModerationModel,
    WaitLimit,
    WaitQueue,
    ModelFallbacks,
    ModelAliases,
    SpeechModel,
    TranscriptionModel,
    EmptyRetries,
    Hedge,
    Affinity,
    ExplicitCaches,
    Proxies,
    CheckCall,
    CheckConcurrency,
    OllamaOpen,
    VendorModelNames,
    DerivedModelNames,
    ListModelAliases,
    HiddenModels,
    SearchModels,
    ThinkingModels,
    ImageModels,
    DefaultThinking,
    SafetyThreshold,
    GoogleSearch,
    UrlContext,
    CodeExecution,
    SystemTextBefore,
    SystemTextAfter,
    UpstreamHeaders,
    FakeStream,
    FakeStreamModels,
    StreamUpstream,
    StreamSmoothing,
    StreamSmoothingStep,
    StreamSmoothingChunk,
    StreamSmoothingLag,
    ContinueTruncated,
    ContinueBrokenStreams,
    Count
};

enum class SettingType : std::uint8_t { Text, Integer, Flag, List, Choice };

/// One row of the settings table: all that the loader, the command line, the GUI and the README need to know.
struct SettingRow
{
    Setting id;
    std::string_view name; ///< Environment name, e.g. "MAX_RETRIES"; the option is --max-retries.
    SettingType type;
    std::string_view defaultValue; ///< As text, in the same form as the environment's.
    std::int64_t minimum = 0;      ///< Integer: smallest allowed value.
    std::int64_t maximum = 0;      ///< Integer: largest allowed value.
    std::string_view choices = {}; ///< Choice: allowed words, comma-separated.
    std::string_view unit = {};    ///< "s", "bytes", … or empty.
    bool isSecret = false;         ///< Masked wherever it is shown.
    bool needsRestart = false;
    std::string_view section = {}; ///< Group on the settings page, marked for translation.
    std::string_view title = {};   ///< Two or three words for people, marked for translation.
    std::string_view text = {};    ///< What it does, one sentence, marked for translation.
    /// Text and List: whether a text (a list's piece) may be taken; null: any.
    bool (*accepts)(std::string_view) = nullptr;
    std::string_view allowed = {}; ///< With `accepts`: what is allowed, to follow "allowed is ".
    /// What is wrong with a text that `accepts` refuses, as a sentence; null: nothing to say beyond
    /// `allowed`.
    std::string (*fault)(std::string_view) = nullptr;
};

std::span<const SettingRow> settingTable();
const SettingRow &settingRow(Setting setting);
/// Null when there is no setting of that environment name.
const SettingRow *findSetting(std::string_view name);

/// The sections of the table, each once, in order.
std::vector<std::string_view> settingSections();

/// "max-retries" for MAX_RETRIES: the option without its dashes.
std::string optionName(const SettingRow &row);
/// Null when no setting has that option name (without dashes, in lower case).
const SettingRow *findSettingByOption(std::string_view option);

/// A value as it may be shown: secrets masked (a list's pieces one by one), user names, passwords and queries
/// in URLs left out, long lists shortened.
std::string shownText(const SettingRow &row, std::string_view text);

/// What a setting takes, for people: "a whole number from 0 to 20", "one of off, errors, all".
std::string allowedText(const SettingRow &row);

} // namespace Gateway
