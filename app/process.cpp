#include "app/process.h"

#include <csignal>
#include <cstdio>
#include <filesystem>
#include <system_error>

#include <sys/resource.h>
#include <unistd.h>

#include <QtGlobal>

extern char **environ;

namespace Gateway {

namespace {

void print(std::FILE *file, std::string_view text)
{
    std::fwrite(text.data(), 1, text.size(), file);
    std::fflush(file);
}

} // namespace

void prepareProcess()
{
    std::signal(SIGPIPE, SIG_IGN);
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < limit.rlim_max) {
        limit.rlim_cur = limit.rlim_max;
        setrlimit(RLIMIT_NOFILE, &limit);
    }
}

std::vector<std::string> environmentTexts()
{
    std::vector<std::string> texts;
    for (char **entry = environ; *entry; ++entry)
        texts.emplace_back(*entry);
    return texts;
}

std::string programFolder()
{
    std::error_code error;
    const std::filesystem::path program = std::filesystem::read_symlink("/proc/self/exe", error);
    return error ? std::string(".") : program.parent_path().string();
}

bool hasDisplay()
{
    return qEnvironmentVariableIsSet("DISPLAY") || qEnvironmentVariableIsSet("WAYLAND_DISPLAY") ||
           qEnvironmentVariableIsSet("QT_QPA_PLATFORM");
}

void printOut(std::string_view text)
{
    print(stdout, text);
}

void printError(std::string_view text)
{
    print(stderr, text);
}

} // namespace Gateway
