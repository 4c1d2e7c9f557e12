#pragma once

#include "ui/widgets/button.h"

class QTimer;

namespace Ui {

/// Puts a text on the clipboard and says for two seconds that it did.
class CopyButton final : public Button
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(CopyButton)

public:
    /// `what` names the text for screen readers and the tool tip: "Copy the address". A secret is marked as
    /// one for clipboard managers, which then keep no history of it.
    CopyButton(const Theme &theme, const QString &what, bool isSecret, QWidget *parent = nullptr);

    void setCopiedText(const QString &text);
    /// As a click does.
    void copy();

private:
    void showCopied(bool isCopied);

    QString m_what;
    QString m_text;
    bool m_isSecret;
    QTimer *m_timer;
};

} // namespace Ui
