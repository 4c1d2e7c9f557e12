#pragma once

#include "ui/desktop.h"

namespace Ui {

/// A desktop for tests: does as told and remembers it.
class SampleDesktop final : public Desktop
{
public:
    bool isAutostart = false;
    bool hasTrayIcon = true;
    int restarts = 0;
    QStringList backups;
    QStringList databases; ///< That were to be read.
    Gateway::Result<QByteArray> databaseText = QByteArray("{}");

    bool startsAtLogin() const override { return isAutostart; }
    Gateway::Result<void> setStartsAtLogin(bool starts) override
    {
        isAutostart = starts;
        return {};
    }
    QString dataFolder() const override { return QStringLiteral("/home/user/.local/share/gemini-balance"); }
    bool hasTray() const override { return hasTrayIcon; }
    std::vector<Library> libraries() const override
    {
        return {{QStringLiteral("Qt"), QStringLiteral("6.4.2"), QStringLiteral("LGPL-3.0-only"),
                 QStringLiteral("https://www.qt.io")},
                {QStringLiteral("libcurl"), QStringLiteral("7.88.1"), QStringLiteral("curl"),
                 QStringLiteral("https://curl.se/libcurl")},
                {QStringLiteral("tl::expected"),
                 {},
                 QStringLiteral("CC0-1.0"),
                 QStringLiteral("https://tl.tartanllama.xyz")}};
    }
    void backUp(const QString &file, std::function<void(const QString &)> done) override
    {
        backups += file;
        done(QString());
    }
    void readDatabase(const QString &file, std::function<void(Gateway::Result<QByteArray>)> done) override
    {
        databases += file;
        done(databaseText);
    }
    void restartGateway() override { ++restarts; }
};

} // namespace Ui
