#include "ui/pages/keys/namefield.h"

#include <QKeyEvent>

namespace Ui {

NameField::NameField(const Theme &theme, QWidget *parent)
    : QLineEdit(parent)
    , m_theme(theme)
{
    constexpr int longest = 200; ///< That the gateway takes.
    setMaxLength(longest);
    setAccessibleName(tr("Name of the key"));
    finish(false);
    restyle();
    connect(&theme, &Theme::changed, this, &NameField::restyle);
}

void NameField::restyle()
{
    setFont(m_theme.font(TextStyle::Heading));
}

void NameField::showName(const QString &text, const QString &shown)
{
    m_text = text;
    m_shown = shown;
    if (isReadOnly())
        finish(false);
}

void NameField::edit()
{
    setReadOnly(false);
    setFrame(true);
    setFocusPolicy(Qt::StrongFocus);
    setText(m_text);
    selectAll();
    setFocus(Qt::OtherFocusReason);
}

void NameField::finish(bool isTaken)
{
    const QString typed = text().trimmed();
    const bool isNew = isTaken && !isReadOnly() && typed != m_text;
    if (isNew)
        m_text = typed;
    setReadOnly(true);
    setFrame(false);
    setFocusPolicy(Qt::ClickFocus);
    deselect();
    setText(m_text.isEmpty() ? m_shown : m_text);
    setToolTip(text().toHtmlEscaped());
    setCursorPosition(0);
    if (isNew)
        Q_EMIT renamed(typed);
}

void NameField::keyPressEvent(QKeyEvent *event)
{
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (!isReadOnly() && (isEnter || event->key() == Qt::Key_Escape)) {
        finish(isEnter);
        event->accept();
        return;
    }
    QLineEdit::keyPressEvent(event);
}

void NameField::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (isReadOnly())
        edit();
    else
        QLineEdit::mouseDoubleClickEvent(event);
}

void NameField::focusOutEvent(QFocusEvent *event)
{
    QLineEdit::focusOutEvent(event);
    if (!isReadOnly() && event->reason() != Qt::PopupFocusReason &&
        event->reason() != Qt::ActiveWindowFocusReason)
        finish(true);
}

} // namespace Ui
