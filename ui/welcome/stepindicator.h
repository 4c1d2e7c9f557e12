#pragma once

#include <QStringList>
#include <QWidget>

#include "ui/theme.h"

namespace Ui {

/// Which of some steps is the current one; those before it carry a tick.
class StepIndicator final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(StepIndicator)

public:
    StepIndicator(const Theme &theme, const QStringList &names, QWidget *parent = nullptr);

    void setCurrent(int index);

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    QStringList m_names;
    int m_current = 0;
};

} // namespace Ui
