#include "ui/themestyle.h"

#include <algorithm>

#include <QComboBox>
#include <QLineEdit>
#include <QPainter>
#include <QStyleFactory>
#include <QStyleOption>

#include "ui/theme.h"
#include "ui/widgets/tableheader.h"

using namespace Qt::StringLiterals;

namespace Ui {

namespace {

constexpr int FIELD_HEIGHT = 32;
constexpr int FIELD_PADDING = 8;
constexpr int CHEVRON = 14;
constexpr qreal RADIUS = 6;
constexpr int SCROLL_BAR = 12;
constexpr int MENU_ROW = 32;

/// A spin box and an editable combo draw their own frame around the field within.
bool isInsideOther(const QWidget *widget)
{
    const QWidget *parent = widget ? widget->parentWidget() : nullptr;
    return parent && (parent->inherits("QAbstractSpinBox") || parent->inherits("QComboBox"));
}

} // namespace

ThemeStyle::ThemeStyle(const Theme &theme)
    : QProxyStyle(QStyleFactory::create(u"Fusion"_s))
    , m_theme(theme)
{
}

void ThemeStyle::drawField(const QStyleOption *option, QPainter *painter, bool isRaised) const
{
    const Tokens &tokens = m_theme.tokens();
    const bool isEnabled = option->state & State_Enabled;
    const bool hasFocus = option->state & State_HasFocus;
    const bool isHovered = option->state & State_MouseOver;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setBrush(!isEnabled ? tokens.sunken
                                 : (isRaised ? (isHovered ? tokens.hover : tokens.raised) : tokens.surface));
    const qreal pen = hasFocus && isEnabled ? 2 : 1;
    painter->setPen(QPen(!isEnabled ? tokens.border : (hasFocus ? tokens.focus : tokens.border2), pen));
    painter->drawRoundedRect(QRectF(option->rect).adjusted(pen / 2, pen / 2, -pen / 2, -pen / 2), RADIUS,
                             RADIUS);
    painter->restore();
}

void ThemeStyle::drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                               const QWidget *widget) const
{
    switch (element) {
    case PE_PanelLineEdit:
    case PE_FrameLineEdit: {
        const auto *edit = qobject_cast<const QLineEdit *>(widget);
        if (!isInsideOther(widget) && (!edit || edit->hasFrame()))
            drawField(option, painter, false);
        return;
    }
    case PE_Frame: {
        const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(option);
        if (frame && frame->lineWidth > 0 && widget && widget->inherits("QAbstractScrollArea")) {
            drawField(option, painter, false);
            return;
        }
        break;
    }
    case PE_FrameFocusRect:
        return; // each control shows its focus itself
    case PE_IndicatorCheckBox:
    case PE_IndicatorItemViewItemCheck: {
        const Qt::CheckState state = option->state & State_NoChange ? Qt::PartiallyChecked
                                     : option->state & State_On     ? Qt::Checked
                                                                    : Qt::Unchecked;
        paintCheckBox(*painter, m_theme, option->rect, state, option->state & State_Enabled);
        if (option->state & State_HasFocus && option->state & State_KeyboardFocusChange) {
            painter->setPen(QPen(m_theme.tokens().focus, 2));
            painter->drawRoundedRect(QRectF(option->rect).adjusted(-1, -1, 1, 1), 5, 5);
        }
        return;
    }
    case PE_IndicatorRadioButton:
        drawRadio(option, painter);
        return;
    case PE_PanelMenu:
    case PE_FrameMenu:
        painter->fillRect(option->rect, m_theme.tokens().raised);
        painter->setPen(m_theme.tokens().border2);
        painter->setBrush(Qt::NoBrush);
        painter->drawRect(option->rect.adjusted(0, 0, -1, -1));
        return;
    case PE_PanelTipLabel:
        painter->fillRect(option->rect, m_theme.tokens().raised);
        painter->setPen(m_theme.tokens().border2);
        painter->drawRect(option->rect.adjusted(0, 0, -1, -1));
        return;
    default:
        break;
    }
    QProxyStyle::drawPrimitive(element, option, painter, widget);
}

