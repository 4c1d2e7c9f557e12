#include "ui/pages/overview/barchart.h"

#include <algorithm>
#include <array>
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

constexpr int LEFT = 32;
constexpr int BOTTOM = 20;
constexpr int LINES = 3;
constexpr qreal BAR_GAP = 2.5;
constexpr int TIMES = 4;

/// The least round number that is no smaller and that LINES steps divide.
qint64 roundedTop(qint64 most)
{
    const qint64 step = std::max<qint64>(1, (most + LINES - 1) / LINES);
    const double power = std::pow(10, std::floor(std::log10(static_cast<double>(step))));
    for (const double factor : {1.0, 2.0, 2.5, 4.0, 5.0, 8.0, 10.0}) {
        const double rounded = factor * power;
        if (rounded >= static_cast<double>(step) && rounded == std::floor(rounded))
            return static_cast<qint64>(rounded) * LINES;
    }
    return step * LINES;
}

QString timeText(qint64 ms)
{
    return QDateTime::fromMSecsSinceEpoch(ms).toString(u"HH:mm"_s);
}

} // namespace

BarChart::BarChart(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Requests per minute"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void BarChart::showBars(std::vector<ChartBar> bars)
{
    m_bars = std::move(bars);
    qint64 most = 0;
    qint64 whole = 0;
    qint64 failed = 0;
    for (const ChartBar &bar : m_bars) {
        most = std::max(most, bar.answered + bar.failed);
        whole += bar.answered + bar.failed;
        failed += bar.failed;
    }
    m_top = roundedTop(std::max<qint64>(most, LINES));
    m_marked = std::min(m_marked, static_cast<int>(m_bars.size()) - 1);
    setAccessibleDescription(
        tr("%1 requests in the last hour, %2 failed").arg(countText(whole), countText(failed)));
    update();
}

QSize BarChart::sizeHint() const
{
    return {560, 210};
}

QSize BarChart::minimumSizeHint() const
{
    return {240, 140};
}

QRectF BarChart::plot() const
{
    return QRectF(rect()).adjusted(LEFT, 6, -2, -BOTTOM);
}

QRectF BarChart::slot(int index) const
{
    const QRectF area = plot();
    const qreal pitch = area.width() / static_cast<qreal>(m_bars.size());
    return {area.left() + pitch * index, area.top(), pitch, area.height()};
}

int BarChart::indexAt(qreal x) const
{
    const QRectF area = plot();
    if (m_bars.empty() || x < area.left() || x >= area.right())
        return -1;
    return static_cast<int>((x - area.left()) / area.width() * static_cast<qreal>(m_bars.size()));
}

void BarChart::mark(int index)
{
    if (index == m_marked)
        return;
    m_marked = index;
    update();
}

void BarChart::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF area = plot();
    paintGrid(painter, area);
    if (m_bars.empty())
        return;
    paintTimes(painter, area);
    paintBars(painter, area);
    paintFocusRing(painter, m_theme, this, rect(), 6);
    if (m_marked >= 0)
        paintNote(painter, area);
}

void BarChart::paintGrid(QPainter &painter, const QRectF &plot) const
{
    const QFont font = m_theme.font(TextStyle::Caption);
    for (int i = 0; i <= LINES; ++i) {
        const qreal y = std::round(plot.bottom() - plot.height() * i / LINES) + 0.5;
        painter.setPen(i == 0 ? m_theme.tokens().border : m_theme.tokens().grid);
        painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y));
        painter.setPen(m_theme.tokens().text3);
        drawTabular(painter, QRect(0, qRound(y) - 8, LEFT - 8, 16), shortCountText(m_top * i / LINES), font);
    }
}

void BarChart::paintTimes(QPainter &painter, const QRectF &plot) const
{
    painter.setFont(m_theme.font(TextStyle::Caption));
    painter.setPen(m_theme.tokens().text3);
    const int last = static_cast<int>(m_bars.size()) - 1;
    for (int i = 0; i <= TIMES; ++i) {
        const int index = last * i / TIMES;
        const QRectF place = slot(index);
        const QString text = timeText(m_bars[static_cast<std::size_t>(index)].startMs);
        const int width = painter.fontMetrics().horizontalAdvance(text) + 2;
        const qreal left = std::clamp(place.center().x() - width / 2.0, plot.left(), plot.right() - width);
        painter.drawText(QRectF(left, plot.bottom() + 2, width, BOTTOM - 2), Qt::AlignCenter, text);
    }
}

