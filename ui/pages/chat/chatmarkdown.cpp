#include "ui/pages/chat/chatmarkdown.h"

#include <algorithm>

#include <QRegularExpression>
#include <QStringView>

using namespace Qt::StringLiterals;

namespace Ui {

namespace {

/// Prose is not cut shorter than this.
constexpr qsizetype LONG_PROSE = 1500;

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
            m_language = fence.info.toString().section(u' ', 0, 0);
            m_open = fence;
            return;
        }
        if (m_afterEmpty && m_text.size() >= LONG_PROSE && beginsParagraph(line))
            endProse();
        m_afterEmpty = line.trimmed().isEmpty();
        m_text.append(line).append(u'\n');
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
};

} // namespace

QList<ChatBlock> splitMarkdown(const QString &text)
{
    return Splitter().split(text);
}

} // namespace Ui
