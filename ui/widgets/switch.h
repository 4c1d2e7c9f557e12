#pragma once

#include <QAbstractButton>

#include "ui/theme.h"

namespace Ui {

/// On or off at once, as a setting is. Give it an accessible name or a buddy.
class Switch final : public QAbstractButton
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Switch)

public:
    explicit Switch(const Theme &theme, QWidget *parent = nullptr);

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
};

} // namespace Ui
