#include "ui/pages/overview/timechart.h"

#include <algorithm>
#include <cmath>

#include <QDateTime>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include "ui/text/format.h"
#include "ui/widgets/focusring.h"
#include "ui/widgets/marks.h"

using namespace Qt::StringLiterals;

namespace Ui {

namespace {

constexpr int LEFT = 44;
constexpr int BOTTOM = 20;
constexpr int LINES = 3;
constexpr qreal BAR_GAP = 2.5;
constexpr int TIMES = 4;

/// The least round number that is no smaller and that LINES whole steps divide.
double roundedTop(double most)
{
    const double step = std::max(1.0, std::ceil(most / LINES));
    const double power = std::pow(10, std::floor(std::log10(step)));
    for (const double factor : {1.0, 2.0, 2.5, 4.0, 5.0, 8.0, 10.0}) {
        const double rounded = factor * power;
        if (rounded >= step && rounded == std::floor(rounded))
            return rounded * LINES;
    }
    return step * LINES;
}

QString timeText(qint64 ms)
{
    return QDateTime::fromMSecsSinceEpoch(ms).toString(u"HH:mm"_s);
}

} // namespace

TimeChart::TimeChart(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Chart of the last hour"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void TimeChart::showData(ChartData shown)
{
    m_data = std::move(shown);
    double most = 0;
    for (int i = 0; i < spans(); ++i) {
        if (m_data.form == ChartData::Form::Stacked) {
            most = std::max(most, sum(i));
            continue;
        }
        for (const ChartData::Series &series : m_data.series)
            most = std::max(most, series.values[static_cast<std::size_t>(i)]);
    }
    m_top = roundedTop(std::max<double>(most, LINES));
    m_marked = std::min(m_marked, spans() - 1);
    setAccessibleDescription(spans() > 0 ? figures(spans() - 1) : QString());
    update();
}

QSize TimeChart::sizeHint() const
{
    return {560, 210};
}

QSize TimeChart::minimumSizeHint() const
{
    return {240, 140};
}

QRectF TimeChart::plot() const
{
    return QRectF(rect()).adjusted(LEFT, 6, -2, -BOTTOM);
}

QRectF TimeChart::slot(int index) const
{
    const QRectF area = plot();
    const qreal pitch = area.width() / spans();
    return {area.left() + pitch * index, area.top(), pitch, area.height()};
}

int TimeChart::indexAt(qreal x) const
{
    const QRectF area = plot();
    if (spans() == 0 || x < area.left() || x >= area.right())
        return -1;
    return static_cast<int>((x - area.left()) / area.width() * spans());
}

double TimeChart::sum(int index) const
{
    double whole = 0;
    for (const ChartData::Series &series : m_data.series)
        whole += std::max(0.0, series.values[static_cast<std::size_t>(index)]);
    return whole;
}

QString TimeChart::figures(int index) const
{
    QStringList parts{timeText(m_data.starts[static_cast<std::size_t>(index)])};
    for (const ChartData::Series &series : m_data.series)
        parts += u"%1: %2"_s.arg(series.name, m_data.text(series.values[static_cast<std::size_t>(index)]));
    return parts.join(u", "_s);
}

void TimeChart::mark(int index)
{
    if (index == m_marked)
        return;
    m_marked = index;
    update();
}

void TimeChart::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (spans() == 0)
        return;
    const QRectF area = plot();
    paintGrid(painter, area);
    paintTimes(painter, area);
    if (m_data.form == ChartData::Form::Stacked)
        paintBars(painter, area);
    else
        paintLines(painter, area);
    paintFocusRing(painter, m_theme, this, rect(), 6);
    if (m_marked >= 0)
        paintNote(painter, area);
}

void TimeChart::paintGrid(QPainter &painter, const QRectF &plot) const
{
    const QFont font = m_theme.font(TextStyle::Caption);
    for (int i = 0; i <= LINES; ++i) {
        const qreal y = std::round(plot.bottom() - plot.height() * i / LINES) + 0.5;
        painter.setPen(i == 0 ? m_theme.tokens().border : m_theme.tokens().grid);
        painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y));
        painter.setPen(m_theme.tokens().text3);
        drawTabular(painter, QRect(0, qRound(y) - 8, LEFT - 8, 16), m_data.text(m_top * i / LINES), font);
    }
}

void TimeChart::paintTimes(QPainter &painter, const QRectF &plot) const
{
    painter.setFont(m_theme.font(TextStyle::Caption));
    painter.setPen(m_theme.tokens().text3);
    for (int i = 0; i <= TIMES; ++i) {
        const int index = (spans() - 1) * i / TIMES;
        const QString text = timeText(m_data.starts[static_cast<std::size_t>(index)]);
        const int width = painter.fontMetrics().horizontalAdvance(text) + 2;
        const qreal left =
            std::clamp(slot(index).center().x() - width / 2.0, plot.left(), plot.right() - width);
        painter.drawText(QRectF(left, plot.bottom() + 2, width, BOTTOM - 2), Qt::AlignCenter, text);
    }
}

