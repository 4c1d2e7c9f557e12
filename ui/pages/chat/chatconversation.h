#pragma once

#include <functional>
#include <vector>

#include <QObject>
#include <QPointer>

#include "gateway/control/control.h"
#include "ui/pages/chat/chatclient.h"
#include "ui/pages/chat/chatoptions.h"

class QTimer;

namespace Ui {

/// One message of a conversation, as it is shown.
struct ChatItem
{
    ChatTurn turn;
    QString model; ///< That answered.
    ChatUsage usage;
    QString keyLabel;
    ChatFailure failure;   ///< How the answer failed; not set: it did not.
    qint64 failedAtMs = 0; ///< ms since 1970 UTC; 0: in an earlier run of the program.
    bool isStreaming = false;
};

/// A conversation: what was said, asking on, and keeping it in the store. Its first question puts a new one
/// there.
class ChatConversation final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ChatConversation)

public:
    /// `row` with id 0 is a new one. All of it outlives this.
    ChatConversation(Gateway::Control &control, ChatClient &client, Gateway::ChatRow row,
                     QObject *parent = nullptr);
    /// What an answer on its way has brought is kept.
    ~ChatConversation() override;

    /// Reads the messages; opened() or loadFailed() tells the end.
    void load();

    Gateway::ChatId id() const { return m_row.id; }
    const Gateway::ChatRow &row() const { return m_row; }
    QString title() const { return QString::fromStdString(m_row.title); }
    QString model() const { return QString::fromStdString(m_row.model); }
    ChatOptions options() const { return optionsOf(m_row.settings); }
    const std::vector<ChatItem> &items() const { return m_items; }
    bool isStreaming() const { return !m_stream.isNull(); }

    /// Asks on; nothing while an answer is on its way or without a model.
    void ask(ChatTurn question);
    /// Asks again what led to this answer; it and what follows go.
    void askAgain(int answer);
    /// Puts another question in place of this one; what follows goes.
    void edit(int question, ChatTurn turn);
    void stop();

    void setTitle(const QString &title);
    void setModel(const QString &model);
    void setSystem(const QString &system);
    void setOptions(const ChatOptions &options);

Q_SIGNALS:
    void opened();
    void loadFailed(const Gateway::Error &error);
    void added(int index);
    /// More text, or what stands below it; at most 12 times a second while an answer comes.
    void changed(int index);
    void truncated(int from);
    /// Title, model, system text or options.
    void rowChanged();
    void streamingChanged();
    /// It got its id.
    void stored();
    /// Something could not be kept.
    void storeFailed(const Gateway::Error &error);

private:
    void take(const Gateway::ChatDetail &detail);
    void truncate(int from);
    void start();
    void finishStream();
    void findKey(int index, const QString &requestId);
    void save(int index);
    void patch(Gateway::ChatPatch patch);
    /// Runs it once the conversation is in the store.
    void whenStored(std::function<void()> call);
    void create();
    template <typename T>
    Gateway::Reply<T> telling();

    Gateway::Control &m_control;
    ChatClient &m_client;
    Gateway::ChatRow m_row;
    std::vector<ChatItem> m_items;
    QPointer<ChatStream> m_stream;
    QTimer *m_tick;
    std::vector<std::function<void()>> m_waiting;
    bool m_isCreating = false;
};

/// The store's form of a message, and back.
Gateway::ChatMessage messageOf(const ChatItem &item, int position);
ChatItem itemOf(const Gateway::ChatMessage &message);

} // namespace Ui
