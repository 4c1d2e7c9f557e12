#include "ui/pages/chat/ssereader.h"

#include <utility>

namespace Ui {

QList<QByteArray> SseReader::add(const QByteArray &bytes)
{
    QList<QByteArray> events;
    for (const char byte : bytes) {
        const bool isSecondHalf = m_afterReturn && byte == '\n';
        m_afterReturn = byte == '\r';
        if (isSecondHalf)
            continue;
        if (byte == '\n' || byte == '\r')
            readLine(std::exchange(m_line, {}), events);
        else
            m_line += byte;
    }
    return events;
}

void SseReader::readLine(QByteArray line, QList<QByteArray> &events)
{
    if (line.isEmpty()) {
        if (m_hasData)
            events.append(std::exchange(m_data, {}));
        m_hasData = false;
        return;
    }
    if (!line.startsWith("data:"))
        return; // comments, names, ids
    line.remove(0, line.startsWith("data: ") ? 6 : 5);
    if (m_hasData)
        m_data += '\n';
    m_data += line;
    m_hasData = true;
}

QByteArray SseReader::rest() const
{
    return m_hasData ? m_data : m_line;
}

QList<QByteArray> LineReader::add(const QByteArray &bytes)
{
    QList<QByteArray> lines;
    qsizetype from = 0;
    for (qsizetype end = bytes.indexOf('\n'); end >= 0; end = bytes.indexOf('\n', from)) {
        m_line += bytes.mid(from, end - from);
        if (const QByteArray line = std::exchange(m_line, {}).trimmed(); !line.isEmpty())
            lines.append(line);
        from = end + 1;
    }
    m_line += bytes.mid(from);
    return lines;
}

} // namespace Ui
