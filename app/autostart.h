#pragma once

#include <QString>

#include "gateway/common/result.h"

namespace Gateway {

/// The entry that starts the program at login (freedesktop.org, Desktop Application Autostart Specification):
/// gemini-balance.desktop in the user's autostart folder.
class Autostart
{
public:
    /// `folder` is where entries lie, `program` the path that is started.
    Autostart(QString folder, QString program);

    /// For this user and this program.
    static Autostart ofUser();

    bool isOn() const;
    /// 500 "autostart_failed" when the file cannot be written or removed.
    Result<void> set(bool isOn);

private:
    QString path() const;

    QString m_folder;
    QString m_program;
};

} // namespace Gateway