void ThemeStyle::drawRadio(const QStyleOption *option, QPainter *painter) const
{
    const Tokens &tokens = m_theme.tokens();
    const bool isEnabled = option->state & State_Enabled;
    const bool isOn = option->state & State_On;
    const QRectF disc = QRectF(option->rect).adjusted(0.5, 0.5, -0.5, -0.5);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const bool hasRing = option->state & State_HasFocus && option->state & State_KeyboardFocusChange;
    painter->setPen(
        QPen(!isEnabled ? tokens.border2 : (hasRing ? tokens.focus : (isOn ? tokens.accent : tokens.idle)),
             hasRing ? 2 : 1));
    painter->setBrush(!isEnabled ? tokens.sunken : (isOn ? tokens.accent : tokens.surface));
    painter->drawEllipse(disc);
    if (isOn) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(isEnabled ? tokens.onAccent : tokens.disabled);
        painter->drawEllipse(disc.center(), 3, 3);
    }
    painter->restore();
}

void ThemeStyle::drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                             const QWidget *widget) const
{
    if (element == CE_MenuItem) {
        drawMenuItem(option, painter);
        return;
    }
    if (element == CE_ComboBoxLabel) {
        const auto *combo = qstyleoption_cast<const QStyleOptionComboBox *>(option);
        if (combo && !combo->editable) {
            const QRect area = subControlRect(CC_ComboBox, combo, SC_ComboBoxEditField, widget);
            painter->setPen(combo->state & State_Enabled ? m_theme.tokens().text : m_theme.tokens().disabled);
            painter->drawText(
                area, Qt::AlignVCenter | Qt::AlignLeading,
                combo->fontMetrics.elidedText(combo->currentText, Qt::ElideRight, area.width()));
            return;
        }
    }
    if (element == CE_Splitter)
        return; // the pane has its own line
    QProxyStyle::drawControl(element, option, painter, widget);
}

void ThemeStyle::drawMenuItem(const QStyleOption *option, QPainter *painter) const
{
    const auto *item = qstyleoption_cast<const QStyleOptionMenuItem *>(option);
    if (!item)
        return;
    const Tokens &tokens = m_theme.tokens();
    const QRect row = option->rect;
    if (item->menuItemType == QStyleOptionMenuItem::Separator) {
        painter->fillRect(QRect(row.left() + 8, row.center().y(), row.width() - 16, 1), tokens.border);
        return;
    }
    const bool isEnabled = item->state & State_Enabled;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (item->state & State_Selected && isEnabled) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(tokens.hover);
        painter->drawRoundedRect(QRectF(row).adjusted(4, 1, -4, -1), RADIUS - 1, RADIUS - 1);
    }
    const QRect inner = row.adjusted(12, 0, -12, 0);
    const bool isMirrored = item->direction == Qt::RightToLeft;
    const bool hasMark = item->maxIconWidth > 0 || item->menuHasCheckableItems;
    const int mark = hasMark ? 16 + 8 : 0;
    const QRect markArea(isMirrored ? inner.right() - 15 : inner.left(), row.top(), 16, row.height());
    if (item->checked)
        painter->drawPixmap(
            QPoint(markArea.left(), row.top() + (row.height() - 16) / 2),
            m_theme.pixmap(u"check"_s, &Tokens::accentText, 16, painter->device()->devicePixelRatioF()));
    else if (!item->icon.isNull())
        item->icon.paint(painter, markArea, Qt::AlignCenter, isEnabled ? QIcon::Normal : QIcon::Disabled);
    painter->setFont(item->font);
    const QStringList parts = item->text.split(u'\t');
    painter->setPen(isEnabled ? tokens.text : tokens.disabled);
    const QRect words = inner.adjusted(isMirrored ? 0 : mark, 0, isMirrored ? -mark : 0, 0);
    painter->drawText(words,
                      Qt::AlignVCenter | (isMirrored ? Qt::AlignRight : Qt::AlignLeft) | Qt::TextShowMnemonic,
                      parts.front());
    painter->setPen(isEnabled ? tokens.text3 : tokens.disabled);
    const Qt::Alignment end = isMirrored ? Qt::AlignLeft : Qt::AlignRight;
    if (parts.size() > 1)
        painter->drawText(inner, int(Qt::AlignVCenter | end), parts.at(1));
    if (item->menuItemType == QStyleOptionMenuItem::SubMenu) {
        const int left = isMirrored ? inner.left() : inner.right() - CHEVRON;
        painter->drawPixmap(QPoint(left, row.top() + (row.height() - CHEVRON) / 2),
                            m_theme.pixmap(isMirrored ? u"chevron-left"_s : u"chevron-right"_s,
                                           &Tokens::text3, CHEVRON, painter->device()->devicePixelRatioF()));
    }
    painter->restore();
}

void ThemeStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex *option,
                                    QPainter *painter, const QWidget *widget) const
{
    switch (control) {
    case CC_ComboBox:
        drawCombo(option, painter);
        return;
    case CC_SpinBox:
        drawSpin(option, painter, widget);
        return;
    case CC_ScrollBar:
        drawScrollBar(option, painter, widget);
        return;
    default:
        QProxyStyle::drawComplexControl(control, option, painter, widget);
    }
}

void ThemeStyle::drawCombo(const QStyleOptionComplex *option, QPainter *painter) const
{
    drawField(option, painter, true);
    const bool isMirrored = option->direction == Qt::RightToLeft;
    const QRect box = option->rect;
    const int left = isMirrored ? box.left() + 10 : box.right() - 10 - CHEVRON;
    const Role ink = option->state & State_Enabled ? &Tokens::text2 : &Tokens::disabled;
    painter->drawPixmap(
        QPoint(left, box.top() + (box.height() - CHEVRON) / 2),
        m_theme.pixmap(u"chevron-down"_s, ink, CHEVRON, painter->device()->devicePixelRatioF()));
}

void ThemeStyle::drawSpin(const QStyleOptionComplex *option, QPainter *painter, const QWidget *widget) const
{
    drawField(option, painter, false);
    const auto *spin = qstyleoption_cast<const QStyleOptionSpinBox *>(option);
    if (!spin)
        return;
    const auto draw = [&](SubControl part, const QString &icon, bool canStep) {
        const QRect area = subControlRect(CC_SpinBox, option, part, widget);
        const bool isOn = option->state & State_Enabled && canStep;
        const bool isHovered = isOn && option->activeSubControls == part && option->state & State_MouseOver;
        constexpr int size = 10;
        painter->drawPixmap(
            QPoint(area.center().x() - size / 2 + 1, area.center().y() - size / 2 + 1),
            m_theme.pixmap(icon, !isOn ? &Tokens::disabled : (isHovered ? &Tokens::text : &Tokens::text3),
                           size, painter->device()->devicePixelRatioF()));
    };
    draw(SC_SpinBoxUp, u"chevron-up"_s, spin->stepEnabled & QAbstractSpinBox::StepUpEnabled);
    draw(SC_SpinBoxDown, u"chevron-down"_s, spin->stepEnabled & QAbstractSpinBox::StepDownEnabled);
}

void ThemeStyle::drawScrollBar(const QStyleOptionComplex *option, QPainter *painter,
                               const QWidget *widget) const
{
    const auto *slider = qstyleoption_cast<const QStyleOptionSlider *>(option);
    if (!slider || slider->minimum == slider->maximum)
        return;
    const bool isActive =
        option->activeSubControls == SC_ScrollBarSlider && option->state & (State_MouseOver | State_Sunken);
    QRectF handle = subControlRect(CC_ScrollBar, option, SC_ScrollBarSlider, widget);
    handle.adjust(2, 2, -2, -2);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(isActive ? m_theme.tokens().idle : m_theme.tokens().border2);
    const qreal radius = std::min(handle.width(), handle.height()) / 2;
    painter->drawRoundedRect(handle, radius, radius);
    painter->restore();
}

