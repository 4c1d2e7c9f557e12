#pragma once

#include <functional>

#include <QWidget>

#include "ui/frame/shell.h"

class QLabel;
class QPushButton;
class QTimer;

namespace Ui {

/// A word at the foot of its parent for 8 seconds, with the button that takes the act back; the time stands
/// still under the mouse and while it has the focus. One at a time.
class Toast final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Toast)

public:
    Toast(const Theme &theme, QWidget *parent);

    void showText(ToastText text);
    /// As its button does; false without one.
    bool act();
    /// Where it belongs after its parent changed its size.
    void place();

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void tick();
    const Tokens &tokens() const;

    const Theme &m_theme;
    QString m_iconName;
    std::function<void()> m_act;
    QLabel *m_text;
    QPushButton *m_button;
    QTimer *m_timer;
    int m_leftMs = 0;
};

} // namespace Ui
