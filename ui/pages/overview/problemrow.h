#pragma once

#include <QWidget>

#include "ui/theme.h"

namespace Ui {

/// A problem with the button that mends it.
class ProblemRow final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ProblemRow)

public:
    struct AllIsWell
    {
    };

    ProblemRow(const Theme &theme, bool isBad, const QString &heading, const QString &text,
               const QString &act);
    /// In place of all rows.
    ProblemRow(const Theme &theme, AllIsWell);

Q_SIGNALS:
    void acted();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    QString m_iconName;
    Role m_ink;
};

} // namespace Ui
