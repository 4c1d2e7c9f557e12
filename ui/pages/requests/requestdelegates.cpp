#include "ui/pages/requests/requestdelegates.h"

#include <algorithm>

#include <QPainter>

#include "ui/pages/requests/requestmodel.h"
#include "ui/widgets/marks.h"
#include "ui/widgets/pill.h"

using namespace Qt::StringLiterals;

namespace Ui {

namespace {

constexpr int ICON = 14;
constexpr int FORK_LEFT = 58;
constexpr int GAP = 4;
constexpr int ARROW = 12;

} // namespace

void StatusDelegate::paintContent(QPainter &painter, const QRect &area, const QModelIndex &index) const
{
    const int status = index.data(RequestModel::HttpStatus).toInt();
    const QString text = QString::number(status);
    const qreal ratio = painter.device()->devicePixelRatioF();
    const int iconTop = area.top() + (area.height() - ICON) / 2;
    if (status < 400) {
        painter.drawPixmap(QPoint(area.left() + 8, iconTop),
                           theme().pixmap(u"ok"_s, &Tokens::okText, ICON, ratio));
        painter.setPen(theme().tokens().text2);
        drawTabular(painter, area.adjusted(8 + ICON + GAP, 0, 0, 0), text, theme().font(TextStyle::Small),
                    Qt::AlignLeft);
    } else {
        const PillKind kind = status == 499 ? PillKind::Idle : PillKind::Bad;
        paintPill(painter, theme(), {kind, u"fail"_s, text}, area);
    }
    if (index.data(RequestModel::Attempts).toInt() > 1)
        painter.drawPixmap(QPoint(area.left() + FORK_LEFT, iconTop),
                           theme().pixmap(u"split"_s, &Tokens::warnText, ICON, ratio));
}

void ModelDelegate::paintContent(QPainter &painter, const QRect &area, const QModelIndex &index) const
{
    const QString asked = index.data(RequestModel::Asked).toString();
    const QString used = index.data(RequestModel::Used).toString();
    if (asked.isEmpty() || asked == used) {
        paintLines(painter, area, index);
        return;
    }
    const QFont light = theme().font(TextStyle::Body);
    QFont strong = light;
    strong.setWeight(QFont::Medium);
    const QString shown = used.isEmpty() ? u"–"_s : used;
    const int usedWidth = std::min(QFontMetrics(strong).horizontalAdvance(shown) + 2, area.width() * 2 / 3);
    const int room = area.width() - usedWidth - ARROW - 3 * GAP;
    const QString cut = QFontMetrics(light).elidedText(asked, Qt::ElideRight, std::max(room, 24));
    const int askedWidth = QFontMetrics(light).horizontalAdvance(cut);
    painter.setFont(light);
    painter.setPen(theme().tokens().text3);
    painter.drawText(area, Qt::AlignVCenter | Qt::AlignLeft, cut);
    const int arrow = area.left() + askedWidth + GAP + 2;
    painter.drawPixmap(
        QPoint(arrow, area.top() + (area.height() - ARROW) / 2),
        theme().pixmap(u"arrow-right"_s, &Tokens::text3, ARROW, painter.device()->devicePixelRatioF()));
    const QRect rest = area.adjusted(askedWidth + ARROW + 3 * GAP, 0, 0, 0);
    painter.setFont(strong);
    painter.setPen(theme().tokens().text);
    painter.drawText(rest, Qt::AlignVCenter | Qt::AlignLeft,
                     QFontMetrics(strong).elidedText(shown, Qt::ElideRight, rest.width()));
}

} // namespace Ui
