#pragma once

#include <vector>

#include <QDialog>

#include "ui/frame/page.h"

class QStackedWidget;

namespace Ui {

class Button;
class StepIndicator;
class WelcomeStep;

/// The first run: keys, a token, a client; each step can be skipped, and closing skips all.
class WelcomeDialog final : public QDialog
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(WelcomeDialog)

public:
    WelcomeDialog(const PageParts &parts, QWidget *parent);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QWidget *makeBrand();
    QWidget *makeFoot();
    void addStep(WelcomeStep *step);
    void show(int index);
    void next();
    void showButtons();

    PageParts m_parts;
    StepIndicator *m_indicator;
    QStackedWidget *m_stack;
    std::vector<WelcomeStep *> m_steps;
    Button *m_skip;
    Button *m_back;
    Button *m_act;
};

} // namespace Ui
