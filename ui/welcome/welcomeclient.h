#pragma once

#include <functional>

#include "ui/welcome/welcomestep.h"

class QGridLayout;

namespace Ui {

class CopyButton;
class TextLabel;

/// Step 3: what a client has to be told, and the way to the page that does it for many clients.
class WelcomeClient final : public WelcomeStep
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(WelcomeClient)

public:
    /// `token` gives the token that step 2 made; empty: none was.
    WelcomeClient(const PageParts &parts, std::function<QString()> token);

    QString actText() const override;
    bool canAct() const override { return true; }
    void act() override;
    void enter() override;

Q_SIGNALS:
    void clientsRequested();

private:
    struct Row
    {
        TextLabel *value = nullptr;
        CopyButton *copy = nullptr;
    };
    Row addRow(const QString &name, const QString &what, bool isSecret);

    std::function<QString()> m_token;
    QGridLayout *m_grid;
    Row m_openAi;
    Row m_gemini;
    Row m_tokenRow;
};

} // namespace Ui
