#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>

#include <QThread>

#include "gateway/store/auditrepository.h"
#include "gateway/store/chatreader.h"
#include "gateway/store/database.h"
#include "gateway/store/keyhistoryreader.h"
#include "gateway/store/requestlogreader.h"
#include "gateway/store/shelfrepository.h"
#include "gateway/store/usagereader.h"

namespace Gateway {

/// What questions to the store work with: a connection of their own, on which nothing can be written.
class StoreReader
{
public:
    /// The database must have been migrated. Called in the thread that will use it.
    static Result<std::unique_ptr<StoreReader>> open(const std::string &path);

    RequestLogReader &requests() { return m_requests; }
    UsageReader &usage() { return m_usage; }
    AuditRepository &audit() { return m_audit; }
    ChatReader &chats() { return m_chats; }
    KeyHistoryReader &keyHistory() { return m_keyHistory; }
    ShelfRepository &shelf() { return m_shelf; }

private:
    explicit StoreReader(std::unique_ptr<Database> database);

    std::unique_ptr<Database> m_database; // first: statements must go before their connection
    RequestLogReader m_requests;
    UsageReader m_usage;
    AuditRepository m_audit;
    ChatReader m_chats;
    KeyHistoryReader m_keyHistory;
    ShelfRepository m_shelf;
};

/// The thread in which they are answered one after the other, so that a long search delays no change (WAL:
/// readers and the writer do not wait for one another). Opens its connection with the first question.
class ReaderThread final : public QThread
{
public:
    /// `reader` is null when the connection failed, with the reason.
    using Question = std::function<void(StoreReader *reader, const Error &trouble)>;

    explicit ReaderThread(std::string path);
    ~ReaderThread() override;

    /// From any thread.
    void ask(Question question);
    /// Answers what waits and ends.
    void finish();

protected:
    void run() override;

private:
    const std::string m_path;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::deque<Question> m_questions;
    bool m_isStopping = false;
};

} // namespace Gateway
