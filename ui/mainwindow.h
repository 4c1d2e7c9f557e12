#pragma once

#include <map>
#include <vector>

#include <QMainWindow>

#include "gateway/control/control.h"
#include "ui/frame/pagetable.h"
#include "ui/frame/shell.h"
#include "ui/theme.h"

class QStackedWidget;
class QTimer;

namespace Ui {

class Banner;
class EmptyState;
class Desktop;
class Preferences;
class SideBar;
class StatusBar;
class Toast;

/// Why the gateway did not start.
struct StartFailure
{
    QString text;        ///< For people; empty: it did.
    int port = 0;        ///< Another program holds it; 0: that was not the reason.
    QString holder = {}; ///< "ollama (process 8812)", empty: not known.
    int freePort = 0;    ///< Could serve in its place; 0: none is known.
};

/// The window: the pages with side bar and status bar, and what goes beyond one page (keys, toasts, banners).
class MainWindow final : public QMainWindow, private Shell
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(MainWindow)

public:
    /// All of them outlive the window.
    MainWindow(const Theme &theme, Preferences &preferences, Desktop &desktop, QWidget *parent = nullptr);
    ~MainWindow() override;

    /// The gateway that is shown; null while there is none, before it is gone at the latest.
    void setControl(Gateway::Control *control);
    /// The gateway did not start.
    void showFailure(const StartFailure &failure);
    /// The administrator's token that was made at this start; it is not shown again.
    void showNewToken(const QString &token);
    /// Visible and in front.
    void bringUp();
    void copyAddress();
    /// Pauses serving, or resumes it.
    void togglePause();
    void open(const Target &target) { go(target); }

Q_SIGNALS:
    void quitRequested();
    void retryRequested();
    /// The gateway is to listen on this port from now on, and to start.
    void portChosen(int port);
    /// It was closed and lives on in the tray.
    void hiddenToTray();

protected:
    void closeEvent(QCloseEvent *event) override;
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void go(const Target &target) override;
    void toast(ToastText toast) override;
    void toastFailure(const Gateway::Error &error) override;
    void copy(const QString &text, bool isSecret) override;

    void build();
    void makeActions();
    QAction *addKey(const QKeySequence &keys, std::function<void()> act);
    Page *page(PageId id);
    void show(PageId id);
    void showStatus();
    void welcomeOnce();
    bool showFailureBanner(const QString &reason);
    void showBanners(const Gateway::GatewayStatus &status);
    void showProblems();
    void moveFocus(int step);
    void askWhetherToQuit();
    void clearClipboardLater(const QString &secret);
    void fold();

    const Theme &m_theme;
    Preferences &m_preferences;
    Desktop &m_desktop;
    Gateway::Control *m_control = nullptr;
    StartFailure m_failure;
    QString m_newToken;

    std::vector<PageRow> m_rows;
    std::map<PageId, Page *> m_pages;
    PageId m_current = PageId::Overview;
    SideBar *m_sideBar = nullptr;
    QStackedWidget *m_stack = nullptr;
    EmptyState *m_starting = nullptr;
    Banner *m_banner = nullptr;
    Banner *m_tokenBanner = nullptr;
    StatusBar *m_statusBar = nullptr;
    Toast *m_toast = nullptr;
    QTimer *m_problemTimer;
};

} // namespace Ui
