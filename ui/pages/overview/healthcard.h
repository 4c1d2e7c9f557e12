#pragma once

#include <array>

#include <QWidget>

#include "gateway/control/control.h"
#include "ui/theme.h"

namespace Ui {

class HealthCount;
class HealthBar;
class TextLabel;

/// How many keys are in which state: a bar and four counts that lead to them.
class HealthCard final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(HealthCard)

public:
    explicit HealthCard(const Theme &theme, QWidget *parent = nullptr);

    void showStatus(const Gateway::GatewayStatus &status);
    /// When the first resting key is back, ms since 1970 UTC; 0: none rests.
    void showFirstBack(qint64 ms);

Q_SIGNALS:
    /// "usable", "resting", "sidelined", "disabled", or empty for all.
    void keysChosen(const QString &filter);

private:
    HealthBar *m_bar;
    std::array<HealthCount *, 4> m_counts{};
    TextLabel *m_foot;
};

} // namespace Ui
