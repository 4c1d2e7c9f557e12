#pragma once

#include <QString>

#include "ui/pages/clients/clientrecipe.h"

namespace Ui {

/// Where clients keep their settings for this user.
struct ClientPlaces
{
    QString home;
    QString config; ///< ~/.config, ~/Library/Application Support or %APPDATA%.
    Platform platform = Platform::Linux;

    static ClientPlaces ofThisUser();

    /// A recipe's path on this computer; empty for none.
    QString resolved(const RecipePath &path) const;
    /// Whether one of its traces is there.
    bool isInstalled(const ClientRecipe &recipe) const;
    /// The path as people write it: "~/.claude/settings.json".
    QString shownPath(const QString &path) const;
};

} // namespace Ui
