#include "ui/tray.h"

#include <QMenu>

#include "ui/statusview.h"

using namespace Qt::StringLiterals;

namespace Ui {

Tray::Tray(const Theme &theme, QObject *parent)
    : QObject(parent)
    , m_theme(theme)
    , m_menu(std::make_unique<QMenu>())
    , m_state(m_menu->addAction(QString()))
{
    m_state->setEnabled(false);
    m_menu->addSeparator();
    m_menu->addAction(tr("Open Gemini Balance"), this, &Tray::openRequested);
    m_menu->addAction(tr("Copy address"), this, &Tray::copyRequested);
    m_menu->addSeparator();
    m_menu->addAction(tr("Quit"), this, &Tray::quitRequested);
    m_icon.setContextMenu(m_menu.get());
    connect(&m_icon, &QSystemTrayIcon::activated, this, [this](QSystemTrayIcon::ActivationReason reason) {
        if (reason == QSystemTrayIcon::Trigger)
            Q_EMIT openRequested();
    });
    connect(&theme, &Theme::changed, this, &Tray::redraw);
    redraw();
    m_icon.show();
}

Tray::~Tray() = default;

void Tray::showStatus(const Gateway::GatewayStatus &status)
{
    m_status = status;
    redraw();
}

void Tray::tell(const QString &text)
{
    m_icon.showMessage(tr("Gemini Balance"), text, applicationIcon());
}

void Tray::redraw()
{
    const StatusView view = statusView(m_status);
    // Panels are as the system's theme is: a dark one wants the light drawing.
    const bool isDarkPanel = &m_theme.tokens() == &darkTokens();
    m_icon.setIcon(
        QIcon(":/icons/tray-%1-%2-panel.svg"_L1.arg(view.trayIcon, isDarkPanel ? "dark"_L1 : "light"_L1)));
    //: %1 is the state ("Serving"), %2 "36 of 42 keys usable"
    const QString text = tr("%1, %2").arg(view.title, usableKeysText(m_status));
    m_state->setText(text);
    m_icon.setToolTip(tr("Gemini Balance: %1").arg(text));
}

} // namespace Ui
