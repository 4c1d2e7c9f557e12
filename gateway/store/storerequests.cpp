// The request log and what is counted of it: the third part of Store.
#include "gateway/store/storeimpl.h"

namespace Gateway {

namespace {

constexpr std::int64_t STEP_ROWS = 1000;

using Deleted = Store::Answer<std::int64_t>;

/// One step, then the next behind what waits meanwhile.
void deleteStep(StoreThread &thread, std::int64_t timeMs, std::int64_t before, Deleted done)
{
    auto count = std::make_shared<std::int64_t>(0);
    thread.write(
        [timeMs, count](StoreWorker &worker) -> Result<void> {
            return worker.requests().dropOlderThan(timeMs, STEP_ROWS).map([&](std::int64_t dropped) {
                *count = dropped;
            });
        },
        [&thread, timeMs, before, count, done = std::move(done)](Result<void> outcome) mutable {
            const std::int64_t all = before + *count;
            if (outcome && *count >= STEP_ROWS)
                deleteStep(thread, timeMs, all, std::move(done));
            else if (done)
                done(outcome ? Result<std::int64_t>(all) : fail(std::move(outcome.error())));
        });
}

} // namespace

void Store::appendRecords(std::vector<RequestRecord> records)
{
    if (records.empty())
        return;
    m_impl->m_records.append(std::move(records));
    m_impl->m_thread.expectBatch();
}

std::uint64_t Store::lostRecords() const
{
    return m_impl->m_records.lost();
}

void Store::setRetention(std::int64_t days, std::int64_t rows)
{
    m_impl->m_thread.setRetention(days, rows);
}

void Store::deleteRequests(std::vector<std::int64_t> seqs, Answer<std::int64_t> done)
{
    m_impl->change<std::int64_t>(
        [seqs = std::move(seqs)](StoreWorker &worker) -> Result<std::int64_t> {
            std::int64_t count = 0;
            for (const std::int64_t seq : seqs) {
                const Result<bool> wasThere = worker.requests().drop(seq);
                if (!wasThere)
                    return fail(wasThere.error());
                count += *wasThere ? 1 : 0;
            }
            return count;
        },
        std::move(done));
}

void Store::deleteRequestsBefore(std::int64_t timeMs, Answer<std::int64_t> done)
{
    deleteStep(m_impl->m_thread, timeMs, 0, std::move(done));
}

void Store::readRequests(RequestQuery query, Answer<RequestPage> done)
{
    m_impl->read<RequestPage>(
        [query = std::move(query)](StoreReader &reader) { return reader.requests().page(query); },
        std::move(done));
}

void Store::readRequest(std::int64_t seq, Answer<std::optional<RequestRow>> done)
{
    m_impl->read<std::optional<RequestRow>>(
        [seq](StoreReader &reader) { return reader.requests().find(seq); }, std::move(done));
}

void Store::findRequest(std::string id, Answer<std::optional<RequestRow>> done)
{
    m_impl->read<std::optional<RequestRow>>(
        [id = std::move(id)](StoreReader &reader) { return reader.requests().findById(id); },
        std::move(done));
}

void Store::readUsage(UsageQuery query, Answer<UsageReport> done)
{
    m_impl->read<UsageReport>(
        [query = std::move(query)](StoreReader &reader) { return reader.usage().read(query); },
        std::move(done));
}

void Store::readKeyHistory(std::vector<KeyId> keys, std::int64_t fromMs, std::int64_t spanMs, int spans,
                           Answer<std::vector<KeyHistory>> done)
{
    m_impl->read<std::vector<KeyHistory>>(
        [keys = std::move(keys), fromMs, spanMs, spans](StoreReader &reader) {
            return reader.keyHistory().read(keys, fromMs, spanMs, spans);
        },
        std::move(done));
}

void Store::readAudit(AuditQuery query, Answer<std::vector<AuditRow>> done)
{
    m_impl->read<std::vector<AuditRow>>(
        [query = std::move(query)](StoreReader &reader) { return reader.audit().read(query); },
        std::move(done));
}

} // namespace Gateway
