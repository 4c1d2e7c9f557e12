#pragma once

#include "gateway/control/values/tokenview.h"
#include "ui/widgets/dialog.h"

namespace Ui {

class Shell;

/// Shows a token's text, this once.
class IssuedDialog final : public Dialog
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(IssuedDialog)

public:
    IssuedDialog(const Theme &theme, Shell &shell, const Gateway::IssuedToken &token, QWidget *parent);
};

} // namespace Ui
