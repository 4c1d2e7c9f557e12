#include "ui/pages/clients/envedit.h"

#include <vector>

#include <QRegularExpression>

#include "ui/pages/clients/textlines.h"

using namespace Gateway;
using namespace Qt::StringLiterals;

namespace Ui {

namespace {

struct EnvLine
{
    qsizetype line = 0;
    QString head; ///< "export NAME="
    QString name;
    QString value; ///< Without quotes.
    QString tail;  ///< A comment behind it, with its blanks.
};

/// A value that begins with a quote and does not end on its line goes on over the next ones.
constexpr auto LINE = R"re(^(\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_.]*)\s*=[ \t]*))re"
                      R"re((?:"((?:[^"\\]|\\.)*)"|'([^']*)'|`([^`]*)`|([^"'`#][^#]*?|))(\s*|\s+#.*)$)re";

Result<std::vector<EnvLine>> envLines(const QStringList &lines)
{
    static const QRegularExpression pattern(QLatin1StringView{LINE});
    static const QRegularExpression assignment(
        u"^\\s*(?:export\\s+)?[A-Za-z_][A-Za-z0-9_.]*\\s*=\\s*[\"'`]"_s);
    std::vector<EnvLine> found;
    for (qsizetype i = 0; i < lines.size(); ++i) {
        const QRegularExpressionMatch match = pattern.match(lines[i]);
        if (match.hasMatch())
            found.push_back({i, match.captured(1), match.captured(2),
                             match.captured(3) + match.captured(4) + match.captured(5) + match.captured(6),
                             match.captured(7)});
        else if (assignment.match(lines[i]).hasMatch())
            return ConfigRefusal::unsafe(lines[i].section(u'=', 0, 0).trimmed());
    }
    return found;
}

QString quoted(const QString &value)
{
    static const QRegularExpression plain(u"^[A-Za-z0-9_./:@%+,-]*$"_s);
    if (plain.match(value).hasMatch())
        return value;
    return value.contains(u'\'') ? u'"' + value + u'"' : u'\'' + value + u'\'';
}

} // namespace

Result<QString> withEnvValue(const QString &text, const QString &name, const QString &value)
{
    TextLines file(text);
    const Result<std::vector<EnvLine>> lines = envLines(file.lines);
    if (!lines)
        return fail(lines.error());
    const EnvLine *last = nullptr;
    for (const EnvLine &line : *lines) {
        if (line.name == name)
            last = &line;
    }
    if (!last)
        file.append(name + u'=' + quoted(value));
    else if (last->value != value)
        file.lines[last->line] = last->head + quoted(value) + last->tail;
    return file.joined();
}

Result<QString> withoutEnvValue(const QString &text, const QString &name)
{
    TextLines file(text);
    const Result<std::vector<EnvLine>> lines = envLines(file.lines);
    if (!lines)
        return fail(lines.error());
    for (auto line = lines->rbegin(); line != lines->rend(); ++line) {
        if (line->name == name)
            file.lines.removeAt(line->line);
    }
    return file.joined();
}

std::optional<QString> envValue(const QString &text, const QString &name)
{
    const Result<std::vector<EnvLine>> lines = envLines(TextLines(text).lines);
    std::optional<QString> value;
    if (!lines)
        return value;
    for (const EnvLine &line : *lines) {
        if (line.name == name)
            value = line.value;
    }
    return value;
}

} // namespace Ui
