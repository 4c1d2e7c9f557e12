#include "ui/frame/banner.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>

#include "ui/widgets/button.h"
#include "ui/widgets/textlabel.h"

using namespace Qt::StringLiterals;

namespace Ui {

namespace {

constexpr int ICON = 20;
constexpr int LEFT = 24;
constexpr int HEIGHT = 44;
constexpr int HIGH = 56;

} // namespace

Banner::Banner(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_heading(new TextLabel(theme, TextStyle::Section, &Tokens::text))
    , m_text(new TextLabel(theme, TextStyle::Small, &Tokens::text2))
    , m_buttons(new QHBoxLayout)
{
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_text->setWordWrap(true);
    auto *words = new QVBoxLayout;
    words->setSpacing(1);
    words->addStretch();
    words->addWidget(m_heading);
    words->addWidget(m_text);
    words->addStretch();
    auto *close = new Button(theme, Button::Kind::Ghost, u"close"_s, {});
    close->setAccessibleName(tr("Hide this message"));
    close->setToolTip(close->accessibleName());
    connect(close, &QAbstractButton::clicked, this, &QWidget::hide);
    m_buttons->setSpacing(8);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(LEFT + ICON + 12, 4, 16, 5);
    row->setSpacing(12);
    row->addLayout(words, 1);
    row->addLayout(m_buttons);
    row->addWidget(close);
    hide();
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

bool Banner::showCause(const QString &cause, Kind kind, const QString &heading, const QString &text)
{
    if (cause == m_cause)
        return false;
    m_cause = cause;
    m_kind = kind;
    while (const QLayoutItem *item = m_buttons->takeAt(0)) {
        item->widget()->deleteLater();
        delete item;
    }
    m_heading->setText(heading);
    m_text->setText(text);
    m_text->setVisible(!text.isEmpty());
    setMinimumHeight(text.isEmpty() ? HEIGHT : HIGH);
    setAccessibleName(heading + u' ' + text);
    show();
    QAccessibleEvent event(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
    return true;
}

Button *Banner::addButton(const QString &text)
{
    auto *button = new Button(m_theme, Button::Kind::Secondary, {}, text);
    button->setSmall(true);
    m_buttons->addWidget(button);
    return button;
}

void Banner::clear()
{
    m_cause.clear();
    hide();
}

void Banner::paintEvent(QPaintEvent *)
{
    const Tokens &tokens = m_theme.tokens();
    const bool isDanger = m_kind == Kind::Danger;
    QPainter painter(this);
    painter.fillRect(rect(), isDanger ? tokens.badBg : tokens.warnBg);
    painter.fillRect(QRect(0, height() - 1, width(), 1), tokens.border);
    const int left = isLeftToRight() ? LEFT : width() - LEFT - ICON;
    painter.drawPixmap(QPoint(left, (height() - ICON) / 2),
                       m_theme.pixmap(isDanger ? u"error"_s : u"warning"_s,
                                      isDanger ? &Tokens::badText : &Tokens::warnText, ICON,
                                      devicePixelRatioF()));
}

} // namespace Ui
