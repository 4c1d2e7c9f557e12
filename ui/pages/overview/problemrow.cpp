#include "ui/pages/overview/problemrow.h"

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>

#include "ui/widgets/button.h"
#include "ui/widgets/textlabel.h"

using namespace Qt::StringLiterals;

namespace Ui {

namespace {

constexpr int HEIGHT = 52;
constexpr int ICON = 18;
constexpr int GAP = 12;
constexpr int BUTTON_WIDTH = 112;

} // namespace

ProblemRow::ProblemRow(const Theme &theme, bool isBad, const QString &heading, const QString &text,
                       const QString &act)
    : m_theme(theme)
    , m_iconName(isBad ? u"error"_s : u"warning"_s)
    , m_ink(isBad ? &Tokens::badText : &Tokens::warnText)
{
    setMinimumHeight(HEIGHT);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    auto *first = new TextLabel(theme, TextStyle::Body, &Tokens::text);
    QFont font = theme.font(TextStyle::Body);
    font.setWeight(QFont::Medium);
    first->setFont(font);
    first->setText(heading);
    auto *second = new TextLabel(theme, TextStyle::Small, &Tokens::text3);
    second->setText(text);
    second->setWordWrap(true);
    auto *words = new QVBoxLayout;
    words->setSpacing(1);
    words->addStretch();
    words->addWidget(first);
    words->addWidget(second);
    words->addStretch();
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(ICON + GAP, 4, 0, 4);
    row->setSpacing(GAP);
    row->addLayout(words, 1);
    if (act.isEmpty())
        return;
    auto *button = new Button(theme, Button::Kind::Secondary, {}, act);
    button->setSmall(true);
    button->setMinimumWidth(BUTTON_WIDTH);
    button->setAccessibleDescription(heading);
    connect(button, &QAbstractButton::clicked, this, &ProblemRow::acted);
    row->addWidget(button);
}

ProblemRow::ProblemRow(const Theme &theme, AllIsWell)
    : m_theme(theme)
    , m_iconName(u"ok"_s)
    , m_ink(&Tokens::okText)
{
    setMinimumHeight(HEIGHT);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    auto *text = new TextLabel(theme, TextStyle::Body, &Tokens::text2);
    text->setText(QCoreApplication::translate("Problems", "All is well. Nothing needs a hand."));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(ICON + GAP, 4, 0, 4);
    row->addWidget(text);
}

void ProblemRow::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const int left = isLeftToRight() ? 0 : width() - ICON;
    painter.drawPixmap(QPoint(left, (height() - ICON) / 2),
                       m_theme.pixmap(m_iconName, m_ink, ICON, devicePixelRatioF()));
    if (y() > 0 && parentWidget() && geometry().top() > HEIGHT)
        painter.fillRect(QRect(0, 0, width(), 1), m_theme.tokens().grid);
}

} // namespace Ui
