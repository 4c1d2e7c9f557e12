#pragma once

#include <memory>
#include <string>

#include "app/commandline.h"
#include "app/datafolder.h"
#include "gateway/common/clock.h"
#include "gateway/common/result.h"

namespace Gateway {

class Control;
class OfflineGateway;

/// What the command line's verbs work on: the server that is named, else the one that works on the data
/// folder, else the store itself, locked meanwhile.
class CliConnection
{
public:
    /// `clock` outlives it. The error says what to do.
    static Result<std::unique_ptr<CliConnection>> open(const CommandLine &line, const Clock &clock);
    ~CliConnection();

    Control &control();
    /// To follow an error of the connection; empty where there is nothing to say.
    const std::string &hint() const { return m_hint; }

private:
    CliConnection();
    static Result<std::unique_ptr<CliConnection>> openOffline(const CommandLine &line, const Clock &clock);

    std::string m_hint;
    DataLock m_lock;
    std::unique_ptr<Control> m_remote;
    std::unique_ptr<OfflineGateway> m_offline;
};

} // namespace Gateway
