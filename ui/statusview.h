#pragma once

#include <QString>

#include "gateway/control/control.h"
#include "ui/tokens.h"

namespace Ui {

/// A state of the gateway in words, sign and colours.
struct StatusView
{
    QString title;
    QString line; ///< What it means or what to do.
    QString iconName;
    Role ink;
    Role ground;
    QString trayIcon; ///< "serving", "partly" or "down".
};

StatusView statusView(const Gateway::GatewayStatus &status);

/// "36 of 42 keys usable"
QString usableKeysText(const Gateway::GatewayStatus &status);

} // namespace Ui
