#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "gateway/control/values/tokenview.h"
#include "ui/pages/clients/clientplaces.h"

namespace Ui {

/// The texts of tokens that were made or renewed in this window; nowhere else are they known.
using TokenSecrets = std::map<Gateway::TokenId, Gateway::Secret>;

enum class ClientState : std::uint8_t {
    Unknown,   ///< Not set up as far as can be seen.
    Found,     ///< Installed but not set up.
    Connected, ///< Its file points here with a token that is taken, or a token of its name is in use.
    OldToken,  ///< Its file points here with a token that is refused.
};

/// What a state is judged by.
struct ClientSurroundings
{
    ClientPlaces places;
    QString address;                        ///< The gateway's; empty while nothing listens.
    std::vector<Gateway::TokenView> tokens; ///< All of them.
    QString adminHint; ///< The end of AUTH_TOKEN, which is good for clients too; or empty.
    qint64 nowMs = 0;
};

/// What a client's file says; empty where it says nothing or is not there.
struct ClientFile
{
    QString address;
    QString token;
};

ClientFile clientFile(const ClientRecipe &recipe, const ClientPlaces &places);
ClientState clientState(const ClientRecipe &recipe, const ClientSurroundings &surroundings);
/// Whether two addresses lead to the same server: "localhost" is 127.0.0.1, paths do not count.
bool isSameServer(const QString &left, const QString &right);
/// The token of the client: the one its file has, or the one of its name, or any that is taken; null: none.
const Gateway::TokenView *tokenOfClient(const ClientRecipe &recipe, const ClientSurroundings &surroundings);

/// "Connected", "Found", "Old token", or empty.
QString stateText(ClientState state);

} // namespace Ui
