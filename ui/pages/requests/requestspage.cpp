#include "ui/pages/requests/requestspage.h"

#include <algorithm>

#include <QDateTime>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QMenu>
#include <QPointer>
#include <QScrollBar>
#include <QSplitter>
#include <QStackedLayout>
#include <QVBoxLayout>

#include "ui/frame/shell.h"
#include "ui/pages/requests/requestdelegates.h"
#include "ui/pages/requests/requestexport.h"
#include "ui/pages/requests/requestfilters.h"
#include "ui/pages/requests/requestmodel.h"
#include "ui/pages/requests/requestpane.h"
#include "ui/text/format.h"
#include "ui/widgets/dialog.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/selectionbar.h"
#include "ui/widgets/tableview.h"
#include "ui/widgets/textlabel.h"

using namespace Gateway;
using namespace Qt::StringLiterals;

namespace Ui {

namespace {

constexpr int ROW = 36;
constexpr int NEAR_TOP_ROWS = 40;
constexpr int PANE_COVERS_BELOW = 900;
constexpr qint64 DAY = 86'400'000;

} // namespace

RequestsPage::RequestsPage(const PageParts &parts, QWidget *parent)
    : Page(parts, tr("Requests"), parent)
    , m_model(new RequestModel(control(), this))
    , m_filters(new RequestFilters(parts))
    , m_selection(new SelectionBar(theme()))
    , m_table(new TableView(theme(), tr("Requests"), ROW))
    , m_pane(new RequestPane(parts))
    , m_empty(new EmptyState(theme(), u"requests"_s, tr("Nothing has come in yet"), {}))
    , m_noHit(new EmptyState(theme(), u"search"_s, tr("No request matches the filters"),
                             tr("Take some of them away to see more.")))
    , m_failure(new EmptyState(theme(), u"error"_s, tr("Requests cannot be read"), {}))
    , m_stack(new QStackedLayout)
    , m_splitter(new QSplitter(Qt::Horizontal))
    , m_live(new TextLabel(theme(), TextStyle::Small, &Tokens::text2))
    , m_pause(new Button(theme(), Button::Kind::Secondary, u"pause"_s, tr("Pause list")))
    , m_new(new Button(theme(), Button::Kind::Tonal, u"arrow-up"_s, {}))
{
    makeActions();
    makeTable();
    makeSelectionBar();
    auto *list = new QWidget;
    auto *column = new QVBoxLayout(list);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_filters);
    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(16, 0, 16, 0);
    bar->addWidget(m_selection);
    column->addLayout(bar);
    column->addWidget(m_new, 0, Qt::AlignHCenter);
    column->addLayout(m_stack, 1);
    for (QWidget *state : {static_cast<QWidget *>(m_table), static_cast<QWidget *>(m_empty),
                           static_cast<QWidget *>(m_noHit), static_cast<QWidget *>(m_failure)})
        m_stack->addWidget(state);
    m_splitter->addWidget(list);
    m_splitter->addWidget(m_pane);
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setCollapsible(0, false);
    m_splitter->setCollapsible(1, false);
    body()->addWidget(m_splitter);
    connectModel();
    setPaused(false);
    showWaiting(0);
    applyFilter();
    loadSlow();
}

/// The table lives a little longer than the page, and its bar may move while it goes.
RequestsPage::~RequestsPage()
{
    m_table->verticalScrollBar()->disconnect(this);
}

void RequestsPage::makeActions()
{
    auto *exported = new Button(theme(), Button::Kind::Secondary, u"export"_s, tr("Export"));
    auto *more = new Button(theme(), Button::Kind::Ghost, u"more"_s, {});
    more->setAccessibleName(tr("More"));
    more->setToolTip(more->accessibleName());
    auto *menu = new QMenu(this);
    for (const int days : {1, 7, 30})
        menu->addAction(tr("Delete what is older than %n days", nullptr, days), this,
                        [this, days] { removeOld(days); });
    connect(more, &QAbstractButton::clicked, this,
            [more, menu] { menu->popup(more->mapToGlobal(QPoint(0, more->height()))); });
    connect(m_pause, &QAbstractButton::clicked, this, [this] { setPaused(!m_isPaused); });
    connect(exported, &QAbstractButton::clicked, this, &RequestsPage::exportAll);
    actions()->addWidget(m_live);
    actions()->addWidget(m_pause);
    actions()->addWidget(exported);
    actions()->addWidget(more);

    const QString address = QString::fromStdString(control().status().address);
    m_empty->setTexts(tr("Nothing has come in yet"),
                      tr("Point a client at %1 and its requests show up here, live.").arg(address));
    connect(m_empty->addButton(Button::Kind::Primary, tr("Connect a client")), &QAbstractButton::clicked,
            this, [this] { shell().go({.page = PageId::Clients}); });
    connect(m_noHit->addButton(Button::Kind::Secondary, tr("Clear filters")), &QAbstractButton::clicked,
            m_filters, &RequestFilters::clear);
    connect(m_failure->addButton(Button::Kind::Secondary, tr("Try again")), &QAbstractButton::clicked, this,
            &RequestsPage::refresh);
}

