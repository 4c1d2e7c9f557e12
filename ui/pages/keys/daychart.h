#pragma once

#include <QWidget>

#include "gateway/control/control.h"
#include "ui/theme.h"
#include "ui/widgets/chartdata.h"

namespace Ui {

/// A key's last 24 hours: a bar for each hour, failures on top. Oldest at the left in every writing
/// direction.
class DayChart final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(DayChart)

public:
    explicit DayChart(const Theme &theme, QWidget *parent = nullptr);

    void setHistory(const Gateway::KeyHistory &history);
    void clear();
    /// The same as figures.
    ChartData figures() const;

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    bool event(QEvent *event) override;

private:
    int barAt(int x) const;
    QString textOf(int bar) const;
    QRect bars() const;

    const Theme &m_theme;
    Gateway::KeyHistory m_history;
};

} // namespace Ui
