#pragma once

#include "gateway/common/clock.h"
#include "gateway/common/shelf.h"
#include "gateway/store/readerthread.h"
#include "gateway/store/storethread.h"

namespace Gateway {

/// The shelf in the store's database.
class StoredShelf final : public Shelf
{
public:
    /// All outlive this.
    StoredShelf(StoreThread &thread, ReaderThread &reader, const Clock &clock);

    void put(ShelfItem item, QObject *context, Done done) override;
    void setState(std::string id, std::string state) override;
    void remove(std::string id, QObject *context, Done done) override;
    void find(std::string id, std::string owner, QObject *context, Found done) override;
    void list(ShelfQuery query, QObject *context, Listed done) override;

private:
    void write(StoreThread::Write write, QObject *context, Done done);

    StoreThread &m_thread;
    ReaderThread &m_reader;
    const Clock &m_clock;
};

} // namespace Gateway
