#pragma once

#include <QWidget>

#include "ui/theme.h"
#include "ui/widgets/chartdata.h"

namespace Ui {

/// Spans of time as stacked bars or as lines. Mouse and arrow keys mark a span and tell its figures; Enter
/// and a click ask for its requests.
class TimeChart final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TimeChart)

public:
    explicit TimeChart(const Theme &theme, QWidget *parent = nullptr);

    void showData(ChartData shown);
    const ChartData &shown() const { return m_data; }

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
    int spans() const { return static_cast<int>(m_data.starts.size()); }
    QRectF plot() const;
    QRectF slot(int index) const;
    int indexAt(qreal x) const;
    double sum(int index) const;
    void mark(int index);
    QString figures(int index) const;
    void paintGrid(QPainter &painter, const QRectF &plot) const;
    void paintTimes(QPainter &painter, const QRectF &plot) const;
    void paintBars(QPainter &painter, const QRectF &plot) const;
    void paintLines(QPainter &painter, const QRectF &plot) const;
    void paintNote(QPainter &painter, const QRectF &plot) const;

    const Theme &m_theme;
    ChartData m_data;
    double m_top = 3; ///< Value at the upper edge.
    int m_marked = -1;
};

} // namespace Ui
