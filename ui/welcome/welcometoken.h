#pragma once

#include "ui/welcome/welcomestep.h"

class QLineEdit;

namespace Ui {

class CopyButton;
class InlineResult;
class TextLabel;

/// Step 2: an access token for the clients on this computer; its text is shown once.
class WelcomeToken final : public WelcomeStep
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(WelcomeToken)

public:
    explicit WelcomeToken(const PageParts &parts);

    QString actText() const override;
    bool canAct() const override;
    void act() override;
    void enter() override;

    /// Empty until it is made.
    const QString &token() const { return m_token; }

private:
    QLineEdit *m_name;
    QWidget *m_made;
    TextLabel *m_text;
    CopyButton *m_copy;
    InlineResult *m_result;
    QString m_token;
    bool m_isMaking = false;
};

} // namespace Ui
