#include "ui/pages/clients/tomledit.h"

#include <algorithm>

#include <QRegularExpression>

#include "ui/pages/clients/jsonedit.h"
#include "ui/pages/clients/textlines.h"
#include "ui/pages/clients/tomlscan.h"

using namespace Gateway;
using namespace Qt::StringLiterals;

namespace Ui {

namespace {

using Statements = std::vector<TomlStatement>;

bool startsWith(const QStringList &path, const QStringList &head)
{
    return path.size() >= head.size() && std::equal(head.begin(), head.end(), path.begin());
}

QString keyText(const QString &key)
{
    static const QRegularExpression bare(u"^[A-Za-z0-9_-]+$"_s);
    return bare.match(key).hasMatch() ? key : jsonString(key);
}

QString headerText(const QStringList &table)
{
    QStringList keys;
    for (const QString &key : table)
        keys += keyText(key);
    return u'[' + keys.join(u'.') + u']';
}

QString lineEndOf(const QString &text)
{
    return text.contains("\r\n"_L1) ? u"\r\n"_s : u"\n"_s;
}

/// The start of the next line, or the text's end.
qsizetype nextLine(const QString &text, qsizetype at)
{
    const qsizetype end = text.indexOf(u'\n', at);
    return end < 0 ? text.size() : end + 1;
}

const TomlStatement *findValue(const Statements &statements, const QStringList &path)
{
    const auto found =
        std::find_if(statements.begin(), statements.end(), [&](const TomlStatement &statement) {
            return !statement.isHeader && statement.path == path;
        });
    return found == statements.end() ? nullptr : &*found;
}

/// Whether a table on the way is an array of tables or a value on one line.
bool isOtherwise(const Statements &statements, const QStringList &path)
{
    return std::any_of(statements.begin(), statements.end(), [&](const TomlStatement &statement) {
        return statement.isHeader ? statement.isArrayHeader && startsWith(path, statement.path)
                                  : statement.path.size() < path.size() && startsWith(path, statement.path);
    });
}

/// Behind the last key that stands in the table itself; -1 when the table has no header.
qsizetype endOfTable(const QString &text, const Statements &statements, const QStringList &table)
{
    qsizetype end = -1;
    bool isInside = table.isEmpty();
    for (const TomlStatement &statement : statements) {
        if (statement.isHeader)
            isInside = statement.path == table;
        if (isInside)
            end = nextLine(text, statement.valueEnd);
    }
    return end;
}

/// Where the first key of a file goes: below the words at its top.
qsizetype behindTopComment(const QString &text)
{
    static const QRegularExpression comment(u"\\A\\x{FEFF}?(?:[ \\t]*#[^\\n]*\\n)+(?=[ \\t]*\\r?\\n|\\z)"_s);
    return comment.match(text).capturedLength();
}

QString inserted(QString text, qsizetype at, const QString &line)
{
    const QString end = lineEndOf(text);
    if (at > 0 && text[at - 1] != u'\n')
        return text.insert(at, end + line + end);
    return text.insert(at, line + end);
}

} // namespace

Result<QString> withTomlValue(const QString &text, const QStringList &path, const QString &value)
{
    const Result<Statements> statements = tomlStatements(text);
    if (!statements)
        return fail(statements.error());
    if (const TomlStatement *there = findValue(*statements, path)) {
        QString changed = text;
        if (tomlValue(text, path) == value)
            return changed;
        return changed.replace(there->valueStart, there->valueEnd - there->valueStart, jsonString(value));
    }
    if (isOtherwise(*statements, path))
        return ConfigRefusal::unsafe(path.first());
    const QStringList table = path.first(path.size() - 1);
    const QString line = keyText(path.last()) + " = "_L1 + jsonString(value);
    const QString end = lineEndOf(text);
    qsizetype at = endOfTable(text, *statements, table);
    if (at >= 0)
        return inserted(text, at, line);
    if (!table.isEmpty())
        return inserted(text, text.size(),
                        (text.trimmed().isEmpty() ? QString() : end) + headerText(table) + end + line);
    at = behindTopComment(text);
    const QString before = at > 0 ? end : QString();
    if (at == 0 && text.startsWith(QChar::ByteOrderMark))
        return text.first(1) + line + end + end + text.mid(1);
    return inserted(text, at, before + line + (at == 0 && !text.trimmed().isEmpty() ? end : QString()));
}

Result<QString> withoutTomlValue(const QString &text, const QStringList &path)
{
    const Result<Statements> statements = tomlStatements(text);
    if (!statements)
        return fail(statements.error());
    QString changed = text;
    for (auto it = statements->rbegin(); it != statements->rend(); ++it) {
        if (!startsWith(it->path, path))
            continue;
        const qsizetype start = it->start > 0 ? text.lastIndexOf(u'\n', it->start - 1) + 1 : 0;
        changed.remove(start, nextLine(text, it->valueEnd) - start);
        // The blank line that set the table off goes with it.
        static const QRegularExpression blank(u"\\r?\\n[ \\t]*\\r?\\n\\z"_s);
        if (it->isHeader && blank.match(changed.left(start)).hasMatch())
            changed.remove(changed.lastIndexOf(u'\n', start - 2) + 1,
                           start - changed.lastIndexOf(u'\n', start - 2) - 1);
    }
    return changed;
}

std::optional<QString> tomlValue(const QString &text, const QStringList &path)
{
    const Result<Statements> statements = tomlStatements(text);
    const TomlStatement *there = statements ? findValue(*statements, path) : nullptr;
    return there ? tomlText(QStringView(text).mid(there->valueStart, there->valueEnd - there->valueStart))
                 : std::nullopt;
}

} // namespace Ui
