#include "ui/tray.h"

#include <QMenu>

#include "ui/statusview.h"

using namespace Qt::StringLiterals;

namespace Ui {

namespace {

constexpr qint64 MINUTE = 60'000;

} // namespace

Tray::Tray(const Theme &theme, QObject *parent)
    : QObject(parent)
    , m_theme(theme)
{
    makeMenu();
    connect(&m_icon, &QSystemTrayIcon::activated, this, &Tray::activated);
    connect(&m_icon, &QSystemTrayIcon::messageClicked, this, &Tray::openRequested);
    connect(&theme, &Theme::changed, this, &Tray::redraw);
    redraw();
    m_icon.show();
}

Tray::~Tray() = default;

void Tray::makeMenu()
{
    auto menu = std::make_unique<QMenu>();
    m_state = menu->addAction(QString());
    m_state->setEnabled(false);
    menu->addSeparator();
    menu->addAction(tr("Open Gemini Balance"), this, &Tray::openRequested);
    menu->addAction(tr("New chat"), this,
                    [this] { Q_EMIT targetRequested({.page = PageId::Chat, .makesNew = true}); });
    menu->addAction(tr("Copy address"), this, &Tray::copyRequested);
    m_pause = menu->addMenu(tr("Pause serving"));
    const auto addPause = [this](const QString &text, qint64 forMs) {
        m_pause->addAction(text, this, [this, forMs] { Q_EMIT pauseRequested(forMs); });
    };
    addPause(tr("For 15 minutes"), 15 * MINUTE);
    addPause(tr("For 1 hour"), 60 * MINUTE);
    addPause(tr("Until I resume"), 0);
    m_resume = menu->addAction(tr("Resume serving"), this, &Tray::resumeRequested);
    menu->addAction(tr("Check all keys"), this, &Tray::checkRequested);
    m_problems =
        menu->addAction(QString(), this, [this] { Q_EMIT targetRequested({.page = PageId::Overview}); });
    menu->addAction(tr("Settings…"), this, [this] { Q_EMIT targetRequested({.page = PageId::Settings}); });
    menu->addSeparator();
    menu->addAction(tr("Quit"), this, &Tray::quitRequested);
    m_icon.setContextMenu(menu.get());
    m_menu = std::move(menu);
}

void Tray::retranslate()
{
    makeMenu();
    redraw();
}

void Tray::activated(QSystemTrayIcon::ActivationReason reason)
{
    if (reason == QSystemTrayIcon::Trigger)
        Q_EMIT toggleRequested();
    if (reason != QSystemTrayIcon::MiddleClick)
        return;
    if (m_status.state == Gateway::GatewayStatus::State::Paused)
        Q_EMIT resumeRequested();
    else
        Q_EMIT pauseRequested(0);
}

void Tray::showStatus(const Gateway::GatewayStatus &status)
{
    m_status = status;
    redraw();
}

void Tray::showProblems(int count)
{
    m_problemCount = count;
    redraw();
}

void Tray::tell(const QString &title, const QString &text, bool isBad)
{
    m_icon.showMessage(title, text, isBad ? QSystemTrayIcon::Warning : QSystemTrayIcon::Information);
}

void Tray::redraw()
{
    using State = Gateway::GatewayStatus::State;
    const StatusView view = statusView(m_status);
    // Panels are as the system's theme is: a dark one wants the light drawing.
    const bool isDarkPanel = &m_theme.tokens() == &darkTokens();
    m_icon.setIcon(
        QIcon(":/icons/tray-%1-%2-panel.svg"_L1.arg(view.trayIcon, isDarkPanel ? "dark"_L1 : "light"_L1)));
    //: %1 is the state ("Serving"), %2 "36 of 42 keys usable"
    const QString text = tr("%1, %2").arg(view.title, usableKeysText(m_status));
    m_state->setText(text);
    m_icon.setToolTip(tr("Gemini Balance: %1").arg(text));
    m_pause->menuAction()->setVisible(m_status.state == State::Serving);
    m_resume->setVisible(m_status.state == State::Paused);
    m_problems->setText(tr("Needs a hand (%1)").arg(m_problemCount));
    m_problems->setVisible(m_problemCount > 0);
}

} // namespace Ui
