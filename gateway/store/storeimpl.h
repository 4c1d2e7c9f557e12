#pragma once

#include <future>
#include <memory>
#include <utility>

#include "gateway/store/cachedmemory.h"
#include "gateway/store/counterqueue.h"
#include "gateway/store/latestqueue.h"
#include "gateway/store/readerthread.h"
#include "gateway/store/recordqueue.h"
#include "gateway/store/store.h"
#include "gateway/store/storedshelf.h"
#include "gateway/store/storethread.h"

namespace Gateway {

/// The thread and the queues into it.
class Store::Impl
{
public:
    Impl(std::string path, const Clock &clock, RetentionOptions retention, MasterKeySources masterKeys);
    ~Impl();
    Impl(const Impl &) = delete;
    Impl &operator=(const Impl &) = delete;

    /// Runs `call` in the store's thread and waits for what it returns.
    template <typename T>
    Result<T> ask(std::function<Result<T>(StoreWorker &)> call)
    {
        std::promise<Result<T>> answer;
        m_thread.call([&](StoreWorker &worker) { answer.set_value(call(worker)); });
        return answer.get_future().get();
    }

    /// Runs `change` in a transaction of the store's thread and answers with what it returned, once that is
    /// on the disk. It may run twice: the first time together with others of which one failed.
    template <typename T>
    void change(std::function<Result<T>(StoreWorker &)> change, Answer<T> done)
    {
        auto made = std::make_shared<T>();
        m_thread.write(
            [made, change = std::move(change)](StoreWorker &worker) -> Result<void> {
                Result<T> result = change(worker);
                if (!result)
                    return fail(std::move(result.error()));
                *made = std::move(*result);
                return {};
            },
            [made, done = std::move(done)](Result<void> outcome) {
                if (!done)
                    return;
                done(outcome ? Result<T>(std::move(*made)) : fail(std::move(outcome.error())));
            });
    }

    /// Answers with what `read` returns in the readers' thread.
    template <typename T>
    void read(std::function<Result<T>(StoreReader &)> read, Answer<T> done)
    {
        m_reader.ask(
            [read = std::move(read), done = std::move(done)](StoreReader *reader, const Error &trouble) {
                done(reader ? read(*reader) : Result<T>(fail(trouble)));
            });
    }

    /// Hands rows to a queue and has it written.
    template <typename Queue, typename Row>
    void gather(Queue &queue, std::vector<Row> rows)
    {
        if (rows.empty())
            return;
        queue.put(std::move(rows));
        m_thread.expectBatch();
    }

    StoreThread m_thread;
    ReaderThread m_reader;
    RecordQueue m_records;
    CounterQueue m_counters;
    LatestQueue<std::pair<std::string, std::string>, QuotaRow> m_quotas;
    LatestQueue<std::string, ModelStateRow> m_modelStates;
    LatestQueue<TokenId, TokenUse> m_tokenUse;
    LatestQueue<ProxyId, ProxyRow> m_proxyHealth;
    CachedMemory m_owners;
    CachedMemory m_signatures;
    StoredShelf m_shelf;
    CachedMemory m_objects;
};

} // namespace Gateway
