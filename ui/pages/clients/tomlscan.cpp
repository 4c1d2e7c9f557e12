#include "ui/pages/clients/tomlscan.h"

#include <optional>

#include <QRegularExpression>

#include "ui/pages/clients/jsonscan.h"
#include "ui/pages/clients/textlines.h"

using namespace Gateway;
using namespace Qt::StringLiterals;

namespace Ui {

namespace {

class Scan
{
public:
    explicit Scan(const QString &text)
        : m_text(text)
    {
    }

    Result<std::vector<TomlStatement>> statements();

private:
    bool header(TomlStatement &statement);
    bool keyAndValue(TomlStatement &statement);
    bool key(QStringList &path);
    bool value();
    bool string();
    bool endOfLine();
    void skip(QStringView characters)
    {
        while (m_at < m_text.size() && characters.contains(m_text[m_at]))
            ++m_at;
    }
    void skipBlankLines();
    QChar here(qsizetype ahead = 0) const
    {
        return m_at + ahead < m_text.size() ? m_text[m_at + ahead] : QChar();
    }

    QString m_text;
    qsizetype m_at = 0;
    QStringList m_table;
};

void Scan::skipBlankLines()
{
    for (;;) {
        skip(u" \t\r\n\uFEFF");
        if (here() != u'#')
            return;
        const qsizetype end = m_text.indexOf(u'\n', m_at);
        m_at = end < 0 ? m_text.size() : end;
    }
}

bool Scan::endOfLine()
{
    skip(u" \t");
    if (here() == u'#') {
        const qsizetype end = m_text.indexOf(u'\n', m_at);
        m_at = end < 0 ? m_text.size() : end;
    }
    skip(u"\r");
    return m_at >= m_text.size() || here() == u'\n';
}

bool Scan::string()
{
    const QChar quote = here();
    const bool isLong = here(1) == quote && here(2) == quote;
    const QString end = isLong ? QString(3, quote) : QString(quote);
    for (m_at += end.size(); m_at < m_text.size(); ++m_at) {
        if (here() == u'\\' && quote == u'"') {
            ++m_at;
        } else if (QStringView(m_text).mid(m_at).startsWith(end)) {
            m_at += end.size();
            // Up to two quotes may stand before the three that end it.
            while (isLong && here() == quote)
                ++m_at;
            return true;
        } else if (here() == u'\n' && !isLong) {
            return false;
        }
    }
    return false;
}

bool Scan::key(QStringList &path)
{
    static const QRegularExpression bare(u"[A-Za-z0-9_-]+"_s);
    for (;;) {
        skip(u" \t");
        const qsizetype start = m_at;
        if (here() == u'"' || here() == u'\'') {
            if (!string())
                return false;
            path += *tomlText(QStringView(m_text).mid(start, m_at - start));
        } else {
            const auto match = bare.match(m_text, m_at, QRegularExpression::NormalMatch,
                                          QRegularExpression::AnchorAtOffsetMatchOption);
            if (!match.hasMatch())
                return false;
            path += match.captured();
            m_at = match.capturedEnd();
        }
        skip(u" \t");
        if (here() != u'.')
            return true;
        ++m_at;
    }
}

/// Strings, arrays and inline tables over any lines, else up to the end of the line or a comment.
bool Scan::value()
{
    int depth = 0;
    const qsizetype start = m_at;
    while (m_at < m_text.size()) {
        const QChar c = here();
        if (c == u'"' || c == u'\'') {
            if (!string())
                return false;
            continue;
        }
        if (c == u'#' || c == u'\n' || c == u'\r') {
            if (depth == 0)
                break;
            skipBlankLines();
            continue;
        }
        if (c == u'[' || c == u'{')
            ++depth;
        if (c == u']' || c == u'}')
            --depth;
        ++m_at;
    }
    return depth == 0 && m_at > start;
}

bool Scan::header(TomlStatement &statement)
{
    statement.isHeader = true;
    statement.isArrayHeader = here(1) == u'[';
    m_at += statement.isArrayHeader ? 2 : 1;
    if (!key(statement.path) || here() != u']' || (statement.isArrayHeader && here(1) != u']'))
        return false;
    m_at += statement.isArrayHeader ? 2 : 1;
    statement.valueStart = statement.valueEnd = m_at;
    m_table = statement.path;
    return endOfLine();
}

bool Scan::keyAndValue(TomlStatement &statement)
{
    statement.path = m_table;
    if (!key(statement.path) || here() != u'=')
        return false;
    ++m_at;
    skip(u" \t");
    statement.valueStart = m_at;
    if (!value())
        return false;
    qsizetype end = m_at;
    while (end > statement.valueStart && m_text[end - 1].isSpace())
        --end;
    statement.valueEnd = end;
    return end > statement.valueStart && endOfLine();
}

Result<std::vector<TomlStatement>> Scan::statements()
{
    std::vector<TomlStatement> found;
    for (skipBlankLines(); m_at < m_text.size(); skipBlankLines()) {
        TomlStatement statement;
        statement.start = m_at;
        if (here() == u'[' ? !header(statement) : !keyAndValue(statement))
            return ConfigRefusal::invalid(u"TOML"_s,
                                          static_cast<int>(m_text.left(statement.start).count(u'\n')) + 1);
        found.push_back(std::move(statement));
    }
    return found;
}

} // namespace

Result<std::vector<TomlStatement>> tomlStatements(const QString &text)
{
    return Scan(text).statements();
}

std::optional<QString> tomlText(QStringView value)
{
    for (const QStringView quote : {QStringView(u"\"\"\""), QStringView(u"'''")}) {
        if (value.size() >= 6 && value.startsWith(quote) && value.endsWith(quote))
            return value.mid(3, value.size() - 6).toString();
    }
    if (value.size() >= 2 && value.front() == u'\'' && value.back() == u'\'')
        return value.mid(1, value.size() - 2).toString();
    // A TOML string's escapes are JSON's, but for \U and \e, which no address or token has.
    if (value.size() >= 2 && value.front() == u'"' && value.back() == u'"')
        return unquotedJson(value);
    return std::nullopt;
}

} // namespace Ui
