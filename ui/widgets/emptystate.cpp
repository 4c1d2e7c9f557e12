#include "ui/widgets/emptystate.h"

#include <algorithm>

#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>

#include "ui/widgets/textlabel.h"

namespace Ui {

namespace {

constexpr int TILE = 72;
constexpr int ICON = 32;
constexpr qreal RADIUS = 20;
constexpr int TEXT_WIDTH = 340;

class Tile final : public QWidget
{
public:
    Tile(const Theme &theme, QString iconName)
        : m_theme(theme)
        , m_iconName(std::move(iconName))
    {
        setFixedSize(TILE, TILE);
        connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_theme.tokens().selection);
        painter.drawRoundedRect(rect(), RADIUS, RADIUS);
        const int inset = (TILE - ICON) / 2;
        painter.drawPixmap(QPoint(inset, inset),
                           m_theme.pixmap(m_iconName, &Tokens::accentText, ICON, devicePixelRatioF()));
    }

private:
    const Theme &m_theme;
    QString m_iconName;
};

} // namespace

EmptyState::EmptyState(const Theme &theme, const QString &iconName, const QString &heading,
                       const QString &text, QWidget *parent)
    : QWidget(parent)
    , m_heading(new TextLabel(theme, TextStyle::Heading, &Tokens::text))
    , m_text(new TextLabel(theme, TextStyle::Body, &Tokens::text2))
    , m_buttons(new QHBoxLayout)
{
    m_heading->setAlignment(Qt::AlignCenter);
    m_text->setAlignment(Qt::AlignCenter);
    m_text->setWordWrap(true);
    m_text->setFixedWidth(TEXT_WIDTH);
    m_buttons->setSpacing(8);
    m_buttons->addStretch();
    m_buttons->addStretch();
    auto *column = new QVBoxLayout(this);
    column->setSpacing(0);
    column->addStretch(2);
    column->addWidget(new Tile(theme, iconName), 0, Qt::AlignHCenter);
    column->addSpacing(16);
    column->addWidget(m_heading, 0, Qt::AlignHCenter);
    column->addSpacing(6);
    column->addWidget(m_text, 0, Qt::AlignHCenter);
    column->addSpacing(18);
    column->addLayout(m_buttons);
    column->addStretch(3);
    setTexts(heading, text);
}

void EmptyState::setTexts(const QString &heading, const QString &text)
{
    m_heading->setText(heading);
    m_text->setText(text);
    // The layout would ask how high it is at the page's width.
    m_text->setMinimumHeight(std::max(0, m_text->heightForWidth(TEXT_WIDTH)));
}

Button *EmptyState::addButton(Button::Kind kind, const QString &text)
{
    // The theme is the heading's; the button lives as long as this.
    auto *button = new Button(m_heading->theme(), kind, {}, text);
    m_buttons->insertWidget(m_buttons->count() - 1, button);
    return button;
}

} // namespace Ui
