#include "ui/pages/clients/clientspage.h"

#include <QComboBox>
#include <QDateTime>
#include <QHBoxLayout>
#include <QListView>
#include <QScrollArea>
#include <QVBoxLayout>

#include "ui/pages/clients/clientdelegate.h"
#include "ui/pages/clients/clientsmodel.h"
#include "ui/pages/clients/connectcard.h"
#include "ui/pages/clients/tokenscard.h"
#include "ui/pages/clients/tokensmodel.h"
#include "ui/widgets/card.h"
#include "ui/widgets/tableview.h"

using namespace Gateway;
using namespace Qt::StringLiterals;

namespace Ui {

namespace {

constexpr int LIST_WIDTH = 236;
constexpr int MARGIN = 24;
constexpr int GAP = 12;
constexpr int FOLD_WIDTH = 900;

} // namespace

ClientsPage::ClientsPage(const PageParts &parts, QWidget *parent)
    : ClientsPage(parts, ClientPlaces::ofThisUser(), parent)
{
}

ClientsPage::ClientsPage(const PageParts &parts, const ClientPlaces &places, QWidget *parent)
    : Page(parts, tr("Clients"), parent)
    , m_places(places)
    , m_tokens(new TokensModel(parts.control, this))
    , m_clients(new ClientsModel(this))
    , m_list(new QListView)
    , m_listCard(new Card(parts.theme, &Tokens::surface, &Tokens::border))
    , m_combo(new QComboBox)
    , m_card(new ConnectCard(parts, m_secrets))
    , m_tokensCard(new TokensCard(parts, *m_tokens))
{
    buildList();
    build();
    connect(m_tokens, &TokensModel::loaded, this, &ClientsPage::reread);
    connect(&parts.control, &Control::statusChanged, this, [this] {
        if (m_address != surroundings().address)
            reread();
    });
    connect(m_card, &ConnectCard::renewRequested, m_tokensCard, &TokensCard::renew);
    connect(m_card, &ConnectCard::newTokenRequested, m_tokensCard, &TokensCard::makeNew);
    connect(m_card, &ConnectCard::written, this, &ClientsPage::reread);
    connect(m_tokensCard, &TokensCard::issued, this, [this](const IssuedToken &token) {
        m_secrets[token.token.id] = token.secret;
        m_issued = token.token.id;
        m_tokens->reload();
    });
    openClient(0);
    askForAdminHint();
}

void ClientsPage::buildList()
{
    m_list->setModel(m_clients);
    m_list->setItemDelegate(new ClientDelegate(theme(), m_list));
    m_list->setAccessibleName(tr("Clients"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setMouseTracking(true);
    m_list->setUniformItemSizes(true);
    m_combo->setModel(m_clients);
    m_combo->setAccessibleName(tr("Client"));
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this](const QModelIndex &index) {
                if (index.isValid())
                    openClient(index.row());
            });
    connect(m_combo, &QComboBox::activated, this, &ClientsPage::openClient);
}

void ClientsPage::build()
{
    auto *listColumn = new QVBoxLayout(m_listCard);
    listColumn->setContentsMargins(1, 5, 1, 5);
    listColumn->addWidget(m_list);
    m_listCard->setFixedWidth(LIST_WIDTH);

    auto *right = new QVBoxLayout;
    right->setSpacing(GAP);
    right->addWidget(m_combo);
    right->addWidget(m_card, 1);
    auto *top = new QHBoxLayout;
    top->setSpacing(GAP);
    top->addWidget(m_listCard);
    top->addLayout(right, 1);

    auto *content = new QWidget;
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(MARGIN, 0, MARGIN, 16);
    column->setSpacing(GAP);
    column->addLayout(top, 1);
    column->addWidget(m_tokensCard);
    auto *scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(content);
    scroll->viewport()->setAutoFillBackground(false);
    content->setAutoFillBackground(false);
    body()->addWidget(scroll, 1);
    fold();
}

/// Narrow: the list is a combo above the card.
void ClientsPage::fold()
{
    const bool isNarrow = width() < FOLD_WIDTH;
    m_listCard->setVisible(!isNarrow);
    m_combo->setVisible(isNarrow);
}

void ClientsPage::resizeEvent(QResizeEvent *event)
{
    Page::resizeEvent(event);
    fold();
}

void ClientsPage::showEvent(QShowEvent *event)
{
    Page::showEvent(event);
    reread();
}

void ClientsPage::openClient(int row)
{
    if (row < 0)
        return;
    const ClientRecipe &recipe = clientRecipes()[static_cast<std::size_t>(row)];
    m_combo->setCurrentIndex(row);
    if (m_list->currentIndex().row() != row) {
        m_list->setCurrentIndex(m_clients->index(row)); // comes back here
        return;
    }
    m_card->showClient(recipe, surroundings());
}

/// Masked secrets end in their last four characters.
void ClientsPage::askForAdminHint()
{
    control().settings().list({this, [this](const Result<std::vector<SettingView>> &settings) {
                                   if (!settings)
                                       return;
                                   for (const SettingView &setting : *settings) {
                                       const QString value = QString::fromStdString(setting.value);
                                       if (setting.name == "AUTH_TOKEN" && value.contains(u'…'))
                                           m_adminHint = value.section(u'…', -1);
                                   }
                                   reread();
                               }});
}

ClientSurroundings ClientsPage::surroundings() const
{
    return {m_places, QString::fromStdString(control().status().address), m_tokens->tokens(), m_adminHint,
            QDateTime::currentMSecsSinceEpoch()};
}

void ClientsPage::reread()
{
    const ClientSurroundings now = surroundings();
    m_address = now.address;
    m_clients->refresh(now);
    m_card->refresh(now);
    if (m_issued != 0 && m_tokens->find(m_issued)) {
        m_card->chooseToken(m_issued);
        m_issued = 0;
    }
    setRemark(tr("%1 of %2 connected").arg(m_clients->connectedCount()).arg(m_clients->rowCount()));
}

void ClientsPage::goTo(const Target &target)
{
    if (target.id != 0)
        m_tokensCard->select(target.id);
    if (target.makesNew)
        makeNew();
}

void ClientsPage::makeNew()
{
    m_tokensCard->makeNew({});
}

void ClientsPage::refresh()
{
    m_tokens->reload();
}

QList<QWidget *> ClientsPage::areas() const
{
    return {m_list->isVisible() ? static_cast<QWidget *>(m_list) : m_combo, m_card, m_tokensCard->table()};
}

} // namespace Ui
