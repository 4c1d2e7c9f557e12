#pragma once

#include <QAbstractButton>

#include "ui/theme.h"

namespace Ui {

/// A state of keys with how many have it; a click asks for them.
class HealthCount final : public QAbstractButton
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(HealthCount)

public:
    HealthCount(const Theme &theme, const QString &iconName, Role ink, const QString &name);

    void showCount(int count);

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    QString m_iconName;
    Role m_ink;
    int m_count = 0;
};

} // namespace Ui
