#pragma once

#include "ui/widgets/dialog.h"

namespace Ui {

/// Asked when the window is closed and there is no tray to live on in.
class QuitQuestion final : public Dialog
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(QuitQuestion)

public:
    QuitQuestion(const Theme &theme, QWidget *parent);

Q_SIGNALS:
    void quitChosen();
    void minimiseChosen();
};

} // namespace Ui
