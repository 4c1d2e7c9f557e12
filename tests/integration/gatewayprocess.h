#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include <sys/types.h>

namespace TestSupport {

/// The real program in a process of its own.
class GatewayProcess
{
public:
    using Environment = std::map<std::string, std::string>;

    GatewayProcess() = default;
    /// Kills what still runs.
    ~GatewayProcess();
    GatewayProcess(const GatewayProcess &) = delete;
    GatewayProcess &operator=(const GatewayProcess &) = delete;

    /// Runs `gemini-balance --server` with this environment and nothing else of ours; true once it says
    /// where it listens and /readyz answers.
    bool start(const Environment &environment, std::vector<std::string> arguments = {"--server"});

    std::uint16_t port() const { return m_port; }
    pid_t pid() const { return m_pid; }
    /// Both output streams so far.
    std::string output() const;
    /// Resident memory in KiB.
    long rssKib() const;

    /// SIGKILL, and waits.
    void kill();
    /// Sends SIGTERM and does not wait.
    void askToStop() const;
    /// Waits for the end; the exit code, or -1 after `timeoutMs` or when a signal ended it.
    int waitForExit(int timeoutMs);

private:
    bool spawn(const Environment &environment, const std::vector<std::string> &arguments);
    void readOutput();
    bool waitForPort(int timeoutMs);
    bool waitForReady(int timeoutMs) const;

    pid_t m_pid = -1;
    std::uint16_t m_port = 0;
    int m_pipe = -1;
    std::thread m_reader;
    mutable std::mutex m_mutex;
    std::string m_output;
};

} // namespace TestSupport
