#pragma once

#include <QStringList>
#include <QWidget>

#include "ui/theme.h"

class QAbstractButton;
class QButtonGroup;

namespace Ui {

/// One choice of a few that lie side by side; arrow keys move it.
class Segmented final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Segmented)

public:
    /// `name` is for screen readers: "Period".
    Segmented(const Theme &theme, const QString &name, const QStringList &choices, QWidget *parent = nullptr);

    int current() const;
    void setCurrent(int index);

Q_SIGNALS:
    void chosen(int index);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    QButtonGroup *m_group;
};

} // namespace Ui
