#pragma once

#include <QByteArray>
#include <QList>

namespace Ui {

/// Cuts a stream of server-sent events into the data of its events
/// (html.spec.whatwg.org/multipage/server-sent-events.html); bytes may come in any pieces.
class SseReader
{
public:
    /// The data of the events that are complete now.
    QList<QByteArray> add(const QByteArray &bytes);
    /// What stood at the end without an empty line: a broken stream's last event, or text that is none.
    QByteArray rest() const;

private:
    void readLine(QByteArray line, QList<QByteArray> &events);

    QByteArray m_line;
    QByteArray m_data;
    bool m_hasData = false;
    bool m_afterReturn = false; ///< The last byte was CR, which a LF may follow.
};

/// Cuts a stream into its lines; empty ones are left out.
class LineReader
{
public:
    QList<QByteArray> add(const QByteArray &bytes);

private:
    QByteArray m_line;
};

} // namespace Ui
