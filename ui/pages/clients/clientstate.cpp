#include "ui/pages/clients/clientstate.h"

#include <algorithm>

#include <QCoreApplication>
#include <QUrl>

#include "ui/pages/clients/configwriter.h"
#include "ui/pages/clients/tokentexts.h"

using namespace Gateway;
using namespace Qt::StringLiterals;

namespace Ui {

namespace {

class Words
{
    Q_DECLARE_TR_FUNCTIONS(Ui::ClientState)
};

/// Four characters tell tokens apart well enough to look for one.
bool endsIn(const QString &token, const QString &hint)
{
    return !hint.isEmpty() && token.endsWith(hint);
}

const TokenView *tokenInFile(const QString &text, const ClientSurroundings &surroundings)
{
    const TokenView *found = nullptr;
    for (const TokenView &token : surroundings.tokens) {
        if (endsIn(text, QString::fromStdString(token.hint)) &&
            (!found || isTaken(token, surroundings.nowMs)))
            found = &token;
    }
    return found;
}

const TokenView *tokenOfName(const ClientRecipe &recipe, const ClientSurroundings &surroundings)
{
    const auto found = std::find_if(surroundings.tokens.begin(), surroundings.tokens.end(),
                                    [&](const TokenView &token) { return token.settings.name == recipe.id; });
    return found == surroundings.tokens.end() ? nullptr : &*found;
}

QString hostOf(const QUrl &url)
{
    const QString host = url.host();
    return host == "localhost"_L1 || host == "::1"_L1 ? u"127.0.0.1"_s : host;
}

} // namespace

bool isSameServer(const QString &left, const QString &right)
{
    const QUrl first(left);
    const QUrl second(right);
    return !left.isEmpty() && first.isValid() && hostOf(first) == hostOf(second) &&
           first.port(first.scheme() == "https"_L1 ? 443 : 80) ==
               second.port(second.scheme() == "https"_L1 ? 443 : 80);
}

ClientFile clientFile(const ClientRecipe &recipe, const ClientPlaces &places)
{
    ClientFile file;
    if (!recipe.isWritable())
        return file;
    ConfigWriter reader(places.resolved(recipe.file));
    if (!reader.read() || !reader.isThere())
        return file;
    file.address = valueAt(recipe.format, reader.text(), pathOf(recipe.addressPath)).value_or(QString());
    if (!recipe.tokenPath.empty())
        file.token = valueAt(recipe.format, reader.text(), pathOf(recipe.tokenPath)).value_or(QString());
    return file;
}

ClientState clientState(const ClientRecipe &recipe, const ClientSurroundings &surroundings)
{
    const ClientFile file = clientFile(recipe, surroundings.places);
    if (isSameServer(file.address, surroundings.address)) {
        const TokenView *token = tokenInFile(file.token, surroundings);
        const bool isGood = recipe.tokenPath.empty() || endsIn(file.token, surroundings.adminHint) ||
                            (token && isTaken(*token, surroundings.nowMs));
        return isGood ? ClientState::Connected : ClientState::OldToken;
    }
    const TokenView *token = recipe.isWritable() ? nullptr : tokenOfName(recipe, surroundings);
    if (token && token->use.lastUsedMs > 0 && isTaken(*token, surroundings.nowMs))
        return ClientState::Connected;
    return surroundings.places.isInstalled(recipe) ? ClientState::Found : ClientState::Unknown;
}

const TokenView *tokenOfClient(const ClientRecipe &recipe, const ClientSurroundings &surroundings)
{
    const ClientFile file = clientFile(recipe, surroundings.places);
    if (isSameServer(file.address, surroundings.address)) {
        if (const TokenView *token = tokenInFile(file.token, surroundings))
            return token;
    }
    if (const TokenView *token = tokenOfName(recipe, surroundings))
        return token;
    const auto taken =
        std::find_if(surroundings.tokens.begin(), surroundings.tokens.end(),
                     [&](const TokenView &token) { return isTaken(token, surroundings.nowMs); });
    return taken == surroundings.tokens.end() ? nullptr : &*taken;
}

QString stateText(ClientState state)
{
    switch (state) {
    case ClientState::Connected:
        return Words::tr("Connected");
    case ClientState::OldToken:
        return Words::tr("Old token");
    case ClientState::Found:
        return Words::tr("Found");
    case ClientState::Unknown:
        break;
    }
    return {};
}

} // namespace Ui
