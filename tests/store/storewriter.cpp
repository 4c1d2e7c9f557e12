// Writes changes of keys and records without end and says on stdout what is durable, for a test that kills
// it. Usage: storewriter URL
#include <atomic>
#include <cstdio>
#include <mutex>
#include <thread>

#include <QCoreApplication>

#include "gateway/store/store.h"

using namespace Gateway;

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const SystemClock clock;
    auto store = Store::open({.databaseUrl = argv[1]}, clock);
    if (!store) {
        std::fprintf(stderr, "%s\n", store.error().text.c_str());
        return 1;
    }
    const auto keys = (*store)->mergeKeys({Secret("key-one"), Secret("key-two"), Secret("key-three")});
    std::mutex mutex;
    std::atomic<int> waiting = 0;
    for (int number = 1;; ++number) {
        while (waiting > 64)
            std::this_thread::sleep_for(std::chrono::microseconds(100));
        KeyChange change;
        const std::size_t index = static_cast<std::size_t>(number) % keys->size();
        change.id = keys->at(index).id;
        change.state = number % 2 ? KeyState::Sidelined : KeyState::Usable;
        change.failures = number;
        change.reason = std::to_string(number);
        change.rests.push_back({"model-" + change.reason, clock.nowMs() + 3'600'000, "r"});
        ++waiting;
        (*store)->saveKeyChanges({change}, [&mutex, &waiting, index, number](const Result<void> &outcome) {
            const std::lock_guard lock(mutex);
            if (outcome)
                std::printf("%zu %d\n", index, number);
            std::fflush(stdout);
            --waiting;
        });
        RequestRecord record;
        record.timeMs = clock.nowMs();
        (*store)->appendRecords({record});
    }
}