void RequestsPage::makeTable()
{
    using M = RequestModel;
    m_table->setModel(m_model);
    m_table->setItemDelegate(new CellDelegate(theme(), m_table));
    m_table->setItemDelegateForColumn(M::Status, new StatusDelegate(theme(), m_table));
    m_table->setItemDelegateForColumn(M::Model, new ModelDelegate(theme(), m_table));
    // Time, Status, Dialect, Model, Key, Token, 1st byte, Duration, In, Out, Cost
    m_table->setColumnWidths({104, 94, 86, 180, 104, 98, 74, 78, 72, 62, 74}, M::Model, 180);
    m_table->setDropOrder({M::Cost, M::Output, M::Input, M::Token, M::Dialect, M::FirstByte, M::Key});
    connect(m_table, &TableView::opened, this, &RequestsPage::openRow);
    connect(m_table, &TableView::menuRequested, this, &RequestsPage::showMenu);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex &now) {
                if (m_pane->isVisible() && now.isValid())
                    openRow(now);
            });
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] {
        const int count = static_cast<int>(m_table->selectionModel()->selectedRows().size());
        m_selection->showCount(count, tr("%n selected", nullptr, count));
    });
    connect(m_table->verticalScrollBar(), &QScrollBar::valueChanged, this, &RequestsPage::follow);
    connect(m_pane, &DetailsPane::closeRequested, this, &RequestsPage::closePane);
    connect(m_pane, &RequestPane::stepRequested, this, &RequestsPage::step);
}

void RequestsPage::makeSelectionBar()
{
    connect(m_selection->addDanger(u"trash"_s, tr("Delete")), &QAbstractButton::clicked, this,
            &RequestsPage::removeSelected);
    connect(m_selection, &SelectionBar::cleared, m_table, &QAbstractItemView::clearSelection);
}

void RequestsPage::connectModel()
{
    connect(m_filters, &RequestFilters::changed, this, &RequestsPage::applyFilter);
    connect(m_model, &RequestModel::waitingChanged, this, &RequestsPage::showWaiting);
    connect(m_model, &RequestModel::loaded, this, &RequestsPage::showEmptyOrTable);
    connect(m_model, &QAbstractItemModel::rowsInserted, this, &RequestsPage::showEmptyOrTable);
    // What is looked at stays where it is while rows come and go above.
    connect(m_model, &RequestModel::shifted, this, [this](int rows) {
        QScrollBar *bar = m_table->verticalScrollBar();
        if (rows < 0 || bar->value() > 0)
            bar->setValue(bar->value() + rows * m_table->verticalHeader()->defaultSectionSize());
    });
    connect(m_new, &QAbstractButton::clicked, this, [this] {
        m_model->reload();
        m_table->scrollToTop();
    });
}

/// New rows push the others only when their top is seen.
void RequestsPage::follow()
{
    const int value = m_table->verticalScrollBar()->value();
    m_model->setLive(!m_isPaused && value == 0);
    if (value < NEAR_TOP_ROWS * m_table->verticalHeader()->defaultSectionSize())
        m_model->fetchNewer();
}

void RequestsPage::applyFilter()
{
    m_model->setFilter(m_filters->filter());
}

void RequestsPage::showWaiting(int count)
{
    m_new->setChecked(true);
    m_new->setText(tr("%n new", nullptr, count));
    m_new->setVisible(count > 0);
    const QString state = m_isPaused ? tr("List paused") : tr("Live");
    m_live->setText(u"●  "_s + state);
    m_live->setAccessibleName(state);
}

