#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace Gateway {

enum class LogLevel : std::uint8_t { Debug, Info, Warning, Error };

/// "DEBUG", "INFO", "WARNING", "ERROR".
std::string_view logLevelName(LogLevel level);
/// The level of that name, without case; nothing when there is none.
std::optional<LogLevel> logLevelFrom(std::string_view name);

/// One line of the program's own log, free of secrets.
struct LogLine
{
    std::uint64_t number = 0; ///< Counts up from 1 without gaps.
    std::int64_t timeMs = 0;  ///< ms since 1970 UTC.
    LogLevel level = LogLevel::Info;
    std::string category; ///< "gateway.store"
    std::string text;
};

/// The last lines of the log. Thread-safe.
class LogRing
{
public:
    explicit LogRing(std::size_t capacity = 20'000);

    /// Numbers the line and keeps it; the oldest goes when the ring is full.
    void append(LogLine line);
    /// Lines with a number over `number`, oldest first, at most `limit`.
    std::vector<LogLine> after(std::uint64_t number, std::size_t limit) const;
    std::size_t size() const;

private:
    const std::size_t m_capacity;
    mutable std::mutex m_mutex;
    std::deque<LogLine> m_lines;
    std::uint64_t m_lastNumber = 0;
};

} // namespace Gateway
