#pragma once

#include <cstdint>

#include <QByteArray>
#include <QList>
#include <QString>

namespace Ui {

/// A piece of what one side said.
struct ChatPart
{
    enum class Kind : std::uint8_t { Text, Thought, Data, Call };

    Kind kind = Kind::Text;
    QString text;         ///< Text, thought, or a call as "name(arguments)".
    QByteArray data;      ///< Of a picture or file, as it is.
    QString mimeType;     ///< Of `data`.
    QString name;         ///< File name of `data`, or empty.
    QByteArray signature; ///< Google's thought signature, handed back as it came.

    bool operator==(const ChatPart &) const = default;
};

/// A page that an answer rests on.
struct ChatSource
{
    QString title;
    QString uri;

    bool operator==(const ChatSource &) const = default;
};

/// Places in the answer's text where sources are named: right behind `end` UTF-8 bytes of its text.
struct ChatCitation
{
    qsizetype end = 0;
    QList<int> sources; ///< Places in the list of sources.

    bool operator==(const ChatCitation &) const = default;
};

/// All that one side said at a time.
struct ChatTurn
{
    bool isUser = true;
    QList<ChatPart> parts;
    QList<ChatSource> sources;
    QList<ChatCitation> citations;
    qint64 thoughtMs = -1; ///< How long it thought before its first word; -1: not known.

    bool operator==(const ChatTurn &) const = default;
};

/// Adds to the last part when that is of the same kind, so that a stream makes few.
void addText(ChatTurn &turn, ChatPart::Kind kind, const QString &text);

/// All text, or all thoughts, of a turn.
QString textOf(const ChatTurn &turn, ChatPart::Kind kind = ChatPart::Kind::Text);

/// A picture or file as RFC 2397 writes it.
QString dataUrlOf(const ChatPart &part);

/// The text with small raised numbers where sources are named.
QString citedTextOf(const ChatTurn &turn);

/// As Gateway::ChatMessage::content has it, and back; what is no such JSON gives an empty turn of the user.
QByteArray contentOf(const ChatTurn &turn);
ChatTurn turnOf(bool isUser, const QByteArray &content);

} // namespace Ui
