#include "gateway/settings/settingchecks.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <utility>

#include <QHostAddress>
#include <QString>
#include <QUrl>

#include "gateway/common/extraheaders.h"
#include "gateway/common/modelaliases.h"
#include "gateway/common/modelfallbacks.h"
#include "gateway/common/text.h"

namespace Gateway {

namespace {

using Factor = std::pair<std::string_view, std::int64_t>;

constexpr std::array<Factor, 10> BYTE_UNITS{{{"b", 1},
                                             {"kb", 1000},
                                             {"mb", 1000 * 1000},
                                             {"gb", 1000 * 1000 * 1000},
                                             {"k", 1 << 10},
                                             {"m", 1 << 20},
                                             {"g", 1 << 30},
                                             {"kib", 1 << 10},
                                             {"mib", 1 << 20},
                                             {"gib", 1 << 30}}};
constexpr std::array<Factor, 3> TIME_UNITS{{{"s", 1}, {"m", 60}, {"h", 3600}}};

QString toQString(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

QUrl strictUrl(std::string_view text)
{
    return QUrl(toQString(text), QUrl::StrictMode);
}

bool isAddress(std::string_view text)
{
    QHostAddress address;
    return address.setAddress(toQString(text));
}

template <std::size_t Size>
std::int64_t factorOf(const std::array<Factor, Size> &units, std::string_view word)
{
    const auto found = std::find_if(units.begin(), units.end(),
                                    [&](const Factor &unit) { return equalsIgnoreCase(unit.first, word); });
    return found == units.end() ? 0 : found->second;
}

} // namespace

bool isNotEmpty(std::string_view text)
{
    return !text.empty();
}

bool isToken(std::string_view text)
{
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < 0x7f; });
}

bool isModelOrEmpty(std::string_view text)
{
    return text.empty() || isToken(text);
}

bool isListenAddress(std::string_view text)
{
    return equalsIgnoreCase(text, "localhost") || isAddress(text);
}

bool isHostName(std::string_view text)
{
    if (text == "*" || isAddress(text))
        return true;
    return !text.empty() && text.size() <= 253 && text.front() != '.' &&
           std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      c == '-' || c == '.' || c == '_';
           });
}

bool isOrigin(std::string_view text)
{
    if (text == "*")
        return true;
    const QUrl url = strictUrl(text);
    return url.isValid() && !url.scheme().isEmpty() && !url.host().isEmpty() && url.path().isEmpty() &&
           url.userInfo().isEmpty() && !url.hasQuery() && !url.hasFragment();
}

bool isHttpBase(std::string_view text)
{
    const QUrl url = strictUrl(text);
    const QString scheme = url.scheme();
    return url.isValid() && (scheme == u"http" || scheme == u"https") && !url.host().isEmpty() &&
           url.userInfo().isEmpty() && !url.hasQuery() && !url.hasFragment();
}

bool isProxyUrl(std::string_view text)
{
    if (text.empty())
        return true;
    const QUrl url = strictUrl(text);
    const QString scheme = url.scheme();
    return url.isValid() &&
           (scheme == u"http" || scheme == u"https" || scheme == u"socks5" || scheme == u"socks5h") &&
           !url.host().isEmpty() && (url.path().isEmpty() || url.path() == u"/") && !url.hasQuery() &&
           !url.hasFragment();
}

bool isDatabaseUrl(std::string_view text)
{
    if (text.empty())
        return true;
    const std::size_t colon = text.find(':');
    return colon != std::string_view::npos && colon + 1 < text.size() &&
           (equalsIgnoreCase(text.substr(0, colon), "sqlite") ||
            equalsIgnoreCase(text.substr(0, colon), "file"));
}

bool isModelPattern(std::string_view text)
{
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
               c == '_' || c == '.' || c == '/' || c == '*';
    });
}

bool isModelFallbacks(std::string_view text)
{
    return ModelFallbacks::parse(text).has_value();
}

std::string faultInFallbacks(std::string_view text)
{
    const Result<ModelFallbacks> parsed = ModelFallbacks::parse(text);
    return parsed ? std::string() : parsed.error().text;
}

bool isModelAliases(std::string_view text)
{
    return ModelAliases::parse(text).has_value();
}

std::string faultInAliases(std::string_view text)
{
    const Result<ModelAliases> parsed = ModelAliases::parse(text);
    return parsed ? std::string() : parsed.error().text;
}

bool isThinking(std::string_view text)
{
    return text.empty() || ThinkingWish::parse(text).has_value();
}

bool isExtraHeaders(std::string_view text)
{
    return parseExtraHeaders(text).has_value();
}

std::string faultInHeaders(std::string_view text)
{
    const Result<Headers> parsed = parseExtraHeaders(text);
    return parsed ? std::string() : parsed.error().text;
}

std::optional<std::int64_t> parseAmount(std::string_view text, std::string_view unit)
{
    std::int64_t number = 0;
    const char *end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, number);
    if (error != std::errc{})
        return std::nullopt;
    const std::string_view word = trimmed({stop, static_cast<std::size_t>(end - stop)});
    if (word.empty())
        return number;
    std::int64_t factor = 0;
    if (unit == "bytes")
        factor = factorOf(BYTE_UNITS, word);
    else if (unit == "s")
        factor = factorOf(TIME_UNITS, word);
    constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
    if (factor == 0 || number > most / factor || number < -most / factor)
        return std::nullopt;
    return number * factor;
}

std::optional<bool> parseFlag(std::string_view text)
{
    static constexpr std::array<std::string_view, 4> YES{"1", "true", "yes", "on"};
    static constexpr std::array<std::string_view, 4> NO{"0", "false", "no", "off"};
    const auto isOneOf = [&](const auto &words) {
        return std::any_of(words.begin(), words.end(),
                           [&](std::string_view word) { return equalsIgnoreCase(word, text); });
    };
    if (isOneOf(YES))
        return true;
    if (isOneOf(NO))
        return false;
    return std::nullopt;
}

} // namespace Gateway
