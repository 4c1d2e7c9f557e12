#pragma once

#include <memory>

#include <QObject>
#include <QSystemTrayIcon>

#include "gateway/control/control.h"
#include "ui/frame/page.h"
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
    /// How many problems need a hand.
    void showProblems(int count);
    void tell(const QString &title, const QString &text, bool isBad);
    /// Puts all words in the language of now.
    void retranslate();

Q_SIGNALS:
    void openRequested();
    /// Opens the window, or hides it when it is seen.
    void toggleRequested();
    void targetRequested(const Ui::Target &target);
    void copyRequested();
    void checkRequested();
    /// For so long, ms; 0: until somebody resumes.
    void pauseRequested(qint64 forMs);
    void resumeRequested();
    void quitRequested();

private:
    void makeMenu();
    void redraw();
    void activated(QSystemTrayIcon::ActivationReason reason);

    const Theme &m_theme;
    std::unique_ptr<QMenu> m_menu;
    QAction *m_state = nullptr;
    QMenu *m_pause = nullptr;
    QAction *m_resume = nullptr;
    QAction *m_problems = nullptr;
    QSystemTrayIcon m_icon;
    Gateway::GatewayStatus m_status;
    int m_problemCount = 0;
};

} // namespace Ui
