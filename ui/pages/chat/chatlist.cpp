#include "ui/pages/chat/chatlist.h"

#include <utility>

#include <QDateTime>
#include <QFile>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QPainter>
#include <QSaveFile>
#include <QShortcut>
#include <QVBoxLayout>

#include "ui/frame/shell.h"
#include "ui/pages/chat/chatlistdelegate.h"
#include "ui/pages/chat/chatlistmodel.h"
#include "ui/widgets/button.h"
#include "ui/widgets/dialog.h"
#include "ui/widgets/searchfield.h"
#include "ui/widgets/textlabel.h"

using namespace Gateway;
using namespace Qt::StringLiterals;

namespace Ui {

namespace {

constexpr int WIDTH = 248;

} // namespace

ChatList::ChatList(const PageParts &parts, QWidget *parent)
    : QWidget(parent)
    , m_parts(parts)
    , m_model(new ChatListModel(
          parts.control, [] { return QDateTime::currentMSecsSinceEpoch(); }, this))
    , m_search(new SearchField(parts.theme, tr("Search chats")))
    , m_view(new QListView)
{
    setFixedWidth(WIDTH);
    m_search->setMinimumWidth(80);
    auto *add = new Button(parts.theme, Button::Kind::Secondary, u"plus"_s, {});
    add->setFixedSize(32, 32);
    add->setAccessibleName(tr("New chat"));
    add->setToolTip(add->accessibleName());
    connect(add, &QAbstractButton::clicked, this, &ChatList::newWanted);
    m_view->setAccessibleName(tr("Chats"));
    m_view->setModel(m_model);
    m_view->setItemDelegate(new ChatListDelegate(parts.theme, m_view));
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setMouseTracking(true);
    m_view->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_view->setContextMenuPolicy(Qt::CustomContextMenu);
    m_view->viewport()->setAutoFillBackground(false);
    auto *top = new QHBoxLayout;
    top->setContentsMargins(12, 12, 12, 6);
    top->setSpacing(8);
    top->addWidget(m_search, 1);
    top->addWidget(add);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 1, 8);
    column->setSpacing(0);
    column->addLayout(top);
    column->addWidget(m_view, 1);
    connect(m_search, &SearchField::searched, m_model, &ChatListModel::search);
    connect(m_model, &ChatListModel::loaded, this, &ChatList::mark);
    connect(m_model, &ChatListModel::failed, this,
            [this](const Error &error) { m_parts.shell.toastFailure(error); });
    connect(m_view, &QListView::clicked, this, [this](const QModelIndex &index) {
        if (const ChatRow *row = m_model->chatAt(index.row()))
            Q_EMIT chosen(*row);
    });
    connect(m_view, &QListView::activated, this, [this](const QModelIndex &index) {
        if (const ChatRow *row = m_model->chatAt(index.row()))
            Q_EMIT chosen(*row);
    });
    connect(m_view, &QWidget::customContextMenuRequested, this, &ChatList::showMenu);
    const auto key = [this](const QKeySequence &keys, auto act) {
        auto *shortcut = new QShortcut(keys, m_view);
        shortcut->setContext(Qt::WidgetShortcut);
        connect(shortcut, &QShortcut::activated, this, [this, act] {
            if (const ChatRow *row = m_model->chatAt(m_view->currentIndex().row()))
                act(*row);
        });
    };
    key(Qt::Key_Delete, [this](const ChatRow &row) { remove(row.id); });
    key(Qt::Key_F2, [this](const ChatRow &row) { rename(row.id, QString::fromStdString(row.title)); });
    connect(&parts.theme, &Theme::changed, this, qOverload<>(&QWidget::update));
    m_model->refresh();
}

void ChatList::setCurrent(ChatId id)
{
    m_current = id;
    mark();
}

void ChatList::mark()
{
    const int row = m_model->rowOf(m_current);
    m_view->setCurrentIndex(row < 0 ? QModelIndex() : m_model->index(row));
}

void ChatList::refresh()
{
    m_model->refresh();
}

void ChatList::setActivity(ChatId id, ChatActivity activity)
{
    m_model->setActivity(id, activity);
}

