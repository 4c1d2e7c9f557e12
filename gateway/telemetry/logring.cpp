#include "gateway/telemetry/logring.h"

#include <algorithm>
#include <array>

#include "gateway/common/text.h"

namespace Gateway {

namespace {

constexpr std::array<std::string_view, 4> NAMES{"DEBUG", "INFO", "WARNING", "ERROR"};

} // namespace

std::string_view logLevelName(LogLevel level)
{
    return NAMES[static_cast<std::size_t>(level)];
}

std::optional<LogLevel> logLevelFrom(std::string_view name)
{
    for (std::size_t i = 0; i < NAMES.size(); ++i) {
        if (equalsIgnoreCase(name, NAMES[i]))
            return static_cast<LogLevel>(i);
    }
    return std::nullopt;
}

LogRing::LogRing(std::size_t capacity)
    : m_capacity(capacity)
{
}

void LogRing::append(LogLine line)
{
    const std::lock_guard lock(m_mutex);
    line.number = ++m_lastNumber;
    m_lines.push_back(std::move(line));
    if (m_lines.size() > m_capacity)
        m_lines.pop_front();
}

std::vector<LogLine> LogRing::after(std::uint64_t number, std::size_t limit) const
{
    const std::lock_guard lock(m_mutex);
    const auto from = std::ranges::upper_bound(m_lines, number, {}, &LogLine::number);
    const auto count = std::min(limit, static_cast<std::size_t>(m_lines.end() - from));
    return {from, from + static_cast<std::ptrdiff_t>(count)};
}

std::size_t LogRing::size() const
{
    const std::lock_guard lock(m_mutex);
    return m_lines.size();
}

} // namespace Gateway
