#include "gateway/upstream/retrydelay.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <ctime>
#include <string>

#include <curl/curl.h>

namespace Gateway {

namespace {

constexpr double LONGEST_MS = 366.0 * 24 * 3600 * 1000; // what is longer is no wait but a fault

struct Unit
{
    std::string_view name;
    double ms;
};

// "ms" before "m", as the first match counts
constexpr std::array<Unit, 5> UNITS = {
    {{"ms", 1}, {"s", 1000}, {"m", 60'000}, {"h", 3'600'000}, {"d", 86'400'000}}};

/// Takes "36.4s" off the front of `text`; negative when there is no such thing.
double takePart(std::string_view &text)
{
    double number = 0;
    const auto read =
        std::from_chars(text.data(), text.data() + text.size(), number, std::chars_format::fixed);
    if (read.ec != std::errc() || text.front() == '-' || !std::isfinite(number))
        return -1;
    const std::string_view behind = text.substr(static_cast<std::size_t>(read.ptr - text.data()));
    for (const Unit &unit : UNITS) {
        if (behind.starts_with(unit.name)) {
            text = behind.substr(unit.name.size());
            return number * unit.ms;
        }
    }
    return -1;
}

} // namespace

std::optional<std::int64_t> durationMs(std::string_view text)
{
    double sum = -1;
    while (!text.empty()) {
        const double part = takePart(text);
        if (part < 0)
            break;
        sum = std::max(sum, 0.0) + part;
    }
    if (sum < 0)
        return std::nullopt;
    // 36.4 s is 36400.000000000007 ms in floating point
    return static_cast<std::int64_t>(std::ceil(std::min(sum, LONGEST_MS) - 1e-6));
}

std::optional<std::int64_t> namedWaitMs(std::string_view text)
{
    constexpr std::array<std::string_view, 3> leads = {"retry in ", "again in ", "retry after "};
    for (const std::string_view lead : leads) {
        const std::size_t at = text.find(lead);
        if (at == std::string_view::npos)
            continue;
        if (const auto wait = durationMs(text.substr(at + lead.size())))
            return wait;
    }
    return std::nullopt;
}

std::optional<std::int64_t> retryAfterMs(const Headers &headers)
{
    const std::string_view value = trimmed(headerValue(headers, "Retry-After"));
    if (value.empty())
        return std::nullopt;
    std::int64_t seconds = 0;
    const auto read = std::from_chars(value.data(), value.data() + value.size(), seconds);
    if (read.ec == std::errc() && read.ptr == value.data() + value.size()) {
        if (seconds < 0)
            return std::nullopt;
        return std::min(seconds, static_cast<std::int64_t>(LONGEST_MS / 1000)) * 1000;
    }
    const std::time_t then = curl_getdate(std::string(value).c_str(), nullptr);
    const std::time_t now = curl_getdate(std::string(headerValue(headers, "Date")).c_str(), nullptr);
    if (then < 0 || now < 0)
        return std::nullopt;
    return std::clamp(static_cast<std::int64_t>(then - now) * 1000, std::int64_t(0),
                      static_cast<std::int64_t>(LONGEST_MS));
}

} // namespace Gateway
