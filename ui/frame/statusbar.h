#pragma once

#include <QWidget>

#include "gateway/control/control.h"
#include "ui/frame/requestrate.h"
#include "ui/theme.h"

class QTimer;

namespace Ui {

class TextLabel;

/// The bar at the window's foot: state and address, usable keys, requests per minute and under way, and when
/// the daily allowances begin anew. A click asks for the overview.
class StatusBar final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(StatusBar)

public:
    explicit StatusBar(const Theme &theme, QWidget *parent = nullptr);

    void showStatus(const Gateway::GatewayStatus &status);
    /// Requests that have ended now.
    void countRequests(qint64 count);

Q_SIGNALS:
    void clicked();

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;

private:
    void showFigures();

    const Theme &m_theme;
    QString m_iconName;
    Role m_ink;
    TextLabel *m_state;
    TextLabel *m_address;
    TextLabel *m_keys;
    TextLabel *m_rate;
    TextLabel *m_running;
    TextLabel *m_quota;
    RequestRate m_requests;
    int m_inFlight = 0;
    bool m_isServing = false;
    QTimer *m_timer;
};

} // namespace Ui