void ChatList::focusSearch()
{
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

bool ChatList::clearSearch()
{
    if (m_search->text().isEmpty())
        return false;
    m_search->clear();
    return true;
}

void ChatList::showMenu(const QPoint &position)
{
    const ChatRow *found = m_model->chatAt(m_view->indexAt(position).row());
    if (!found)
        return;
    const ChatRow row = *found;
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("Rename…"), this, [this, row] { rename(row.id, QString::fromStdString(row.title)); });
    menu->addAction(tr("Export as Markdown…"), this,
                    [this, row] { exportChat(row.id, ChatFormat::Markdown); });
    menu->addAction(tr("Export as JSON…"), this, [this, row] { exportChat(row.id, ChatFormat::Json); });
    menu->addSeparator();
    menu->addAction(tr("Delete"), this, [this, row] { remove(row.id); });
    menu->popup(m_view->viewport()->mapToGlobal(position));
}

void ChatList::rename(ChatId id, const QString &title)
{
    askForTitle(m_parts, window(), title, [this, id](const QString &wanted) {
        ChatPatch patch;
        patch.title = wanted.toStdString();
        m_parts.control.chats().patch(id, patch, {this, [this](Result<ChatRow> row) {
                                                      if (row)
                                                          Q_EMIT renamed(*row);
                                                      else
                                                          m_parts.shell.toastFailure(row.error());
                                                      refresh();
                                                  }});
    });
}

void ChatList::remove(ChatId id)
{
    const ChatId next = m_model->chatNear(m_model->rowOf(id));
    m_parts.control.chats().remove(
        id, {this, [this, id, next](Result<void> done) {
                 if (!done) {
                     m_parts.shell.toastFailure(done.error());
                     return;
                 }
                 Q_EMIT removed(id, next);
                 refresh();
                 m_parts.shell.toast({u"trash"_s, tr("Chat deleted"), tr("Undo"), [this, id] {
                                          m_parts.control.chats().restore(id,
                                                                          {this, [this](Result<ChatRow> row) {
                                                                               if (row)
                                                                                   Q_EMIT chosen(*row);
                                                                               refresh();
                                                                           }});
                                      }});
             }});
}

void ChatList::exportChat(ChatId id, ChatFormat format)
{
    m_parts.control.chats().exportChat(
        id, format,
        {this, [this](Result<ExportedFile> file) {
             if (!file) {
                 m_parts.shell.toastFailure(file.error());
                 return;
             }
             auto *dialog = new QFileDialog(this, tr("Export chat"), QString::fromStdString(file->name));
             dialog->setAttribute(Qt::WA_DeleteOnClose);
             dialog->setAcceptMode(QFileDialog::AcceptSave);
             connect(dialog, &QFileDialog::fileSelected, this,
                     [this, content = file->content](const QString &path) {
                         QSaveFile out(path);
                         const bool isWritten = out.open(QIODevice::WriteOnly) &&
                                                out.write(QByteArray::fromStdString(content)) >= 0 &&
                                                out.commit();
                         m_parts.shell.toast(isWritten ? ToastText{u"check"_s, tr("Chat exported"), {}, {}}
                                                       : ToastText{u"error"_s, out.errorString(), {}, {}});
                     });
             dialog->open();
         }});
}

void ChatList::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_parts.theme.tokens().surface);
    painter.fillRect(QRect(isLeftToRight() ? width() - 1 : 0, 0, 1, height()), m_parts.theme.tokens().border);
}

void askForTitle(const PageParts &parts, QWidget *parent, const QString &title,
                 std::function<void(const QString &)> done)
{
    auto *dialog = new Dialog(parts.theme, ChatList::tr("Rename chat"), parent);
    dialog->setFixedWidth(420);
    auto *label = new TextLabel(parts.theme, TextStyle::Section, &Tokens::text);
    label->setText(ChatList::tr("Title"));
    auto *field = new QLineEdit(title);
    field->setAccessibleName(label->text());
    field->selectAll();
    dialog->body()->addWidget(label);
    dialog->body()->addWidget(field);
    dialog->addCancel();
    Button *save = dialog->addButton(Button::Kind::Primary, ChatList::tr("Rename"));
    QObject::connect(field, &QLineEdit::textChanged, save,
                     [save](const QString &text) { save->setEnabled(!text.trimmed().isEmpty()); });
    QObject::connect(save, &QAbstractButton::clicked, dialog, [dialog, field, done = std::move(done)] {
        dialog->accept();
        done(field->text().trimmed());
    });
    dialog->open();
    field->setFocus();
}

} // namespace Ui
