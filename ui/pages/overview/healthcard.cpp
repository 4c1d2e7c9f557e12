#include "ui/pages/overview/healthcard.h"

#include <algorithm>

#include <QDateTime>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>

#include "ui/pages/overview/healthcount.h"
#include "ui/text/format.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/textlabel.h"

using namespace Qt::StringLiterals;

namespace Ui {

namespace {

constexpr std::array<Role, 4> FILLS = {&Tokens::ok, &Tokens::warn, &Tokens::bad, &Tokens::idle};

} // namespace

/// The bar whose parts are as wide as their counts.
class HealthBar final : public QWidget
{
public:
    explicit HealthBar(const Theme &theme)
        : m_theme(theme)
    {
        setFixedHeight(10);
        connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
    }

    void showCounts(const std::array<int, 4> &counts)
    {
        m_counts = counts;
        update();
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        constexpr int gap = 2;
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        int whole = 0;
        int parts = 0;
        for (const int count : m_counts) {
            whole += count;
            parts += count > 0 ? 1 : 0;
        }
        painter.setBrush(m_theme.tokens().track);
        if (whole == 0)
            painter.drawRoundedRect(rect(), 5, 5);
        // Every state that is there is seen, however few keys have it.
        constexpr qreal least = 6;
        const qreal room = width() - gap * (parts - 1) - least * parts;
        qreal left = 0;
        for (std::size_t i = 0; i < m_counts.size(); ++i) {
            if (m_counts[i] == 0)
                continue;
            const qreal part = least + room * m_counts[i] / whole;
            painter.setBrush(m_theme.tokens().*FILLS[i]);
            const QRectF box(isLeftToRight() ? left : width() - left - part, 0, part, height());
            painter.drawRoundedRect(box, parts == 1 ? 5 : 2, parts == 1 ? 5 : 2);
            left += part + gap;
        }
    }

private:
    const Theme &m_theme;
    std::array<int, 4> m_counts{};
};

HealthCard::HealthCard(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_bar(new HealthBar(theme))
    , m_foot(new TextLabel(theme, TextStyle::Small, &Tokens::text3))
{
    auto *title = new TextLabel(theme, TextStyle::Section, &Tokens::text);
    title->setText(tr("Key health"));
    auto *all = new Button(theme, Button::Kind::Link, {}, tr("Show keys"));
    all->setSmall(true);
    connect(all, &QAbstractButton::clicked, this, [this] { Q_EMIT keysChosen({}); });
    auto *head = new QHBoxLayout;
    head->addWidget(title);
    head->addStretch();
    head->addWidget(all);

    struct State
    {
        QString icon, name, filter;
        Role ink;
    };
    const std::array states = {State{u"ok"_s, tr("Usable"), u"usable"_s, &Tokens::okText},
                               State{u"resting"_s, tr("Resting"), u"resting"_s, &Tokens::warnText},
                               State{u"sidelined"_s, tr("Sidelined"), u"sidelined"_s, &Tokens::badText},
                               State{u"off"_s, tr("Disabled"), u"disabled"_s, &Tokens::idleText}};
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(16);
    grid->setVerticalSpacing(2);
    for (std::size_t i = 0; i < states.size(); ++i) {
        m_counts[i] = new HealthCount(theme, states[i].icon, states[i].ink, states[i].name);
        const QString filter = states[i].filter;
        connect(m_counts[i], &QAbstractButton::clicked, this, [this, filter] { Q_EMIT keysChosen(filter); });
        grid->addWidget(m_counts[i], static_cast<int>(i) / 2, static_cast<int>(i) % 2);
    }
    auto *card = new Card(theme, &Tokens::surface, &Tokens::border);
    auto *column = new QVBoxLayout(card);
    column->setContentsMargins(16, 10, 16, 12);
    column->setSpacing(10);
    column->addLayout(head);
    column->addWidget(m_bar);
    column->addLayout(grid);
    column->addStretch();
    column->addWidget(m_foot);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(card);
}

void HealthCard::showStatus(const Gateway::GatewayStatus &status)
{
    const std::array counts = {status.keysUsable - status.keysResting, status.keysResting,
                               status.keysSidelined, status.keysDisabled};
    m_bar->showCounts(counts);
    for (std::size_t i = 0; i < counts.size(); ++i)
        m_counts[i]->showCount(counts[i]);
}

void HealthCard::showFirstBack(qint64 ms)
{
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    //: %1 is "back in 0:42" or "back 14:37"
    m_foot->setText(ms > now ? tr("First key %1").arg(backText(ms, now)) : QString());
}

} // namespace Ui
