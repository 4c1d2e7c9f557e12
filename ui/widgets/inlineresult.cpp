#include "ui/widgets/inlineresult.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QPainter>

#include "ui/widgets/button.h"
#include "ui/widgets/textlabel.h"

using namespace Qt::StringLiterals;

namespace Ui {

namespace {

constexpr int HEIGHT = 40;
constexpr int ICON = 18;
constexpr int RADIUS = 8;

struct Look
{
    Role ink, ground;
    QString iconName;
};

Look lookOf(InlineResult::Kind kind)
{
    switch (kind) {
    case InlineResult::Kind::Good:
        return {&Tokens::okText, &Tokens::okBg, u"ok"_s};
    case InlineResult::Kind::Bad:
        return {&Tokens::badText, &Tokens::badBg, u"error"_s};
    case InlineResult::Kind::Running:
        break;
    }
    return {&Tokens::idleText, &Tokens::idleBg, u"clock"_s};
}

} // namespace

InlineResult::InlineResult(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_text(new TextLabel(theme, TextStyle::Body, &Tokens::idleText))
    , m_buttons(new QHBoxLayout)
{
    setMinimumHeight(HEIGHT);
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(12 + ICON + 10, 6, 8, 6);
    row->addWidget(m_text, 1);
    row->addLayout(m_buttons);
    hide();
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void InlineResult::showResult(Kind kind, const QString &text)
{
    while (const QLayoutItem *item = m_buttons->takeAt(0)) {
        item->widget()->deleteLater();
        delete item;
    }
    m_kind = kind;
    m_text->setRole(lookOf(kind).ink);
    m_text->setText(text);
    setAccessibleName(text);
    show();
    update();
    QAccessibleEvent event(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
}

Button *InlineResult::addButton(const QString &text)
{
    auto *button = new Button(m_theme, Button::Kind::Secondary, {}, text);
    button->setSmall(true);
    m_buttons->addWidget(button);
    return button;
}

void InlineResult::paintEvent(QPaintEvent *)
{
    const Look look = lookOf(m_kind);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_theme.tokens().*look.ground);
    painter.drawRoundedRect(rect(), RADIUS, RADIUS);
    const int left = isLeftToRight() ? 12 : width() - 12 - ICON;
    painter.drawPixmap(QPoint(left, (height() - ICON) / 2),
                       m_theme.pixmap(look.iconName, look.ink, ICON, devicePixelRatioF()));
}

} // namespace Ui
