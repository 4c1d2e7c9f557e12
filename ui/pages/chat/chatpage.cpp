#include "ui/pages/chat/chatpage.h"

#include <algorithm>

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMenu>
#include <QPointer>
#include <QShortcut>
#include <QStackedLayout>
#include <QTimer>
#include <QVBoxLayout>

#include "ui/frame/shell.h"
#include "ui/pages/chat/chatcomposer.h"
#include "ui/pages/chat/chatlist.h"
#include "ui/pages/chat/chatlistmodel.h"
#include "ui/pages/chat/chatoptionsdialog.h"
#include "ui/pages/chat/chatthread.h"
#include "ui/widgets/button.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/textlabel.h"

using namespace Gateway;
using namespace Qt::StringLiterals;

namespace Ui {

namespace {

constexpr int COMPOSER_WIDTH = 744;
constexpr int LIST_FROM = 760;
constexpr int KEPT_MS = 3'000;

} // namespace

ChatPage::ChatPage(const PageParts &parts, QWidget *parent)
    : Page(parts, tr("Chat"), parent)
    , m_client(parts.control)
    , m_list(new ChatList(parts))
    , m_thread(new ChatThread(parts.theme))
    , m_composer(new ChatComposer(parts.theme))
    , m_empty(new EmptyState(
          parts.theme, u"chat"_s, tr("Ask something"),
          tr("Answers come through your own gateway, with the keys you added. Chats stay here.")))
    , m_stack(new QStackedLayout)
    , m_findBar(new QWidget)
    , m_findField(new QLineEdit)
    , m_more(new Button(parts.theme, Button::Kind::Ghost, u"more"_s, {}))
    , m_listButton(new Button(parts.theme, Button::Kind::Tonal, u"history"_s, tr("Chats")))
{
    makeActions();
    auto *row = new QHBoxLayout;
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(m_list);
    row->addWidget(makeThreadSide(), 1);
    body()->addLayout(row, 1);
    connectList();
    connectComposer();
    connectThread();
    connect(&m_client, &ChatClient::modelsChanged, this, [this] {
        m_hasModels = true;
        m_composer->setModels(m_client.models());
        m_thread->setModels(m_client.models());
    });
    connect(&m_client, &ChatClient::modelsFailed, this, [this](const ChatFailure &failure) {
        shell().toast({u"error"_s, failure.text, {}, {}});
    });
    // A gateway that could not answer before may have models now.
    connect(&parts.control, &Control::statusChanged, this, [this] {
        if (!m_hasModels && isVisible() && control().status().keysUsable > 0)
            m_client.readModels();
    });
    makeNew();
}

ChatPage::~ChatPage() = default;

void ChatPage::makeActions()
{
    auto *findButton = new Button(theme(), Button::Kind::Ghost, u"search"_s, {});
    findButton->setAccessibleName(tr("Find in this chat"));
    findButton->setToolTip(findButton->accessibleName());
    connect(findButton, &QAbstractButton::clicked, this, [this] { showFind(true); });
    m_more->setAccessibleName(tr("More acts"));
    m_more->setToolTip(m_more->accessibleName());
    connect(m_more, &QAbstractButton::clicked, this, &ChatPage::showMenu);
    m_listButton->setChecked(true);
    connect(m_listButton, &QAbstractButton::toggled, m_list, &QWidget::setVisible);
    auto *options = new Button(theme(), Button::Kind::Secondary, u"settings"_s, tr("Chat settings"));
    connect(options, &QAbstractButton::clicked, this, &ChatPage::editOptions);
    actions()->addWidget(m_listButton);
    actions()->addWidget(findButton);
    actions()->addWidget(options);
    actions()->addWidget(m_more);
}

QWidget *ChatPage::makeThreadSide()
{
    auto *close = new Button(theme(), Button::Kind::Ghost, u"close"_s, {});
    close->setAccessibleName(tr("Close the search"));
    close->setToolTip(close->accessibleName());
    connect(close, &QAbstractButton::clicked, this, [this] { showFind(false); });
    m_findField->setAccessibleName(tr("Find in this chat"));
    m_findField->setPlaceholderText(m_findField->accessibleName());
    connect(m_findField, &QLineEdit::textChanged, this, [this] { find(false); });
    connect(m_findField, &QLineEdit::returnPressed, this, [this] { find(false); });
    auto *back = new QShortcut(QKeySequence(Qt::SHIFT | Qt::Key_Return), m_findField);
    back->setContext(Qt::WidgetShortcut);
    connect(back, &QShortcut::activated, this, [this] { find(true); });
    auto *findRow = new QHBoxLayout(m_findBar);
    findRow->setContentsMargins(24, 0, 24, 8);
    findRow->addWidget(m_findField);
    findRow->addWidget(close);
    m_findBar->hide();

    m_stack->addWidget(m_empty);
    m_stack->addWidget(m_thread);
    auto *hint = new TextLabel(theme(), TextStyle::Caption, &Tokens::text3);
    hint->setText(tr("Enter sends, Shift+Enter starts a new line. Chats stay on this computer."));
    hint->setAlignment(Qt::AlignCenter);
    auto *middle = new QHBoxLayout;
    middle->setContentsMargins(20, 0, 20, 0);
    m_composer->setMaximumWidth(COMPOSER_WIDTH);
    middle->addStretch(1);
    middle->addWidget(m_composer, 1000);
    middle->addStretch(1);
    auto *side = new QWidget;
    auto *column = new QVBoxLayout(side);
    column->setContentsMargins(0, 0, 0, 8);
    column->setSpacing(6);
    column->addWidget(m_findBar);
    column->addLayout(m_stack, 1);
    column->addLayout(middle);
    column->addWidget(hint);
    return side;
}

void ChatPage::connectList()
{
    connect(m_list, &ChatList::newWanted, this, &ChatPage::makeNew);
    connect(m_list, &ChatList::chosen, this, &ChatPage::open);
    connect(m_list, &ChatList::removed, this, [this](ChatId id, ChatId) {
        takeBackground(id);
        if (m_conversation->id() == id)
            makeNew();
    });
    connect(m_list, &ChatList::renamed, this, [this](const ChatRow &row) {
        if (m_conversation->id() == row.id)
            m_conversation->setTitle(QString::fromStdString(row.title));
    });
}

void ChatPage::connectComposer()
{
    connect(m_composer, &ChatComposer::sent, this, &ChatPage::send);
    connect(m_composer, &ChatComposer::stopped, this, [this] { m_conversation->stop(); });
    connect(m_composer, &ChatComposer::modelChosen, this,
            [this](const QString &id) { m_conversation->setModel(id); });
    connect(m_composer, &ChatComposer::thinksChosen, this, [this](bool thinks) {
        ChatOptions options = m_conversation->options();
        options.thinks = thinks;
        m_conversation->setOptions(options);
    });
    connect(m_composer, &ChatComposer::searchesChosen, this, [this](bool searches) {
        ChatOptions options = m_conversation->options();
        options.searches = searches;
        m_conversation->setOptions(options);
    });
    connect(m_composer, &ChatComposer::lastWanted, this, [this] {
        const auto &items = m_conversation->items();
        for (int i = static_cast<int>(items.size()) - 1; i >= 0; --i) {
            if (!items[static_cast<std::size_t>(i)].turn.isUser)
                continue;
            m_editing = i;
            m_composer->edit(items[static_cast<std::size_t>(i)].turn);
            return;
        }
    });
}

void ChatPage::connectThread()
{
    connect(m_thread, &ChatThread::editRequested, this, [this](int question) {
        if (m_conversation->isStreaming())
            return;
        m_editing = question;
        m_composer->edit(m_conversation->items()[static_cast<std::size_t>(question)].turn);
    });
    connect(m_thread, &ChatThread::againRequested, this,
            [this](int answer) { m_conversation->askAgain(answer); });
    connect(m_thread, &ChatThread::otherModelRequested, this, [this](int answer, const QString &model) {
        m_conversation->setModel(model);
        m_composer->setModel(model);
        m_conversation->askAgain(answer);
    });
}

void ChatPage::send(const ChatTurn &turn)
{
    if (m_conversation->model().isEmpty() || m_conversation->model() != m_composer->model())
        m_conversation->setModel(m_composer->model());
    if (m_editing >= 0 && m_editing < static_cast<int>(m_conversation->items().size()))
        m_conversation->edit(m_editing, turn);
    else
        m_conversation->ask(turn);
    m_editing = -1;
    m_thread->scrollToEnd();
}

void ChatPage::open(const ChatRow &row)
{
    if (m_conversation && row.id != 0 && m_conversation->id() == row.id)
        return;
    leaveConversation();
    m_conversation = row.id == 0 ? nullptr : takeBackground(row.id);
    const bool isHere = m_conversation != nullptr;
    if (!isHere)
        m_conversation = std::make_unique<ChatConversation>(control(), m_client, row);
    m_editing = -1;
    followConversation();
    m_thread->setConversation(m_conversation.get());
    showOptions();
    if (!m_conversation->model().isEmpty())
        m_composer->setModel(m_conversation->model());
    else if (!m_composer->model().isEmpty())
        m_conversation->setModel(m_composer->model());
    m_composer->setStreaming(m_conversation->isStreaming());
    m_list->setActivity(row.id, ChatActivity::None);
    m_list->setCurrent(row.id);
    m_stack->setCurrentWidget(row.id == 0 ? static_cast<QWidget *>(m_empty) : m_thread);
    showTitle();
    if (row.id != 0 && !isHere)
        m_conversation->load();
    m_thread->scrollToEnd();
}

void ChatPage::showOptions()
{
    const ChatOptions options = m_conversation->options();
    m_composer->setOptions(options);
    m_composer->setCanSearch(m_client.dialect(options.dialect).canSearch());
}

/// An answer on its way comes on behind the scenes.
void ChatPage::leaveConversation()
{
    m_thread->setConversation(nullptr);
    if (!m_conversation || !m_conversation->isStreaming())
        return;
    ChatConversation *chat = m_conversation.get();
    chat->disconnect(this);
    chat->disconnect(m_thread);
    m_background.push_back(std::move(m_conversation));
    m_list->setActivity(chat->id(), ChatActivity::Answering);
    connect(chat, &ChatConversation::stored, this, [this, chat] {
        m_list->setActivity(chat->id(), ChatActivity::Answering);
        m_list->refresh();
    });
    connect(chat, &ChatConversation::storeFailed, this,
            [this](const Error &error) { shell().toastFailure(error); });
    connect(chat, &ChatConversation::streamingChanged, this, [this, chat] { finishBackground(chat); });
}

std::unique_ptr<ChatConversation> ChatPage::takeBackground(ChatId id)
{
    const auto found = std::find_if(m_background.begin(), m_background.end(),
                                    [id](const auto &chat) { return chat->id() == id; });
    if (found == m_background.end())
        return nullptr;
    std::unique_ptr<ChatConversation> chat = std::move(*found);
    m_background.erase(found);
    chat->disconnect(this);
    return chat;
}

/// It stays for a while yet: the key that answered is still being looked up.
void ChatPage::finishBackground(ChatConversation *chat)
{
    m_list->setActivity(chat->id(), ChatActivity::Unread);
    m_list->refresh();
    QTimer::singleShot(KEPT_MS, this, [this, chat = QPointer<ChatConversation>(chat)] {
        if (chat && !chat->isStreaming())
            takeBackground(chat->id());
    });
}

void ChatPage::followConversation()
{
    ChatConversation *chat = m_conversation.get();
    connect(chat, &ChatConversation::opened, m_thread, &ChatThread::scrollToEnd);
    connect(chat, &ChatConversation::loadFailed, this,
            [this](const Error &error) { shell().toastFailure(error); });
    connect(chat, &ChatConversation::storeFailed, this,
            [this](const Error &error) { shell().toastFailure(error); });
    connect(chat, &ChatConversation::added, this, [this] { m_stack->setCurrentWidget(m_thread); });
    connect(chat, &ChatConversation::rowChanged, this, [this] {
        showTitle();
        m_list->refresh();
    });
    connect(chat, &ChatConversation::stored, this, [this] {
        m_list->setCurrent(m_conversation->id());
        m_list->refresh();
        showTitle();
    });
    connect(chat, &ChatConversation::streamingChanged, this, [this] {
        m_composer->setStreaming(m_conversation->isStreaming());
        if (!m_conversation->isStreaming())
            m_list->refresh();
    });
}

void ChatPage::showTitle()
{
    setRemark(m_conversation->title());
    m_more->setEnabled(m_conversation->id() != 0);
}

void ChatPage::showMenu()
{
    const ChatId id = m_conversation->id();
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("Rename…"), this, [this, id] { m_list->rename(id, m_conversation->title()); });
    menu->addAction(tr("Export as Markdown…"), this,
                    [this, id] { m_list->exportChat(id, ChatFormat::Markdown); });
    menu->addAction(tr("Export as JSON…"), this, [this, id] { m_list->exportChat(id, ChatFormat::Json); });
    menu->addSeparator();
    menu->addAction(tr("Delete"), this, [this, id] { m_list->remove(id); });
    menu->popup(m_more->mapToGlobal(QPoint(0, m_more->height())));
}

