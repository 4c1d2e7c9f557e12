#pragma once

#include "ui/widgets/dialog.h"

class QComboBox;

namespace Ui {

/// Asks to which project keys are to go.
class MoveDialog final : public Dialog
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(MoveDialog)

public:
    MoveDialog(const Theme &theme, int count, const QStringList &projects, QWidget *parent);

Q_SIGNALS:
    /// Empty: none.
    void chosen(const QString &project);

private:
    QComboBox *m_project;
};

} // namespace Ui
