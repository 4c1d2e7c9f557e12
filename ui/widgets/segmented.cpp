#include "ui/widgets/segmented.h"

#include <algorithm>

#include <QAbstractButton>
#include <QButtonGroup>
#include <QHBoxLayout>
#include <QPainter>

#include "ui/widgets/focusring.h"

namespace Ui {

namespace {

constexpr int HEIGHT = 28;
constexpr int PADDING = 12;
constexpr int RADIUS = 6;

class Segment final : public QAbstractButton
{
public:
    Segment(const Theme &theme, const QString &text)
        : m_theme(theme)
    {
        setText(text);
        setCheckable(true);
        setAttribute(Qt::WA_Hover);
        setFocusPolicy(Qt::StrongFocus);
        connect(&theme, &Theme::changed, this, [this] { updateGeometry(); });
    }

    QSize sizeHint() const override
    {
        const QFontMetrics metrics(font());
        return {metrics.horizontalAdvance(text()) + 2 * PADDING, std::max(HEIGHT - 4, metrics.height() + 6)};
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        const Tokens &tokens = m_theme.tokens();
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const QRectF box = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
        if (isChecked()) {
            painter.setPen(tokens.border2);
            painter.setBrush(tokens.raised);
            painter.drawRoundedRect(box, RADIUS - 1, RADIUS - 1);
        } else if (underMouse() && isEnabled()) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(tokens.press);
            painter.drawRoundedRect(box, RADIUS - 1, RADIUS - 1);
        }
        painter.setFont(font());
        painter.setPen(!isEnabled() ? tokens.disabled : (isChecked() ? tokens.text : tokens.text2));
        painter.drawText(rect(), Qt::AlignCenter, text());
        paintFocusRing(painter, m_theme, this, rect(), RADIUS - 1);
    }

private:
    QFont font() const
    {
        QFont font = m_theme.font(TextStyle::Small);
        font.setWeight(QFont::Medium);
        return font;
    }

    const Theme &m_theme;
};

} // namespace

Segmented::Segmented(const Theme &theme, const QString &name, const QStringList &choices, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_group(new QButtonGroup(this))
{
    setAccessibleName(name);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(2, 2, 2, 2);
    row->setSpacing(0);
    for (const QString &choice : choices) {
        auto *segment = new Segment(theme, choice);
        m_group->addButton(segment, static_cast<int>(m_group->buttons().size()));
        row->addWidget(segment);
    }
    setCurrent(0);
    connect(m_group, &QButtonGroup::idToggled, this, [this](int id, bool isChecked) {
        if (isChecked)
            Q_EMIT chosen(id);
    });
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

int Segmented::current() const
{
    return m_group->checkedId();
}

void Segmented::setCurrent(int index)
{
    if (QAbstractButton *button = m_group->button(index))
        button->setChecked(true);
}

void Segmented::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_theme.tokens().track);
    painter.drawRoundedRect(rect(), RADIUS + 1, RADIUS + 1);
}

} // namespace Ui
