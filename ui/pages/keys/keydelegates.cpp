#include "ui/pages/keys/keydelegates.h"

#include <QDateTime>
#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

#include "ui/pages/keys/keymodel.h"
#include "ui/pages/keys/keywords.h"
#include "ui/widgets/marks.h"
#include "ui/widgets/pill.h"
#include "ui/widgets/tableview.h"

using namespace Gateway;
using namespace Qt::StringLiterals;

namespace Ui {

namespace {

constexpr int LINE = 16;
constexpr int STRIP_HEIGHT = 18;
constexpr int STRIPS_KEPT = 500;
constexpr int PADDING = 12;

} // namespace

void KeyStatusDelegate::paintContent(QPainter &painter, const QRect &area, const QModelIndex &index) const
{
    const auto status = static_cast<KeyStatus>(index.data(KeyModel::StatusRole).toInt());
    const PillLook look = KeyWords::pill(status);
    const QString reason = index.data(KeyModel::ReasonRole).toString();
    const Qt::LayoutDirection direction = table()->layoutDirection();
    if (reason.isEmpty()) {
        paintPill(painter, theme(), look, area, direction);
        return;
    }
    const QFont font = theme().font(TextStyle::Caption);
    const QFontMetrics metrics(font);
    const int pillHeight = pillSize(theme(), look).height();
    const int top = area.top() + (area.height() - pillHeight - metrics.height() - 2) / 2;
    paintPill(painter, theme(), look, {area.left(), top, area.width(), pillHeight}, direction);
    const QRect line(area.left(), top + pillHeight + 2, area.width(), metrics.height());
    painter.setFont(font);
    painter.setPen(theme().tokens().text3);
    const auto flags = static_cast<int>(QStyle::visualAlignment(direction, Qt::AlignLeft | Qt::AlignVCenter));
    painter.drawText(line.adjusted(2, 0, -2, 0), flags,
                     metrics.elidedText(reason, Qt::ElideRight, line.width() - 2));
}

void KeyQuotaDelegate::paintContent(QPainter &painter, const QRect &area, const QModelIndex &index) const
{
    const int line = std::max(LINE, QFontMetrics(theme().font(TextStyle::Caption)).height());
    const int top = area.center().y() + 1 - line;
    paintQuota(painter, theme(), {area.left(), top, area.width(), line},
               index.data(KeyModel::MinuteShareRole).toDouble());
    paintQuota(painter, theme(), {area.left(), top + line, area.width(), line},
               index.data(KeyModel::DayShareRole).toDouble());
}

KeyHistoryDelegate::KeyHistoryDelegate(const Theme &theme, TableView *table, const KeyModel &model)
    : CellDelegate(theme, table)
    , m_model(model)
    , m_strips(STRIPS_KEPT)
{
    connect(&theme, &Theme::changed, this, [this] { m_strips.clear(); });
    connect(&model.histories(), &KeyHistories::cellsCame, this, [this](const std::vector<KeyId> &ids) {
        for (const KeyId id : ids)
            m_strips.remove(id);
    });
}

QPixmap KeyHistoryDelegate::strip(qint64 id, QSize size, qreal ratio) const
{
    if (const QPixmap *kept = m_strips.object(id); kept && kept->size() == size * ratio)
        return *kept;
    const std::vector<StripCell> *cells = m_model.histories().cells(id);
    QPixmap pixmap(size * ratio);
    pixmap.setDevicePixelRatio(ratio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    paintHistoryStrip(painter, theme(), QRect(QPoint(), size),
                      cells ? *cells : std::vector<StripCell>(KeyHistories::CELLS));
    painter.end();
    if (cells)
        m_strips.insert(id, new QPixmap(pixmap));
    return pixmap;
}

void KeyHistoryDelegate::paintContent(QPainter &painter, const QRect &area, const QModelIndex &index) const
{
    const KeyInfo *key = m_model.keyAt(index.row());
    if (!key)
        return;
    const QSize size(std::min(stripWidth(KeyHistories::CELLS), area.width()), STRIP_HEIGHT);
    const QPoint place(area.left(), area.top() + (area.height() - STRIP_HEIGHT) / 2);
    painter.drawPixmap(place, strip(key->id, size, table()->devicePixelRatioF()));
}

bool KeyHistoryDelegate::helpEvent(QHelpEvent *event, QAbstractItemView *view,
                                   const QStyleOptionViewItem &option, const QModelIndex &index)
{
    const KeyInfo *key = m_model.keyAt(index.row());
    const std::vector<StripCell> *cells = key ? m_model.histories().cells(key->id) : nullptr;
    const int at =
        cells ? stripCellAt(event->pos().x() - option.rect.left() - PADDING, static_cast<int>(cells->size()))
              : -1;
    if (event->type() != QEvent::ToolTip || at < 0) {
        QToolTip::hideText();
        return true;
    }
    const qint64 from = m_model.histories().fromMs(key->id) + at * KeyHistories::SPAN_MS;
    const auto timeOf = [](qint64 ms) { return QDateTime::fromMSecsSinceEpoch(ms).toString(u"HH:mm"_s); };
    const StripCell &cell = (*cells)[static_cast<std::size_t>(at)];
    QToolTip::showText(event->globalPos(),
                       tr("%1–%2: %3, %4")
                           .arg(timeOf(from), timeOf(from + KeyHistories::SPAN_MS),
                                tr("%n call(s)", nullptr, cell.calls), tr("%n failed", nullptr, cell.failed)),
                       view);
    return true;
}

} // namespace Ui
