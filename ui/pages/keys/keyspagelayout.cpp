// How the page is laid out: the second part of KeysPage.
#include <QHBoxLayout>
#include <QHeaderView>
#include <QItemSelectionModel>
#include <QMenu>
#include <QScrollBar>
#include <QSettings>
#include <QSplitter>
#include <QStackedLayout>
#include <QTimer>

#include "ui/frame/shell.h"
#include "ui/pages/keys/checkstrip.h"
#include "ui/pages/keys/keydelegates.h"
#include "ui/pages/keys/keymodel.h"
#include "ui/pages/keys/keypane.h"
#include "ui/pages/keys/keyspage.h"
#include "ui/pages/keys/keytools.h"
#include "ui/widgets/button.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/selectionbar.h"
#include "ui/widgets/tableheader.h"
#include "ui/widgets/tableview.h"

using namespace Gateway;
using namespace Qt::StringLiterals;

namespace Ui {

namespace {

constexpr int ROW = 48;
const QString SORT_COLUMN = u"keys/sortColumn"_s;
const QString SORT_ORDER = u"keys/sortOrder"_s;
const QString PANE_WIDTH = u"keys/paneWidth"_s;

} // namespace

KeysPage::KeysPage(const PageParts &parts, QWidget *parent)
    : Page(parts, tr("Keys"), parent)
    , m_model(new KeyModel(parts.control, this))
    , m_acts(new KeyActs(parts, *m_model, this))
    , m_tools(new KeyTools(parts, *m_model))
    , m_bar(new SelectionBar(parts.theme))
    , m_strip(new CheckStrip(parts, *m_model))
    , m_table(new TableView(parts.theme, tr("Keys"), ROW))
    , m_left(new QWidget)
    , m_splitter(new QSplitter(Qt::Horizontal))
    , m_pane(new KeyPane(parts, *m_model, *m_acts))
    , m_tick(new QTimer(this))
    , m_looking(new QTimer(this))
{
    addActions();
    addTable();
    addSelectionBar();
    addStates();
    layOut();
    followModel();
    showCounts();
    showState();
}

void KeysPage::addActions()
{
    auto *import = new Button(theme(), Button::Kind::Secondary, u"import"_s, tr("Import"));
    import->setToolTip(tr("Import keys from a file"));
    m_add = new Button(theme(), Button::Kind::Primary, u"plus"_s, tr("Add keys"));
    m_more = new Button(theme(), Button::Kind::Ghost, u"more"_s, {});
    m_more->setAccessibleName(tr("More acts for all keys"));
    m_more->setToolTip(m_more->accessibleName());
    actions()->addWidget(m_more);
    actions()->addWidget(import);
    actions()->addWidget(m_add);
    connect(import, &QAbstractButton::clicked, this, &KeysPage::importFile);
    connect(m_add, &QAbstractButton::clicked, this, &KeysPage::makeNew);
    connect(m_more, &QAbstractButton::clicked, this, &KeysPage::openMoreMenu);
}

void KeysPage::openMoreMenu()
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto check = [this](CheckScope scope) {
        control().keys().check({scope, {}}, {this, [this](Result<CheckProgress> progress) {
                                                 if (progress)
                                                     m_strip->showProgress(*progress);
                                                 else
                                                     shell().toastFailure(progress.error());
                                             }});
    };
    menu->addAction(theme().icon(u"refresh"_s, &Tokens::text2), tr("Check all keys"), this,
                    [check] { check(CheckScope::All); });
    menu->addAction(tr("Check failing keys"), this, [check] { check(CheckScope::Failing); });
    menu->addSeparator();
    menu->addAction(theme().icon(u"export"_s, &Tokens::text2), tr("Export all keys…"), this,
                    [this] { m_acts->askToExport({}); });
    menu->popup(m_more->mapToGlobal(QPoint(0, m_more->height())));
}

