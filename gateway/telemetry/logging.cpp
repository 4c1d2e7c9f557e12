#include "gateway/telemetry/logging.h"

#include <cstdio>
#include <mutex>

#include <QDateTime>
#include <QLoggingCategory>

#include "gateway/telemetry/redact.h"

namespace Gateway {

namespace {

// Qt's handler is a plain function, so it needs one place to find its object.
std::mutex currentMutex;
Logging *current = nullptr;

LogLevel levelOf(QtMsgType type)
{
    switch (type) {
    case QtDebugMsg:
        return LogLevel::Debug;
    case QtInfoMsg:
        return LogLevel::Info;
    case QtWarningMsg:
        return LogLevel::Warning;
    case QtCriticalMsg:
    case QtFatalMsg:
        break;
    }
    return LogLevel::Error;
}

/// Only takes away, but for the gateway's own debug lines: what Qt's categories keep to themselves they go on
/// keeping unless QT_LOGGING_RULES asks for it.
QString rulesFor(LogLevel level)
{
    QString rules;
    if (level > LogLevel::Debug)
        rules += QLatin1String("*.debug=false\n");
    else
        rules += QLatin1String("gateway.*.debug=true\n");
    if (level > LogLevel::Info)
        rules += QLatin1String("*.info=false\n");
    if (level > LogLevel::Warning)
        rules += QLatin1String("*.warning=false\n");
    return rules;
}

void writeToStderr(std::string_view line)
{
    std::fwrite(line.data(), 1, line.size(), stderr);
}

} // namespace

Logging::Logging(const Clock &clock, LogRing &ring, LogLevel level, Output output)
    : m_clock(clock)
    , m_ring(ring)
    , m_output(output ? std::move(output) : writeToStderr)
    , m_level(level)
    , m_previous(nullptr)
{
    setLevel(level);
    {
        const std::lock_guard lock(currentMutex);
        current = this;
    }
    m_previous = qInstallMessageHandler(handle);
}

Logging::~Logging()
{
    qInstallMessageHandler(m_previous);
    const std::lock_guard lock(currentMutex);
    current = nullptr;
}

void Logging::setLevel(LogLevel level)
{
    {
        const std::lock_guard lock(currentMutex);
        m_level = level;
    }
    QLoggingCategory::setFilterRules(rulesFor(level));
}

void Logging::handle(QtMsgType type, const QMessageLogContext &context, const QString &message)
{
    const std::lock_guard lock(currentMutex);
    if (current)
        current->take(levelOf(type), context.category, message);
}

void Logging::take(LogLevel level, const char *category, const QString &message)
{
    if (level < m_level)
        return;
    LogLine line;
    line.timeMs = m_clock.nowMs();
    line.level = level;
    line.category = category ? category : "default";
    line.text = redacted(message.toStdString());
    m_output(formatLogLine(line) + '\n');
    m_ring.append(std::move(line));
}

std::string formatLogLine(const LogLine &line)
{
    constexpr std::string_view HEX = "0123456789abcdef";
    // Not QTimeZone::utc(), which Qt 6.4 writes as "+00:00".
    std::string out =
        QDateTime::fromMSecsSinceEpoch(line.timeMs).toUTC().toString(Qt::ISODateWithMs).toStdString();
    out += ' ';
    out += logLevelName(line.level);
    out += ' ';
    out += line.category;
    out += ": ";
    for (const char c : line.text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '\n')
            out += "\\n";
        else if (byte >= ' ' && byte != 0x7f)
            out += c;
        else
            out += {'\\', 'x', HEX[byte >> 4], HEX[byte & 15]};
    }
    return out;
}

} // namespace Gateway
