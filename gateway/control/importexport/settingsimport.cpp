#include "gateway/control/importexport/settingsimport.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <set>

#include "gateway/common/json.h"
#include "gateway/common/text.h"
#include "gateway/control/importexport/foreignvalues.h"
#include "gateway/settings/settings.h"

namespace Gateway {

namespace {

constexpr int SECONDS_AN_HOUR = 3600;

/// What becomes of one name.
enum class Take : std::uint8_t {
    Keys,
    PaidKey,
    Tokens,
    AdminToken,
    Proxies,
    Same,     ///< The value as it is, under the name `to`.
    Attempts, ///< The Python gateway counts all attempts, this one those after the first.
    Hours,    ///< In seconds here.
    Seconds,  ///< Perhaps a fraction; in ms here.
    Host,     ///< A URL of which only scheme and host count.
    Level,
    RecordBodies,
    List,    ///< A JSON list.
    Headers, ///< A JSON object of names and values.
    Budgets, ///< A JSON object of models and thinking budgets: aliases here.
    Safety,  ///< A JSON list of categories and thresholds: one threshold here.
    Foreign, ///< Known, with no counterpart; holds no secret.
    ForeignSecret
};

struct Rule
{
    std::string_view name;
    Take take;
    std::string_view to = {};
    bool onlyPython = false; ///< Only the Python gateway has this name.
};

// The settings of gemini-balance (Python) and gemini-balance-nextjs as their configuration files name them.
constexpr Rule RULES[] = {
    {"API_KEYS", Take::Keys, {}, true},
    {"GEMINI_API_KEYS", Take::Keys},
    {"PAID_KEY", Take::PaidKey, {}, true},
    {"ALLOWED_TOKENS", Take::Tokens},
    {"AUTH_TOKEN", Take::AdminToken, "AUTH_TOKEN"},
    {"PROXIES", Take::Proxies, "PROXY_URL", true},
    {"BASE_URL", Take::Host, "GOOGLE_API_HOST", true},
    {"GOOGLE_API_HOST", Take::Host, "GOOGLE_API_HOST"},
    {"MAX_RETRIES", Take::Attempts, "MAX_RETRIES"},
    {"TEST_MODEL", Take::Same, "CHECK_MODEL", true},
    {"HEALTH_CHECK_MODEL", Take::Same, "CHECK_MODEL"},
    {"CHECK_INTERVAL_HOURS", Take::Hours, "CHECK_INTERVAL", true},
    {"TIME_OUT", Take::Same, "UPSTREAM_FIRST_BYTE_TIMEOUT", true},
    {"FAKE_STREAM_ENABLED", Take::Same, "FAKE_STREAM", true},
    {"FAKE_STREAM_EMPTY_DATA_INTERVAL_SECONDS", Take::Same, "HEARTBEAT_INTERVAL", true},
    {"STREAM_OPTIMIZER_ENABLED", Take::Same, "STREAM_SMOOTHING", true},
    {"STREAM_MIN_DELAY", Take::Seconds, "STREAM_SMOOTHING_STEP", true},
    {"STREAM_CHUNK_SIZE", Take::Same, "STREAM_SMOOTHING_CHUNK", true},
    {"LOG_LEVEL", Take::Level, "LOG_LEVEL"},
    {"ERROR_LOG_RECORD_REQUEST_BODY", Take::RecordBodies, "RECORD_BODIES", true},
    {"FILTERED_MODELS", Take::List, "HIDDEN_MODELS", true},
    {"SEARCH_MODELS", Take::List, "SEARCH_MODELS"},
    {"IMAGE_MODELS", Take::List, "IMAGE_MODELS"},
    {"THINKING_MODELS", Take::List, "THINKING_MODELS"},
    {"TOOLS_CODE_EXECUTION_ENABLED", Take::Same, "CODE_EXECUTION"},
    {"URL_CONTEXT_ENABLED", Take::Same, "URL_CONTEXT", true},
    {"CUSTOM_HEADERS", Take::Headers, "UPSTREAM_HEADERS", true},
    {"THINKING_BUDGET_MAP", Take::Budgets, "MODEL_ALIASES"},
    {"SAFETY_SETTINGS", Take::Safety, "SAFETY_THRESHOLD"},
    {"VERTEX_API_KEYS", Take::ForeignSecret, {}, true},
    {"SMMS_SECRET_TOKEN", Take::ForeignSecret, {}, true},
    {"PICGO_API_KEY", Take::ForeignSecret, {}, true},
    {"OSS_ACCESS_KEY", Take::ForeignSecret, {}, true},
    {"OSS_ACCESS_KEY_SECRET", Take::ForeignSecret, {}, true},
    {"CLOUDFLARE_IMGBED_AUTH_CODE", Take::ForeignSecret, {}, true},
    {"MYSQL_PASSWORD", Take::ForeignSecret, {}, true},
    {"MYSQL_HOST", Take::Foreign, {}, true},
    {"DATABASE_TYPE", Take::Foreign, {}, true},
    {"CRON_SECRET", Take::ForeignSecret},
};

const Rule *ruleOf(std::string_view name)
{
    const auto *found = std::find_if(std::begin(RULES), std::end(RULES),
                                     [name](const Rule &rule) { return rule.name == name; });
    return found == std::end(RULES) ? nullptr : found;
}

std::optional<long long> numberOf(std::string_view text)
{
    long long number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size() ? std::optional(number) : std::nullopt;
}

/// "0.016" → "16"; what is no number stays for the setting to refuse.
std::string millisecondsOf(const std::string &text)
{
    double seconds = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
    constexpr double longest = 1000;
    if (error != std::errc() || end != text.data() + text.size() || seconds < 0 || seconds > longest)
        return text;
    return std::to_string(std::llround(seconds * 1000));
}

/// "https://host/v1beta" → "https://host".
std::string hostOf(std::string_view url)
{
    const std::size_t scheme = url.find("://");
    if (scheme == std::string_view::npos)
        return std::string(url);
    return std::string(url.substr(0, url.find('/', scheme + 3)));
}

std::string levelOf(std::string_view text)
{
    std::string level(text);
    std::transform(level.begin(), level.end(), level.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return level == "critical" ? "error" : level;
}

class SettingsReader
{
public:
    SettingsReader(ImportBuilder &builder, bool isPython)
        : m_builder(builder)
        , m_isPython(isPython)
    {
    }

    void read(const std::string &name, const std::string &value)
    {
        const Rule *rule = ruleOf(name);
        if (trimmed(value).empty() || value == "null")
            return;
        if (rule)
            follow(*rule, std::string(trimmed(value)));
        else if (const SettingRow *row = findSetting(name))
            set(row->name, std::string(trimmed(value)));
        else
            m_foreign.push_back(name);
    }

    void tellForeign()
    {
        if (m_foreign.empty())
            return;
        std::string names;
        for (const std::string &name : m_foreign)
            names += (names.empty() ? "" : ", ") + name;
        m_builder.warn(0, "These have no counterpart here and are left out: " + names + '.');
    }

private:
    void follow(const Rule &rule, const std::string &value)
    {
        switch (rule.take) {
        case Take::Keys:
            addKeys(listOf(value), {});
            break;
        case Take::PaidKey: {
            KeySettings paid;
            paid.tier = KeyTier::Paid;
            paid.tags = {"paid"};
            addKeys({value}, paid);
            break;
        }
        case Take::Tokens:
            addTokens(listOf(value));
            break;
        case Take::AdminToken:
            if (value.starts_with("$2")) // what bcrypt made of it cannot be turned back
                m_builder.warn(
                    0, "AUTH_TOKEN is kept as a hash there; the administrator's token stays as it is here.");
            else
                set(rule.to, value);
            break;
        case Take::Proxies:
            addProxies(listOf(value), rule.to);
            break;
        case Take::Safety:
            setSafety(rule, value);
            break;
        case Take::ForeignSecret:
            for (const std::string &piece : listOf(value))
                m_builder.setAside(piece);
            [[fallthrough]];
        case Take::Foreign:
            m_foreign.emplace_back(rule.name);
            break;
        default:
            if (std::string text = converted(rule.take, value); !text.empty())
                set(rule.to, std::move(text));
        }
    }

    std::string converted(Take take, const std::string &value) const
    {
        const std::optional<long long> number = numberOf(value);
        if (take == Take::Attempts && m_isPython && number)
            return std::to_string(std::max(*number - 1, 0LL));
        if (take == Take::Hours && number)
            return std::to_string(*number * SECONDS_AN_HOUR);
        if (take == Take::Seconds)
            return millisecondsOf(value);
        if (take == Take::Host)
            return hostOf(value);
        if (take == Take::Level)
            return levelOf(value);
        if (take == Take::List)
            return joinedList(value);
        if (take == Take::Headers)
            return headersOf(value);
        if (take == Take::Budgets)
            return budgetAliases(value);
        if (take == Take::RecordBodies)
            return equalsIgnoreCase(value, "true") ? "errors" : "off";
        return value;
    }

    /// One threshold for all categories is a setting here; several are not.
    void setSafety(const Rule &rule, const std::string &value)
    {
        const std::set<std::string> thresholds = thresholdsIn(value);
        if (thresholds.size() == 1 && !wordOf(*thresholds.begin()).empty())
            set(rule.to, std::string(wordOf(*thresholds.begin())));
        else if (!thresholds.empty())
            m_builder.warn(0,
                           "SAFETY_SETTINGS has several thresholds; SAFETY_THRESHOLD stays as it is here.");
    }

    void set(std::string_view name, std::string value)
    {
        const SettingRow *row = findSetting(name);
        if (!row) {
            m_foreign.emplace_back(name);
            return;
        }
        if (row->isSecret)
            m_builder.setAside(value);
        Settings trial;
        if (const Result<void> taken = trial.set(row->id, value, SettingSource::Store); !taken)
            m_builder.warn(0, taken.error().text);
        else
            m_builder.addSetting(name, std::move(value));
    }

    void addKeys(const std::vector<std::string> &keys, const KeySettings &settings)
    {
        for (const std::string &key : keys)
            m_builder.addKey(key, settings, m_builder.placeOf(key));
    }

    void addTokens(const std::vector<std::string> &tokens)
    {
        for (const std::string &token : tokens)
            m_builder.addToken(token, "imported " + std::to_string(++m_tokens));
    }

    void addProxies(const std::vector<std::string> &urls, std::string_view setting)
    {
        for (const std::string &url : urls) {
            if (&url == &urls.front() && urls.size() == 1)
                set(setting, url);
            else
                m_builder.addProxy(url);
        }
    }

    ImportBuilder &m_builder;
    const bool m_isPython;
    int m_tokens = 0;
    std::vector<std::string> m_foreign;
};

} // namespace

bool namesSettings(const ImportedTexts &texts)
{
    return std::any_of(texts.begin(), texts.end(),
                       [](const auto &text) { return ruleOf(text.first) || findSetting(text.first); });
}

void takeSettings(const ImportedTexts &texts, ImportBuilder &builder)
{
    const bool isPython = std::any_of(texts.begin(), texts.end(), [](const auto &text) {
        const Rule *rule = ruleOf(text.first);
        return rule && rule->onlyPython;
    });
    SettingsReader reader(builder, isPython);
    for (const auto &[name, value] : texts)
        reader.read(name, value);
    reader.tellForeign();
}

} // namespace Gateway
