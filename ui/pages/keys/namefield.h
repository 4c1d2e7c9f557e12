#pragma once

#include <QLineEdit>

#include "ui/theme.h"

namespace Ui {

/// A heading that turns into a field when it is to be changed: by a double click, or edit(). Enter and
/// leaving it take the new text, Esc does not.
class NameField final : public QLineEdit
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(NameField)

public:
    explicit NameField(const Theme &theme, QWidget *parent = nullptr);

    /// `text` is edited, `shown` stands there when it is empty. Not while somebody types.
    void showName(const QString &text, const QString &shown);
    void edit();

Q_SIGNALS:
    void renamed(const QString &text);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    void finish(bool isTaken);
    void restyle();

    const Theme &m_theme;
    QString m_text;
    QString m_shown;
};

} // namespace Ui
