#pragma once

#include <utility>
#include <vector>

#include <QByteArray>
#include <QString>

#include "gateway/control/control.h"

namespace Ui {

/// The call that a recorded request was, as far as the record tells: enough to make it again.
struct RequestCall
{
    QByteArray method = "POST";
    QString path; ///< With its query: "/v1/messages?beta=true".
    /// What changes an answer's meaning: content type, versions, beta features. No credentials.
    std::vector<std::pair<QByteArray, QByteArray>> headers;
    QByteArray body;
};

/// From the kept head; without one, by the dialect's usual path.
RequestCall callOf(const Gateway::RequestDetail &detail);

/// Why it cannot be sent again, in a sentence; empty when it can.
QString whyNotAgain(const Gateway::RequestDetail &detail);

/// The call as a line for a shell: the token is a variable, the body the kept one or a placeholder.
QString asCurl(const Gateway::RequestDetail &detail, const QString &address);

} // namespace Ui
