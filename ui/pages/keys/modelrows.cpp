#include "ui/pages/keys/modelrows.h"

#include <algorithm>
#include <utility>

#include <QDateTime>
#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

#include "ui/text/format.h"
#include "ui/widgets/marks.h"

using namespace Gateway;
using namespace Qt::StringLiterals;

namespace Ui {

namespace {

constexpr int ICON = 14;
constexpr int INDENT = 24;
constexpr int BAR = 4;
constexpr int BARS_GAP = 8;
constexpr int SPACE = 18; ///< Above, between and below a row's two lines.

/// The fuller one of a minute's or a day's allowances; -1: no limit is known.
double shareOf(const KeyModelInfo &model, bool isMinute)
{
    double share = -1;
    for (const QuotaInfo &quota : model.quotas) {
        const bool isOfMinute =
            quota.kind == QuotaKind::MinuteRequests || quota.kind == QuotaKind::MinuteTokens;
        const bool isOfDay = quota.kind == QuotaKind::DayRequests || quota.kind == QuotaKind::DayTokens;
        if (quota.limit > 0 && (isMinute ? isOfMinute : isOfDay))
            share = std::max(share, static_cast<double>(quota.used) / static_cast<double>(quota.limit));
    }
    return std::min(share, 1.0);
}

} // namespace

ModelRows::ModelRows(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    setAccessibleName(tr("Models"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&theme, &Theme::changed, this, [this] {
        updateGeometry();
        update();
    });
}

void ModelRows::setModels(std::vector<KeyModelInfo> models)
{
    const bool isOtherSize = models.size() != m_models.size();
    m_models = std::move(models);
    if (isOtherSize)
        updateGeometry();
    describe();
    update();
}

void ModelRows::tick()
{
    update();
}

void ModelRows::describe()
{
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    QStringList lines;
    for (const KeyModelInfo &model : m_models)
        lines += tr("%1: %2, minute %3, day %4")
                     .arg(QString::fromStdString(model.model), lookOf(model, now).text,
                          percentText(shareOf(model, true)), percentText(shareOf(model, false)));
    setAccessibleDescription(lines.join(u'\n'));
}

int ModelRows::rowHeight() const
{
    return QFontMetrics(m_theme.font(TextStyle::Body)).height() + BAR + SPACE;
}

QSize ModelRows::sizeHint() const
{
    return {200, rowHeight() * static_cast<int>(m_models.size())};
}

QSize ModelRows::minimumSizeHint() const
{
    return sizeHint();
}

ModelRows::Look ModelRows::lookOf(const KeyModelInfo &model, qint64 nowMs)
{
    if (model.unavailableUntilMs > nowMs)
        return {u"minus"_s, tr("not available"), &Tokens::idleText};
    if (model.restUntilMs > nowMs)
        return {u"resting"_s, backText(model.restUntilMs, nowMs), &Tokens::warnText};
    if (model.expectedUntilMs > nowMs)
        return {u"clock"_s, tr("asked last"), &Tokens::text3};
    return {u"ok"_s, tr("Usable"), &Tokens::okText};
}

void ModelRows::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QRect row(0, 0, width(), rowHeight());
    for (const KeyModelInfo &model : m_models) {
        paintRow(painter, row, model);
        row.translate(0, row.height());
    }
}

void ModelRows::paintRow(QPainter &painter, const QRect &row, const KeyModelInfo &model) const
{
    const Tokens &tokens = m_theme.tokens();
    const Look look = lookOf(model, QDateTime::currentMSecsSinceEpoch());
    QFont name = m_theme.font(TextStyle::Body);
    name.setWeight(QFont::Medium);
    const QFont word = m_theme.font(TextStyle::Small);
    const QFontMetrics metrics(name);
    const int top = row.top() + 4;
    const QRect line(INDENT, top, row.width() - INDENT, metrics.height());
    const int wordWidth = QFontMetrics(word).horizontalAdvance(look.text);
    painter.drawPixmap(0, top + (metrics.height() - ICON) / 2 + 4,
                       m_theme.pixmap(look.iconName, look.ink, ICON, devicePixelRatioF()));
    painter.setFont(name);
    painter.setPen(tokens.text);
    painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter,
                     metrics.elidedText(QString::fromStdString(model.model), Qt::ElideMiddle,
                                        line.width() - wordWidth - BARS_GAP));
    painter.setFont(word);
    painter.setPen(tokens.*look.ink);
    painter.drawText(line, Qt::AlignRight | Qt::AlignVCenter, look.text);

    const int barWidth = (line.width() - BARS_GAP) / 2;
    int left = line.left();
    painter.setPen(Qt::NoPen);
    for (const bool isMinute : {true, false}) {
        const QRectF track(left, line.bottom() + 6, barWidth, BAR);
        const double share = shareOf(model, isMinute);
        painter.setBrush(tokens.track);
        painter.drawRoundedRect(track, BAR / 2.0, BAR / 2.0);
        if (share > 0) {
            painter.setBrush(tokens.*quotaRole(share));
            const QRectF filled(track.topLeft(), QSizeF(std::max<qreal>(BAR, track.width() * share), BAR));
            painter.drawRoundedRect(filled, BAR / 2.0, BAR / 2.0);
        }
        left += barWidth + BARS_GAP;
    }
}

QString ModelRows::toolTipOf(const KeyModelInfo &model) const
{
    QStringList lines;
    const auto add = [&](const QuotaInfo &quota, const QString &what) {
        lines += quota.limit > 0 ? tr("%1: %2 of %3").arg(what, countText(quota.used), countText(quota.limit))
                                 : tr("%1: %2, no limit is known").arg(what, countText(quota.used));
    };
    for (const QuotaInfo &quota : model.quotas) {
        switch (quota.kind) {
        case QuotaKind::MinuteRequests:
            add(quota, tr("Requests this minute"));
            break;
        case QuotaKind::MinuteTokens:
            add(quota, tr("Input tokens this minute"));
            break;
        case QuotaKind::DayRequests:
            add(quota, tr("Requests today"));
            break;
        case QuotaKind::DayTokens:
            add(quota, tr("Input tokens today"));
            break;
        default:
            break;
        }
    }
    const std::string &why = model.unavailableUntilMs > 0 ? model.unavailableReason : model.restReason;
    if (!why.empty())
        lines += QString::fromStdString(why);
    for (QString &text : lines)
        text = text.toHtmlEscaped();
    return lines.isEmpty() ? QString() : u"<p>%1</p>"_s.arg(lines.join(u"<br>"_s));
}

bool ModelRows::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    const auto row = static_cast<std::size_t>(std::max(0, help->pos().y() / rowHeight()));
    if (row < m_models.size())
        QToolTip::showText(help->globalPos(), toolTipOf(m_models[row]), this);
    return true;
}

} // namespace Ui
