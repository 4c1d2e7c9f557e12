#pragma once

#include <QWidget>

#include "ui/theme.h"

namespace Ui {

/// The round sign of a state: an icon on a tinted disc of 40 pixels.
class StateDisc final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(StateDisc)

public:
    explicit StateDisc(const Theme &theme, QWidget *parent = nullptr);

    void setSign(const QString &iconName, Role ink, Role ground);

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    QString m_iconName;
    Role m_ink;
    Role m_ground;
};

} // namespace Ui
