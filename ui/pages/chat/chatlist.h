#pragma once

#include <functional>

#include <QWidget>

#include "gateway/control/control.h"
#include "ui/frame/page.h"
#include "ui/pages/chat/chatlistmodel.h"

class QListView;

namespace Ui {

class SearchField;

/// The conversations at the left: found by their words, opened, renamed, exported and deleted.
class ChatList final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ChatList)

public:
    explicit ChatList(const PageParts &parts, QWidget *parent = nullptr);

    /// Marks the open one; 0: none.
    void setCurrent(Gateway::ChatId id);
    void refresh();
    void setActivity(Gateway::ChatId id, ChatActivity activity);
    void focusSearch();
    bool clearSearch();
    void rename(Gateway::ChatId id, const QString &title);
    void remove(Gateway::ChatId id);
    void exportChat(Gateway::ChatId id, Gateway::ChatFormat format);

Q_SIGNALS:
    void chosen(const Gateway::ChatRow &row);
    void newWanted();
    /// It is no more; `next` stands near it, or is 0.
    void removed(Gateway::ChatId id, Gateway::ChatId next);
    void renamed(const Gateway::ChatRow &row);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void showMenu(const QPoint &position);
    void mark();

    PageParts m_parts;
    ChatListModel *m_model;
    SearchField *m_search;
    QListView *m_view;
    Gateway::ChatId m_current = 0;
};

/// Asks for a title, with the present one in the field.
void askForTitle(const PageParts &parts, QWidget *parent, const QString &title,
                 std::function<void(const QString &)> done);

} // namespace Ui
