#include "ui/pages/overview/gatewaycard.h"

#include <algorithm>

#include <QDateTime>
#include <QHBoxLayout>
#include <QMenu>
#include <QVBoxLayout>

#include "ui/statusview.h"
#include "ui/text/format.h"
#include "ui/widgets/button.h"
#include "ui/widgets/copybutton.h"
#include "ui/widgets/statedisc.h"
#include "ui/widgets/textlabel.h"

using namespace Qt::StringLiterals;

namespace Ui {

namespace {

constexpr qint64 MINUTE = 60'000;

} // namespace

GatewayCard::GatewayCard(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_disc(new StateDisc(theme))
    , m_title(new TextLabel(theme, TextStyle::Heading, &Tokens::text))
    , m_address(new TextLabel(theme, TextStyle::Mono, &Tokens::text))
    , m_line(new TextLabel(theme, TextStyle::Small, &Tokens::text3))
    , m_copy(new CopyButton(theme, tr("Copy the gateway's address"), false))
    , m_pause(new Button(theme, Button::Kind::Secondary, u"pause"_s, tr("Pause")))
    , m_resume(new Button(theme, Button::Kind::Primary, u"play"_s, tr("Resume")))
{
    m_address->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_line->setWordWrap(true);
    m_pause->setMenu(pauseMenu());
    connect(m_resume, &QAbstractButton::clicked, this, &GatewayCard::resumeRequested);

    auto *first = new QHBoxLayout;
    first->setSpacing(8);
    first->addWidget(m_title);
    first->addSpacing(4);
    first->addWidget(m_address);
    first->addWidget(m_copy);
    first->addStretch();
    auto *words = new QVBoxLayout;
    words->setSpacing(1);
    words->addStretch();
    words->addLayout(first);
    words->addWidget(m_line);
    words->addStretch();

    auto *card = new Card(theme, &Tokens::surface, &Tokens::border);
    auto *row = new QHBoxLayout(card);
    row->setContentsMargins(16, 14, 16, 14);
    row->setSpacing(14);
    row->addWidget(m_disc);
    row->addLayout(words, 1);
    row->addWidget(m_pause);
    row->addWidget(m_resume);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(card);
}

QMenu *GatewayCard::pauseMenu()
{
    auto *menu = new QMenu(this);
    const auto add = [this, menu](const QString &text, qint64 forMs) {
        connect(menu->addAction(text), &QAction::triggered, this,
                [this, forMs] { Q_EMIT pauseRequested(forMs); });
    };
    add(tr("For 15 minutes"), 15 * MINUTE);
    add(tr("For 1 hour"), 60 * MINUTE);
    add(tr("Until I resume"), 0);
    return menu;
}

void GatewayCard::showStatus(const Gateway::GatewayStatus &status)
{
    m_status = status;
    redraw();
}

void GatewayCard::showModels(const std::vector<Gateway::ModelView> &models)
{
    QStringList missing;
    qint64 back = 0;
    for (const Gateway::ModelView &model : models) {
        if (model.keysUsable > 0 || model.keysResting == 0)
            continue;
        missing += QString::fromStdString(model.name);
        back = back == 0 ? model.firstBackMs : std::min<qint64>(back, model.firstBackMs);
    }
    if (missing.isEmpty())
        m_missing.clear();
    else if (missing.size() > 1)
        m_missing = tr("No usable key for %n models now. Other models answer.", nullptr,
                       static_cast<int>(missing.size()));
    else if (back > 0)
        m_missing = tr("No usable key for %1 until %2. Other models answer.")
                        .arg(missing.front(), QDateTime::fromMSecsSinceEpoch(back).toString(u"HH:mm"_s));
    else
        m_missing = tr("No usable key for %1 now. Other models answer.").arg(missing.front());
    redraw();
}

void GatewayCard::redraw()
{
    using State = Gateway::GatewayStatus::State;
    StatusView view = statusView(m_status);
    const bool isServing = m_status.state == State::Serving && m_status.keysUsable > 0;
    if (isServing && !m_missing.isEmpty()) {
        view.title = tr("Partly serving");
        view.line = m_missing;
        view.iconName = u"warning"_s;
        view.ink = &Tokens::warnText;
        view.ground = &Tokens::warnBg;
    } else if (isServing) {
        //: %1 is what it serves, %2 a span of time ("3 d 4 h")
        view.line = tr("%1  ·  up %2")
                        .arg(view.line.chopped(view.line.endsWith(u'.') || view.line.endsWith(u'。') ? 1 : 0),
                             spanText(m_status.uptimeMs));
    }
    const QString address = QString::fromStdString(m_status.address);
    m_disc->setSign(view.iconName, view.ink, view.ground);
    m_title->setText(view.title);
    m_line->setText(view.line);
    m_address->setText(address);
    m_copy->setCopiedText(address);
    m_address->setVisible(!address.isEmpty());
    m_copy->setVisible(!address.isEmpty());
    m_pause->setVisible(m_status.state == State::Serving);
    m_resume->setVisible(m_status.state == State::Paused);
    setAccessibleName(view.title + u". "_s + view.line);
}

} // namespace Ui
