#include "ui/widgets/tableheader.h"

#include <algorithm>

#include <QMouseEvent>
#include <QPainter>

using namespace Qt::StringLiterals;

namespace Ui {

namespace {

constexpr int HEIGHT = 32;
constexpr int PADDING = 12;
constexpr int EDGE = 24; // as the page's title
constexpr int CHEVRON = 12;
constexpr int BOX = 16;

} // namespace

void paintCheckBox(QPainter &painter, const Theme &theme, const QRect &area, Qt::CheckState state,
                   bool isEnabled)
{
    const Tokens &tokens = theme.tokens();
    const QRectF box(area.left() + (area.width() - BOX) / 2 + 0.5,
                     area.top() + (area.height() - BOX) / 2 + 0.5, BOX - 1, BOX - 1);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const bool isOn = state != Qt::Unchecked;
    painter.setPen(QPen(!isEnabled ? tokens.border2 : (isOn ? tokens.accent : tokens.idle), 1));
    painter.setBrush(!isEnabled ? tokens.sunken : (isOn ? tokens.accent : tokens.surface));
    painter.drawRoundedRect(box, 4, 4);
    painter.setPen(
        QPen(isEnabled ? tokens.onAccent : tokens.disabled, 2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    const QPointF middle = box.center();
    if (state == Qt::PartiallyChecked)
        painter.drawLine(middle + QPointF(-3.5, 0), middle + QPointF(3.5, 0));
    if (state == Qt::Checked)
        painter.drawPolyline(
            QPolygonF{middle + QPointF(-3.5, 0.2), middle + QPointF(-1, 2.7), middle + QPointF(3.7, -2.6)});
    painter.restore();
}

TableHeader::TableHeader(const Theme &theme, QWidget *parent)
    : QHeaderView(Qt::Horizontal, parent)
    , m_theme(theme)
{
    setSectionsClickable(true);
    setHighlightSections(false);
    setSectionResizeMode(QHeaderView::Fixed);
    setMinimumSectionSize(1);
    setMouseTracking(true);
    connect(&theme, &Theme::changed, this, [this] { viewport()->update(); });
}

QSize TableHeader::sizeHint() const
{
    const int text = QFontMetrics(m_theme.font(TextStyle::Caption)).height();
    return {QHeaderView::sizeHint().width(), std::max(HEIGHT, text + 14)};
}

void TableHeader::paintSection(QPainter *painter, const QRect &rect, int section) const
{
    const Tokens &tokens = m_theme.tokens();
    painter->save();
    painter->fillRect(rect, tokens.surface);
    painter->fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), tokens.border);
    const QVariant check = model()->headerData(section, orientation(), Qt::CheckStateRole);
    if (check.isValid()) {
        paintCheckBox(*painter, m_theme, rect, static_cast<Qt::CheckState>(check.toInt()));
        painter->restore();
        return;
    }
    const bool isSorted = isSortIndicatorShown() && sortIndicatorSection() == section;
    QFont font = m_theme.font(TextStyle::Caption);
    font.setWeight(isSorted ? QFont::DemiBold : QFont::Medium);
    painter->setFont(font);
    painter->setPen(isSorted ? tokens.text : tokens.text3);
    const QString text = model()->headerData(section, orientation()).toString();
    const auto alignment =
        Qt::Alignment(model()->headerData(section, orientation(), Qt::TextAlignmentRole).toInt());
    const bool isRight = alignment & Qt::AlignRight;
    const QRect area = rect.adjusted(sectionViewportPosition(section) <= 0 ? EDGE : PADDING, 0, -PADDING, 0);
    const int room = area.width() - (isSorted ? CHEVRON + 2 : 0);
    const QFontMetrics metrics(font);
    const QString shown = metrics.elidedText(text, Qt::ElideRight, room);
    const int textWidth = metrics.horizontalAdvance(shown);
    const int whole = textWidth + (isSorted ? CHEVRON + 2 : 0);
    const int left = isRight == isLeftToRight() ? area.right() + 1 - whole : area.left();
    painter->drawText(QRect(left, area.top(), textWidth + 1, area.height()), Qt::AlignVCenter, shown);
    if (isSorted) {
        const QString icon = sortIndicatorOrder() == Qt::AscendingOrder ? u"chevron-up"_s : u"chevron-down"_s;
        painter->drawPixmap(QPoint(left + textWidth + 2, rect.top() + (rect.height() - CHEVRON) / 2),
                            m_theme.pixmap(icon, &Tokens::text, CHEVRON, devicePixelRatioF()));
    }
    painter->restore();
}

void TableHeader::mouseReleaseEvent(QMouseEvent *event)
{
    const int section = logicalIndexAt(event->position().toPoint());
    if (section >= 0 && model()->headerData(section, orientation(), Qt::CheckStateRole).isValid()) {
        Q_EMIT checkClicked(section);
        return;
    }
    QHeaderView::mouseReleaseEvent(event);
}

} // namespace Ui
