#include "ui/pages/chat/chatlistmodel.h"

#include <algorithm>
#include <utility>

#include "ui/pages/chat/chatgroups.h"

using namespace Gateway;

namespace Ui {

namespace {

constexpr int PAGE = 100;
constexpr int MOST = 1000;

} // namespace

ChatListModel::ChatListModel(Control &control, std::function<qint64()> now, QObject *parent)
    : QAbstractListModel(parent)
    , m_control(control)
    , m_now(std::move(now))
{
    connect(&control, &Control::chatsChanged, this, &ChatListModel::refresh);
    refresh();
}

int ChatListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant ChatListModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row &row = m_rows[static_cast<std::size_t>(index.row())];
    const bool isHeading = !row.heading.isEmpty();
    const QString title = isHeading ? row.heading : QString::fromStdString(row.chat.title);
    switch (role) {
    case Qt::DisplayRole:
        return title;
    case Qt::ToolTipRole:
        return isHeading ? QVariant() : title;
    case Qt::AccessibleTextRole:
        return isHeading ? title : spoken(row);
    case ChatId:
        return qint64(row.chat.id);
    case IsHeading:
        return isHeading;
    case Moment:
        return row.moment;
    case Activity:
        return static_cast<int>(activityOf(row.chat.id));
    default:
        return {};
    }
}

ChatActivity ChatListModel::activityOf(Gateway::ChatId id) const
{
    const auto found = m_activities.find(id);
    return found == m_activities.end() ? ChatActivity::None : found->second;
}

QString ChatListModel::spoken(const Row &row) const
{
    const QString title = QString::fromStdString(row.chat.title);
    switch (activityOf(row.chat.id)) {
    case ChatActivity::Answering:
        return tr("%1, an answer is on its way").arg(title);
    case ChatActivity::Unread:
        return tr("%1, with a new answer").arg(title);
    case ChatActivity::None:
        break;
    }
    return tr("%1, last used %2").arg(title, row.moment);
}

void ChatListModel::setActivity(Gateway::ChatId id, ChatActivity activity)
{
    if (activity == ChatActivity::None)
        m_activities.erase(id);
    else
        m_activities[id] = activity;
    if (const int row = rowOf(id); row >= 0)
        Q_EMIT dataChanged(index(row), index(row), {Activity, Qt::AccessibleTextRole});
}

Qt::ItemFlags ChatListModel::flags(const QModelIndex &index) const
{
    if (index.isValid() && !m_rows[static_cast<std::size_t>(index.row())].heading.isEmpty())
        return Qt::NoItemFlags;
    return index.isValid() ? Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren
                           : Qt::NoItemFlags;
}

bool ChatListModel::canFetchMore(const QModelIndex &parent) const
{
    return !parent.isValid() && !m_isReading && m_next != ChatCursor{};
}

void ChatListModel::fetchMore(const QModelIndex &parent)
{
    if (canFetchMore(parent))
        read(m_next, PAGE);
}

void ChatListModel::search(const QString &words)
{
    if (words == m_words)
        return;
    m_words = words;
    read({}, PAGE);
}

void ChatListModel::refresh()
{
    read({}, std::clamp(static_cast<int>(m_chats.size()), PAGE, MOST));
}

void ChatListModel::read(ChatCursor after, int limit)
{
    m_isReading = true;
    const bool isFirst = after == ChatCursor{};
    m_control.chats().list(
        {m_words.toStdString(), after, limit},
        Reply<ChatRowPage>{this, [this, isFirst, number = ++m_asked](Result<ChatRowPage> page) {
                               if (number != m_asked)
                                   return;
                               m_isReading = false;
                               if (page)
                                   take(std::move(*page), isFirst);
                               else
                                   Q_EMIT failed(page.error());
                           }});
}

void ChatListModel::take(ChatRowPage page, bool isFirst)
{
    if (isFirst)
        m_chats.clear();
    m_chats.insert(m_chats.end(), page.chats.begin(), page.chats.end());
    m_next = page.next;
    m_isLoaded = true;
    show();
    Q_EMIT loaded();
}

bool ChatListModel::isSame(const Row &a, const Row &b)
{
    return a.heading == b.heading && a.chat.id == b.chat.id;
}

/// Brings the rows to what they are to be by the fewest insertions, moves and removals.
void ChatListModel::show()
{
    std::vector<Row> wanted;
    const qint64 nowMs = m_now();
    QString heading;
    for (const ChatRow &chat : m_chats) {
        const QString group = chatGroup(chat.updatedMs, nowMs);
        if (group != heading)
            wanted.push_back({heading = group, {}, {}});
        wanted.push_back({{}, chat, chatMoment(chat.updatedMs, nowMs)});
    }
    const auto isWanted = [&wanted](const Row &row) {
        return std::any_of(wanted.begin(), wanted.end(),
                           [&row](const Row &some) { return isSame(some, row); });
    };
    for (int i = static_cast<int>(m_rows.size()) - 1; i >= 0; --i) {
        if (isWanted(m_rows[static_cast<std::size_t>(i)]))
            continue;
        beginRemoveRows({}, i, i);
        m_rows.erase(m_rows.begin() + i);
        endRemoveRows();
    }
    for (int i = 0; i < static_cast<int>(wanted.size()); ++i) {
        const Row &row = wanted[static_cast<std::size_t>(i)];
        const auto here = m_rows.begin() + i;
        const auto found =
            std::find_if(here, m_rows.end(), [&row](const Row &some) { return isSame(some, row); });
        if (found == m_rows.end()) {
            beginInsertRows({}, i, i);
            m_rows.insert(here, row);
            endInsertRows();
            continue;
        }
        if (found != here) {
            const int from = static_cast<int>(found - m_rows.begin());
            beginMoveRows({}, from, from, {}, i);
            std::rotate(here, found, found + 1);
            endMoveRows();
        }
        Row &shown = m_rows[static_cast<std::size_t>(i)];
        const bool differs = !(shown.chat == row.chat) || shown.moment != row.moment;
        shown = row;
        if (differs)
            Q_EMIT dataChanged(index(i), index(i));
    }
}

int ChatListModel::rowOf(Gateway::ChatId id) const
{
    const auto found = std::find_if(m_rows.begin(), m_rows.end(), [id](const Row &row) {
        return row.heading.isEmpty() && row.chat.id == id;
    });
    return found == m_rows.end() ? -1 : static_cast<int>(found - m_rows.begin());
}

const ChatRow *ChatListModel::chatAt(int row) const
{
    if (row < 0 || row >= rowCount() || !m_rows[static_cast<std::size_t>(row)].heading.isEmpty())
        return nullptr;
    return &m_rows[static_cast<std::size_t>(row)].chat;
}

Gateway::ChatId ChatListModel::chatNear(int row) const
{
    for (int distance = 0; distance < rowCount(); ++distance) {
        for (const int candidate : {row + distance, row - distance}) {
            if (const ChatRow *chat = chatAt(candidate))
                return chat->id;
        }
    }
    return 0;
}

} // namespace Ui
