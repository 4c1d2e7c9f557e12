#include "ui/pages/settings/sectionlist.h"

#include <QPainter>
#include <QStyledItemDelegate>

namespace Ui {

namespace {

constexpr int HEIGHT = 34;
constexpr int ICON = 16;
constexpr int INSET = 10;
constexpr qreal RADIUS = 7;
constexpr int DOT = 6;

class SectionDelegate final : public QStyledItemDelegate
{
public:
    SectionDelegate(const Theme &theme, QObject *parent)
        : QStyledItemDelegate(parent)
        , m_theme(theme)
    {
    }

    QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const override
    {
        return {160, std::max(HEIGHT, QFontMetrics(m_theme.font(TextStyle::Body)).height() + 14)};
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const Tokens &tokens = m_theme.tokens();
        const bool isSelected = option.state & QStyle::State_Selected;
        const QRect box = option.rect.adjusted(0, 1, 0, -1);
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(Qt::NoPen);
        if (isSelected || option.state & QStyle::State_MouseOver) {
            painter->setBrush(isSelected ? tokens.selection : tokens.press);
            painter->drawRoundedRect(box, RADIUS, RADIUS);
        }
        if (option.state & QStyle::State_HasFocus && option.state & QStyle::State_KeyboardFocusChange) {
            painter->setBrush(Qt::NoBrush);
            painter->setPen(QPen(tokens.focus, 2));
            painter->drawRoundedRect(QRectF(box).adjusted(1, 1, -1, -1), RADIUS, RADIUS);
        }
        const Role ink = isSelected ? &Tokens::accentText : &Tokens::text2;
        const bool isMirrored = option.direction == Qt::RightToLeft;
        const int left = isMirrored ? box.right() - INSET - ICON : box.left() + INSET;
        painter->drawPixmap(QPoint(left, box.top() + (box.height() - ICON) / 2),
                            m_theme.pixmap(index.data(SectionList::IconName).toString(), ink, ICON,
                                           painter->device()->devicePixelRatioF()));
        QFont font = m_theme.font(TextStyle::Body);
        font.setWeight(QFont::Medium);
        painter->setFont(font);
        painter->setPen(isSelected ? tokens.accentText : tokens.text);
        const int indent = INSET + ICON + 10;
        const QRect words = box.adjusted(isMirrored ? 20 : indent, 0, isMirrored ? -indent : -20, 0);
        painter->drawText(
            words, Qt::AlignVCenter | (isMirrored ? Qt::AlignRight : Qt::AlignLeft),
            QFontMetrics(font).elidedText(index.data().toString(), Qt::ElideRight, words.width()));
        if (index.data(SectionList::IsPending).toBool()) {
            painter->setPen(Qt::NoPen);
            painter->setBrush(tokens.warn);
            const int dot = isMirrored ? box.left() + INSET : box.right() - INSET - DOT;
            painter->drawEllipse(QRectF(dot, box.center().y() - DOT / 2.0 + 0.5, DOT, DOT));
        }
        painter->restore();
    }

private:
    const Theme &m_theme;
};

} // namespace

SectionList::SectionList(const Theme &theme, QWidget *parent)
    : QListWidget(parent)
{
    setAccessibleName(tr("Sections"));
    setFrameShape(NoFrame);
    setMouseTracking(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setItemDelegate(new SectionDelegate(theme, this));
    viewport()->setAutoFillBackground(false);
    connect(&theme, &Theme::changed, this, [this] { viewport()->update(); });
}

void SectionList::addSection(const QString &iconName, const QString &title)
{
    auto *item = new QListWidgetItem(title, this);
    item->setData(IconName, iconName);
}

void SectionList::setPending(int row, bool isPending)
{
    QListWidgetItem *section = item(row);
    if (!section)
        return;
    section->setData(IsPending, isPending);
    section->setData(Qt::AccessibleTextRole, isPending
                                                 ? tr("%1, a change waits for a restart").arg(section->text())
                                                 : section->text());
}

} // namespace Ui
