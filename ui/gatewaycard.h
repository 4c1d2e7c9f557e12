#pragma once

#include "gateway/control/control.h"
#include "ui/widgets/card.h"

namespace Ui {

class Button;
class CopyButton;
class StateDisc;
class TextLabel;

/// The gateway's state, its address and what can be done about both.
class GatewayCard final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(GatewayCard)

public:
    explicit GatewayCard(const Theme &theme, QWidget *parent = nullptr);

    void showStatus(const Gateway::GatewayStatus &status);
    void copyAddress();

Q_SIGNALS:
    void retryRequested();

private:
    StateDisc *m_disc;
    TextLabel *m_title;
    TextLabel *m_address;
    TextLabel *m_line;
    CopyButton *m_copy;
    Button *m_retry;
};

} // namespace Ui
