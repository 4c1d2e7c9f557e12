#include "ui/pages/chat/chatmarkdown.h"

#include <algorithm>

#include <QRegularExpression>
#include <QStringView>

using namespace Qt::StringLiterals;

namespace Ui {

namespace {

/// Prose is not cut shorter than this.
constexpr qsizetype LONG_PROSE = 1500;
/// A table goes on below with its head again after so many rows: they are laid out all together.
constexpr int TABLE_ROWS = 100;

struct Fence
{
    QChar letter;
    qsizetype length = 0;
    qsizetype indent = 0;
    QStringView info;

    bool isFence() const { return length >= 3; }
};

Fence fenceOf(QStringView line)
{
    Fence fence;
    while (fence.indent < line.size() && line[fence.indent] == u' ')
        ++fence.indent;
    const QStringView rest = line.mid(fence.indent);
    if (rest.isEmpty() || (rest[0] != u'`' && rest[0] != u'~'))
        return fence;
    fence.letter = rest[0];
    while (fence.length < rest.size() && rest[fence.length] == fence.letter)
        ++fence.length;
    fence.info = rest.mid(fence.length).trimmed();
    if (fence.letter == u'`' && fence.info.contains(u'`'))
        fence.length = 0; // code inside a line
    return fence;
}

bool closes(const Fence &fence, const Fence &open)
{
    return fence.isFence() && fence.letter == open.letter && fence.length >= open.length &&
           fence.info.isEmpty();
}

/// A line that stands for itself: it neither continues a list nor a quotation.
bool beginsParagraph(QStringView line)
{
    if (line.isEmpty() || line[0].isSpace())
        return false;
    static const QRegularExpression marker(uR"(^([-*+>|]|\d{1,9}[.)])(\s|$))"_s);
    return !marker.match(line.toString()).hasMatch();
}

/// Qt begins every numbered list at 1 (before 6.6): one that goes on behind a block of code keeps its numbers
/// as paragraphs that begin with them.
QString withNumbersKept(const QString &prose)
{
    static const QRegularExpression first(uR"(^\s*(\d{1,9})[.)]\s)"_s);
    const QRegularExpressionMatch match = first.match(prose);
    if (!match.hasMatch() || match.capturedView(1) == u"1")
        return prose;
    static const QRegularExpression item(uR"(^(\d{1,9})([.)])(?=\s))"_s, QRegularExpression::MultilineOption);
    QString kept = prose;
    return kept.replace(item, uR"(

\1\\2)"_s);
}

/// "12" of "12. text" at a line's start; empty: no item of a numbered list.
QStringView numberOf(QStringView line)
{
    qsizetype digits = 0;
    while (digits < line.size() && digits < 9 && line[digits] >= u'0' && line[digits] <= u'9')
        ++digits;
    const bool isItem = digits > 0 && digits + 1 < line.size() &&
                        (line[digits] == u'.' || line[digits] == u')') && line[digits + 1] == u' ';
    return isItem ? line.left(digits) : QStringView();
}

bool isBullet(QStringView line)
{
    return line.size() > 1 && (line[0] == u'-' || line[0] == u'*' || line[0] == u'+') && line[1] == u' ';
}

/// The line below a table's head.
bool isTableRule(QStringView line)
{
    static const QRegularExpression rule(uR"(^ {0,3}\|?( *:?-+:? *\|)+( *:?-+:? *)?$)"_s);
    return rule.match(line.trimmed()).hasMatch();
}

class Splitter
{
public:
    QList<ChatBlock> split(const QString &text)
    {
        for (QStringView rest(text); !rest.isEmpty();) {
            const qsizetype end = rest.indexOf(u'\n');
            const QStringView line = end < 0 ? rest : rest.left(end);
            read(line.endsWith(u'\r') ? line.chopped(1) : line);
            rest = end < 0 ? QStringView() : rest.mid(end + 1);
        }
        if (m_open.isFence())
            endCode();
        else
            endProse();
        return std::move(m_blocks);
    }

private:
    void read(QStringView line)
    {
        const Fence fence = fenceOf(line);
        if (m_open.isFence()) {
            if (closes(fence, m_open))
                return endCode();
            qsizetype drop = 0;
            while (drop < m_open.indent && drop < line.size() && line[drop] == u' ')
                ++drop;
            m_text.append(line.mid(drop)).append(u'\n');
            return;
        }
        if (fence.isFence()) {
            endProse();
            m_rows = -1;
            m_language = fence.info.toString().section(u' ', 0, 0);
            m_open = fence;
            return;
        }
        if (m_afterEmpty && beginsParagraph(line)) {
            m_isList = false;
            if (m_text.size() >= LONG_PROSE)
                endProse();
        }
        if (!readItem(line) && !readRow(line))
            m_text.append(line).append(u'\n');
        m_afterEmpty = line.trimmed().isEmpty();
        m_before = line;
    }
    /// An item of a list that is long by now begins the next block.
    bool readItem(QStringView line)
    {
        const QStringView number = numberOf(line);
        if (number.isEmpty() && !isBullet(line))
            return false;
        if (!m_isList || !m_isNumbered)
            m_number = number.toInt() - 1;
        m_isNumbered = !number.isEmpty();
        ++m_number;
        m_isCut = m_isList && (m_isCut || m_text.size() >= LONG_PROSE);
        if (m_isList && m_text.size() >= LONG_PROSE)
            endProse();
        m_isList = true;
        // A list may count 1, 1, 1: its later blocks have to say where they are.
        if (m_isCut && !number.isEmpty())
            m_text.append(QString::number(m_number)).append(line.mid(number.size()));
        else
            m_text.append(line);
        m_text.append(u'\n');
        return true;
    }
    /// Likewise a row of a long table, below its head.
    bool readRow(QStringView line)
    {
        if (m_rows < 0) {
            if (isTableRule(line) && m_before.contains(u'|')) {
                m_rows = 0;
                m_tableHead = m_before.toString() + u'\n' + line.toString() + u'\n';
            }
            return false;
        }
        if (!line.contains(u'|')) {
            m_rows = -1;
            return false;
        }
        if (++m_rows <= TABLE_ROWS)
            return false;
        endProse();
        m_text = m_tableHead + line + u'\n';
        m_rows = 1;
        return true;
    }
    void endProse()
    {
        if (!QStringView(m_text).trimmed().isEmpty())
            m_blocks.append({ChatBlock::Kind::Prose, withNumbersKept(m_text), {}});
        m_text.clear();
    }
    void endCode()
    {
        if (m_text.endsWith(u'\n'))
            m_text.chop(1);
        m_blocks.append({ChatBlock::Kind::Code, m_text, m_language});
        m_text.clear();
        m_open = {};
    }

    QList<ChatBlock> m_blocks;
    QString m_text;
    QString m_language;
    Fence m_open;
    bool m_afterEmpty = false;
    QStringView m_before; ///< The line before.
    bool m_isList = false;
    bool m_isNumbered = false;
    bool m_isCut = false; ///< The list began in an earlier block.
    int m_number = 0;     ///< Of the list's last item.
    QString m_tableHead;
    int m_rows = -1; ///< Of the table that is read; below 0: none is.
};

} // namespace

QList<ChatBlock> splitMarkdown(const QString &text)
{
    return Splitter().split(text);
}

} // namespace Ui
