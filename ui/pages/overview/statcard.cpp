#include "ui/pages/overview/statcard.h"

#include <QPainter>

#include "ui/widgets/focusring.h"
#include "ui/widgets/marks.h"
#include "ui/widgets/sparkline.h"

using namespace Qt::StringLiterals;

namespace Ui {

namespace {

constexpr int HEIGHT = 102;
constexpr int WIDTH = 140;
constexpr int PADDING = 14;
constexpr int CURVE = 22;
constexpr qreal RADIUS = 10;

} // namespace

StatCard::StatCard(const Theme &theme, const QString &label, Role line, QWidget *parent)
    : QAbstractButton(parent)
    , m_theme(theme)
    , m_line(line)
{
    setText(label);
    setAccessibleName(label);
    setAttribute(Qt::WA_Hover);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&theme, &Theme::changed, this, [this] {
        updateGeometry();
        update();
    });
}

void StatCard::showFigure(const StatFigure &figure)
{
    m_figure = figure;
    setAccessibleName(QStringList{text(), figure.value + figure.unit, figure.change}.join(u", "_s));
    update();
}

QSize StatCard::sizeHint() const
{
    const int figure = QFontMetrics(m_theme.font(TextStyle::Figure)).height();
    const int label = QFontMetrics(m_theme.font(TextStyle::Small)).height();
    return {WIDTH, std::max(HEIGHT, figure + label + CURVE + 2 * PADDING + 8)};
}

QSize StatCard::minimumSizeHint() const
{
    return {120, sizeHint().height()};
}

void StatCard::paintEvent(QPaintEvent *)
{
    const Tokens &tokens = m_theme.tokens();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(underMouse() ? tokens.border2 : tokens.border);
    painter.setBrush(tokens.surface);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS);
    paintFocusRing(painter, m_theme, this, rect(), RADIUS);

    const QRect inner = rect().adjusted(PADDING, 10, -PADDING, -10);
    QFont label = m_theme.font(TextStyle::Small);
    label.setWeight(QFont::Medium);
    painter.setFont(label);
    painter.setPen(tokens.text2);
    const int labelHeight = QFontMetrics(label).height();
    painter.drawText(QRect(inner.left(), inner.top(), inner.width(), labelHeight),
                     Qt::AlignLeading | Qt::AlignVCenter,
                     QFontMetrics(label).elidedText(text(), Qt::ElideRight, inner.width()));

    const QFont big = m_theme.font(TextStyle::Figure);
    const int bigHeight = QFontMetrics(big).height();
    const QRect line(inner.left(), inner.top() + labelHeight + 2, inner.width(), bigHeight);
    painter.setPen(tokens.text);
    drawTabular(painter, line, m_figure.value, big, Qt::AlignLeft);
    const int valueWidth = tabularWidth(m_figure.value, big);
    QFont unit = m_theme.font(TextStyle::Body);
    unit.setWeight(QFont::Medium);
    painter.setFont(unit);
    painter.setPen(tokens.text2);
    const int base = line.top() + QFontMetrics(big).ascent();
    painter.drawText(line.left() + valueWidth + 3, base, m_figure.unit);

    QFont change = m_theme.font(TextStyle::Caption);
    change.setWeight(QFont::Medium);
    const int changeWidth = QFontMetrics(change).horizontalAdvance(m_figure.change);
    const int used = valueWidth + 3 + QFontMetrics(unit).horizontalAdvance(m_figure.unit) + 8;
    if (used + changeWidth <= inner.width()) {
        painter.setFont(change);
        painter.setPen(m_figure.mood > 0 ? tokens.okText
                                         : (m_figure.mood < 0 ? tokens.badText : tokens.text3));
        painter.drawText(line.right() + 1 - changeWidth, base, m_figure.change);
    }
    const QRectF foot(inner.left(), inner.bottom() - CURVE + 1, inner.width(), CURVE);
    if (!m_figure.remark.isEmpty()) {
        painter.setFont(m_theme.font(TextStyle::Caption));
        painter.setPen(tokens.text3);
        painter.drawText(foot, Qt::AlignLeading | Qt::AlignBottom, m_figure.remark);
        return;
    }
    paintSparkline(painter, m_theme, foot, m_figure.curve, m_line);
}

} // namespace Ui
