#pragma once

#include <memory>

#include <QObject>
#include <QSystemTrayIcon>

#include "gateway/control/control.h"
#include "ui/theme.h"

class QAction;
class QMenu;

namespace Ui {

/// The icon in the system tray with its menu; its shape tells the state.
class Tray final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Tray)

public:
    explicit Tray(const Theme &theme, QObject *parent = nullptr);
    ~Tray() override;

    void showStatus(const Gateway::GatewayStatus &status);
    void tell(const QString &text);

Q_SIGNALS:
    void openRequested();
    void copyRequested();
    void quitRequested();

private:
    void redraw();

    const Theme &m_theme;
    std::unique_ptr<QMenu> m_menu;
    QAction *m_state;
    QSystemTrayIcon m_icon;
    Gateway::GatewayStatus m_status;
};

} // namespace Ui
