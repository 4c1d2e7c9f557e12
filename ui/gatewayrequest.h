#pragma once

#include <QByteArray>
#include <QNetworkRequest>

#include "gateway/control/control.h"

namespace Ui {

/// A request to the gateway itself with a token of its own: JSON, without cookies, cache and redirects.
/// `address` is the control's, `path` with its query.
QNetworkRequest gatewayRequest(const QString &address, const QByteArray &path, const Gateway::Secret &token);

} // namespace Ui
