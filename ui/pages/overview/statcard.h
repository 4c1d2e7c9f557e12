#pragma once

#include <vector>

#include <QAbstractButton>

#include "ui/theme.h"

namespace Ui {

/// What a StatCard shows.
struct StatFigure
{
    QString value = QStringLiteral("–"); ///< "18,432"
    QString unit;                        ///< "%", "s"
    QString change;                      ///< Against the period before: "+12 %"; empty: none.
    int mood = 0;                        ///< Of the change: 1 better, -1 worse, 0 neither.
    QString remark;                      ///< In place of the curve: "list price $63.20".
    std::vector<double> curve;
};

/// One figure of the overview with its curve. A click asks for the requests behind it.
class StatCard final : public QAbstractButton
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(StatCard)

public:
    StatCard(const Theme &theme, const QString &label, Role line, QWidget *parent = nullptr);

    void showFigure(const StatFigure &figure);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    Role m_line;
    StatFigure m_figure;
};

} // namespace Ui
