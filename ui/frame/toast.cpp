#include "ui/frame/toast.h"

#include <algorithm>
#include <utility>

#include <QAccessible>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace Ui {

namespace {

constexpr int LIFE_MS = 8000;
constexpr int TICK_MS = 50;
constexpr int HEIGHT = 40;
constexpr int ICON = 18;
constexpr int LEFT = 14;
constexpr int ABOVE_EDGE = 16;
constexpr int SHADOW = 4;
constexpr qreal RADIUS = 8;

/// A word of the toast that can be pressed; it lies on the other theme's ground.
class ToastButton final : public QPushButton
{
public:
    using QPushButton::QPushButton;

    QColor ink;
    QColor ring;
    QPixmap sign;

    QSize sizeHint() const override
    {
        return {sign.isNull() ? fontMetrics().horizontalAdvance(text()) + 16 : 28, 28};
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        if (hasFocus() || underMouse()) {
            painter.setPen(QPen(ring, hasFocus() ? 2 : 1));
            painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 6, 6);
        }
        painter.setPen(ink);
        if (sign.isNull())
            painter.drawText(rect(), Qt::AlignCenter, text());
        else
            painter.drawPixmap(QPoint(7, 7), sign);
    }
};

} // namespace

Toast::Toast(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_text(new QLabel)
    , m_button(new ToastButton)
    , m_timer(new QTimer(this))
{
    auto *close = new ToastButton;
    close->setAccessibleName(tr("Close"));
    close->sign = theme.pixmap(u"close"_s, &Tokens::text2, 14, devicePixelRatioF());
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(LEFT + ICON + 10, 0, 8, SHADOW);
    row->setSpacing(6);
    row->addWidget(m_text);
    row->addSpacing(6);
    row->addWidget(m_button);
    row->addWidget(close);
    m_timer->setInterval(TICK_MS);
    connect(m_timer, &QTimer::timeout, this, &Toast::tick);
    connect(m_button, &QAbstractButton::clicked, this, &Toast::act);
    connect(close, &QAbstractButton::clicked, this, &QWidget::hide);
    hide();
}

/// Dark on a light window, light on a dark one.
const Tokens &Toast::tokens() const
{
    return &m_theme.tokens() == &darkTokens() ? lightTokens() : darkTokens();
}

void Toast::showText(ToastText text)
{
    m_iconName = text.iconName;
    m_act = std::move(text.act);
    m_text->setText(text.text);
    QFont font = m_theme.font(TextStyle::Body);
    m_text->setFont(font);
    QPalette palette = m_text->palette();
    palette.setColor(QPalette::WindowText, tokens().text);
    m_text->setPalette(palette);
    m_text->setTextFormat(Qt::PlainText);
    font.setWeight(QFont::DemiBold);
    m_button->setFont(font);
    m_button->setText(text.actText);
    m_button->setVisible(m_act != nullptr);
    for (QPushButton *button : findChildren<QPushButton *>()) {
        static_cast<ToastButton *>(button)->ink = tokens().accentText;
        static_cast<ToastButton *>(button)->ring = tokens().focus;
    }
    setAccessibleName(text.text);
    m_leftMs = LIFE_MS;
    m_timer->start();
    layout()->activate();
    place();
    show();
    raise();
    QAccessibleEvent event(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
}

bool Toast::act()
{
    if (!isVisible() || !m_act)
        return false;
    hide();
    std::exchange(m_act, nullptr)();
    return true;
}

void Toast::place()
{
    const QSize size(std::min(sizeHint().width(), parentWidget()->width() - 32), HEIGHT + SHADOW);
    setGeometry(QRect(QPoint((parentWidget()->width() - size.width()) / 2,
                             parentWidget()->height() - size.height() - ABOVE_EDGE),
                      size));
}

void Toast::tick()
{
    if (!isVisible()) {
        m_timer->stop();
        return;
    }
    const bool isHeld = underMouse() || isAncestorOf(focusWidget()) ||
                        (window()->focusWidget() && isAncestorOf(window()->focusWidget()));
    if (!isHeld)
        m_leftMs -= TICK_MS;
    if (m_leftMs <= 0)
        hide();
    update(QRect(0, height() - SHADOW - 3, width(), 3));
}

void Toast::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    update();
}

void Toast::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    const QRectF box = QRectF(rect()).adjusted(0, 0, 0, -SHADOW);
    for (int i = SHADOW; i > 0; --i) {
        painter.setBrush(QColor(0, 0, 0, 10));
        painter.drawRoundedRect(box.translated(0, i), RADIUS, RADIUS);
    }
    painter.setBrush(tokens().raised);
    painter.drawRoundedRect(box, RADIUS, RADIUS);
    painter.setBrush(tokens().accentText);
    const qreal whole = box.width() - 2 * RADIUS;
    painter.drawRect(QRectF(RADIUS, box.bottom() - 2, whole * m_leftMs / LIFE_MS, 2));
    // An icon of the theme is in the window's own colours: the text's opposite is what reads well here.
    const Role ink = &Tokens::surface;
    const int left = isLeftToRight() ? LEFT : width() - LEFT - ICON;
    if (!m_iconName.isEmpty())
        painter.drawPixmap(QPoint(left, (HEIGHT - ICON) / 2),
                           m_theme.pixmap(m_iconName, ink, ICON, devicePixelRatioF()));
}

} // namespace Ui
