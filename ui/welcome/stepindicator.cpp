#include "ui/welcome/stepindicator.h"

#include <algorithm>

#include <QPainter>

using namespace Qt::StringLiterals;

namespace Ui {

namespace {

constexpr int DISC = 24;
constexpr int GAP = 10;
constexpr int RULE = 36;
constexpr int AROUND_RULE = 16;

} // namespace

StepIndicator::StepIndicator(const Theme &theme, const QStringList &names, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_names(names)
{
    setCurrent(0);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void StepIndicator::setCurrent(int index)
{
    m_current = index;
    //: %1 is the step's number, %2 how many there are, %3 its name
    setAccessibleName(tr("Step %1 of %2: %3").arg(index + 1).arg(m_names.size()).arg(m_names.value(index)));
    update();
}

QSize StepIndicator::sizeHint() const
{
    const QFontMetrics metrics(m_theme.font(TextStyle::Section));
    int width = 0;
    for (const QString &name : m_names)
        width += DISC + GAP + metrics.horizontalAdvance(name) + 2 * AROUND_RULE + RULE;
    return {width, std::max(DISC, metrics.height())};
}

void StepIndicator::paintEvent(QPaintEvent *)
{
    const Tokens &tokens = m_theme.tokens();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QFont strong = m_theme.font(TextStyle::Section);
    QFont usual = m_theme.font(TextStyle::Body);
    usual.setWeight(QFont::Medium);
    int left = 0;
    const auto place = [this](int at, int width) {
        return isLeftToRight() ? at : this->width() - at - width;
    };
    for (int i = 0; i < m_names.size(); ++i) {
        const bool isCurrent = i == m_current;
        const QRectF disc(place(left, DISC), (height() - DISC) / 2.0, DISC, DISC);
        painter.setPen(i <= m_current ? QPen(Qt::NoPen) : QPen(tokens.border2, 1.5));
        painter.setBrush(isCurrent ? tokens.accent : (i < m_current ? tokens.okBg : tokens.surface));
        painter.drawEllipse(disc.adjusted(0.75, 0.75, -0.75, -0.75));
        if (i < m_current) {
            painter.drawPixmap(disc.topLeft().toPoint() + QPoint(5, 5),
                               m_theme.pixmap(u"check"_s, &Tokens::okText, 14, devicePixelRatioF()));
        } else {
            painter.setFont(m_theme.font(TextStyle::Caption));
            painter.setPen(isCurrent ? tokens.onAccent : tokens.text2);
            painter.drawText(disc, Qt::AlignCenter, QString::number(i + 1));
        }
        left += DISC + GAP;
        const QFont &font = isCurrent ? strong : usual;
        const int width = QFontMetrics(font).horizontalAdvance(m_names[i]) + 2;
        painter.setFont(font);
        painter.setPen(isCurrent ? tokens.text : tokens.text3);
        painter.drawText(QRect(place(left, width), 0, width, height()), Qt::AlignVCenter, m_names[i]);
        left += width + AROUND_RULE;
        if (i + 1 < m_names.size()) {
            painter.fillRect(QRect(place(left, RULE), height() / 2, RULE, 1), tokens.border2);
            left += RULE + AROUND_RULE;
        }
    }
}

} // namespace Ui
