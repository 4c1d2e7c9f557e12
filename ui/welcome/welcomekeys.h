#pragma once

#include "ui/welcome/welcomestep.h"

class QPlainTextEdit;
class QTimer;

namespace Ui {

class InlineResult;
class Pill;
class TextLabel;

/// Step 1: keys are pasted, or read from a file.
class WelcomeKeys final : public WelcomeStep
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(WelcomeKeys)

public:
    explicit WelcomeKeys(const PageParts &parts);

    QString actText() const override;
    bool canAct() const override;
    void act() override;
    void enter() override;

private:
    void preview();
    void showPreview(const Gateway::AddKeysResult &result);
    void openFile();
    void offerClipboard();

    QPlainTextEdit *m_text;
    Pill *m_new;
    TextLabel *m_remark;
    InlineResult *m_result;
    QTimer *m_timer;
    int m_count = 0;
    int m_round = 0;
    bool m_isAdding = false;
};

} // namespace Ui
