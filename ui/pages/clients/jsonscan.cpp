#include "ui/pages/clients/jsonscan.h"

#include <algorithm>

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace Ui {

namespace {

constexpr int MAX_DEPTH = 200;

} // namespace

const JsonMember *JsonObject::find(const QString &name) const
{
    const auto found = std::find_if(members.rbegin(), members.rend(),
                                    [&](const JsonMember &member) { return member.name == name; });
    return found == members.rend() ? nullptr : &*found;
}

JsonScan::JsonScan(const QString &text)
    : m_text(text)
{
}

std::nullopt_t JsonScan::wrong(qsizetype at)
{
    m_errorAt = std::max(m_errorAt, at);
    return std::nullopt;
}

qsizetype JsonScan::skipBlank(qsizetype at) const
{
    while (at < m_text.size()) {
        if (m_text[at].isSpace() || m_text[at] == QChar::ByteOrderMark) {
            ++at;
        } else if (isAt("//"_L1, at)) {
            const qsizetype end = m_text.indexOf(u'\n', at);
            at = end < 0 ? m_text.size() : end;
        } else if (isAt("/*"_L1, at)) {
            const qsizetype end = m_text.indexOf("*/"_L1, at + 2);
            at = end < 0 ? m_text.size() : end + 2;
        } else {
            break;
        }
    }
    return at;
}

std::optional<qsizetype> JsonScan::skipString(qsizetype at)
{
    if (charAt(at) != u'"')
        return wrong(at);
    for (qsizetype i = at + 1; i < m_text.size() && m_text[i] != u'\n'; ++i) {
        if (m_text[i] == u'\\')
            ++i;
        else if (m_text[i] == u'"')
            return i + 1;
    }
    return wrong(at);
}

std::optional<qsizetype> JsonScan::skipWord(qsizetype at)
{
    static const QRegularExpression word(
        u"\\G(?:true|false|null|-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)(?![A-Za-z0-9_.])"_s);
    const QRegularExpressionMatch match = word.match(m_text, at, QRegularExpression::NormalMatch,
                                                     QRegularExpression::AnchorAtOffsetMatchOption);
    return match.hasMatch() ? std::optional(match.capturedEnd()) : wrong(at);
}

std::optional<qsizetype> JsonScan::skipArray(qsizetype at, int depth)
{
    at = skipBlank(at + 1);
    while (charAt(at) != u']') {
        const std::optional<qsizetype> end = skipValue(at, depth + 1);
        if (!end)
            return std::nullopt;
        at = skipBlank(*end);
        if (charAt(at) == u',')
            at = skipBlank(at + 1);
        else if (charAt(at) != u']')
            return wrong(at);
    }
    return at + 1;
}

std::optional<qsizetype> JsonScan::skipValue(qsizetype at, int depth)
{
    if (depth > MAX_DEPTH)
        return wrong(at);
    if (charAt(at) == u'"')
        return skipString(at);
    if (charAt(at) == u'[')
        return skipArray(at, depth);
    if (charAt(at) != u'{')
        return skipWord(at);
    const std::optional<JsonObject> found = object(at, depth);
    return found ? std::optional(found->close + 1) : std::nullopt;
}

std::optional<JsonObject> JsonScan::object(qsizetype at, int depth)
{
    JsonObject object;
    object.open = at;
    at = skipBlank(at + 1);
    while (charAt(at) != u'}') {
        const std::optional<qsizetype> nameEnd = skipString(at);
        if (!nameEnd)
            return std::nullopt;
        const qsizetype colon = skipBlank(*nameEnd);
        if (charAt(colon) != u':')
            return wrong(colon);
        const qsizetype value = skipBlank(colon + 1);
        const std::optional<qsizetype> end = skipValue(value, depth + 1);
        if (!end)
            return std::nullopt;
        object.members.push_back({unquotedJson(QStringView(m_text).mid(at, *nameEnd - at)), at, value, *end});
        at = skipBlank(*end);
        if (charAt(at) == u',')
            at = skipBlank(at + 1);
        else if (charAt(at) != u'}')
            return wrong(at);
    }
    object.close = at;
    return object;
}

QString unquotedJson(QStringView quoted)
{
    QString text;
    for (qsizetype i = 1; i + 1 < quoted.size(); ++i) {
        if (quoted[i] != u'\\') {
            text += quoted[i];
            continue;
        }
        ++i;
        constexpr QStringView escapes = u"bfnrt";
        constexpr QStringView meanings = u"\b\f\n\r\t";
        if (quoted[i] == u'u') {
            text += QChar(quoted.mid(i + 1, 4).toUShort(nullptr, 16));
            i += 4;
        } else if (const qsizetype known = escapes.indexOf(quoted[i]); known >= 0) {
            text += meanings[known];
        } else {
            text += quoted[i];
        }
    }
    return text;
}

} // namespace Ui
