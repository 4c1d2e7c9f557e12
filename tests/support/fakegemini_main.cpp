// The fake Gemini as a program: fakegemini [--port N] [--keys k1,k2 | --any-key] [--chunks N]
// [--chunk-delay-ms D] [--workers N] [--canned]
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "tests/support/fakegemini.h"

namespace {

constexpr int USAGE_ERROR = 2;

// The argument that is not understood, or null.
const char *parse(int count, char **arguments, TestSupport::FakeGemini::Options &options)
{
    for (int i = 1; i < count; ++i) {
        const std::string_view name = arguments[i];
        if (name == "--any-key") {
            options.anyKey = true;
            continue;
        }
        if (name == "--canned") {
            options.canned = options.anyKey = true;
            continue;
        }
        if (i + 1 == count)
            return arguments[i];
        const char *value = arguments[++i];
        if (name == "--port")
            options.port = std::atoi(value);
        else if (name == "--keys")
            options.keys = Gateway::splitList(value, ",");
        else if (name == "--chunks")
            options.chunks = std::atoi(value);
        else if (name == "--chunk-delay-ms")
            options.chunkDelayMs = std::atof(value);
        else if (name == "--workers")
            options.workers = std::atoi(value);
        else
            return arguments[i - 1];
    }
    return nullptr;
}

} // namespace

int main(int count, char **arguments)
{
    TestSupport::FakeGemini::Options options;
    if (const char *wrong = parse(count, arguments, options)) {
        std::fprintf(stderr, "fakegemini: %s is not understood\n", wrong);
        return USAGE_ERROR;
    }
    // The threads inherit the mask, so that only sigwait() below takes the signals.
    sigset_t ends;
    sigemptyset(&ends);
    sigaddset(&ends, SIGINT);
    sigaddset(&ends, SIGTERM);
    sigprocmask(SIG_BLOCK, &ends, nullptr);
    TestSupport::FakeGemini fake(std::move(options));
    if (!fake.start()) {
        std::fprintf(stderr, "fakegemini: the port is taken\n");
        return USAGE_ERROR;
    }
    std::printf("fakegemini listening on 127.0.0.1:%d\n", fake.port());
    std::fflush(stdout);
    int signal = 0;
    sigwait(&ends, &signal);
    return 0;
}
