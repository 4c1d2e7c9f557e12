#pragma once

#include <string>

#include <QTemporaryFile>

#include "tests/upstream/scriptedserver.h"

/// A ScriptedServer behind TLS, for 127.0.0.1, localhost and gemini.invalid.
class TlsServer final : public ScriptedServer
{
public:
    using ScriptedServer::ScriptedServer;

    std::string url(const std::string &target = "/") const;

    /// A file with the one certificate to trust.
    static std::string caFile();

protected:
    void incomingConnection(qintptr descriptor) override;
};
