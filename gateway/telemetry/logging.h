#pragma once

#include <functional>
#include <string>
#include <string_view>

#include <QtGlobal>

#include "gateway/common/clock.h"
#include "gateway/telemetry/logring.h"

namespace Gateway {

/// Takes over Qt's messages while it lives: levels, secrets masked, one line each to stderr and into a ring.
/// One at a time, made in main() before other threads are.
class Logging
{
public:
    /// Gets whole lines with their '\n'; called under a lock, from any thread.
    using Output = std::function<void(std::string_view)>;

    /// `clock` and `ring` outlive this. Without an `output` lines go to stderr.
    Logging(const Clock &clock, LogRing &ring, LogLevel level, Output output = {});
    ~Logging();
    Logging(const Logging &) = delete;
    Logging &operator=(const Logging &) = delete;

    /// Where the lines are kept.
    LogRing &ring() const { return m_ring; }

    /// Lines under `level` are not made at all. From any thread.
    void setLevel(LogLevel level);

private:
    static void handle(QtMsgType type, const QMessageLogContext &context, const QString &message);
    void take(LogLevel level, const char *category, const QString &message);

    const Clock &m_clock;
    LogRing &m_ring;
    Output m_output;
    LogLevel m_level;
    QtMessageHandler m_previous;
};

/// "2026-09-01T12:00:00.000Z WARNING gateway.store: text", without '\n'; control characters in the text are
/// escaped, so that nobody writes lines of his own into the log.
std::string formatLogLine(const LogLine &line);

} // namespace Gateway
