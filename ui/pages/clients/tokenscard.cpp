#include "ui/pages/clients/tokenscard.h"

#include <algorithm>

#include <QDateTime>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QMenu>
#include <QPainter>
#include <QStackedLayout>
#include <QVBoxLayout>

#include "ui/pages/clients/issueddialog.h"
#include "ui/pages/clients/tokendelegates.h"
#include "ui/pages/clients/tokendialog.h"
#include "ui/pages/clients/tokensmodel.h"
#include "ui/pages/clients/tokentexts.h"
#include "ui/widgets/button.h"
#include "ui/widgets/dialog.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/tableview.h"
#include "ui/widgets/textlabel.h"

using namespace Gateway;
using namespace Qt::StringLiterals;

namespace Ui {

namespace {

constexpr int ROW = 36;
constexpr int MOST_ROWS = 10; // more scroll within the table
constexpr qreal RADIUS = 10;
constexpr qint64 DAY_MS = 24 * 60 * 60 * 1000;
constexpr qint64 LEAST_RENEWED_MS = 30 * DAY_MS;

qint64 nowMs()
{
    return QDateTime::currentMSecsSinceEpoch();
}

QString nameOf(const TokenView &token)
{
    return QString::fromStdString(token.settings.name);
}

} // namespace

TokensCard::TokensCard(const PageParts &parts, TokensModel &model, QWidget *parent)
    : QWidget(parent)
    , m_parts(parts)
    , m_model(model)
    , m_table(new TableView(parts.theme, tr("Access tokens"), ROW))
    , m_tableArea(new QWidget)
    , m_empty(new EmptyState(parts.theme, u"token"_s, tr("No tokens yet"),
                             tr("Give each program a token of its own: then it can be limited, followed and "
                                "stopped by itself.")))
    , m_failed(new EmptyState(parts.theme, u"warning"_s, tr("The tokens cannot be read"), QString()))
    , m_stack(new QStackedLayout)
{
    buildTable();
    build();
    connect(&m_model, &TokensModel::loaded, this, &TokensCard::showState);
    connect(&m_model, &TokensModel::failed, this, &TokensCard::showFailure);
    connect(&parts.theme, &Theme::changed, this, qOverload<>(&QWidget::update));
    showState();
}

void TokensCard::buildTable()
{
    m_table->setModel(&m_model);
    m_table->setItemDelegate(new CellDelegate(m_parts.theme, m_table));
    m_table->setItemDelegateForColumn(TokensModel::Today, new TokenUseDelegate(m_parts.theme, m_table));
    m_table->setItemDelegateForColumn(TokensModel::Expires, new TokenExpiryDelegate(m_parts.theme, m_table));
    m_table->setItemDelegateForColumn(TokensModel::More, new MoreDelegate(m_parts.theme, m_table));
    m_table->setColumnWidths({146, 90, 150, 130, 220, 130, 48}, TokensModel::Models, 110);
    m_table->setDropOrder({TokensModel::Models, TokensModel::Limit});
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setSortingEnabled(false);
    m_table->setFrameShape(QFrame::NoFrame);
    connect(m_table, &TableView::opened, this, [this] {
        if (const TokenView *token = current())
            edit(*token);
    });
    connect(m_table, &TableView::menuRequested, this, &TokensCard::openMenu);
    connect(m_table, &QAbstractItemView::clicked, this, [this](const QModelIndex &index) {
        if (index.column() == TokensModel::More)
            openMenu(m_table->viewport()->mapToGlobal(m_table->visualRect(index).bottomLeft()));
    });
}

void TokensCard::build()
{
    auto *heading = new TextLabel(m_parts.theme, TextStyle::Section, &Tokens::text);
    heading->setText(tr("Access tokens"));
    auto *remark = new TextLabel(m_parts.theme, TextStyle::Small, &Tokens::text3);
    remark->setText(tr("What clients show at the door. Limits hold per token."));
    auto *add = new Button(m_parts.theme, Button::Kind::Secondary, u"plus"_s, tr("New token"));
    connect(add, &QAbstractButton::clicked, this, [this] { makeNew({}); });
    auto *header = new QHBoxLayout;
    header->setContentsMargins(16, 8, 8, 8);
    header->setSpacing(8);
    header->addWidget(heading);
    header->addWidget(remark, 1);
    header->addWidget(add);

    Button *first = m_empty->addButton(Button::Kind::Secondary, tr("New token"));
    connect(first, &QAbstractButton::clicked, this, [this] { makeNew({}); });
    Button *again = m_failed->addButton(Button::Kind::Secondary, tr("Try again"));
    connect(again, &QAbstractButton::clicked, &m_model, &TokensModel::reload);
    m_stack->addWidget(m_table);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(m_failed);
    m_tableArea->setLayout(m_stack);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(1, 1, 1, 9);
    column->setSpacing(0);
    column->addLayout(header);
    column->addWidget(m_tableArea, 1);
}

void TokensCard::showState()
{
    const int rows = m_model.rowCount();
    m_stack->setCurrentWidget(rows > 0 ? static_cast<QWidget *>(m_table) : m_empty);
    const int rowHeight = rows > 0 ? m_table->rowHeight(0) : ROW;
    const int shown = std::clamp(rows, 4, MOST_ROWS);
    m_tableArea->setMinimumHeight(m_table->horizontalHeader()->sizeHint().height() + shown * rowHeight + 2);
    if (m_wanted != 0 && m_model.rowOf(m_wanted) >= 0) {
        m_table->selectRow(m_model.rowOf(m_wanted));
        m_wanted = 0;
    }
}

void TokensCard::showFailure(const Error &error)
{
    if (m_model.rowCount() > 0)
        return;
    m_failed->setTexts(tr("The tokens cannot be read"), QString::fromStdString(error.text));
    m_stack->setCurrentWidget(m_failed);
}

void TokensCard::select(TokenId id)
{
    m_wanted = id;
    showState();
}

const TokenView *TokensCard::current() const
{
    const QModelIndex index = m_table->currentIndex();
    return index.isValid() ? &m_model.tokens()[static_cast<std::size_t>(index.row())] : nullptr;
}

void TokensCard::openMenu(const QPoint &position)
{
    const TokenView *token = current();
    if (!token)
        return;
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    fillMenu(*menu, *token);
    menu->popup(position);
}

/// Acts hold the token as it is now: the row may be another one when they are chosen.
void TokensCard::fillMenu(QMenu &menu, const TokenView &token)
{
    if (token.id == 0) {
        menu.addAction(tr("Open setting"), this, [this] {
            m_parts.shell.go({.page = PageId::Settings, .filter = u"ALLOWED_TOKENS"_s});
        });
        return;
    }
    menu.addAction(tr("Edit limits…"), this, [this, token] { edit(token); });
    menu.addAction(tr("Renew…"), this, [this, id = token.id] { renew(id); });
    menu.addAction(token.settings.enabled ? tr("Disable") : tr("Enable"), this,
                   [this, token] { setEnabled(token, !token.settings.enabled); });
    menu.addSeparator();
    menu.addAction(tr("Revoke…"), this, [this, token] { revoke(token); });
}

void TokensCard::makeNew(const QString &name)
{
    auto *dialog = new TokenDialog(m_parts.theme, m_parts.control, name, this);
    connect(dialog, &TokenDialog::issued, this, &TokensCard::showIssued);
    dialog->open();
}

void TokensCard::edit(const TokenView &token)
{
    if (token.id == 0) {
        m_parts.shell.go({.page = PageId::Settings, .filter = u"ALLOWED_TOKENS"_s});
        return;
    }
    auto *dialog = new TokenDialog(m_parts.theme, m_parts.control, token, this);
    connect(dialog, &TokenDialog::edited, this, [this](const TokenView &edited) {
        m_parts.shell.toast({u"ok"_s, tr("Limits of “%1” saved").arg(nameOf(edited)), {}, {}});
    });
    dialog->open();
}

void TokensCard::setEnabled(const TokenView &token, bool isEnabled)
{
    TokenPatch patch;
    patch.enabled = isEnabled;
    Control &control = m_parts.control;
    m_parts.control.tokens().patch(
        token.id, patch, {this, [this, &control, isEnabled](const Result<TokenView> &changed) {
                              if (!changed) {
                                  m_parts.shell.toastFailure(changed.error());
                                  return;
                              }
                              const QString text = isEnabled ? tr("“%1” enabled") : tr("“%1” disabled");
                              m_parts.shell.toast({u"ok"_s, text.arg(nameOf(*changed)), tr("Undo"),
                                                   [&control, id = changed->id, isEnabled] {
                                                       TokenPatch back;
                                                       back.enabled = !isEnabled;
                                                       control.tokens().patch(id, back, {});
                                                   }});
                          }});
}

void TokensCard::revoke(const TokenView &token)
{
    askToConfirm(
        m_parts.theme, this, tr("Revoke “%1”?").arg(nameOf(token)),
        tr("Clients that use it are refused at once. This cannot be undone."), tr("Revoke"), [this, token] {
            m_parts.control.tokens().remove(
                token.id, {this, [this, name = nameOf(token)](const Result<void> &done) {
                               if (done)
                                   m_parts.shell.toast({u"ok"_s, tr("“%1” revoked").arg(name), {}, {}});
                               else
                                   m_parts.shell.toastFailure(done.error());
                           }});
        });
}

void TokensCard::renew(TokenId id)
{
    const TokenView *token = m_model.find(id);
    if (!token || id == 0)
        return;
    askToConfirm(m_parts.theme, this, tr("Renew “%1”?").arg(nameOf(*token)),
                 tr("It gets a new text, shown once. Clients that use the old one are refused at once."),
                 tr("Renew"), [this, id] {
                     if (const TokenView *now = m_model.find(id))
                         rotate(*now);
                 });
}

void TokensCard::rotate(const TokenView &token)
{
    const auto renewText = [this, id = token.id] {
        m_parts.control.tokens().rotate(id, {this, [this](const Result<IssuedToken> &issuedToken) {
                                                 if (issuedToken)
                                                     showIssued(*issuedToken);
                                                 else
                                                     m_parts.shell.toastFailure(issuedToken.error());
                                             }});
    };
    if (!isExpired(token.settings, nowMs())) {
        renewText();
        return;
    }
    TokenPatch patch;
    patch.expiresMs =
        nowMs() + std::max<qint64>(token.settings.expiresMs - token.createdMs, LEAST_RENEWED_MS);
    m_parts.control.tokens().patch(token.id, patch,
                                   {this, [this, renewText](const Result<TokenView> &changed) {
                                        if (changed)
                                            renewText();
                                        else
                                            m_parts.shell.toastFailure(changed.error());
                                    }});
}

void TokensCard::showIssued(const IssuedToken &token)
{
    Q_EMIT issued(token);
    select(token.token.id);
    (new IssuedDialog(m_parts.theme, m_parts.shell, token, this))->open();
}

void TokensCard::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(m_parts.theme.tokens().border);
    painter.setBrush(m_parts.theme.tokens().surface);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS);
}

} // namespace Ui
