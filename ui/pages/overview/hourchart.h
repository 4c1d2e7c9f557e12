#pragma once

#include <QWidget>

#include "ui/frame/page.h"
#include "ui/pages/overview/timechart.h"

class QHBoxLayout;

namespace Ui {

class Segmented;

/// The last hour minute by minute: requests, latency, or tokens by model.
class HourChart final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(HourChart)

public:
    explicit HourChart(const PageParts &parts, QWidget *parent = nullptr);

    void load();

Q_SIGNALS:
    /// A minute's start, ms since 1970 UTC.
    void minuteChosen(qint64 startMs);

private:
    enum View : int { Requests, Latency, TokensByModel };

    void loadModels(const Gateway::UsageStats &whole);
    void show(ChartData chart);
    ChartData emptyData() const;
    static std::vector<double> minutes(const ChartData &chart, const Gateway::UsageStats &stats,
                                       const std::function<double(const Gateway::UsageFigures &)> &value,
                                       double otherwise);

    PageParts m_parts;
    Segmented *m_view;
    QHBoxLayout *m_legend;
    TimeChart *m_chart;
    int m_round = 0; ///< Answers for another view are not shown.
};

} // namespace Ui
