#pragma once

#include <QByteArray>
#include <QString>

#include "ui/pages/clients/clientrecipe.h"

namespace Ui {

/// The request a client would send, to its letter in path, place of the token and form of the body.
struct ClientRequest
{
    QString url;
    std::vector<std::pair<QByteArray, QByteArray>> headers;
    QByteArray body;
};

ClientRequest clientRequest(const ClientRecipe &recipe, const Filling &filling);

/// What came back.
struct ClientAnswer
{
    int status = 0; ///< 0: no answer at all.
    QByteArray body;
    QByteArray model; ///< x-gateway-model: used in place of the one asked for; or empty.
    qint64 elapsedMs = 0;
};

struct ClientVerdict
{
    enum class Next : std::uint8_t { Nothing, Renew, Resume };

    bool isGood = false;
    QString text;
    Next next = Next::Nothing; ///< The button beside it.
};

/// In a sentence for a person. `isPaused`: of the gateway, now.
ClientVerdict judged(const ClientRecipe &recipe, const Filling &filling, const ClientAnswer &answer,
                     bool isPaused);

} // namespace Ui
