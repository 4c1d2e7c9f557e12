#pragma once

#include <QWidget>

#include "ui/theme.h"

namespace Ui {

/// A surface with a hairline around it that other widgets lie on.
class Card final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Card)

public:
    Card(const Theme &theme, Role ground, Role border, QWidget *parent = nullptr);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    Role m_ground;
    Role m_border;
};

} // namespace Ui
