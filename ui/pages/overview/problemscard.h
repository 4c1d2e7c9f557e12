#pragma once

#include <vector>

#include <QWidget>

#include "gateway/control/control.h"
#include "ui/frame/page.h"
#include "ui/theme.h"

class QVBoxLayout;

namespace Ui {

class Button;
class Pill;

/// A problem in words, with what mends it.
struct ProblemText
{
    QString heading;
    QString text;
    QString act;   ///< The button's word.
    Target target; ///< Where it leads.
    bool isBad = false;
};

ProblemText problemText(const Gateway::Problem &problem);

/// What needs a hand, three rows of it until all are asked for.
class ProblemsCard final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ProblemsCard)

public:
    explicit ProblemsCard(const Theme &theme, QWidget *parent = nullptr);

    void showProblems(const std::vector<Gateway::Problem> &problems);

Q_SIGNALS:
    void targetChosen(const Ui::Target &target);
    void restartRequested();

private:
    void fill();
    QWidget *makeRow(const Gateway::Problem &problem);

    const Theme &m_theme;
    std::vector<Gateway::Problem> m_problems;
    bool m_showsAll = false;
    Pill *m_count;
    QVBoxLayout *m_rows;
};

} // namespace Ui
