#include "ui/pages/clients/tokendelegates.h"

#include <algorithm>

#include <QPainter>

#include "ui/pages/clients/tokensmodel.h"
#include "ui/widgets/marks.h"
#include "ui/widgets/pill.h"
#include "ui/widgets/tableview.h"

using namespace Qt::StringLiterals;

namespace Ui {

namespace {

constexpr int BAR = 80;
constexpr int BAR_HEIGHT = 4;
constexpr int GAP = 12;
constexpr int ICON = 16;

} // namespace

void TokenUseDelegate::paintContent(QPainter &painter, const QRect &area, const QModelIndex &index) const
{
    const double share = index.data(TokensModel::TodayShare).toDouble();
    QRect bar(area.left(), area.center().y() - BAR_HEIGHT / 2 + 1, std::min(BAR, area.width()), BAR_HEIGHT);
    QRect text = area.adjusted(BAR + GAP, 0, 0, 0);
    if (table()->isRightToLeft()) {
        bar.moveRight(area.right());
        text = area.adjusted(0, 0, -BAR - GAP, 0);
    }
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme().tokens().press);
    painter.drawRoundedRect(bar, BAR_HEIGHT / 2.0, BAR_HEIGHT / 2.0);
    if (share > 0) {
        QRect used = bar;
        used.setWidth(std::max(BAR_HEIGHT, qRound(bar.width() * std::min(share, 1.0))));
        if (table()->isRightToLeft())
            used.moveRight(bar.right());
        painter.setBrush(theme().tokens().*quotaRole(share));
        painter.drawRoundedRect(used, BAR_HEIGHT / 2.0, BAR_HEIGHT / 2.0);
    }
    painter.restore();
    if (text.width() > GAP)
        paintLines(painter, text, index);
}

void TokenExpiryDelegate::paintContent(QPainter &painter, const QRect &area, const QModelIndex &index) const
{
    const Qt::LayoutDirection direction = table()->layoutDirection();
    if (index.data(TokensModel::IsExpired).toBool())
        paintPill(painter, theme(), {PillKind::Bad, u"sidelined"_s, tr("Expired")}, area, direction);
    else if (index.data(TokensModel::IsDisabled).toBool())
        paintPill(painter, theme(), {PillKind::Idle, u"minus"_s, tr("Disabled")}, area, direction);
    else
        paintLines(painter, area, index);
}

void MoreDelegate::paintContent(QPainter &painter, const QRect &area, const QModelIndex &) const
{
    const qreal ratio = painter.device()->devicePixelRatioF();
    painter.drawPixmap(area.center() - QPoint(ICON / 2, ICON / 2 - 1),
                       theme().pixmap(u"more"_s, &Tokens::text2, ICON, ratio));
}

} // namespace Ui
