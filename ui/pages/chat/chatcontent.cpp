#include "ui/pages/chat/chatcontent.h"

#include <algorithm>

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace Ui {

namespace {

/// 12 as "¹²".
QString raised(int number)
{
    static constexpr char16_t digits[] = u"⁰¹²³⁴⁵⁶⁷⁸⁹";
    QString text;
    for (const QChar digit : QString::number(number))
        text += QChar(digits[digit.digitValue()]);
    return text;
}

QString marksOf(const ChatCitation &citation)
{
    QString marks;
    for (const int source : citation.sources)
        marks += (marks.isEmpty() ? QString() : u"˒"_s) + raised(source + 1);
    return marks;
}

QJsonObject partObject(const ChatPart &part)
{
    QJsonObject object;
    if (part.kind == ChatPart::Kind::Data) {
        object["inlineData"_L1] = QJsonObject{{u"mimeType"_s, part.mimeType},
                                              {u"data"_s, QString::fromLatin1(part.data.toBase64())}};
        if (!part.name.isEmpty())
            object["name"_L1] = part.name;
    } else {
        object["text"_L1] = part.text;
    }
    if (part.kind == ChatPart::Kind::Thought)
        object["thought"_L1] = true;
    if (part.kind == ChatPart::Kind::Call)
        object["call"_L1] = true;
    if (!part.signature.isEmpty())
        object["thoughtSignature"_L1] = QString::fromLatin1(part.signature);
    return object;
}

ChatPart partOf(const QJsonObject &object)
{
    ChatPart part;
    part.text = object["text"_L1].toString();
    part.name = object["name"_L1].toString();
    part.signature = object["thoughtSignature"_L1].toString().toLatin1();
    const QJsonObject data = object["inlineData"_L1].toObject();
    if (!data.isEmpty()) {
        part.kind = ChatPart::Kind::Data;
        part.mimeType = data["mimeType"_L1].toString();
        part.data = QByteArray::fromBase64(data["data"_L1].toString().toLatin1());
    } else if (object["thought"_L1].toBool()) {
        part.kind = ChatPart::Kind::Thought;
    } else if (object["call"_L1].toBool()) {
        part.kind = ChatPart::Kind::Call;
    }
    return part;
}

QJsonArray citationArray(const QList<ChatCitation> &citations)
{
    QJsonArray array;
    for (const ChatCitation &citation : citations) {
        QJsonArray sources;
        for (const int source : citation.sources)
            sources.append(source);
        array.append(QJsonObject{{u"end"_s, qint64(citation.end)}, {u"sources"_s, sources}});
    }
    return array;
}

} // namespace

void addText(ChatTurn &turn, ChatPart::Kind kind, const QString &text)
{
    if (text.isEmpty())
        return;
    if (turn.parts.isEmpty() || turn.parts.last().kind != kind || !turn.parts.last().signature.isEmpty()) {
        ChatPart part;
        part.kind = kind;
        turn.parts.append(part);
    }
    turn.parts.last().text += text;
}

QString textOf(const ChatTurn &turn, ChatPart::Kind kind)
{
    QString text;
    for (const ChatPart &part : turn.parts) {
        if (part.kind == kind)
            text += part.text;
    }
    return text;
}

QString dataUrlOf(const ChatPart &part)
{
    return "data:"_L1 + part.mimeType + ";base64,"_L1 + QString::fromLatin1(part.data.toBase64());
}

QString citedTextOf(const ChatTurn &turn)
{
    if (turn.citations.isEmpty())
        return textOf(turn);
    const QByteArray text = textOf(turn).toUtf8();
    QList<ChatCitation> citations = turn.citations;
    std::stable_sort(citations.begin(), citations.end(),
                     [](const ChatCitation &a, const ChatCitation &b) { return a.end < b.end; });
    QString cited;
    qsizetype from = 0;
    for (const ChatCitation &citation : citations) {
        qsizetype to = std::clamp(citation.end, from, text.size());
        while (to < text.size() && (static_cast<unsigned char>(text[to]) & 0xC0) == 0x80)
            ++to; // not inside a letter
        cited += QString::fromUtf8(text.mid(from, to - from)) + marksOf(citation);
        from = to;
    }
    return cited + QString::fromUtf8(text.mid(from));
}

QByteArray contentOf(const ChatTurn &turn)
{
    QJsonArray parts;
    for (const ChatPart &part : turn.parts)
        parts.append(partObject(part));
    QJsonObject content{{u"parts"_s, parts}};
    QJsonArray sources;
    for (const ChatSource &source : turn.sources)
        sources.append(QJsonObject{{u"title"_s, source.title}, {u"uri"_s, source.uri}});
    if (!sources.isEmpty())
        content["sources"_L1] = sources;
    if (!turn.citations.isEmpty())
        content["citations"_L1] = citationArray(turn.citations);
    if (turn.thoughtMs >= 0)
        content["thought_ms"_L1] = turn.thoughtMs;
    return QJsonDocument(content).toJson(QJsonDocument::Compact);
}

ChatTurn turnOf(bool isUser, const QByteArray &content)
{
    const QJsonObject object = QJsonDocument::fromJson(content).object();
    ChatTurn turn;
    turn.isUser = isUser;
    for (const QJsonValue part : object["parts"_L1].toArray())
        turn.parts.append(partOf(part.toObject()));
    for (const QJsonValue value : object["sources"_L1].toArray()) {
        const QJsonObject source = value.toObject();
        turn.sources.append({source["title"_L1].toString(), source["uri"_L1].toString()});
    }
    for (const QJsonValue value : object["citations"_L1].toArray()) {
        ChatCitation citation{qsizetype(value.toObject()["end"_L1].toInteger()), {}};
        for (const QJsonValue source : value.toObject()["sources"_L1].toArray())
            citation.sources.append(source.toInt());
        turn.citations.append(citation);
    }
    turn.thoughtMs = object["thought_ms"_L1].toInteger(-1);
    return turn;
}

} // namespace Ui
