#pragma once

#include <vector>

#include <QWidget>

#include "ui/theme.h"

namespace Ui {

/// A span of the chart.
struct ChartBar
{
    qint64 startMs = 0; ///< ms since 1970 UTC.
    qint64 answered = 0;
    qint64 failed = 0;
};

/// Requests per minute as bars, failures stacked on top. Mouse and arrow keys mark a bar and tell its
/// figures; Enter and a click ask for its requests.
class BarChart final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(BarChart)

public:
    explicit BarChart(const Theme &theme, QWidget *parent = nullptr);

    /// Oldest first, one for each span.
    void showBars(std::vector<ChartBar> bars);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    /// ms since 1970 UTC.
    void spanChosen(qint64 startMs);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    QRectF plot() const;
    QRectF slot(int index) const;
    int indexAt(qreal x) const;
    void mark(int index);
    void paintGrid(QPainter &painter, const QRectF &plot) const;
    void paintTimes(QPainter &painter, const QRectF &plot) const;
    void paintBars(QPainter &painter, const QRectF &plot) const;
    void paintNote(QPainter &painter, const QRectF &plot) const;

    const Theme &m_theme;
    std::vector<ChartBar> m_bars;
    qint64 m_top = 4; ///< Value at the upper edge.
    int m_marked = -1;
};

} // namespace Ui
