#include "ui/pages/requests/attemptline.h"

#include <algorithm>

#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>

#include "ui/text/format.h"
#include "ui/widgets/textlabel.h"

using namespace Gateway;
using namespace Qt::StringLiterals;

namespace Ui {

namespace {

constexpr int ICON = 18;
constexpr int LEFT = 28;
constexpr int BAR = 8;

bool isGood(const AttemptRecord &attempt)
{
    return attempt.status >= 200 && attempt.status < 400 && attempt.error.empty();
}

QString outcome(const AttemptRecord &attempt)
{
    const QString error = QString::fromStdString(attempt.error);
    if (attempt.status == 0)
        return error.isEmpty() ? AttemptLine::tr("No answer") : error;
    return error.isEmpty() ? QString::number(attempt.status) : u"%1 %2"_s.arg(attempt.status).arg(error);
}

} // namespace

AttemptLine::AttemptLine(const Theme &theme, int number, const QString &key, const AttemptRecord &attempt,
                         bool isLast)
    : m_theme(theme)
    , m_isGood(isGood(attempt))
    , m_isLast(isLast)
{
    auto *name = new TextLabel(theme, TextStyle::Section, &Tokens::text);
    name->setText(u"%1  %2"_s.arg(number).arg(key));
    auto *time = new TextLabel(theme, TextStyle::Small, &Tokens::text2);
    time->setText(durationText(attempt.durationMs));
    auto *words = new TextLabel(theme, TextStyle::Small, m_isGood ? &Tokens::text3 : &Tokens::badText);
    words->setText(outcome(attempt));
    words->setWordWrap(true);
    words->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto *first = new QHBoxLayout;
    first->addWidget(name, 1);
    first->addWidget(time);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(isLeftToRight() ? LEFT : 0, 0, isLeftToRight() ? 0 : LEFT, isLast ? 0 : 14);
    column->setSpacing(1);
    column->addLayout(first);
    column->addWidget(words);
    setAccessibleName(name->text() + u": "_s + words->text());
}

void AttemptLine::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const int left = isLeftToRight() ? 0 : width() - ICON;
    if (!m_isLast)
        painter.fillRect(QRectF(left + ICON / 2.0 - 0.75, ICON + 2, 1.5, height() - ICON - 2),
                         m_theme.tokens().border2);
    painter.drawPixmap(QPoint(left, 0), m_theme.pixmap(m_isGood ? u"ok"_s : u"fail"_s,
                                                       m_isGood ? &Tokens::okText : &Tokens::badText, ICON,
                                                       devicePixelRatioF()));
}

TimeBar::TimeBar(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void TimeBar::showRequest(const RequestDetail &detail)
{
    m_detail = detail;
    const RequestView &request = detail.request;
    setAccessibleName(tr("%1 in all, first byte after %2")
                          .arg(durationText(request.durationMs), durationText(request.firstByteMs)));
    update();
}

QSize TimeBar::sizeHint() const
{
    return {200, BAR + 6 + QFontMetrics(m_theme.font(TextStyle::Caption)).height()};
}

void TimeBar::paintEvent(QPaintEvent *)
{
    const Tokens &tokens = m_theme.tokens();
    const RequestView &request = m_detail.request;
    const auto whole = static_cast<qreal>(std::max<std::int64_t>(request.durationMs, 1));
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    const auto part = [&](qint64 fromMs, qint64 untilMs, const QColor &color) {
        const qreal from = std::clamp<qreal>(static_cast<qreal>(fromMs) / whole, 0, 1) * width();
        const qreal until = std::clamp<qreal>(static_cast<qreal>(untilMs) / whole, 0, 1) * width();
        if (until - from < 0.5)
            return;
        painter.setBrush(color);
        painter.drawRoundedRect(
            QRectF(isLeftToRight() ? from : width() - until, 0, std::max<qreal>(until - from - 1, 2), BAR), 2,
            2);
    };
    part(0, request.durationMs, tokens.series);
    if (request.firstByteMs >= 0 && request.status < 400)
        part(request.firstByteMs, request.durationMs, tokens.ok);
    for (const AttemptRecord &attempt : m_detail.attempts) {
        if (!isGood(attempt))
            part(attempt.startMs, attempt.startMs + attempt.durationMs, tokens.bad);
    }
    painter.setFont(m_theme.font(TextStyle::Caption));
    painter.setPen(tokens.text3);
    const QRect foot(0, BAR + 4, width(), height() - BAR - 4);
    painter.drawText(foot, Qt::AlignTrailing | Qt::AlignVCenter, durationText(request.durationMs));
    painter.drawText(foot, Qt::AlignLeading | Qt::AlignVCenter,
                     request.firstByteMs < 0 ? durationText(0)
                                             : tr("first byte %1").arg(durationText(request.firstByteMs)));
}

} // namespace Ui