void KeysPage::addTable()
{
    m_table->setModel(m_model);
    m_model->setSelection(m_table->selectionModel());
    m_table->setItemDelegate(new CellDelegate(theme(), m_table));
    m_table->setItemDelegateForColumn(KeyModel::Status, new KeyStatusDelegate(theme(), m_table));
    m_table->setItemDelegateForColumn(KeyModel::Quota, new KeyQuotaDelegate(theme(), m_table));
    m_table->setItemDelegateForColumn(KeyModel::History, new KeyHistoryDelegate(theme(), m_table, *m_model));
    m_table->setColumnWidths({40, 116, 132, 92, 128, 84, 204, 100, 112}, KeyModel::LastError, 100);
    m_table->setDropOrder({KeyModel::LastError, KeyModel::Project, KeyModel::LastUsed, KeyModel::History});
    m_table->setHiddenByUser(m_tools->hiddenColumns());
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    const QSettings settings;
    const int column = settings.value(SORT_COLUMN, static_cast<int>(KeyModel::Day)).toInt();
    const bool isAscending = settings.value(SORT_ORDER, 1).toInt() == 0;
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(column, isAscending ? Qt::AscendingOrder : Qt::DescendingOrder);
    m_table->installEventFilter(this);
    m_table->viewport()->installEventFilter(this);

    connect(m_table->horizontalHeader(), &QHeaderView::sortIndicatorChanged, this,
            [](int sorted, Qt::SortOrder order) {
                QSettings().setValue(SORT_COLUMN, sorted);
                QSettings().setValue(SORT_ORDER, static_cast<int>(order));
            });
    connect(static_cast<TableHeader *>(m_table->horizontalHeader()), &TableHeader::checkClicked, this,
            [this] {
                const QVariant state = m_model->headerData(KeyModel::Box, Qt::Horizontal, Qt::CheckStateRole);
                if (state.toInt() == Qt::Checked)
                    m_table->clearSelection();
                else
                    m_table->selectAll();
            });
    connect(m_table, &TableView::opened, this, [this](const QModelIndex &index) {
        if (const KeyInfo *key = m_model->keyAt(index.row()))
            openPane(key->id);
    });
    connect(m_table, &TableView::menuRequested, this, &KeysPage::openMenu);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &KeysPage::showSelection);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &KeysPage::followCurrent);
    connect(m_table->verticalScrollBar(), &QAbstractSlider::valueChanged, this, &KeysPage::lookSoon);
    connect(m_table->verticalScrollBar(), &QAbstractSlider::rangeChanged, this, &KeysPage::lookSoon);
}

void KeysPage::addSelectionBar()
{
    const auto add = [this](const QString &icon, const QString &text, auto act) {
        Button *button = m_bar->addAct(icon, text);
        button->setAccessibleName(text);
        connect(button, &QAbstractButton::clicked, this, act);
        m_barTexts.emplace_back(button, text);
        return button;
    };
    add(u"refresh"_s, tr("Check"), [this] { m_acts->check(selectedIds()); });
    Button *rest = add(u"resting"_s, tr("Rest"), [] {});
    connect(rest, &QAbstractButton::clicked, this, [this, rest] {
        auto *menu = new QMenu(this);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        m_acts->fillRestMenu(menu, selectedIds());
        menu->popup(rest->mapToGlobal(QPoint(0, rest->height())));
    });
    add(u"play"_s, tr("Use again"), [this] { m_acts->useAgain(selectedIds()); });
    m_disable = add(u"off"_s, tr("Disable"), [this] {
        const KeyIds ids = selectedIds();
        m_acts->setEnabled(ids, m_acts->areDisabled(ids));
    });
    add(u"folder"_s, tr("Move to project"), [this] { m_acts->askToMove(selectedIds()); });
    add(u"export"_s, tr("Export"), [this] { m_acts->askToExport(selectedIds()); });
    Button *removal = m_bar->addDanger(u"trash"_s, tr("Remove"));
    connect(removal, &QAbstractButton::clicked, this, [this] { m_acts->remove(selectedIds()); });
    connect(m_bar, &SelectionBar::cleared, this, &KeysPage::clearSelection);
}

void KeysPage::layOut()
{
    constexpr int barMargin = 16;
    auto *column = new QVBoxLayout(m_left);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_tools);
    for (QWidget *bar : QList<QWidget *>{m_bar, m_strip}) {
        auto *row = new QHBoxLayout;
        row->setContentsMargins(barMargin, 0, barMargin, 0);
        row->addWidget(bar);
        column->addLayout(row);
        m_barRows.emplace_back(bar, row);
        bar->installEventFilter(this);
    }
    auto *stage = new QWidget;
    m_stack = new QStackedLayout(stage);
    for (QWidget *view : QList<QWidget *>{m_table, m_noKeys, m_noHit, m_unread})
        m_stack->addWidget(view);
    column->addWidget(stage, 1);
    m_left->installEventFilter(this);

    m_splitter->setChildrenCollapsible(false);
    m_splitter->setHandleWidth(1);
    m_splitter->addWidget(m_left);
    m_splitter->addWidget(m_pane);
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setStretchFactor(1, 0);
    m_pane->hide();
    body()->addWidget(m_splitter, 1);
    connect(m_splitter, &QSplitter::splitterMoved, this, [this] {
        QSettings().setValue(PANE_WIDTH, m_pane->width());
        lookSoon();
    });
    connect(m_pane, &DetailsPane::closeRequested, this, &KeysPage::closePane);
    connect(m_acts, &KeyActs::checkStarted, m_strip, &CheckStrip::showProgress);
    connect(m_acts, &KeyActs::renameRequested, this, [this](qint64 id) {
        openPane(id);
        m_pane->editName();
    });
    connect(m_strip, &CheckStrip::removeRequested, m_acts, &KeyActs::remove);
}

/// The table lives a little longer than the page, and its bar tells of a new range while it goes.
KeysPage::~KeysPage()
{
    m_table->verticalScrollBar()->disconnect(this);
}

} // namespace Ui
