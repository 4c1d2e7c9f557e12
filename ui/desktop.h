#pragma once

#include <functional>
#include <vector>

#include <QByteArray>
#include <QString>

#include "gateway/common/result.h"

namespace Ui {

/// A library that the program is made of.
struct Library
{
    QString name;
    QString version; ///< Empty: not known.
    QString licence; ///< SPDX identifier.
    QString url;
};

/// What the program around the windows can do on this desktop.
class Desktop
{
public:
    virtual ~Desktop() = default;

    /// Whether the program starts when the user logs in.
    virtual bool startsAtLogin() const = 0;
    /// 500 with the cause when the entry cannot be written.
    virtual Gateway::Result<void> setStartsAtLogin(bool starts) = 0;

    /// Where the store lies.
    virtual QString dataFolder() const = 0;
    virtual bool hasTray() const = 0;
    virtual std::vector<Library> libraries() const = 0;

    /// Copies the store to a file that is not there yet; `done` is called later in the windows' thread, with
    /// the cause of a failure or nothing.
    virtual void backUp(const QString &file, std::function<void(const QString &failure)> done) = 0;

    /// Reads another gateway's SQLite database; `done` is called later in the windows' thread, with text for
    /// KeyCommands::add() (its keys in full) or why it cannot be read.
    virtual void readDatabase(const QString &file, std::function<void(Gateway::Result<QByteArray>)> done) = 0;

    /// Stops serving and starts anew, with the settings that wait for it. The pages are made anew then.
    virtual void restartGateway() = 0;
};

} // namespace Ui
