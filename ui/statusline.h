#pragma once

#include <QWidget>

#include "gateway/control/control.h"
#include "ui/theme.h"

namespace Ui {

class TextLabel;

/// The bar at the window's foot: state, usable keys, version.
class StatusLine final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(StatusLine)

public:
    explicit StatusLine(const Theme &theme, QWidget *parent = nullptr);

    void showStatus(const Gateway::GatewayStatus &status);

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    QString m_iconName;
    Role m_ink;
    TextLabel *m_state;
    TextLabel *m_keys;
};

} // namespace Ui
