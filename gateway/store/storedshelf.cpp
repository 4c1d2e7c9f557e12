#include "gateway/store/storedshelf.h"

#include <memory>
#include <utility>

#include "gateway/store/contextreply.h"

namespace Gateway {

namespace {

/// Asks the readers' thread and brings the answer to the asker's.
template <typename T>
void ask(ReaderThread &reader, std::function<Result<T>(StoreReader &)> question, QObject *context,
         std::function<void(Result<T>)> done)
{
    auto reply = std::make_shared<ContextReply>(context);
    reader.ask([question = std::move(question), reply = std::move(reply),
                done = std::move(done)](StoreReader *store, const Error &trouble) {
        auto answer =
            std::make_shared<Result<T>>(store ? question(*store) : Result<T>(tl::unexpected<Error>(trouble)));
        reply->send([done, answer] { done(std::move(*answer)); });
    });
}

} // namespace

StoredShelf::StoredShelf(StoreThread &thread, ReaderThread &reader, const Clock &clock)
    : m_thread(thread)
    , m_reader(reader)
    , m_clock(clock)
{
}

void StoredShelf::write(StoreThread::Write write, QObject *context, Done done)
{
    auto reply = std::make_shared<ContextReply>(context);
    m_thread.write(std::move(write),
                   [reply = std::move(reply), done = std::move(done)](const Result<void> &outcome) {
                       reply->send([done, outcome] { done(outcome); });
                   });
}

void StoredShelf::put(ShelfItem item, QObject *context, Done done)
{
    write([item = std::move(item)](StoreWorker &worker) { return worker.shelf().put(item); }, context,
          std::move(done));
}

void StoredShelf::setState(std::string id, std::string state)
{
    m_thread.write([id = std::move(id), state = std::move(state)](
                       StoreWorker &worker) { return worker.shelf().setState(id, state); },
                   nullptr);
}

void StoredShelf::remove(std::string id, QObject *context, Done done)
{
    write([id = std::move(id)](StoreWorker &worker) { return worker.shelf().remove(id); }, context,
          std::move(done));
}

void StoredShelf::find(std::string id, std::string owner, QObject *context, Found done)
{
    ask<std::optional<ShelfItem>>(
        m_reader,
        [id = std::move(id), owner = std::move(owner), nowMs = m_clock.nowMs()](StoreReader &reader) {
            return reader.shelf().find(id, owner, nowMs);
        },
        context, std::move(done));
}

void StoredShelf::list(ShelfQuery query, QObject *context, Listed done)
{
    ask<std::vector<ShelfItem>>(
        m_reader,
        [query = std::move(query), nowMs = m_clock.nowMs()](StoreReader &reader) {
            return reader.shelf().list(query, nowMs);
        },
        context, std::move(done));
}

} // namespace Gateway
