#include "ui/statusline.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QPainter>

#include "ui/statusview.h"
#include "ui/widgets/textlabel.h"

using namespace Qt::StringLiterals;

namespace Ui {

namespace {

constexpr int HEIGHT = 28;
constexpr int ICON = 14;
constexpr int ICON_LEFT = 16;

} // namespace

StatusLine::StatusLine(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_iconName(u"refresh"_s)
    , m_ink(&Tokens::accentText)
    , m_state(new TextLabel(theme, TextStyle::Small, &Tokens::text))
    , m_keys(new TextLabel(theme, TextStyle::Small, &Tokens::text2))
{
    setMinimumHeight(HEIGHT);
    auto *version = new TextLabel(theme, TextStyle::Small, &Tokens::text3);
    version->setText(tr("Version %1").arg(QLatin1String(GW_VERSION)));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(ICON_LEFT + ICON + 6, 0, 16, 0);
    row->setSpacing(24);
    row->addWidget(m_state);
    row->addWidget(m_keys);
    row->addStretch();
    row->addWidget(version);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void StatusLine::showStatus(const Gateway::GatewayStatus &status)
{
    const StatusView view = statusView(status);
    m_iconName = view.iconName;
    m_ink = view.ink;
    m_state->setText(view.title);
    m_state->setRole(view.ink);
    m_keys->setText(status.keysTotal > 0 ? usableKeysText(status) : QString());
    update();
}

bool StatusLine::event(QEvent *event)
{
    if (event->type() == QEvent::LayoutRequest)
        update(); // the rule between the parts goes with them
    return QWidget::event(event);
}

void StatusLine::paintEvent(QPaintEvent *)
{
    const Tokens &tokens = m_theme.tokens();
    QPainter painter(this);
    painter.fillRect(rect(), tokens.side);
    painter.fillRect(0, 0, width(), 1, tokens.border);
    const int left = isLeftToRight() ? ICON_LEFT : width() - ICON_LEFT - ICON;
    painter.drawPixmap(QPoint(left, (height() - ICON) / 2),
                       m_theme.pixmap(m_iconName, m_ink, ICON, devicePixelRatioF()));
    if (m_keys->text().isEmpty())
        return;
    const int between = (m_state->geometry().right() + m_keys->geometry().left()) / 2;
    painter.fillRect(between, (height() - ICON) / 2, 1, ICON, tokens.border2);
}

} // namespace Ui
