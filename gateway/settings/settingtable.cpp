#include <algorithm>
#include <array>
#include <string_view>

#include <QtGlobal>

#include "gateway/common/text.h"
#include "gateway/settings/setting.h"
#include "gateway/settings/settingchecks.h"

namespace Gateway {

namespace {

constexpr std::string_view SERVER = QT_TRANSLATE_NOOP("Settings", "Server");
constexpr std::string_view ACCESS = QT_TRANSLATE_NOOP("Settings", "Keys and access");
constexpr std::string_view UPSTREAM = QT_TRANSLATE_NOOP("Settings", "Google");
constexpr std::string_view FAILOVER = QT_TRANSLATE_NOOP("Settings", "Failover");
constexpr std::string_view LIMITS = QT_TRANSLATE_NOOP("Settings", "Limits");
constexpr std::string_view RECORDS = QT_TRANSLATE_NOOP("Settings", "Records and log");

constexpr std::int64_t HOUR = 3600;
constexpr std::int64_t MIB = 1 << 20;

constexpr std::size_t COUNT = static_cast<std::size_t>(Setting::Count);

constexpr std::array<SettingRow, COUNT> TABLE{{
    {.id = Setting::Host,
     .name = "HOST",
     .type = SettingType::Text,
     .defaultValue = "127.0.0.1",
     .needsRestart = true,
     .section = SERVER,
     .text = QT_TRANSLATE_NOOP("Settings", "Address to listen on; 0.0.0.0 or :: lets other computers in."),
     .accepts = isListenAddress,
     .allowed = "an IPv4 or IPv6 address, or localhost"},
    {.id = Setting::Port,
     .name = "PORT",
     .type = SettingType::Integer,
     .defaultValue = "4364",
     .minimum = 0,
     .maximum = 65535,
     .needsRestart = true,
     .section = SERVER,
     .text = QT_TRANSLATE_NOOP("Settings", "Port to listen on; 0 takes any free one.")},
    {.id = Setting::AllowedHosts,
     .name = "ALLOWED_HOSTS",
     .type = SettingType::List,
     .defaultValue = "",
     .section = SERVER,
     .text = QT_TRANSLATE_NOOP("Settings", "Further names that the Host header may carry while the gateway "
                                           "listens on loopback; * allows any."),
     .accepts = isHostName,
     .allowed = "host names without scheme and port, or *"},
    {.id = Setting::CorsOrigins,
     .name = "CORS_ORIGINS",
     .type = SettingType::List,
     .defaultValue = "*",
     .section = SERVER,
     .text = QT_TRANSLATE_NOOP("Settings", "Web origins whose pages may call the API paths; * is any."),
     .accepts = isOrigin,
     .allowed = "origins such as https://example.com, or *"},
    {.id = Setting::DataDir,
     .name = "DATA_DIR",
     .type = SettingType::Text,
     .defaultValue = "",
     .needsRestart = true,
     .section = SERVER,
     .text = QT_TRANSLATE_NOOP("Settings", "Folder of the database; empty is gemini-balance in the user's "
                                           "data folder (on Linux ~/.local/share).")},
    {.id = Setting::DatabaseUrl,
     .name = "DATABASE_URL",
     .type = SettingType::Text,
     .defaultValue = "",
     .needsRestart = true,
     .section = SERVER,
     .text = QT_TRANSLATE_NOOP("Settings", "The database, sqlite:PATH; empty is gemini-balance.db in "
                                           "DATA_DIR."),
     .accepts = isDatabaseUrl,
     .allowed = "sqlite:PATH or file:PATH"},
    {.id = Setting::MasterKey,
     .name = "GATEWAY_MASTER_KEY",
     .type = SettingType::Text,
     .defaultValue = "",
     .isSecret = true,
     .needsRestart = true,
     .section = SERVER,
     .text =
         QT_TRANSLATE_NOOP("Settings", "Seals the secrets in the database: 32 bytes as base64 or hex, not "
                                       "read from the store itself; empty is "
                                       "GATEWAY_MASTER_KEY_FILE.")},
    {.id = Setting::MasterKeyFile,
     .name = "GATEWAY_MASTER_KEY_FILE",
     .type = SettingType::Text,
     .defaultValue = "",
     .needsRestart = true,
     .section = SERVER,
     .text = QT_TRANSLATE_NOOP("Settings", "A file with that key; empty is the desktop's keychain, else "
                                           "master.key beside the database, made at the first start.")},
    {.id = Setting::GeminiApiKeys,
     .name = "GEMINI_API_KEYS",
     .type = SettingType::List,
     .defaultValue = "",
     .isSecret = true,
     .section = ACCESS,
     .text = QT_TRANSLATE_NOOP("Settings", "Gemini API keys, added at start to those that are stored."),
     .accepts = isToken,
     .allowed = "keys without blanks inside, separated by commas or new lines"},
    {.id = Setting::AuthToken,
     .name = "AUTH_TOKEN",
     .type = SettingType::Text,
     .defaultValue = "",
     .isSecret = true,
     .section = ACCESS,
     .text = QT_TRANSLATE_NOOP("Settings", "Token of the administrator, good for the API too; made, stored "
                                           "and shown once when there is none."),
     .accepts = isToken,
     .allowed = "a text of visible ASCII characters without blanks, not empty"},
    {.id = Setting::AllowedTokens,
     .name = "ALLOWED_TOKENS",
     .type = SettingType::List,
     .defaultValue = "",
     .isSecret = true,
     .section = ACCESS,
     .text = QT_TRANSLATE_NOOP("Settings", "Further tokens that clients may use for the API."),
     .accepts = isToken,
     .allowed = "tokens without blanks inside, separated by commas or new lines"},
    {.id = Setting::GoogleApiHost,
     .name = "GOOGLE_API_HOST",
     .type = SettingType::Text,
     .defaultValue = "https://generativelanguage.googleapis.com",
     .section = UPSTREAM,
     .text = QT_TRANSLATE_NOOP("Settings", "Where the Gemini API is reached."),
     .accepts = isHttpBase,
     .allowed = "an http or https URL without user, query and fragment"},
    {.id = Setting::ProxyUrl,
     .name = "PROXY_URL",
     .type = SettingType::Text,
     .defaultValue = "",
     .section = UPSTREAM,
     .text = QT_TRANSLATE_NOOP("Settings", "Proxy for calls to Google, http, https, socks5 or socks5h, with "
                                           "user:password@ if need be."),
     .accepts = isProxyUrl,
     .allowed = "http://, https://, socks5:// or socks5h:// with a host, and if need be user:password@ "
                "and :port"},
    {.id = Setting::KeyStrategy,
     .name = "KEY_STRATEGY",
     .type = SettingType::Choice,
     .defaultValue = "most-remaining",
     .choices = "most-remaining,round-robin,least-recently-used,least-in-flight,weighted,priority,"
                "random-of-two",
     .section = FAILOVER,
     .text = QT_TRANSLATE_NOOP("Settings", "Which of the keys that could serve a request is taken.")},
    {.id = Setting::MaxFailures,
     .name = "MAX_FAILURES",
     .type = SettingType::Integer,
     .defaultValue = "3",
     .minimum = 1,
     .maximum = 100,
     .section = FAILOVER,
     .text = QT_TRANSLATE_NOOP("Settings", "Unclear failures in a row until a key is sidelined.")},
    {.id = Setting::MaxRetries,
     .name = "MAX_RETRIES",
     .type = SettingType::Integer,
     .defaultValue = "3",
     .minimum = 0,
     .maximum = 20,
     .section = FAILOVER,
     .text = QT_TRANSLATE_NOOP("Settings", "Further attempts after the first, each with another key.")},
    {.id = Setting::DefaultRest,
     .name = "DEFAULT_REST",
     .type = SettingType::Integer,
     .defaultValue = "60",
     .minimum = 1,
     .maximum = 24 * HOUR,
     .unit = "s",
     .section = FAILOVER,
     .text = QT_TRANSLATE_NOOP("Settings", "How long a key rests for a model after a 429 that does not say "
                                           "how long.")},
    {.id = Setting::DayQuotaRule,
     .name = "DAY_QUOTA_RULE",
     .type = SettingType::Choice,
     .defaultValue = "midnight",
     .choices = "midnight,retry-info",
     .section = FAILOVER,
     .text = QT_TRANSLATE_NOOP("Settings", "A day's quota that is used up rests the key for the model until "
                                           "midnight Pacific time, or only as long as the answer says.")},
    {.id = Setting::CheckInterval,
     .name = "CHECK_INTERVAL",
     .type = SettingType::Integer,
     .defaultValue = "600",
     .minimum = 0,
     .maximum = 7 * 24 * HOUR,
     .unit = "s",
     .section = FAILOVER,
     .text = QT_TRANSLATE_NOOP("Settings", "How often sidelined keys are tried again; 0 is never.")},
    {.id = Setting::CheckModel,
     .name = "CHECK_MODEL",
     .type = SettingType::Text,
     .defaultValue = "gemini-3.5-flash-lite",
     .section = FAILOVER,
     .text = QT_TRANSLATE_NOOP("Settings", "Model that a check of a key asks."),
     .accepts = isToken,
     .allowed = "a model's name"},
    {.id = Setting::UpstreamConnectTimeout,
     .name = "UPSTREAM_CONNECT_TIMEOUT",
     .type = SettingType::Integer,
     .defaultValue = "10",
     .minimum = 1,
     .maximum = 600,
     .unit = "s",
     .section = UPSTREAM,
     .text = QT_TRANSLATE_NOOP("Settings", "Longest wait for a connection to Google.")},
    {.id = Setting::UpstreamFirstByteTimeout,
     .name = "UPSTREAM_FIRST_BYTE_TIMEOUT",
     .type = SettingType::Integer,
     .defaultValue = "300",
     .minimum = 1,
     .maximum = 2 * HOUR,
     .unit = "s",
     .section = UPSTREAM,
     .text = QT_TRANSLATE_NOOP("Settings", "Longest wait for an answer's first byte; models may think for "
                                           "minutes.")},
    {.id = Setting::UpstreamIdleTimeout,
     .name = "UPSTREAM_IDLE_TIMEOUT",
     .type = SettingType::Integer,
     .defaultValue = "120",
     .minimum = 1,
     .maximum = 2 * HOUR,
     .unit = "s",
     .section = UPSTREAM,
     .text = QT_TRANSLATE_NOOP("Settings", "Longest silence inside an answer.")},
    {.id = Setting::BodyLimit,
     .name = "BODY_LIMIT",
     .type = SettingType::Integer,
     .defaultValue = "100 MiB",
     .minimum = 1 << 10,
     .maximum = 2048 * MIB,
     .unit = "bytes",
     .section = LIMITS,
     .text = QT_TRANSLATE_NOOP("Settings", "Largest body of a request; a larger one gets 413.")},
    {.id = Setting::MaxConnections,
     .name = "MAX_CONNECTIONS",
     .type = SettingType::Integer,
     .defaultValue = "4096",
     .minimum = 1,
     .maximum = 1'000'000,
     .section = LIMITS,
     .text = QT_TRANSLATE_NOOP("Settings", "Connections of clients at one time; a further one gets 503.")},
    {.id = Setting::HeaderTimeout,
     .name = "HEADER_TIMEOUT",
     .type = SettingType::Integer,
     .defaultValue = "20",
     .minimum = 1,
     .maximum = HOUR,
     .unit = "s",
     .section = LIMITS,
     .text = QT_TRANSLATE_NOOP("Settings", "Time a client has to send a request's head.")},
    {.id = Setting::BodyTimeout,
     .name = "BODY_TIMEOUT",
     .type = SettingType::Integer,
     .defaultValue = "60",
     .minimum = 1,
     .maximum = HOUR,
     .unit = "s",
     .section = LIMITS,
     .text = QT_TRANSLATE_NOOP("Settings", "Longest silence while a client sends a request's body.")},
    {.id = Setting::KeepAliveTimeout,
     .name = "KEEP_ALIVE_TIMEOUT",
     .type = SettingType::Integer,
     .defaultValue = "75",
     .minimum = 1,
     .maximum = 24 * HOUR,
     .unit = "s",
     .section = LIMITS,
     .text = QT_TRANSLATE_NOOP("Settings", "How long an idle connection of a client is kept.")},
    {.id = Setting::HeartbeatInterval,
     .name = "HEARTBEAT_INTERVAL",
     .type = SettingType::Integer,
     .defaultValue = "15",
     .minimum = 0,
     .maximum = HOUR,
     .unit = "s",
     .section = SERVER,
     .text = QT_TRANSLATE_NOOP("Settings", "A stream in which nothing flows gets an SSE comment this often; "
                                           "0 is never.")},
    {.id = Setting::ShutdownTimeout,
     .name = "SHUTDOWN_TIMEOUT",
     .type = SettingType::Integer,
     .defaultValue = "30",
     .minimum = 0,
     .maximum = HOUR,
     .unit = "s",
     .section = SERVER,
     .text = QT_TRANSLATE_NOOP("Settings", "How long running answers may go on once the gateway is told to "
                                           "stop.")},
    {.id = Setting::Workers,
     .name = "WORKERS",
     .type = SettingType::Integer,
     .defaultValue = "0",
     .minimum = 0,
     .maximum = 256,
     .needsRestart = true,
     .section = SERVER,
     .text = QT_TRANSLATE_NOOP("Settings", "Threads that answer; 0 is one on the desktop and one for each "
                                           "core with --server.")},
    {.id = Setting::LogLevel,
     .name = "LOG_LEVEL",
     .type = SettingType::Choice,
     .defaultValue = "info",
     .choices = "error,warning,info,debug",
     .needsRestart = true,
     .section = RECORDS,
     .text = QT_TRANSLATE_NOOP("Settings", "What the program writes to its log.")},
    {.id = Setting::RecordBodies,
     .name = "RECORD_BODIES",
     .type = SettingType::Choice,
     .defaultValue = "off",
     .choices = "off,errors,all",
     .section = RECORDS,
     .text = QT_TRANSLATE_NOOP("Settings", "Whether a request's record keeps what was asked and answered: "
                                           "never, for failed requests, or always.")},
    {.id = Setting::RecordBodyLimit,
     .name = "RECORD_BODY_LIMIT",
     .type = SettingType::Integer,
     .defaultValue = "64 KiB",
     .minimum = 1 << 10,
     .maximum = 16 * MIB,
     .unit = "bytes",
     .section = RECORDS,
     .text = QT_TRANSLATE_NOOP("Settings", "A body in a record is cut at this size.")},
    {.id = Setting::RecordRetentionDays,
     .name = "RECORD_RETENTION_DAYS",
     .type = SettingType::Integer,
     .defaultValue = "30",
     .minimum = 0,
     .maximum = 36'500,
     .unit = "days",
     .section = RECORDS,
     .text = QT_TRANSLATE_NOOP("Settings", "Records of requests are kept this long; 0 is without end.")},
    {.id = Setting::RecordRetentionRows,
     .name = "RECORD_RETENTION_ROWS",
     .type = SettingType::Integer,
     .defaultValue = "1000000",
     .minimum = 0,
     .maximum = 1'000'000'000,
     .section = RECORDS,
     .text = QT_TRANSLATE_NOOP("Settings", "So many records of requests are kept, the newest ones; 0 is "
                                           "without end.")},
    {.id = Setting::ImageFetch,
     .name = "IMAGE_FETCH",
     .type = SettingType::Flag,
     .defaultValue = "on",
     .section = LIMITS,
     .text = QT_TRANSLATE_NOOP("Settings", "Whether images that a request names by URL are fetched; private "
                                           "networks are never asked.")},
    {.id = Setting::ImageFetchLimit,
     .name = "IMAGE_FETCH_LIMIT",
     .type = SettingType::Integer,
     .defaultValue = "20 MiB",
     .minimum = 1 << 10,
     .maximum = 1024 * MIB,
     .unit = "bytes",
     .section = LIMITS,
     .text = QT_TRANSLATE_NOOP("Settings", "Largest image that is fetched.")},
    {.id = Setting::WaitLimit,
     .name = "WAIT_LIMIT",
     .type = SettingType::Integer,
     .defaultValue = "5",
     .minimum = 0,
     .maximum = HOUR,
     .unit = "s",
     .section = FAILOVER,
     .text = QT_TRANSLATE_NOOP("Settings", "While every key rests for no longer than this, a request waits "
                                           "for the first that returns; 0 never waits.")},
    {.id = Setting::WaitQueue,
     .name = "WAIT_QUEUE",
     .type = SettingType::Integer,
     .defaultValue = "1000",
     .minimum = 0,
     .maximum = 1'000'000,
     .section = FAILOVER,
     .text = QT_TRANSLATE_NOOP("Settings", "So many requests may wait for a key at one time; a further one "
                                           "gets 429.")},
    {.id = Setting::ModelFallbacks,
     .name = "MODEL_FALLBACKS",
     .type = SettingType::Text,
     .defaultValue = "",
     .section = FAILOVER,
     .text = QT_TRANSLATE_NOOP("Settings", "Models that stand in, in this order, for one that is overloaded, "
                                           "not offered, or used up for longer than WAIT_LIMIT: MODEL > "
                                           "MODEL, MODEL; the first may be a pattern with *."),
     .accepts = isModelFallbacks,
     .allowed = "rules such as gemini-a > gemini-b, gemini-c; *-pro* > gemini-d",
     .fault = faultInFallbacks},
    {.id = Setting::EmptyRetries,
     .name = "EMPTY_RETRIES",
     .type = SettingType::Integer,
     .defaultValue = "1",
     .minimum = 0,
     .maximum = 10,
     .section = FAILOVER,
     .text = QT_TRANSLATE_NOOP("Settings", "How often an answer with nothing in it is asked for again with "
                                           "another key.")},
    {.id = Setting::Hedge,
     .name = "HEDGE",
     .type = SettingType::Flag,
     .defaultValue = "off",
     .section = FAILOVER,
     .text = QT_TRANSLATE_NOOP("Settings", "Whether a second key is asked when an answer is later than 95 of "
                                           "100 of its model; the first answer counts, both use up quota.")},
    {.id = Setting::Affinity,
     .name = "AFFINITY",
     .type = SettingType::Flag,
     .defaultValue = "on",
     .section = FAILOVER,
     .text = QT_TRANSLATE_NOOP("Settings", "Whether a conversation stays on its key, so that Google's cache "
                                           "of its beginning helps.")},
    {.id = Setting::Proxies,
     .name = "PROXIES",
     .type = SettingType::List,
     .defaultValue = "",
     .section = UPSTREAM,
     .text =
         QT_TRANSLATE_NOOP("Settings", "Proxies over which the keys are spread, each key staying on its "
                                       "own; one that fails is rested. Without any, PROXY_URL is for all."),
     .accepts = isProxyUrl,
     .allowed = "proxies as in PROXY_URL, separated by commas or new lines"},
    {.id = Setting::CheckCall,
     .name = "CHECK_CALL",
     .type = SettingType::Choice,
     .defaultValue = "free",
     .choices = "free,generate",
     .section = FAILOVER,
     .text = QT_TRANSLATE_NOOP("Settings", "How a check asks about a key: with a call that uses up no quota, "
                                           "or by generating one token.")},
    {.id = Setting::CheckConcurrency,
     .name = "CHECK_CONCURRENCY",
     .type = SettingType::Integer,
     .defaultValue = "8",
     .minimum = 1,
     .maximum = 256,
     .section = FAILOVER,
     .text = QT_TRANSLATE_NOOP("Settings", "Keys that are checked at one time.")},
}};

constexpr bool isInOrder()
{
    for (std::size_t i = 0; i < COUNT; ++i) {
        if (static_cast<std::size_t>(TABLE[i].id) != i)
            return false;
    }
    return true;
}
static_assert(isInOrder(), "one row for each setting, in the order of the enum");

} // namespace

std::span<const SettingRow> settingTable()
{
    return TABLE;
}

const SettingRow &settingRow(Setting setting)
{
    return TABLE[static_cast<std::size_t>(setting)];
}

std::vector<std::string_view> settingSections()
{
    std::vector<std::string_view> sections;
    for (const SettingRow &row : TABLE) {
        if (std::find(sections.begin(), sections.end(), row.section) == sections.end())
            sections.push_back(row.section);
    }
    return sections;
}

const SettingRow *findSetting(std::string_view name)
{
    const auto found =
        std::find_if(TABLE.begin(), TABLE.end(), [&](const SettingRow &row) { return row.name == name; });
    return found == TABLE.end() ? nullptr : &*found;
}

} // namespace Gateway
