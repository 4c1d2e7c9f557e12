#pragma once

#include <cstdint>
#include <functional>
#include <unordered_map>
#include <vector>

#include <QAbstractListModel>

#include "gateway/control/control.h"

namespace Ui {

/// What goes on in a conversation that is not open.
enum class ChatActivity : std::uint8_t {
    None,
    Answering, ///< An answer is on its way.
    Unread     ///< An answer has come and was not looked at.
};

/// The conversations, the last used first, under headings by their day. Reads them a page at a time and again
/// after each change; rows that stay are never made anew.
class ChatListModel final : public QAbstractListModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ChatListModel)

public:
    enum DataRole : int {
        ChatId = Qt::UserRole, ///< 0 for a heading.
        IsHeading,             ///< bool
        Moment,                ///< QString: when it was last used.
        Activity,              ///< ChatActivity, as int.
    };

    /// `now` tells the moment, ms since 1970 UTC.
    ChatListModel(Gateway::Control &control, std::function<qint64()> now, QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    bool canFetchMore(const QModelIndex &parent) const override;
    void fetchMore(const QModelIndex &parent) override;

    void search(const QString &words);
    const QString &words() const { return m_words; }
    void refresh();

    void setActivity(Gateway::ChatId id, ChatActivity activity);

    /// The row of a conversation, -1: not there.
    int rowOf(Gateway::ChatId id) const;
    /// Null for a heading.
    const Gateway::ChatRow *chatAt(int row) const;
    /// The nearest conversation to a row; 0: there is none.
    Gateway::ChatId chatNear(int row) const;
    bool isLoaded() const { return m_isLoaded; }

Q_SIGNALS:
    /// An answer came; rows are as they are to be.
    void loaded();
    void failed(const Gateway::Error &error);

private:
    struct Row
    {
        QString heading; ///< Empty: a conversation.
        Gateway::ChatRow chat;
        QString moment;
    };
    void read(Gateway::ChatCursor after, int limit);
    void take(Gateway::ChatRowPage page, bool isFirst);
    void show();
    ChatActivity activityOf(Gateway::ChatId id) const;
    QString spoken(const Row &row) const;
    static bool isSame(const Row &a, const Row &b);

    Gateway::Control &m_control;
    std::function<qint64()> m_now;
    std::vector<Gateway::ChatRow> m_chats;
    std::vector<Row> m_rows;
    std::unordered_map<Gateway::ChatId, ChatActivity> m_activities; ///< But for None.
    Gateway::ChatCursor m_next;
    QString m_words;
    int m_asked = 0; ///< Number of the last question; older answers are passed over.
    bool m_isReading = false;
    bool m_isLoaded = false;
};

} // namespace Ui