void ChatPage::editOptions()
{
    const QString system = QString::fromStdString(m_conversation->row().system);
    auto *dialog = new ChatOptionsDialog(theme(), m_client, system, m_conversation->options(), window());
    connect(dialog, &ChatOptionsDialog::saved, this, [this](const QString &text, const ChatOptions &options) {
        m_conversation->setSystem(text);
        m_conversation->setOptions(options);
        showOptions();
    });
    dialog->open();
}

void ChatPage::showFind(bool isShown)
{
    m_findBar->setVisible(isShown);
    if (isShown) {
        m_findField->setFocus(Qt::ShortcutFocusReason);
        m_findField->selectAll();
        return;
    }
    m_findField->clear();
    m_thread->find({}, false);
    m_composer->takeFocus();
}

void ChatPage::find(bool isBackward)
{
    m_thread->find(m_findField->text(), isBackward);
}

void ChatPage::goTo(const Target &target)
{
    if (target.makesNew)
        makeNew();
}

void ChatPage::focusSearch()
{
    if (m_list->isVisible() && m_conversation->items().empty())
        m_list->focusSearch();
    else
        showFind(true);
}

void ChatPage::makeNew()
{
    ChatRow row;
    row.model = m_composer->model().toStdString();
    open(row);
    m_composer->clear();
    m_composer->takeFocus();
}

void ChatPage::refresh()
{
    m_client.readModels();
    m_list->refresh();
}

bool ChatPage::escape()
{
    if (m_findBar->isVisible()) {
        showFind(false);
        return true;
    }
    if (m_editing >= 0) {
        m_editing = -1;
        m_composer->clear();
        return true;
    }
    return m_list->clearSearch();
}

QList<QWidget *> ChatPage::areas() const
{
    return {m_list, m_thread, m_composer};
}

void ChatPage::resizeEvent(QResizeEvent *event)
{
    Page::resizeEvent(event);
    const bool isWide = width() >= LIST_FROM + 100;
    if (event->oldSize().width() < 0 || isWide != (event->oldSize().width() >= LIST_FROM + 100))
        m_listButton->setChecked(isWide);
}

void ChatPage::showEvent(QShowEvent *event)
{
    Page::showEvent(event);
    if (!m_hasModels)
        m_client.readModels();
    m_composer->takeFocus();
}

} // namespace Ui
