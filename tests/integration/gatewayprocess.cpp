#include "tests/integration/gatewayprocess.h"

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fstream>

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/support/rawclient.h"

namespace TestSupport {

namespace {

constexpr int START_MS = 20'000;
constexpr std::string_view LISTENING = " on http://";

void pauseMs(int ms)
{
    std::this_thread::sleep_for(std::chrono::milliseconds(ms));
}

std::vector<char *> pointers(std::vector<std::string> &texts)
{
    std::vector<char *> all;
    for (std::string &text : texts)
        all.push_back(text.data());
    all.push_back(nullptr);
    return all;
}

} // namespace

GatewayProcess::~GatewayProcess()
{
    kill();
}

bool GatewayProcess::start(const Environment &environment, std::vector<std::string> arguments)
{
    kill();
    m_output.clear();
    m_port = 0;
    return spawn(environment, arguments) && waitForPort(START_MS) && waitForReady(START_MS);
}

bool GatewayProcess::spawn(const Environment &environment, const std::vector<std::string> &arguments)
{
    int ends[2] = {-1, -1};
    if (pipe2(ends, O_CLOEXEC) != 0)
        return false;
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDERR_FILENO);

    std::vector<std::string> words{GW_PROGRAM};
    words.insert(words.end(), arguments.begin(), arguments.end());
    std::vector<std::string> variables;
    for (const auto &[name, value] : environment)
        variables.push_back(name + "=" + value);
    // Sanitizers are told by the environment how to report.
    for (const char *name : {"PATH", "ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS", "LSAN_OPTIONS"}) {
        if (const char *value = std::getenv(name))
            variables.push_back(std::string(name) + "=" + value);
    }
    const int failed = posix_spawn(&m_pid, GW_PROGRAM, &actions, nullptr, pointers(words).data(),
                                   pointers(variables).data());
    posix_spawn_file_actions_destroy(&actions);
    close(ends[1]);
    m_pipe = ends[0];
    if (failed != 0) {
        m_pid = -1;
        close(m_pipe);
        return false;
    }
    m_reader = std::thread([this] { readOutput(); });
    return true;
}

void GatewayProcess::readOutput()
{
    char bytes[4096];
    for (;;) {
        const auto got = read(m_pipe, bytes, sizeof(bytes));
        if (got <= 0)
            return;
        const std::lock_guard lock(m_mutex);
        m_output.append(bytes, static_cast<std::size_t>(got));
    }
}

bool GatewayProcess::waitForPort(int timeoutMs)
{
    for (int waited = 0; waited < timeoutMs; waited += 5) {
        const std::string text = output();
        const std::size_t at = text.find(LISTENING);
        const std::size_t end = at == std::string::npos ? at : text.find('\n', at);
        if (end != std::string::npos) {
            const std::size_t colon = text.find(':', at + LISTENING.size());
            m_port = static_cast<std::uint16_t>(std::strtol(text.c_str() + colon + 1, nullptr, 10));
            return m_port != 0;
        }
        siginfo_t ended{};
        if (waitid(P_PID, static_cast<id_t>(m_pid), &ended, WEXITED | WNOHANG | WNOWAIT) != 0 ||
            ended.si_pid != 0) {
            m_reader.join(); // its last words are in output() then
            return false;
        }
        pauseMs(5);
    }
    return false;
}

bool GatewayProcess::waitForReady(int timeoutMs) const
{
    for (int waited = 0; waited < timeoutMs; waited += 5) {
        Gateway::RawClient client;
        if (client.connect(m_port) &&
            client.send("GET /readyz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n") &&
            client.readAnswer().status == 200)
            return true;
        pauseMs(5);
    }
    return false;
}

std::string GatewayProcess::output() const
{
    const std::lock_guard lock(m_mutex);
    return m_output;
}

long GatewayProcess::rssKib() const
{
    std::ifstream status("/proc/" + std::to_string(m_pid) + "/status");
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with("VmRSS:"))
            return std::strtol(line.c_str() + 6, nullptr, 10);
    }
    return 0;
}

void GatewayProcess::kill()
{
    if (m_pid <= 0)
        return;
    ::kill(m_pid, SIGKILL);
    waitForExit(5000);
}

void GatewayProcess::askToStop() const
{
    ::kill(m_pid, SIGTERM);
}

int GatewayProcess::waitForExit(int timeoutMs)
{
    if (m_pid <= 0)
        return -1;
    int status = 0;
    for (int waited = 0; waitpid(m_pid, &status, WNOHANG) != m_pid; waited += 2) {
        if (waited > timeoutMs)
            return -1;
        pauseMs(2);
    }
    m_pid = -1;
    if (m_reader.joinable())
        m_reader.join();
    close(m_pipe);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

} // namespace TestSupport