void BarChart::paintBars(QPainter &painter, const QRectF &plot) const
{
    const Tokens &tokens = m_theme.tokens();
    painter.setPen(Qt::NoPen);
    for (int i = 0; i < static_cast<int>(m_bars.size()); ++i) {
        const ChartBar &bar = m_bars[static_cast<std::size_t>(i)];
        const QRectF place = slot(i).adjusted(BAR_GAP / 2, 0, -BAR_GAP / 2, 0);
        const qreal answered = plot.height() * static_cast<qreal>(bar.answered) / static_cast<qreal>(m_top);
        const qreal failed = plot.height() * static_cast<qreal>(bar.failed) / static_cast<qreal>(m_top);
        painter.setBrush(i == m_marked ? tokens.accent : tokens.series);
        if (answered > 0)
            painter.drawRoundedRect(QRectF(place.left(), plot.bottom() - answered, place.width(), answered),
                                    1.5, 1.5);
        painter.setBrush(tokens.bad);
        if (failed > 0)
            painter.drawRoundedRect(QRectF(place.left(), plot.bottom() - answered - failed - 1, place.width(),
                                           std::max<qreal>(failed, 2)),
                                    1.5, 1.5);
    }
}

void BarChart::paintNote(QPainter &painter, const QRectF &plot) const
{
    const Tokens &tokens = m_theme.tokens();
    const ChartBar &bar = m_bars[static_cast<std::size_t>(m_marked)];
    const qreal x = std::round(slot(m_marked).center().x()) + 0.5;
    painter.setPen(tokens.idle);
    painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()));

    struct Line
    {
        Role dot;
        QString name;
        QString figure;
    };
    const std::array lines = {Line{&Tokens::series, tr("Answered"), countText(bar.answered)},
                              Line{&Tokens::bad, tr("Failed"), countText(bar.failed)}};
    const QFont font = m_theme.font(TextStyle::Caption);
    const QFontMetrics metrics(font);
    const int row = metrics.height() + 4;
    int width = 90;
    for (const Line &line : lines)
        width = std::max(width,
                         metrics.horizontalAdvance(line.name) + metrics.horizontalAdvance(line.figure) + 50);
    const bool isRoomAtLeft = x - width - 12 > plot.left();
    const QRectF box(isRoomAtLeft ? x - width - 12 : x + 12, plot.top() + 4, width, 3 * row + 12);
    painter.setPen(tokens.border2);
    painter.setBrush(tokens.raised);
    painter.drawRoundedRect(box, 6, 6);
    QFont strong = font;
    strong.setWeight(QFont::DemiBold);
    painter.setFont(strong);
    painter.setPen(tokens.text);
    painter.drawText(QPointF(box.left() + 10, box.top() + 6 + metrics.ascent()), timeText(bar.startMs));
    qreal top = box.top() + 6 + row;
    for (const Line &line : lines) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(tokens.*line.dot);
        painter.drawRoundedRect(QRectF(box.left() + 10, top + (row - 8) / 2.0, 8, 8), 2, 2);
        painter.setPen(tokens.text2);
        painter.setFont(font);
        painter.drawText(QPointF(box.left() + 24, top + 2 + metrics.ascent()), line.name);
        painter.setPen(tokens.text);
        drawTabular(painter, QRect(qRound(box.left()), qRound(top), qRound(box.width()) - 10, row),
                    line.figure, strong);
        top += row;
    }
}

void BarChart::mouseMoveEvent(QMouseEvent *event)
{
    mark(indexAt(event->position().x()));
}

void BarChart::mouseReleaseEvent(QMouseEvent *event)
{
    if (const int index = indexAt(event->position().x()); index >= 0)
        Q_EMIT spanChosen(m_bars[static_cast<std::size_t>(index)].startMs);
}

void BarChart::leaveEvent(QEvent *)
{
    mark(-1);
}

void BarChart::keyPressEvent(QKeyEvent *event)
{
    const int last = static_cast<int>(m_bars.size()) - 1;
    if (last >= 0 && (event->key() == Qt::Key_Left || event->key() == Qt::Key_Right)) {
        const int step = event->key() == Qt::Key_Left ? -1 : 1;
        mark(m_marked < 0 ? last : std::clamp(m_marked + step, 0, last));
        const ChartBar &bar = m_bars[static_cast<std::size_t>(m_marked)];
        setAccessibleDescription(
            tr("%1: %2 answered, %3 failed")
                .arg(timeText(bar.startMs), countText(bar.answered), countText(bar.failed)));
        return;
    }
    if (m_marked >= 0 && (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)) {
        Q_EMIT spanChosen(m_bars[static_cast<std::size_t>(m_marked)].startMs);
        return;
    }
    QWidget::keyPressEvent(event);
}

} // namespace Ui
