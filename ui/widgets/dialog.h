#pragma once

#include <functional>

#include <QDialog>

#include "ui/theme.h"
#include "ui/widgets/button.h"

class QHBoxLayout;
class QVBoxLayout;

namespace Ui {

/// A window-modal dialog with the theme's margins and a foot whose buttons stand at the right, Cancel first.
/// Open it with open(); it deletes itself when it is closed.
class Dialog : public QDialog
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Dialog)

public:
    Dialog(const Theme &theme, const QString &title, QWidget *parent);

    QVBoxLayout *body() const { return m_body; }
    /// Left of the foot's buttons, for a remark.
    QHBoxLayout *footLeft() const { return m_footLeft; }

    /// Buttons stand in the order they are added.
    Button *addButton(Button::Kind kind, const QString &text);
    /// "Cancel", which rejects.
    Button *addCancel();

protected:
    const Theme &theme() const { return m_theme; }
    /// As high as what is in it needs at its width. adjustSize() leaves no room for texts of two lines where
    /// the screen is low.
    void fitHeight();
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    QVBoxLayout *m_body;
    QHBoxLayout *m_footLeft;
    QHBoxLayout *m_buttons;
};

/// Asks before what cannot be undone; `confirmed` is called when the user presses the red button `act`.
void askToConfirm(const Theme &theme, QWidget *parent, const QString &question, const QString &consequence,
                  const QString &act, std::function<void()> confirmed);

} // namespace Ui
