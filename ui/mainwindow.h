#pragma once

#include <QMainWindow>

#include "gateway/control/control.h"
#include "ui/theme.h"

class QActionGroup;

namespace Ui {

class ClientsCard;
class GatewayCard;
class KeysCard;
class StatusLine;

/// The window: whether the gateway serves, where, with how many keys.
class MainWindow final : public QMainWindow
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(MainWindow)

public:
    explicit MainWindow(const Theme &theme, QWidget *parent = nullptr);

    void showStatus(const Gateway::GatewayStatus &status);
    /// A token that was made at this start.
    void showNewToken(const QString &token);
    /// With a tray icon closing only hides; without one it asks.
    void setHasTray(bool hasTray);
    /// Visible and in front.
    void bringUp();
    void copyAddress();

    /// Marks the menu's choice of a theme.
    void showThemeChoice(Theme::Choice choice);

Q_SIGNALS:
    void quitRequested();
    void themeChosen(Ui::Theme::Choice choice);
    void retryRequested();
    /// It was closed and lives on in the tray.
    void hiddenToTray();

protected:
    void closeEvent(QCloseEvent *event) override;

private:
    void makeActions();
    void makeThemeMenu();
    QWidget *makePage();
    void askWhetherToQuit();

    const Theme &m_theme;
    GatewayCard *m_gateway;
    KeysCard *m_keys;
    ClientsCard *m_clients;
    StatusLine *m_line;
    QActionGroup *m_themes;
    bool m_hasTray = false;
};

} // namespace Ui