void RequestsPage::showEmptyOrTable()
{
    QWidget *shown = m_table;
    if (!m_model->failure().isEmpty()) {
        m_failure->setTexts(tr("Requests cannot be read"), m_model->failure());
        shown = m_failure;
    } else if (m_model->rowCount() == 0 && !m_model->canFetchMore({}) && !m_model->isLoading()) {
        shown = m_filters->isFiltered() ? m_noHit : m_empty;
    }
    m_stack->setCurrentWidget(shown);
}

void RequestsPage::openRow(const QModelIndex &index)
{
    const RequestView *request = m_model->request(index.row());
    if (!request)
        return;
    openRequest(*request);
}

void RequestsPage::openRequest(const RequestView &request)
{
    m_pane->showRequest(request);
    m_pane->show();
    m_table->setPaneOpen(true);
    m_splitter->widget(0)->setVisible(width() >= PANE_COVERS_BELOW);
}

void RequestsPage::closePane()
{
    m_pane->hide();
    m_table->setPaneOpen(false);
    m_splitter->widget(0)->show();
    m_table->setFocus();
}

void RequestsPage::step(int by)
{
    const int row = m_model->rowOf(m_pane->seq()) + by;
    if (row < 0 || row >= m_model->rowCount())
        return;
    m_table->setCurrentIndex(m_model->index(row, 0));
    openRow(m_model->index(row, 0));
}

void RequestsPage::showMenu(const QPoint &position)
{
    const RequestView *found = m_model->request(m_table->currentIndex().row());
    if (!found)
        return;
    const RequestView request = *found;
    const QString model =
        QString::fromStdString(request.modelUsed.empty() ? request.modelAsked : request.modelUsed);
    const QString token = QString::fromStdString(request.token);
    const QString key = QString::fromStdString(request.keyLabel);
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("Details"), this, [this] { openRow(m_table->currentIndex()); });
    menu->addSeparator();
    if (!model.isEmpty())
        menu->addAction(tr("Only %1").arg(model), this, [this, model] { m_filters->setModel(model); });
    if (!token.isEmpty())
        menu->addAction(tr("Only token %1").arg(token), this, [this, token] { m_filters->setToken(token); });
    if (request.keyId != 0) {
        menu->addAction(tr("Only key %1").arg(key), this,
                        [this, request, key] { m_filters->setKey(request.keyId, key); });
        menu->addAction(tr("Show key"), this,
                        [this, request] { shell().go({.page = PageId::Keys, .id = request.keyId}); });
    }
    menu->addSeparator();
    menu->addAction(tr("Copy id"), this,
                    [this, request] { shell().copy(QString::fromStdString(request.id), false); });
    menu->addAction(tr("Delete…"), this, &RequestsPage::removeSelected);
    menu->popup(position);
}

void RequestsPage::setPaused(bool isPaused)
{
    m_isPaused = isPaused;
    m_pause->setIconName(isPaused ? u"play"_s : u"pause"_s);
    m_pause->setText(isPaused ? tr("Resume list") : tr("Pause list"));
    m_live->setRole(isPaused ? &Tokens::text3 : &Tokens::okText);
    follow();
    showWaiting(m_model->waiting());
    if (!isPaused && m_model->waiting() > 0)
        m_model->reload();
}

void RequestsPage::exportAll()
{
    auto *dialog = new QFileDialog(this, tr("Export requests"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilters({tr("CSV (*.csv)"), tr("JSON lines (*.jsonl)")});
    dialog->setDefaultSuffix(u"csv"_s);
    connect(dialog, &QFileDialog::filterSelected, dialog, [dialog](const QString &filter) {
        dialog->setDefaultSuffix(filter.contains(u"jsonl"_s) ? u"jsonl"_s : u"csv"_s);
    });
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) {
        auto *writing = new RequestExport(control(), m_model->filter(), path, this);
        connect(writing, &RequestExport::progressed, this, [this, writing](qint64 count) {
            shell().toast({u"export"_s, tr("%1 requests written…").arg(countText(count)), tr("Cancel"),
                           [writing = QPointer<RequestExport>(writing)] {
                               if (writing)
                                   writing->cancel();
                           }});
        });
        connect(writing, &RequestExport::finished, this, [this](qint64 count, const QString &failure) {
            shell().toast(
                failure.isEmpty()
                    ? ToastText{u"check"_s, tr("%1 requests exported").arg(countText(count)), {}, {}}
                    : ToastText{u"error"_s, tr("Nothing was exported: %1").arg(failure), {}, {}});
        });
        writing->start();
    });
    dialog->open();
}

