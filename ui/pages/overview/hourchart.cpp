#include "ui/pages/overview/hourchart.h"

#include <algorithm>
#include <array>
#include <memory>

#include <QDateTime>
#include <QHBoxLayout>
#include <QVBoxLayout>

#include "ui/text/format.h"
#include "ui/widgets/card.h"
#include "ui/widgets/charttable.h"
#include "ui/widgets/segmented.h"
#include "ui/widgets/textlabel.h"

using namespace Gateway;
using namespace Qt::StringLiterals;

namespace Ui {

namespace {

constexpr qint64 MINUTE = 60'000;
constexpr int SPANS = 60;
constexpr std::array<Role, 4> COLORS = {&Tokens::series, &Tokens::ok, &Tokens::warn, &Tokens::accentText};

double tokensOf(const UsageFigures &figures)
{
    return static_cast<double>(figures.sums.inputTokens + figures.sums.outputTokens);
}

QString wholeText(double value)
{
    return shortCountText(qRound64(std::max(0.0, value)));
}

} // namespace

HourChart::HourChart(const PageParts &parts, QWidget *parent)
    : QWidget(parent)
    , m_parts(parts)
    , m_view(new Segmented(parts.theme, tr("Chart"), {tr("Requests"), tr("Latency"), tr("Tokens")}))
    , m_legend(new QHBoxLayout)
    , m_chart(new TimeChart(parts.theme))
{
    auto *caption = new TextLabel(parts.theme, TextStyle::Small, &Tokens::text3);
    caption->setText(tr("per minute, last 60 min"));
    m_legend->setSpacing(6);
    auto *head = new QHBoxLayout;
    head->setSpacing(10);
    head->addWidget(m_view);
    head->addWidget(caption);
    head->addStretch();
    head->addLayout(m_legend);
    auto *card = new Card(parts.theme, &Tokens::surface, &Tokens::border);
    auto *column = new QVBoxLayout(card);
    column->setContentsMargins(16, 12, 16, 8);
    column->addLayout(head);
    column->addWidget(m_chart, 1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(card);
    connect(m_view, &Segmented::chosen, this, &HourChart::load);
    connect(m_chart, &TimeChart::spanChosen, this, &HourChart::minuteChosen);
    offerChartTable(parts.theme, m_chart, tr("Per minute, last 60 min"), [this] { return m_chart->shown(); });
}

ChartData HourChart::emptyData() const
{
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    ChartData chart;
    for (int i = SPANS - 1; i >= 0; --i)
        chart.starts.push_back(now - now % MINUTE - i * MINUTE);
    chart.text = wholeText;
    return chart;
}

std::vector<double> HourChart::minutes(const ChartData &chart, const UsageStats &stats,
                                       const std::function<double(const UsageFigures &)> &value,
                                       double otherwise)
{
    std::vector<double> values(chart.starts.size(), otherwise);
    for (const UsageFigures &point : stats.points) {
        const qint64 index = (point.startMs - chart.starts.front()) / MINUTE;
        if (index >= 0 && index < std::ssize(values))
            values[static_cast<std::size_t>(index)] = value(point);
    }
    return values;
}

void HourChart::load()
{
    StatsQuery query;
    query.fromMs = emptyData().starts.front();
    query.step = UsageStep::Minute;
    m_parts.control.records().stats(
        query,
        {this, [this, round = ++m_round](Result<UsageStats> stats) {
             if (!stats || round != m_round)
                 return;
             ChartData chart = emptyData();
             switch (m_view->current()) {
             case Latency:
                 chart.form = ChartData::Form::Lines;
                 chart.text = [](double ms) { return durationText(qRound64(ms)); };
                 chart.series = {{tr("p50"), &Tokens::ok,
                                  minutes(
                                      chart, *stats,
                                      [](const UsageFigures &point) {
                                          return static_cast<double>(point.sums.durationP50);
                                      },
                                      -1)},
                                 {tr("p95"), &Tokens::warn,
                                  minutes(
                                      chart, *stats,
                                      [](const UsageFigures &point) {
                                          return static_cast<double>(point.sums.durationP95);
                                      },
                                      -1)}};
                 break;
             case TokensByModel:
                 loadModels(*stats);
                 return;
             default:
                 chart.series = {
                     {tr("Answered"), &Tokens::series,
                      minutes(
                          chart, *stats,
                          [](const UsageFigures &point) {
                              return static_cast<double>(point.sums.requests - point.sums.failed);
                          },
                          0)},
                     {tr("Failed"), &Tokens::bad,
                      minutes(
                          chart, *stats,
                          [](const UsageFigures &point) { return static_cast<double>(point.sums.failed); },
                          0)}};
             }
             show(std::move(chart));
         }});
}

/// The models with the most requests one by one, what is left of all tokens as the others.
void HourChart::loadModels(const UsageStats &whole)
{
    auto chart = std::make_shared<ChartData>(emptyData());
    const auto count = std::min<std::size_t>(whole.models.size(), COLORS.size());
    auto rest = std::make_shared<std::vector<double>>(minutes(*chart, whole, tokensOf, 0));
    auto left = std::make_shared<std::size_t>(count);
    const auto finish = [this, chart, rest] {
        if (std::any_of(rest->begin(), rest->end(), [](double value) { return value > 0.5; }))
            chart->series.push_back({tr("Others"), &Tokens::idle, *rest});
        show(std::move(*chart));
    };
    if (count == 0) {
        show(std::move(*chart));
        return;
    }
    for (std::size_t i = 0; i < count; ++i)
        chart->series.push_back(
            {QString::fromStdString(whole.models[i].model), COLORS[i], std::vector<double>(SPANS, 0)});
    for (std::size_t i = 0; i < count; ++i) {
        StatsQuery query;
        query.fromMs = chart->starts.front();
        query.step = UsageStep::Minute;
        query.model = whole.models[i].model;
        m_parts.control.records().stats(
            query, {this, [this, i, chart, rest, left, finish, round = m_round](Result<UsageStats> stats) {
                        if (round != m_round)
                            return;
                        if (stats)
                            chart->series[i].values = minutes(*chart, *stats, tokensOf, 0);
                        for (std::size_t minute = 0; minute < rest->size(); ++minute)
                            (*rest)[minute] -= chart->series[i].values[minute];
                        if (--*left == 0)
                            finish();
                    }});
    }
}

void HourChart::show(ChartData chart)
{
    while (const QLayoutItem *item = m_legend->takeAt(0)) {
        item->widget()->deleteLater();
        delete item;
    }
    for (const ChartData::Series &series : chart.series) {
        auto *dot = new Card(m_parts.theme, series.color, series.color);
        dot->setFixedSize(9, 9);
        auto *name = new TextLabel(m_parts.theme, TextStyle::Small, &Tokens::text2);
        name->setText(series.name);
        m_legend->addWidget(dot);
        m_legend->addWidget(name);
    }
    m_chart->showData(std::move(chart));
}

} // namespace Ui
