#include "ui/pages/clients/yamledit.h"

#include <vector>

#include <QRegularExpression>

#include "ui/pages/clients/jsonedit.h"
#include "ui/pages/clients/jsonscan.h"
#include "ui/pages/clients/textlines.h"

using namespace Gateway;
using namespace Qt::StringLiterals;

namespace Ui {

namespace {

/// "key: value # remark" at some column.
struct Entry
{
    qsizetype line = -1;
    QString head; ///< Up to the value.
    QString value;
    QString remark; ///< With the blanks before it.
};

/// Lines [first, end) and the column its keys stand in.
struct Block
{
    qsizetype first = 0;
    qsizetype end = 0;
    qsizetype column = 0;
};

bool isBlankOrComment(const QString &line)
{
    const QString text = line.trimmed();
    return text.isEmpty() || text.startsWith(u'#');
}

qsizetype indentOf(const QString &line)
{
    qsizetype indent = 0;
    while (indent < line.size() && line[indent] == u' ')
        ++indent;
    return indent;
}

bool isItem(const QString &line, qsizetype indent)
{
    return indentOf(line) == indent && line.size() > indent && line[indent] == u'-' &&
           (line.size() == indent + 1 || line[indent + 1] == u' ');
}

QString unquoted(const QString &value)
{
    if (value.size() >= 2 && value.startsWith(u'"') && value.endsWith(u'"'))
        return unquotedJson(value);
    if (value.size() >= 2 && value.startsWith(u'\'') && value.endsWith(u'\''))
        return value.mid(1, value.size() - 2).replace("''"_L1, "'"_L1);
    return value;
}

QString quoted(const QString &value)
{
    static const QRegularExpression plain(
        u"^(?:[A-Za-z/.][A-Za-z0-9_./@+ -]*(?::[A-Za-z0-9_./@+-]+)*|\\d+\\.\\d+\\.\\d+)$"_s);
    static const QRegularExpression word(u"^(?:true|false|yes|no|on|off|null|nan|\\.inf|\\.nan)$"_s,
                                         QRegularExpression::CaseInsensitiveOption);
    return plain.match(value).hasMatch() && !word.match(value).hasMatch() && !value.endsWith(u' ')
               ? value
               : jsonString(value);
}

/// The entry of `key` among the lines whose keys stand in the block's column; its "- " counts as blanks.
std::optional<Entry> entryOf(const QStringList &lines, const Block &block, const QString &key)
{
    static const QRegularExpression entry(
        u"^([ -]*)(\"[^\"]*\"|'[^']*'|[^\\s#:\"'][^:]*?)(\\s*:)(?:(\\s+)(\"(?:[^\"\\\\]|\\\\.)*\"|'(?:[^']|'')*'|[^\\s#].*?))?((?:\\s+#.*)?)\\s*$"_s);
    for (qsizetype i = block.first; i < block.end; ++i) {
        const QRegularExpressionMatch match = entry.match(lines[i]);
        if (!match.hasMatch() || match.capturedLength(1) != block.column ||
            unquoted(match.captured(2)) != key)
            continue;
        const QString gap = match.captured(4).isEmpty() ? u" "_s : match.captured(4);
        return Entry{i, match.captured(1) + match.captured(2) + match.captured(3) + gap, match.captured(5),
                     match.captured(6)};
    }
    return std::nullopt;
}

/// One line at the end of the part that counts: before "..." and trailing blanks.
qsizetype contentEnd(const QStringList &lines, qsizetype first, qsizetype end)
{
    while (end > first && isBlankOrComment(lines[end - 1]))
        --end;
    return end;
}

Block rootOf(const QStringList &lines)
{
    Block root{0, lines.size(), 0};
    for (qsizetype i = 0; i < lines.size(); ++i) {
        if (lines[i].trimmed() == "..."_L1)
            root.end = i;
    }
    return root;
}

/// What is below the entry: more indented lines, and for a list its items in the entry's own column.
Block below(const QStringList &lines, const Block &outer, const Entry &entry)
{
    Block inner{entry.line + 1, entry.line + 1, 0};
    while (inner.end < outer.end &&
           (isBlankOrComment(lines[inner.end]) || indentOf(lines[inner.end]) > outer.column ||
            isItem(lines[inner.end], outer.column)))
        ++inner.end;
    inner.end = contentEnd(lines, inner.first, inner.end);
    for (qsizetype i = inner.end - 1; i >= inner.first; --i) {
        if (!isBlankOrComment(lines[i]))
            inner.column = indentOf(lines[i]);
    }
    return inner;
}

/// The item whose entry of the selector "name=X" has that value.
std::optional<Block> itemOf(const QStringList &lines, const Block &list, const QString &selector)
{
    const QString name = selector.section(u'=', 0, 0);
    for (qsizetype i = list.first; i < list.end; ++i) {
        if (!isItem(lines[i], list.column))
            continue;
        Block item{i, i + 1, list.column + 1};
        while (item.column < lines[i].size() && lines[i][item.column] == u' ')
            ++item.column;
        while (item.end < list.end && !isItem(lines[item.end], list.column))
            ++item.end;
        item.end = contentEnd(lines, item.first, item.end);
        const std::optional<Entry> entry = entryOf(lines, item, name);
        if (entry && unquoted(entry->value) == selector.section(u'=', 1))
            return item;
    }
    return std::nullopt;
}

/// Whether line-wise changes are safe at all: one document, a mapping, no tabs before its words.
Result<void> checkFile(const QStringList &lines)
{
    static const QRegularExpression top(
        u"^(?:[^\\s#:\\[\\]{}&*!|>%@`,][^:]*:(?:\\s|$)|\"[^\"]*\"\\s*:|'[^']*'\\s*:|---\\s*$|---\\s+#|\\.\\.\\.|%|- |-$)"_s);
    int documents = 0;
    for (qsizetype i = 0; i < lines.size(); ++i) {
        QString line = lines[i];
        if (i == 0 && line.startsWith(QChar::ByteOrderMark))
            line.remove(0, 1);
        if (isBlankOrComment(line))
            continue;
        documents += line.startsWith("---"_L1) ? 1 : 0;
        if (line.startsWith(u'\t') || documents > 1 || (line[0] != u' ' && !top.match(line).hasMatch()))
            return ConfigRefusal::invalid(u"YAML"_s, static_cast<int>(i) + 1);
    }
    return {};
}

Result<void> setEntry(QStringList &lines, const Block &outer, Entry entry, const QString &value)
{
    const Block inner = below(lines, outer, entry);
    static const QRegularExpression complex(u"^[\\[{&*!|>]"_s);
    if (inner.end > inner.first || complex.match(entry.value).hasMatch())
        return ConfigRefusal::unsafe(entry.head.section(u':', 0, 0).trimmed());
    if (unquoted(entry.value) != value)
        lines[entry.line] = entry.head + quoted(value) + entry.remark;
    return {};
}

Result<void> setInList(QStringList &lines, const QStringList &path, const QString &value)
{
    const Block root = rootOf(lines);
    const QString name = path[1].section(u'=', 0, 0) + ": "_L1 + quoted(path[1].section(u'=', 1));
    const QString line = path[2] + ": "_L1 + quoted(value);
    const std::optional<Entry> entry = entryOf(lines, root, path[0]);
    if (!entry) {
        const qsizetype end = root.end;
        const QStringList added{path[0] + u':', "  - "_L1 + name, "    "_L1 + line};
        for (qsizetype i = 0; i < added.size(); ++i)
            lines.insert(end + i, added[i]);
        return {};
    }
    if (!entry->value.isEmpty() && entry->value != "[]"_L1)
        return ConfigRefusal::unsafe(path[0]);
    if (entry->value == "[]"_L1)
        lines[entry->line] = entry->head.trimmed() + entry->remark;
    const Block list = below(lines, root, *entry);
    const qsizetype column = list.end > list.first ? list.column : 2;
    if (list.end > list.first && !isItem(lines[list.end - 1], column) &&
        indentOf(lines[list.end - 1]) <= column)
        return ConfigRefusal::unsafe(path[0]);
    if (const std::optional<Block> item = itemOf(lines, list, path[1])) {
        if (std::optional<Entry> known = entryOf(lines, *item, path[2]))
            return setEntry(lines, *item, std::move(*known), value);
        lines.insert(item->end, QString(item->column, u' ') + line);
        return {};
    }
    lines.insert(list.end, QString(column, u' ') + "- "_L1 + name);
    lines.insert(list.end + 1, QString(column + 2, u' ') + line);
    return {};
}

} // namespace

Result<QString> withYamlValue(const QString &text, const QStringList &path, const QString &value)
{
    TextLines file(text);
    Result<void> done = checkFile(file.lines);
    if (done && path.size() == 3) {
        done = setInList(file.lines, path, value);
    } else if (done) {
        const Block root = rootOf(file.lines);
        if (std::optional<Entry> entry = entryOf(file.lines, root, path.first()))
            done = setEntry(file.lines, root, std::move(*entry), value);
        else
            file.lines.insert(root.end, path.first() + ": "_L1 + quoted(value));
    }
    if (!done)
        return fail(done.error());
    file.isEnded = file.isEnded || file.joined() != text;
    return file.joined();
}

Result<QString> withoutYamlValue(const QString &text, const QStringList &path)
{
    TextLines file(text);
    if (const Result<void> good = checkFile(file.lines); !good)
        return fail(good.error());
    const Block root = rootOf(file.lines);
    const std::optional<Entry> entry = entryOf(file.lines, root, path.first());
    if (!entry)
        return text;
    Block gone = below(file.lines, root, *entry);
    if (path.size() == 1) {
        --gone.first;
    } else {
        const Block list = gone;
        const std::optional<Block> item = itemOf(file.lines, list, path[1]);
        if (!item)
            return text;
        gone = *item;
        // A list without items would read as null.
        if (item->first == list.first && item->end == list.end)
            file.lines[entry->line] = entry->head.trimmed() + " []"_L1 + entry->remark;
    }
    file.lines.erase(file.lines.begin() + gone.first, file.lines.begin() + gone.end);
    return file.joined();
}

std::optional<QString> yamlValue(const QString &text, const QStringList &path)
{
    const QStringList lines = TextLines(text).lines;
    const Block root = rootOf(lines);
    std::optional<Entry> entry = entryOf(lines, root, path.first());
    if (!entry)
        return std::nullopt;
    if (path.size() > 1) {
        const std::optional<Block> item = itemOf(lines, below(lines, root, *entry), path[1]);
        if (!item)
            return std::nullopt;
        if (path.size() == 2)
            return path[1].section(u'=', 1);
        entry = entryOf(lines, *item, path[2]);
    }
    return entry ? std::optional(unquoted(entry->value)) : std::nullopt;
}

} // namespace Ui
