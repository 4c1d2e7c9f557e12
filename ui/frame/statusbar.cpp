#include "ui/frame/statusbar.h"

#include <QDateTime>
#include <QEvent>
#include <QHBoxLayout>
#include <QPainter>
#include <QTimeZone>
#include <QTimer>

#include "ui/statusview.h"
#include "ui/text/format.h"
#include "ui/widgets/textlabel.h"

using namespace Qt::StringLiterals;

namespace Ui {

namespace {

constexpr int HEIGHT = 28;
constexpr int ICON = 14;
constexpr int ICON_LEFT = 16;
constexpr int GAP = 24;

/// Daily allowances begin anew at midnight in California (ai.google.dev/gemini-api/docs/rate-limits).
qint64 untilQuotaReset()
{
    const QTimeZone pacific("America/Los_Angeles");
    if (!pacific.isValid())
        return -1;
    const QDateTime now = QDateTime::currentDateTimeUtc();
    return now.msecsTo(now.toTimeZone(pacific).date().addDays(1).startOfDay(pacific));
}

} // namespace

StatusBar::StatusBar(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_iconName(u"refresh"_s)
    , m_ink(&Tokens::accentText)
    , m_state(new TextLabel(theme, TextStyle::Small, &Tokens::text))
    , m_address(new TextLabel(theme, TextStyle::Small, &Tokens::text2))
    , m_keys(new TextLabel(theme, TextStyle::Small, &Tokens::text2))
    , m_rate(new TextLabel(theme, TextStyle::Small, &Tokens::text2))
    , m_running(new TextLabel(theme, TextStyle::Small, &Tokens::text2))
    , m_quota(new TextLabel(theme, TextStyle::Small, &Tokens::text3))
    , m_timer(new QTimer(this))
{
    setMinimumHeight(HEIGHT);
    setCursor(Qt::PointingHandCursor);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(ICON_LEFT + ICON + 6, 0, 16, 0);
    row->setSpacing(0);
    row->addWidget(m_state);
    row->addSpacing(8);
    row->addWidget(m_address);
    for (TextLabel *part : {m_keys, m_rate, m_running}) {
        row->addSpacing(GAP);
        row->addWidget(part);
    }
    row->addStretch();
    row->addWidget(m_quota);
    m_timer->setInterval(1000);
    connect(m_timer, &QTimer::timeout, this, &StatusBar::showFigures);
    m_timer->start();
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
    showFigures();
}

void StatusBar::showStatus(const Gateway::GatewayStatus &status)
{
    const StatusView view = statusView(status);
    m_iconName = view.iconName;
    m_ink = view.ink;
    m_state->setText(view.title);
    m_state->setRole(view.ink);
    m_address->setText(QString::fromStdString(status.address).remove("http://"_L1));
    m_keys->setText(status.keysTotal > 0 ? usableKeysText(status) : QString());
    m_inFlight = status.running;
    m_isServing = status.state == Gateway::GatewayStatus::State::Serving ||
                  status.state == Gateway::GatewayStatus::State::Paused;
    setAccessibleName(view.title + u' ' + m_address->text() + u' ' + m_keys->text());
    showFigures();
    update();
}

void StatusBar::countRequests(qint64 count)
{
    m_requests.add(QDateTime::currentMSecsSinceEpoch(), count);
}

void StatusBar::showFigures()
{
    if (!isVisible() && m_timer->isActive() && !m_rate->text().isEmpty())
        return;
    const qint64 rate = m_requests.perMinute(QDateTime::currentMSecsSinceEpoch());
    m_rate->setText(m_isServing ? tr("%n requests/min", nullptr, static_cast<int>(rate)) : QString());
    m_running->setText(m_isServing ? tr("%n in flight", nullptr, m_inFlight) : QString());
    const qint64 wait = untilQuotaReset();
    const qint64 minutes = (wait + 59'999) / 60'000;
    m_quota->setText(wait < 0 ? QString()
                     : minutes >= 60
                         ? tr("Daily quota resets in %1 h %2 min").arg(minutes / 60).arg(minutes % 60)
                         : tr("Daily quota resets in %1 min").arg(minutes));
}

bool StatusBar::event(QEvent *event)
{
    if (event->type() == QEvent::LayoutRequest)
        update(); // the rules between the parts go with them
    return QWidget::event(event);
}

void StatusBar::paintEvent(QPaintEvent *)
{
    const Tokens &tokens = m_theme.tokens();
    QPainter painter(this);
    painter.fillRect(rect(), tokens.side);
    painter.fillRect(0, 0, width(), 1, tokens.border);
    const int left = isLeftToRight() ? ICON_LEFT : width() - ICON_LEFT - ICON;
    painter.drawPixmap(QPoint(left, (height() - ICON) / 2),
                       m_theme.pixmap(m_iconName, m_ink, ICON, devicePixelRatioF()));
    for (const TextLabel *part : {m_keys, m_rate, m_running}) {
        if (part->text().isEmpty())
            continue;
        const int rule =
            isLeftToRight() ? part->geometry().left() - GAP / 2 : part->geometry().right() + GAP / 2;
        painter.fillRect(rule, (height() - ICON) / 2, 1, ICON, tokens.border2);
    }
}

void StatusBar::mouseReleaseEvent(QMouseEvent *)
{
    Q_EMIT clicked();
}

} // namespace Ui
