#pragma once

#include <memory>
#include <vector>

#include "ui/frame/page.h"
#include "ui/pages/chat/chatconversation.h"

class QLineEdit;
class QStackedLayout;

namespace Ui {

class Button;
class ChatComposer;
class ChatList;
class ChatThread;
class EmptyState;

/// A chat through the gateway itself, over HTTP as any client; what is said stays in the store.
class ChatPage final : public Page
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ChatPage)

public:
    explicit ChatPage(const PageParts &parts, QWidget *parent = nullptr);
    ~ChatPage() override;

    void goTo(const Target &target) override;
    void focusSearch() override;
    void makeNew() override;
    void refresh() override;
    bool escape() override;
    QList<QWidget *> areas() const override;

protected:
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    void makeActions();
    QWidget *makeThreadSide();
    void connectList();
    void connectComposer();
    void connectThread();
    void open(const Gateway::ChatRow &row);
    void showOptions();
    void leaveConversation();
    std::unique_ptr<ChatConversation> takeBackground(Gateway::ChatId id);
    void finishBackground(ChatConversation *chat);
    void followConversation();
    void showTitle();
    void showMenu();
    void showFind(bool isShown);
    void find(bool isBackward);
    void editOptions();
    void send(const ChatTurn &turn);

    ChatClient m_client;
    std::unique_ptr<ChatConversation> m_conversation;
    /// Left while their answers came; each goes when its answer is there.
    std::vector<std::unique_ptr<ChatConversation>> m_background;
    ChatList *m_list;
    ChatThread *m_thread;
    ChatComposer *m_composer;
    EmptyState *m_empty;
    QStackedLayout *m_stack;
    QWidget *m_findBar;
    QLineEdit *m_findField;
    Button *m_more;
    Button *m_listButton;
    int m_editing = -1; ///< The question that the next one takes the place of.
    bool m_hasModels = false;
};

} // namespace Ui
