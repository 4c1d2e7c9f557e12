#pragma once

#include <array>

#include "ui/frame/page.h"

class QBoxLayout;
class QGridLayout;
class QTimer;

namespace Ui {

class GatewayCard;
class HealthCard;
class HourChart;
class InlineResult;
class ProblemsCard;
class Segmented;
class StatCard;
class TopModels;

/// Whether all is well: the gateway's state, the period's figures, the last hour, and what needs a hand.
class OverviewPage final : public Page
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(OverviewPage)

public:
    explicit OverviewPage(const PageParts &parts, QWidget *parent = nullptr);

    void refresh() override;
    QList<QWidget *> areas() const override;

protected:
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    QWidget *makeCards();
    QWidget *makeModelsCard();
    void connectControl();
    void connectActs();
    void later();
    void load();
    void loadPeriod();
    void loadHealth();
    void showPeriod(const Gateway::UsageStats &stats);
    void layOut();

    Segmented *m_period;
    GatewayCard *m_gateway;
    std::array<StatCard *, 6> m_stats{};
    HourChart *m_chart;
    TopModels *m_models;
    ProblemsCard *m_problems;
    HealthCard *m_health;
    InlineResult *m_failure;
    QGridLayout *m_statGrid;
    QGridLayout *m_lower;
    QWidget *m_modelsCard;
    QTimer *m_timer;
    QTimer *m_minute;
    bool m_isNarrow = false;
    int m_round = 0; ///< Answers of an earlier period are not shown.
};

} // namespace Ui