QRect ThemeStyle::subControlRect(ComplexControl control, const QStyleOptionComplex *option, SubControl part,
                                 const QWidget *widget) const
{
    if (control == CC_ComboBox && part == SC_ComboBoxEditField) {
        const QRect area = option->rect.adjusted(FIELD_PADDING + 2, 1, -FIELD_PADDING - CHEVRON - 6, -1);
        return visualRect(option->direction, option->rect, area);
    }
    if (control == CC_SpinBox && part == SC_SpinBoxEditField) {
        // Its text begins where that of other fields does.
        const QRect area = QProxyStyle::subControlRect(control, option, part, widget);
        constexpr int shift = FIELD_PADDING - 4;
        return option->direction == Qt::RightToLeft ? area.adjusted(0, 0, -shift, 0)
                                                    : area.adjusted(shift, 0, 0, 0);
    }
    if (control == CC_ScrollBar) {
        // No arrows: the groove is the whole bar.
        const auto *slider = qstyleoption_cast<const QStyleOptionSlider *>(option);
        if (slider && (part == SC_ScrollBarAddLine || part == SC_ScrollBarSubLine))
            return {};
        if (slider && part == SC_ScrollBarGroove)
            return option->rect;
        if (slider && part != SC_ScrollBarFirst && part != SC_ScrollBarLast) {
            const bool isHorizontal = slider->orientation == Qt::Horizontal;
            const int length = isHorizontal ? option->rect.width() : option->rect.height();
            const qint64 range = qint64(slider->maximum) - slider->minimum;
            const int least = 32;
            const int size =
                range > 0
                    ? std::clamp<int>(int(qint64(slider->pageStep) * length / (range + slider->pageStep)),
                                      std::min(least, length), length)
                    : length;
            const int start = sliderPositionFromValue(
                slider->minimum, slider->maximum, slider->sliderPosition, length - size, slider->upsideDown);
            const int from =
                part == SC_ScrollBarSlider ? start : (part == SC_ScrollBarAddPage ? start + size : 0);
            const int until =
                part == SC_ScrollBarSlider ? start + size : (part == SC_ScrollBarAddPage ? length : start);
            return isHorizontal ? QRect(from, 0, until - from, option->rect.height())
                                : QRect(0, from, option->rect.width(), until - from);
        }
    }
    return QProxyStyle::subControlRect(control, option, part, widget);
}

QRect ThemeStyle::subElementRect(SubElement element, const QStyleOption *option, const QWidget *widget) const
{
    const QRect area = QProxyStyle::subElementRect(element, option, widget);
    const bool isField = element == SE_LineEditContents && !isInsideOther(widget);
    return isField ? area.adjusted(FIELD_PADDING - 2, 0, 2 - FIELD_PADDING, 0) : area;
}

QSize ThemeStyle::sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &size,
                                   const QWidget *widget) const
{
    QSize answer = QProxyStyle::sizeFromContents(type, option, size, widget);
    switch (type) {
    case CT_LineEdit:
    case CT_SpinBox:
        if (!isInsideOther(widget))
            answer.setHeight(std::max(answer.height(), FIELD_HEIGHT));
        return answer;
    case CT_ComboBox:
        return {answer.width() + FIELD_PADDING, std::max(answer.height(), FIELD_HEIGHT)};
    case CT_MenuItem: {
        const auto *item = qstyleoption_cast<const QStyleOptionMenuItem *>(option);
        if (item && item->menuItemType == QStyleOptionMenuItem::Separator)
            return {answer.width(), 9};
        return {answer.width() + 24, std::max(answer.height(), MENU_ROW)};
    }
    default:
        return answer;
    }
}

int ThemeStyle::pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const
{
    switch (metric) {
    case PM_DefaultFrameWidth:
        // Room for the round corners, which the text's ground would cover.
        if (widget && (widget->inherits("QPlainTextEdit") || widget->inherits("QTextEdit")))
            return 4;
        return QProxyStyle::pixelMetric(metric, option, widget);
    case PM_ScrollBarExtent:
        return SCROLL_BAR;
    case PM_IndicatorWidth:
    case PM_IndicatorHeight:
    case PM_ExclusiveIndicatorWidth:
    case PM_ExclusiveIndicatorHeight:
        return 16;
    case PM_MenuVMargin:
        return 5;
    case PM_SplitterWidth:
        return 1;
    case PM_LineEditIconMargin:
        return 8;
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int ThemeStyle::styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                          QStyleHintReturn *data) const
{
    if (hint == SH_ComboBox_Popup)
        return 0; // a list with rows, not Fusion's menu over the field
    if (hint == SH_ScrollBar_Transient)
        return 0;
    return QProxyStyle::styleHint(hint, option, widget, data);
}

} // namespace Ui
