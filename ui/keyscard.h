#pragma once

#include <QWidget>

#include "gateway/control/control.h"
#include "ui/theme.h"

namespace Ui {

class StateDisc;
class TextLabel;

/// How many keys can be used and how many cannot.
class KeysCard final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(KeysCard)

public:
    explicit KeysCard(const Theme &theme, QWidget *parent = nullptr);

    void showStatus(const Gateway::GatewayStatus &status);

private:
    struct Figure
    {
        StateDisc *disc = nullptr;
        TextLabel *number = nullptr;
        QString iconName;
        Role ink;
        Role ground;
    };
    Figure addFigure(const QString &iconName, Role ink, Role ground, const QString &name);
    static void showFigure(const Figure &figure, int value, const QString &sentence);

    const Theme &m_theme;
    Figure m_usable;
    Figure m_sidelined;
    Figure m_disabled;
};

} // namespace Ui
