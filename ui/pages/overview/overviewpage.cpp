#include "ui/pages/overview/overviewpage.h"

#include <algorithm>
#include <map>

#include <QDateTime>
#include <QHBoxLayout>
#include <QScrollArea>
#include <QTimer>
#include <QVBoxLayout>

#include "ui/desktop.h"
#include "ui/frame/shell.h"
#include "ui/pages/overview/gatewaycard.h"
#include "ui/pages/overview/healthcard.h"
#include "ui/pages/overview/hourchart.h"
#include "ui/pages/overview/periodfigures.h"
#include "ui/pages/overview/problemscard.h"
#include "ui/pages/overview/statcard.h"
#include "ui/pages/overview/topmodels.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/inlineresult.h"
#include "ui/widgets/segmented.h"
#include "ui/widgets/textlabel.h"

using namespace Gateway;
using namespace Qt::StringLiterals;

namespace Ui {

namespace {

constexpr int MARGIN = 24;
constexpr int GAP = 12;
constexpr int SIDE = 320;
constexpr int NARROW = 820;
constexpr int PAUSE_MS = 400;
constexpr qint64 MINUTE = 60'000;

/// A heading with a caption beside it and room for something at the right.
QHBoxLayout *cardHead(const Theme &theme, const QString &title, const QString &caption)
{
    auto *heading = new TextLabel(theme, TextStyle::Section, &Tokens::text);
    heading->setText(title);
    auto *remark = new TextLabel(theme, TextStyle::Small, &Tokens::text3);
    remark->setText(caption);
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(heading);
    row->addWidget(remark);
    row->addStretch();
    return row;
}

} // namespace

OverviewPage::OverviewPage(const PageParts &parts, QWidget *parent)
    : Page(parts, tr("Overview"), parent)
    , m_period(new Segmented(theme(), tr("Period"), {tr("1m"), tr("1h"), tr("24h"), tr("7d"), tr("Month")}))
    , m_gateway(new GatewayCard(theme()))
    , m_chart(new HourChart(parts))
    , m_models(new TopModels(theme()))
    , m_problems(new ProblemsCard(theme()))
    , m_health(new HealthCard(theme()))
    , m_failure(new InlineResult(theme()))
    , m_statGrid(new QGridLayout)
    , m_lower(new QGridLayout)
    , m_modelsCard(makeModelsCard())
    , m_timer(new QTimer(this))
    , m_minute(new QTimer(this))
{
    m_period->setCurrent(static_cast<int>(Period::Day));
    actions()->addWidget(m_period);
    auto *scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(makeCards());
    body()->addWidget(scroll);
    m_timer->setSingleShot(true);
    m_timer->setInterval(PAUSE_MS);
    connect(m_timer, &QTimer::timeout, this, &OverviewPage::load);
    // Figures of a moving period change by themselves.
    m_minute->setInterval(static_cast<int>(MINUTE) / 4);
    connect(m_minute, &QTimer::timeout, this, &OverviewPage::later);
    m_minute->start();
    connectControl();
    connectActs();
    layOut();
    load();
}

QWidget *OverviewPage::makeCards()
{
    const std::array names = {tr("Requests"),     tr("Success rate"),
                              tr("p95 duration"), tr("Time to first token"),
                              tr("Tokens"),       tr("Cost")};
    for (std::size_t i = 0; i < names.size(); ++i) {
        m_stats[i] = new StatCard(theme(), names[i], i == 1 ? &Tokens::ok : &Tokens::accent);
        connect(m_stats[i], &QAbstractButton::clicked, this,
                [this] { shell().go({.page = PageId::Requests}); });
    }
    m_statGrid->setSpacing(GAP);
    m_lower->setSpacing(GAP);
    auto *cards = new QWidget;
    auto *column = new QVBoxLayout(cards);
    column->setContentsMargins(MARGIN, 0, MARGIN, 20);
    column->setSpacing(GAP);
    column->addWidget(m_failure);
    column->addWidget(m_gateway);
    column->addLayout(m_statGrid);
    column->addLayout(m_lower, 1);
    return cards;
}

QWidget *OverviewPage::makeModelsCard()
{
    auto *card = new Card(theme(), &Tokens::surface, &Tokens::border);
    auto *column = new QVBoxLayout(card);
    column->setContentsMargins(16, 12, 16, 12);
    column->setSpacing(10);
    QHBoxLayout *head = cardHead(theme(), tr("Top models"), {});
    auto *unit = new TextLabel(theme(), TextStyle::Small, &Tokens::text3);
    unit->setText(tr("requests"));
    head->addWidget(unit);
    column->addLayout(head);
    column->addWidget(m_models, 1);
    return card;
}

void OverviewPage::connectControl()
{
    connect(&control(), &Control::statusChanged, this, [this] {
        m_gateway->showStatus(control().status());
        m_health->showStatus(control().status());
    });
    connect(&control(), &Control::requestsRecorded, this, &OverviewPage::later);
    connect(&control(), &Control::keysChanged, this, &OverviewPage::later);
    connect(&control(), &Control::modelHealthChanged, this, &OverviewPage::later);
    connect(&control(), &Control::tokensChanged, this, &OverviewPage::later);
    connect(&control(), &Control::settingsChanged, this, &OverviewPage::later);
}

void OverviewPage::connectActs()
{
    connect(m_period, &Segmented::chosen, this, &OverviewPage::loadPeriod);
    const Reply<GatewayStatus> told{this, [this](Result<GatewayStatus> answer) {
                                        if (!answer)
                                            shell().toastFailure(answer.error());
                                    }};
    connect(m_gateway, &GatewayCard::pauseRequested, this, [this, told](qint64 forMs) {
        control().serving().pause(forMs > 0 ? QDateTime::currentMSecsSinceEpoch() + forMs : 0, told);
    });
    connect(m_gateway, &GatewayCard::resumeRequested, this,
            [this, told] { control().serving().resume(told); });
    connect(m_chart, &HourChart::minuteChosen, this, [this](qint64 startMs) {
        shell().go({.page = PageId::Requests, .fromMs = startMs, .untilMs = startMs + MINUTE});
    });
    connect(m_health, &HealthCard::keysChosen, this,
            [this](const QString &filter) { shell().go({.page = PageId::Keys, .filter = filter}); });
    connect(m_problems, &ProblemsCard::targetChosen, this,
            [this](const Target &target) { shell().go(target); });
    connect(m_problems, &ProblemsCard::restartRequested, this, [this] {
        if (parts().desktop)
            parts().desktop->restartGateway();
    });
}

void OverviewPage::refresh()
{
    load();
}

QList<QWidget *> OverviewPage::areas() const
{
    return {m_period, m_chart};
}

/// Soon, once for all that happens until then, and not at all while nobody looks.
void OverviewPage::later()
{
    if (isVisible() && !m_timer->isActive())
        m_timer->start();
}

void OverviewPage::showEvent(QShowEvent *event)
{
    Page::showEvent(event);
    later();
}

void OverviewPage::load()
{
    m_gateway->showStatus(control().status());
    m_health->showStatus(control().status());
    loadPeriod();
    m_chart->load();
    loadHealth();
}

void OverviewPage::loadPeriod()
{
    const auto period = static_cast<Period>(m_period->current());
    control().records().stats(
        periodQuery(period, QDateTime::currentMSecsSinceEpoch()),
        {this, [this, round = ++m_round](Result<UsageStats> stats) {
             if (round != m_round)
                 return;
             if (stats) {
                 m_failure->hide();
                 showPeriod(*stats);
                 return;
             }
             m_failure->showResult(
                 InlineResult::Kind::Bad,
                 tr("Figures cannot be read: %1").arg(QString::fromStdString(stats.error().text)));
             connect(m_failure->addButton(tr("Try again")), &QAbstractButton::clicked, this,
                     &OverviewPage::load);
         }});
}

void OverviewPage::showPeriod(const UsageStats &stats)
{
    const auto figures = periodFigures(stats);
    for (std::size_t i = 0; i < figures.size(); ++i)
        m_stats[i]->showFigure(figures[i]);
    m_models->showModels(stats.models);
}

void OverviewPage::loadHealth()
{
    control().serving().models({this, [this](Result<std::vector<ModelView>> models) {
                                    if (!models)
                                        return;
                                    qint64 back = 0;
                                    for (const ModelView &model : *models) {
                                        if (model.firstBackMs > 0)
                                            back = back == 0 ? model.firstBackMs
                                                             : std::min<qint64>(back, model.firstBackMs);
                                    }
                                    m_gateway->showModels(*models);
                                    m_health->showFirstBack(back);
                                }});
    control().serving().problems({this, [this](Result<std::vector<Problem>> problems) {
                                      if (problems)
                                          m_problems->showProblems(*problems);
                                  }});
}

void OverviewPage::resizeEvent(QResizeEvent *event)
{
    Page::resizeEvent(event);
    const bool isNarrow = width() < NARROW + 2 * MARGIN;
    if (isNarrow != m_isNarrow) {
        m_isNarrow = isNarrow;
        layOut();
    }
}

void OverviewPage::layOut()
{
    const int columns = m_isNarrow ? 3 : 6;
    for (int i = 0; i < static_cast<int>(m_stats.size()); ++i)
        m_statGrid->addWidget(m_stats[static_cast<std::size_t>(i)], i / columns, i % columns);
    for (QWidget *side : {m_modelsCard, static_cast<QWidget *>(m_health)}) {
        side->setMinimumWidth(m_isNarrow ? 0 : SIDE);
        side->setMaximumWidth(m_isNarrow ? QWIDGETSIZE_MAX : SIDE);
    }
    m_problems->setMinimumHeight(206);
    m_health->setMinimumHeight(206);
    m_lower->addWidget(m_chart, 0, 0, 1, m_isNarrow ? 2 : 1);
    m_lower->addWidget(m_modelsCard, m_isNarrow ? 2 : 0, m_isNarrow ? 0 : 1, 1, m_isNarrow ? 2 : 1);
    m_lower->addWidget(m_problems, 1, 0);
    m_lower->addWidget(m_health, 1, 1);
    m_lower->setColumnStretch(0, 1);
    m_lower->setRowStretch(0, 1);
}

} // namespace Ui