std::vector<std::int64_t> RequestsPage::selected() const
{
    std::vector<std::int64_t> seqs;
    for (const QModelIndex &index : m_table->selectionModel()->selectedRows()) {
        if (const RequestView *request = m_model->request(index.row()))
            seqs.push_back(request->seq);
    }
    return seqs;
}

void RequestsPage::removeSelected()
{
    const std::vector<std::int64_t> seqs = selected();
    if (seqs.empty())
        return;
    const int count = static_cast<int>(seqs.size());
    askToConfirm(theme(), window(), tr("Delete %n requests?", nullptr, count),
                 tr("Their records cannot be brought back."), tr("Delete"), [this, seqs] {
                     control().records().deleteRequests({seqs, 0},
                                                        {this, [this, seqs](Result<DeletedCount> answer) {
                                                             if (!answer)
                                                                 shell().toastFailure(answer.error());
                                                             else
                                                                 m_model->forget(seqs);
                                                             showEmptyOrTable();
                                                         }});
                 });
}

void RequestsPage::removeOld(int days)
{
    askToConfirm(theme(), window(), tr("Delete requests older than %n days?", nullptr, days),
                 tr("Their records cannot be brought back."), tr("Delete"), [this, days] {
                     const qint64 before = QDateTime::currentMSecsSinceEpoch() - days * DAY;
                     control().records().deleteRequests(
                         {{}, before},
                         {this, [this](Result<DeletedCount> answer) {
                              if (!answer) {
                                  shell().toastFailure(answer.error());
                                  return;
                              }
                              const int count = static_cast<int>(answer->count);
                              shell().toast({u"trash"_s, tr("%n requests deleted", nullptr, count), {}, {}});
                              refresh();
                          }});
                 });
}

void RequestsPage::loadSlow()
{
    StatsQuery query;
    query.fromMs = QDateTime::currentMSecsSinceEpoch() - DAY;
    query.step = UsageStep::Hour;
    control().records().stats(
        query, {this, [this](Result<UsageStats> stats) {
                    if (!stats)
                        return;
                    m_model->setSlowMs(stats->total.sums.durationP95);
                    setRemark(tr("%1 in the last 24 h").arg(countText(stats->total.sums.requests)));
                }});
}

void RequestsPage::goTo(const Target &target)
{
    if (target.id != 0) {
        KeyQuery query;
        query.ids = {target.id};
        control().keys().list(query, {this, [this, id = target.id](Result<KeyInfoPage> page) {
                                          QString name = QString::number(id);
                                          if (page && !page->keys.empty()) {
                                              const KeyInfo &key = page->keys.front();
                                              name = QString::fromStdString(key.settings.label.empty()
                                                                                ? key.masked
                                                                                : key.settings.label);
                                          }
                                          m_filters->setKey(id, name);
                                      }});
    }
    if (target.fromMs != 0)
        m_filters->setSpan(target.fromMs, target.untilMs);
    if (!target.filter.isEmpty())
        openId(target.filter);
}

void RequestsPage::openId(const QString &id)
{
    control().records().request(id.toStdString(), {this, [this](const Result<RequestDetail> &detail) {
                                                       if (!detail) {
                                                           shell().toastFailure(detail.error());
                                                           return;
                                                       }
                                                       const int row = m_model->rowOf(detail->request.seq);
                                                       if (row >= 0)
                                                           m_table->setCurrentIndex(m_model->index(row, 0));
                                                       openRequest(detail->request);
                                                   }});
}

void RequestsPage::focusSearch()
{
    m_filters->focusSearch();
}

void RequestsPage::refresh()
{
    m_model->reload();
    loadSlow();
}

bool RequestsPage::escape()
{
    if (m_pane->isVisible()) {
        closePane();
        return true;
    }
    if (m_filters->clearSearch())
        return true;
    if (!m_table->selectionModel()->hasSelection())
        return false;
    m_table->clearSelection();
    return true;
}

QList<QWidget *> RequestsPage::areas() const
{
    return {m_filters, m_table, m_pane};
}

void RequestsPage::showEvent(QShowEvent *event)
{
    Page::showEvent(event);
    if (!m_isPaused && m_model->waiting() > 0)
        m_model->reload();
}

void RequestsPage::resizeEvent(QResizeEvent *event)
{
    Page::resizeEvent(event);
    if (!m_pane->isHidden()) // also while another page is shown
        m_splitter->widget(0)->setVisible(width() >= PANE_COVERS_BELOW);
}

} // namespace Ui
