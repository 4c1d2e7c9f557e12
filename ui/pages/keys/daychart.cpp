#include "ui/pages/keys/daychart.h"

#include <algorithm>

#include <QDateTime>
#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

#include "ui/text/format.h"
#include "ui/widgets/charttable.h"

using namespace Gateway;
using namespace Qt::StringLiterals;

namespace Ui {

namespace {

constexpr int HEIGHT = 72;
constexpr int GAP = 3;
constexpr int STUB = 2;

} // namespace

DayChart::DayChart(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    setAccessibleName(tr("Calls, last 24 h"));
    offerChartTable(theme, this, accessibleName(), [this] { return figures(); });
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&theme, &Theme::changed, this, [this] {
        updateGeometry();
        update();
    });
}

void DayChart::setHistory(const KeyHistory &history)
{
    m_history = history;
    QStringList lines;
    for (int bar = 0; bar < static_cast<int>(m_history.calls.size()); ++bar) {
        if (m_history.calls[static_cast<std::size_t>(bar)] > 0)
            lines += textOf(bar);
    }
    setAccessibleDescription(lines.isEmpty() ? tr("No calls") : lines.join(u'\n'));
    update();
}

void DayChart::clear()
{
    setHistory({});
}

ChartData DayChart::figures() const
{
    ChartData chart;
    chart.text = [](double value) { return countText(qRound64(value)); };
    chart.series = {{tr("Calls"), &Tokens::series, {}}, {tr("Failed"), &Tokens::bad, {}}};
    for (std::size_t bar = 0; bar < m_history.calls.size(); ++bar) {
        chart.starts.push_back(m_history.fromMs + static_cast<qint64>(bar) * m_history.spanMs);
        chart.series[0].values.push_back(static_cast<double>(m_history.calls[bar]));
        chart.series[1].values.push_back(static_cast<double>(m_history.failed[bar]));
    }
    return chart;
}

QSize DayChart::sizeHint() const
{
    return {200, HEIGHT + QFontMetrics(m_theme.font(TextStyle::Caption)).height()};
}

QRect DayChart::bars() const
{
    return {0, 4, width(), height() - 8 - QFontMetrics(m_theme.font(TextStyle::Caption)).height()};
}

int DayChart::barAt(int x) const
{
    const auto count = static_cast<int>(m_history.calls.size());
    const int bar = count > 0 ? x * count / std::max(1, width()) : -1;
    return bar < count ? bar : -1;
}

QString DayChart::textOf(int bar) const
{
    const auto at = static_cast<std::size_t>(bar);
    const qint64 from = m_history.fromMs + bar * m_history.spanMs;
    const auto timeOf = [](qint64 ms) { return QDateTime::fromMSecsSinceEpoch(ms).toString(u"HH:mm"_s); };
    return tr("%1–%2: %3 calls, %4 failed")
        .arg(timeOf(from), timeOf(from + m_history.spanMs), countText(m_history.calls[at]),
             countText(m_history.failed[at]));
}

void DayChart::paintEvent(QPaintEvent *)
{
    const Tokens &tokens = m_theme.tokens();
    QPainter painter(this);
    const QRect area = bars();
    const auto count = static_cast<int>(m_history.calls.size());
    std::int64_t most = 1;
    for (const std::int64_t calls : m_history.calls)
        most = std::max(most, calls);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    for (int bar = 0; bar < count; ++bar) {
        const auto at = static_cast<std::size_t>(bar);
        const int left = bar * (area.width() + GAP) / count;
        const int barWidth = (bar + 1) * (area.width() + GAP) / count - GAP - left;
        const auto heightOf = [&](std::int64_t calls) {
            return static_cast<int>(calls * area.height() / most);
        };
        const int failed = m_history.failed[at] > 0 ? std::max(4, heightOf(m_history.failed[at])) : 0;
        const int height = m_history.calls[at] > 0 ? std::max(STUB, heightOf(m_history.calls[at])) : 0;
        const int good = std::max(0, height - failed - (failed > 0 ? 1 : 0));
        painter.setBrush(height > 0 ? tokens.series : tokens.track);
        const int foot = height > 0 ? good : STUB;
        painter.drawRoundedRect(QRect(left, area.bottom() + 1 - foot, barWidth, foot), 2, 2);
        if (failed == 0)
            continue;
        painter.setBrush(tokens.bad);
        painter.drawRoundedRect(QRect(left, area.bottom() - good - failed, barWidth, failed), 2, 2);
    }
    painter.setFont(m_theme.font(TextStyle::Caption));
    painter.setPen(tokens.text3);
    const QRect line(0, area.bottom() + 4, width(), height() - area.bottom() - 4);
    if (m_history.fromMs > 0)
        painter.drawText(
            line, Qt::AlignLeft | Qt::AlignBottom,
            tr("Yesterday %1").arg(QDateTime::fromMSecsSinceEpoch(m_history.fromMs).toString(u"HH:mm"_s)));
    painter.drawText(line, Qt::AlignRight | Qt::AlignBottom, tr("Now"));
}

bool DayChart::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    const int bar = barAt(help->pos().x());
    if (bar >= 0)
        QToolTip::showText(help->globalPos(), textOf(bar), this);
    return true;
}

} // namespace Ui
