#include "ui/pages/clients/jsonedit.h"

#include <QRegularExpression>

#include "ui/pages/clients/jsonscan.h"
#include "ui/pages/clients/textlines.h"

using namespace Gateway;
using namespace Qt::StringLiterals;

namespace Ui {

namespace {

/// What begins the line on which `at` stands.
QString indentAt(const QString &text, qsizetype at)
{
    const qsizetype line = at > 0 ? text.lastIndexOf(u'\n', at - 1) + 1 : 0;
    qsizetype end = line;
    while (end < text.size() && (text[end] == u' ' || text[end] == u'\t'))
        ++end;
    return text.mid(line, end - line);
}

bool beginsItsLine(const QString &text, qsizetype at)
{
    const qsizetype line = at > 0 ? text.lastIndexOf(u'\n', at - 1) + 1 : 0;
    return line + indentAt(text, at).size() == at;
}

/// The file's own step of indentation.
QString unitOf(const QString &text, const JsonObject &root)
{
    if (root.members.empty() || !beginsItsLine(text, root.members.front().start))
        return u"  "_s;
    const QString indent = indentAt(text, root.members.front().start);
    return indent.isEmpty() ? u"  "_s : indent;
}

QString lineEndOf(const QString &text)
{
    return text.contains("\r\n"_L1) ? u"\r\n"_s : u"\n"_s;
}

/// Behind a comment that ends the line of `at`, so that it stays with its member.
qsizetype pastRemark(const QString &text, qsizetype at)
{
    static const QRegularExpression remark(
        u"[ \\t]*(?://[^\\r\\n]*|/\\*[^\\r\\n]*?\\*/)[ \\t]*(?=\\r?\\n)"_s);
    const QRegularExpressionMatch match = remark.match(text, at, QRegularExpression::NormalMatch,
                                                       QRegularExpression::AnchorAtOffsetMatchOption);
    return match.hasMatch() ? match.capturedEnd() : at;
}

/// The value at the rest of the path within objects of its own.
QString nested(const QStringList &path, const QString &json)
{
    QString value = json;
    for (qsizetype i = path.size() - 1; i > 0; --i)
        value = u'{' + jsonString(path[i]) + u':' + value + u'}';
    return value;
}

struct Place
{
    JsonObject root;
    JsonObject object; ///< The innermost one of the path that is there.
    QStringList rest;  ///< From the member of `object` on.
};

Result<Place> placeOf(const QString &text, const QStringList &path)
{
    JsonScan scan(text);
    const auto invalid = [&](qsizetype at) {
        return ConfigRefusal::invalid(u"JSON"_s, static_cast<int>(text.left(at).count(u'\n')) + 1);
    };
    const qsizetype start = scan.skipBlank(0);
    const std::optional<JsonObject> root =
        start < text.size() && text[start] == u'{' ? scan.object(start) : std::nullopt;
    if (!root)
        return invalid(std::max(start, scan.errorAt()));
    if (const qsizetype behind = scan.skipBlank(root->close + 1); behind < text.size())
        return invalid(behind);

    Place place{*root, *root, path};
    for (;;) {
        const JsonMember *member = place.object.find(place.rest.first());
        if (!member || place.rest.size() == 1)
            return place;
        if (text[member->valueStart] != u'{')
            return ConfigRefusal::unsafe(member->name);
        place.object = *scan.object(member->valueStart);
        place.rest.removeFirst();
    }
}

QString withNewMember(QString text, const Place &place, const QString &json)
{
    const JsonObject &object = place.object;
    const QString end = lineEndOf(text);
    const QString unit = unitOf(text, place.root);
    const QString name = jsonString(place.rest.first()) + ": "_L1;
    const QString value = nested(place.rest, json);
    const QString outer = indentAt(text, object.open);
    if (object.members.empty()) {
        QString inside = text.mid(object.open + 1, object.close - object.open - 1);
        while (!inside.isEmpty() && inside.back().isSpace())
            inside.chop(1);
        return text.replace(object.open + 1, object.close - object.open - 1,
                            inside + end + outer + unit + name + spreadJson(value, outer + unit, unit, end) +
                                end + outer);
    }
    const JsonMember &last = object.members.back();
    const qsizetype next = JsonScan(text).skipBlank(last.valueEnd);
    const bool hasComma = text[next] == u',';
    const qsizetype behind = pastRemark(text, hasComma ? next + 1 : last.valueEnd);
    const bool isSpread = beginsItsLine(text, last.start);
    const QString indent = isSpread ? indentAt(text, last.start) : outer;
    QString added = isSpread ? end + indent : u" "_s;
    added += name + spreadJson(value, indent, unit, end);
    text.insert(behind, added + (hasComma ? u","_s : QString()));
    if (!hasComma)
        text.insert(last.valueEnd, u',');
    return text;
}

/// The member and the comma that goes with it, with its line where nothing else stands on it.
QString withoutMember(QString text, const JsonObject &object, const JsonMember &member)
{
    qsizetype from = member.start;
    qsizetype to = member.valueEnd;
    const qsizetype next = JsonScan(text).skipBlank(to);
    if (text[next] == u',')
        to = next + 1;
    if (beginsItsLine(text, from)) {
        const qsizetype line = text.lastIndexOf(u'\n', from) + 1;
        const qsizetype behind = pastRemark(text, to);
        const QRegularExpressionMatch lineEnd = QRegularExpression(u"[ \\t]*\\r?\\n"_s)
                                                    .match(text, behind, QRegularExpression::NormalMatch,
                                                           QRegularExpression::AnchorAtOffsetMatchOption);
        if (lineEnd.hasMatch()) {
            from = line;
            to = lineEnd.capturedEnd();
        }
    }
    text.remove(from, to - from);
    const auto index = &member - object.members.data();
    if (index + 1 == std::ssize(object.members) && index > 0) {
        const qsizetype before = object.members[static_cast<std::size_t>(index - 1)].valueEnd;
        const qsizetype comma = JsonScan(text).skipBlank(before);
        if (comma < text.size() && text[comma] == u',')
            text.remove(comma, 1);
    }
    return text;
}

} // namespace

Result<QString> withJsonMember(const QString &text, const QStringList &path, const QString &json)
{
    QString whole = text;
    if (JsonScan(text).skipBlank(0) >= text.size())
        whole += (text.isEmpty() || text.endsWith(u'\n') ? QString() : lineEndOf(text)) + "{}"_L1 +
                 lineEndOf(text);
    const Result<Place> place = placeOf(whole, path);
    if (!place)
        return fail(place.error());
    const JsonMember *member = place->object.find(place->rest.first());
    if (!member)
        return withNewMember(whole, *place, json);
    const QString now = whole.mid(member->valueStart, member->valueEnd - member->valueStart);
    if (jsonValue(whole, path) == jsonValue(QString(u"{\"x\":"_s + json + u'}'), QStringList(u"x"_s)))
        return whole;
    return whole.replace(
        member->valueStart, now.size(),
        spreadJson(json, indentAt(whole, member->start), unitOf(whole, place->root), lineEndOf(whole)));
}

Result<QString> withoutJsonMember(const QString &text, const QStringList &path)
{
    if (JsonScan(text).skipBlank(0) >= text.size())
        return text;
    const Result<Place> place = placeOf(text, path);
    if (!place)
        return fail(place.error());
    const JsonMember *member = place->rest.size() == 1 ? place->object.find(place->rest.first()) : nullptr;
    return member ? withoutMember(text, place->object, *member) : text;
}

std::optional<QString> jsonValue(const QString &text, const QStringList &path)
{
    const Result<Place> place = placeOf(text, path);
    const JsonMember *member =
        place && place->rest.size() == 1 ? place->object.find(place->rest.first()) : nullptr;
    if (!member)
        return std::nullopt;
    const QStringView value =
        QStringView(text).mid(member->valueStart, member->valueEnd - member->valueStart);
    if (value.startsWith(u'"'))
        return unquotedJson(value);
    static const QRegularExpression blanks(u"\\s+(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)"_s);
    return value.toString().remove(blanks);
}

QString jsonString(const QString &text)
{
    QString quoted = u"\""_s;
    for (const QChar c : text) {
        if (c == u'"' || c == u'\\')
            quoted += u'\\';
        if (c.unicode() < 0x20)
            quoted += "\\u"_L1 + QString::number(c.unicode(), 16).rightJustified(4, u'0');
        else
            quoted += c;
    }
    return quoted + u'"';
}

QString spreadJson(const QString &json, const QString &indent, const QString &unit, const QString &lineEnd)
{
    QString spread;
    int depth = 0;
    bool isInString = false;
    const auto breakLine = [&] { spread += lineEnd + indent + unit.repeated(depth); };
    for (qsizetype i = 0; i < json.size(); ++i) {
        const QChar c = json[i];
        if (isInString) {
            spread += c;
            if (c == u'\\')
                spread += json[++i];
            isInString = c != u'"';
            continue;
        }
        const bool isEmpty = i + 1 < json.size() && (json[i + 1] == u'}' || json[i + 1] == u']');
        if (c == u'{' || c == u'[') {
            spread += c;
            if (isEmpty) {
                spread += json[++i];
                continue;
            }
            ++depth;
            breakLine();
        } else if (c == u'}' || c == u']') {
            --depth;
            breakLine();
            spread += c;
        } else if (c == u',') {
            spread += c;
            breakLine();
        } else if (c == u':') {
            spread += ": "_L1;
        } else {
            isInString = c == u'"';
            spread += c;
        }
    }
    return spread;
}

} // namespace Ui
