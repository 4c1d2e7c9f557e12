// The bare HTTP front with one fixed answer, to be measured with a load generator against nginx's `return`:
// frontbench [PORT [WORKERS]]
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <vector>

#include <QCoreApplication>

#include "gateway/common/clock.h"
#include "gateway/http/exchange.h"
#include "gateway/http/httpserver.h"
#include "gateway/http/listeners.h"
#include "gateway/http/router.h"
#include "tests/support/workerthread.h"

using namespace Gateway;

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const int port = argc > 1 ? std::atoi(argv[1]) : 0;
    const int workers = argc > 2 ? std::atoi(argv[2]) : 1;
    Router router;
    router.add("GET", "/plain", Dialect::OpenAi, [](ClientRequest, std::unique_ptr<Exchange> exchange) {
        exchange->send(200, "text/plain", {}, "hello");
    });
    Result<Listeners> listeners = Listeners::open("127.0.0.1", static_cast<std::uint16_t>(port), workers);
    if (!listeners) {
        std::fprintf(stderr, "%s\n", listeners.error().text.c_str());
        return 2;
    }
    const SystemClock clock;
    std::vector<std::unique_ptr<WorkerThread>> threads;
    std::vector<std::unique_ptr<HttpServer>> servers;
    for (int i = 0; i < workers; ++i) {
        threads.push_back(std::make_unique<WorkerThread>());
        threads.back()->run([&] {
            HttpWorkerOptions options;
            options.errorBody = [](Dialect, const Error &error, std::string_view) { return error.text; };
            servers.push_back(std::make_unique<HttpServer>(clock, router, std::move(options)));
            for (const int descriptor : listeners->take(i))
                servers.back()->listenOn(descriptor);
        });
    }
    std::printf("http://127.0.0.1:%d/plain\n", listeners->port());
    std::fflush(stdout);
    return QCoreApplication::exec();
}
