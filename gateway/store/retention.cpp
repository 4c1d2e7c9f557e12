#include "gateway/store/retention.h"

#include <algorithm>

#include "gateway/store/store.h"
#include "gateway/store/storelog.h"
#include "gateway/store/transaction.h"

namespace Gateway {

namespace {

constexpr std::chrono::milliseconds FIRST_DELAY{5000};

constexpr std::int64_t MS_PER_DAY = 86'400'000;

/// Counts of a day matter on that day; two more for the time zone's sake.
constexpr std::int64_t QUOTA_DAYS = 3;

constexpr std::int64_t MINUTE_SUM_DAYS = 3;
constexpr std::int64_t HOUR_SUM_DAYS = 400;

constexpr std::int64_t AUDIT_DAYS = 365;
constexpr std::int64_t AUDIT_ROWS = 100'000;

/// Conversations a step deletes: each may hold many messages and pictures.
constexpr std::int64_t STEP_CHATS = 20;

/// Files a step deletes: each may be large.
constexpr std::int64_t STEP_SHELF = 4;

/// Responses a step deletes: each may hold pictures.
constexpr std::int64_t STEP_OBJECTS = 50;

/// Index entries looked at in a step: a quarter of the work of deleting a row.
constexpr std::int64_t STEP_ENTRIES = 4000;

/// Free pages are soon used again by new rows, so only a file with many of them is made smaller.
constexpr std::int64_t MIN_FREE_PAGES = 2500;
constexpr std::int64_t MIN_FREE_SHARE = 4; // one in four

Result<bool> isFullStep(const Result<std::int64_t> &dropped, std::int64_t step = Retention::STEP_ROWS)
{
    if (!dropped)
        return fail(dropped.error());
    return *dropped >= step;
}

} // namespace

Retention::Retention(RetentionOptions options)
    : m_options(options)
{
}

void Retention::setLimits(std::int64_t days, std::int64_t rows)
{
    m_options.days = days;
    m_options.rows = rows;
}

std::chrono::milliseconds Retention::firstDelay() const
{
    return std::min(FIRST_DELAY, m_options.interval);
}

std::chrono::milliseconds Retention::step(StoreWorker &worker)
{
    Result<bool> isMore = false;
    {
        Transaction transaction(worker.database());
        isMore = transaction.begun() ? runTask(worker) : fail(transaction.begun().error());
        if (isMore) {
            if (const Result<void> committed = transaction.commit(); !committed)
                isMore = fail(committed.error());
        }
    }
    if (!isMore) {
        qCWarning(storeLog, "Old rows could not be deleted: %s", isMore.error().text.c_str());
        m_task = Task::Age;
        return m_options.interval;
    }
    if (!*isMore)
        m_task = static_cast<Task>(static_cast<int>(m_task) + 1);
    if (m_task != Task::End)
        return m_options.pause;
    m_task = Task::Age;
    m_hasDropped = false;
    return m_options.interval;
}

Result<bool> Retention::runTask(StoreWorker &worker)
{
    const std::int64_t nowMs = worker.clock().nowMs();
    switch (m_task) {
    case Task::Age:
        return dropByAge(worker);
    case Task::Rows:
        return dropByRows(worker);
    case Task::Blocks:
        return m_hasDropped ? worker.requests().tidyBlocks(STEP_ENTRIES) : Result<bool>(false);
    case Task::Owners:
        return isFullStep(worker.owners().dropExpired(nowMs, STEP_ROWS));
    case Task::Signatures:
        return isFullStep(worker.signatures().dropExpired(nowMs, STEP_ROWS));
    case Task::Shelf:
        return worker.shelf().dropExpired(nowMs, STEP_SHELF).map([](std::int64_t dropped) {
            return dropped >= STEP_SHELF;
        });
    case Task::Objects:
        return isFullStep(worker.objects().dropExpired(nowMs, STEP_OBJECTS), STEP_OBJECTS);
    case Task::Rests:
        return isFullStep(worker.keys().dropEndedRests(nowMs, STEP_ROWS));
    case Task::Deleted:
        return wipeDeleted(worker);
    case Task::Quotas:
        return worker.quotas().dropStale(nowMs / MS_PER_DAY - QUOTA_DAYS).map([](std::int64_t) {
            return false;
        });
    case Task::Audit:
        return isFullStep(worker.audit().drop(nowMs - AUDIT_DAYS * MS_PER_DAY, AUDIT_ROWS, STEP_ROWS));
    case Task::Sums:
        return isFullStep(worker.requests().dropSums(nowMs - MINUTE_SUM_DAYS * MS_PER_DAY,
                                                     nowMs - HOUR_SUM_DAYS * MS_PER_DAY, STEP_ROWS));
    case Task::Space:
        return giveSpaceBack(worker);
    case Task::End:
        break;
    }
    return false;
}

Result<bool> Retention::dropByAge(StoreWorker &worker)
{
    if (m_options.days <= 0)
        return false;
    const std::int64_t oldestMs = worker.clock().nowMs() - m_options.days * MS_PER_DAY;
    const Result<std::int64_t> dropped = worker.requests().dropOlderThan(oldestMs, STEP_ROWS);
    m_hasDropped = m_hasDropped || (dropped && *dropped > 0);
    return isFullStep(dropped);
}

Result<bool> Retention::dropByRows(StoreWorker &worker)
{
    if (m_options.rows <= 0)
        return false;
    const Result<std::int64_t> rows = worker.requests().rows();
    if (!rows || *rows <= m_options.rows)
        return rows.map([](std::int64_t) { return false; });
    const std::int64_t excess = *rows - m_options.rows;
    const Result<std::int64_t> dropped = worker.requests().dropOldest(std::min(excess, STEP_ROWS));
    m_hasDropped = m_hasDropped || (dropped && *dropped > 0);
    return isFullStep(dropped);
}

/// The time to bring back what was deleted is over.
Result<bool> Retention::wipeDeleted(StoreWorker &worker)
{
    const std::int64_t timeMs = worker.clock().nowMs() - Store::UNDO_MS;
    const Result<bool> keys = isFullStep(worker.keys().wipeDeleted(timeMs, STEP_ROWS));
    const Result<bool> tokens = isFullStep(worker.tokens().dropDeleted(timeMs, STEP_ROWS));
    const Result<std::int64_t> chats = worker.chats().dropDeleted(timeMs, STEP_CHATS);
    if (!keys || !tokens)
        return keys ? tokens : keys;
    if (!chats)
        return fail(chats.error());
    return *keys || *tokens || *chats >= STEP_CHATS;
}

Result<bool> Retention::giveSpaceBack(StoreWorker &worker)
{
    const Result<std::int64_t> pages = worker.database().value("PRAGMA page_count");
    const Result<std::int64_t> free = worker.database().value("PRAGMA freelist_count");
    if (!pages || !free)
        return fail(pages ? free.error() : pages.error());
    if (*free < MIN_FREE_PAGES || *free * MIN_FREE_SHARE < *pages)
        return false;
    if (const Result<void> done = worker.database().execute("PRAGMA incremental_vacuum(250)"); !done)
        return fail(done.error());
    return true;
}

} // namespace Gateway