void TimeChart::paintBars(QPainter &painter, const QRectF &plot) const
{
    const Tokens &tokens = m_theme.tokens();
    painter.setPen(Qt::NoPen);
    for (int i = 0; i < spans(); ++i) {
        const QRectF place = slot(i).adjusted(BAR_GAP / 2, 0, -BAR_GAP / 2, 0);
        qreal bottom = plot.bottom();
        for (const ChartData::Series &series : m_data.series) {
            const double value = series.values[static_cast<std::size_t>(i)];
            if (value <= 0)
                continue;
            // What is there is seen, however little it is.
            const qreal height = std::max<qreal>(2, plot.height() * value / m_top);
            const bool isMarkedFirst = i == m_marked && &series == &m_data.series.front();
            painter.setBrush(isMarkedFirst ? tokens.accent : tokens.*series.color);
            painter.drawRoundedRect(QRectF(place.left(), bottom - height, place.width(), height), 1.5, 1.5);
            bottom -= height + 1;
        }
    }
}

void TimeChart::paintLines(QPainter &painter, const QRectF &plot) const
{
    for (const ChartData::Series &series : m_data.series) {
        QPolygonF line;
        const auto draw = [&] {
            painter.setPen(QPen(m_theme.tokens().*series.color, 1.5));
            if (line.size() > 1)
                painter.drawPolyline(line);
            painter.setPen(Qt::NoPen);
            painter.setBrush(m_theme.tokens().*series.color);
            if (line.size() == 1) // a lone minute
                painter.drawEllipse(line.front(), 2, 2);
            line.clear();
        };
        for (int i = 0; i < spans(); ++i) {
            const double value = series.values[static_cast<std::size_t>(i)];
            if (value < 0)
                draw();
            else
                line += QPointF(slot(i).center().x(), plot.bottom() - plot.height() * value / m_top);
        }
        draw();
    }
}

void TimeChart::paintNote(QPainter &painter, const QRectF &plot) const
{
    const Tokens &tokens = m_theme.tokens();
    const auto index = static_cast<std::size_t>(m_marked);
    const qreal x = std::round(slot(m_marked).center().x()) + 0.5;
    painter.setPen(tokens.idle);
    painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()));
    const QFont font = m_theme.font(TextStyle::Caption);
    const QFontMetrics metrics(font);
    const int row = metrics.height() + 4;
    int width = 90;
    for (const ChartData::Series &series : m_data.series)
        width = std::max(width, metrics.horizontalAdvance(series.name) +
                                    metrics.horizontalAdvance(m_data.text(series.values[index])) + 50);
    const bool isRoomAtLeft = x - width - 12 > plot.left();
    const QRectF box(isRoomAtLeft ? x - width - 12 : x + 12, plot.top() + 4, width,
                     (static_cast<int>(m_data.series.size()) + 1) * row + 12);
    painter.setPen(tokens.border2);
    painter.setBrush(tokens.raised);
    painter.drawRoundedRect(box, 6, 6);
    QFont strong = font;
    strong.setWeight(QFont::DemiBold);
    painter.setFont(strong);
    painter.setPen(tokens.text);
    painter.drawText(QPointF(box.left() + 10, box.top() + 6 + metrics.ascent()),
                     timeText(m_data.starts[index]));
    qreal top = box.top() + 6 + row;
    for (const ChartData::Series &series : m_data.series) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(tokens.*series.color);
        painter.drawRoundedRect(QRectF(box.left() + 10, top + (row - 8) / 2.0, 8, 8), 2, 2);
        painter.setPen(tokens.text2);
        painter.setFont(font);
        painter.drawText(QPointF(box.left() + 24, top + 2 + metrics.ascent()), series.name);
        painter.setPen(tokens.text);
        drawTabular(painter, QRect(qRound(box.left()), qRound(top), qRound(box.width()) - 10, row),
                    m_data.text(series.values[index]), strong);
        top += row;
    }
}

void TimeChart::mouseMoveEvent(QMouseEvent *event)
{
    mark(indexAt(event->position().x()));
}

void TimeChart::mouseReleaseEvent(QMouseEvent *event)
{
    if (const int index = indexAt(event->position().x()); index >= 0)
        Q_EMIT spanChosen(m_data.starts[static_cast<std::size_t>(index)]);
}

void TimeChart::leaveEvent(QEvent *)
{
    mark(-1);
}

void TimeChart::keyPressEvent(QKeyEvent *event)
{
    const int last = spans() - 1;
    if (last >= 0 && (event->key() == Qt::Key_Left || event->key() == Qt::Key_Right)) {
        const int step = event->key() == Qt::Key_Left ? -1 : 1;
        mark(m_marked < 0 ? last : std::clamp(m_marked + step, 0, last));
        setAccessibleDescription(figures(m_marked));
        return;
    }
    if (m_marked >= 0 && (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)) {
        Q_EMIT spanChosen(m_data.starts[static_cast<std::size_t>(m_marked)]);
        return;
    }
    QWidget::keyPressEvent(event);
}

} // namespace Ui
