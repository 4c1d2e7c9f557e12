#include "gateway/store/readerthread.h"

#include <utility>

namespace Gateway {

Result<std::unique_ptr<StoreReader>> StoreReader::open(const std::string &path)
{
    Result<std::unique_ptr<Database>> database = Database::open(path);
    if (!database)
        return fail(std::move(database.error()));
    if (Result<void> done = (*database)->execute("PRAGMA query_only = ON"); !done)
        return fail(std::move(done.error()));
    return std::unique_ptr<StoreReader>(new StoreReader(std::move(*database)));
}

StoreReader::StoreReader(std::unique_ptr<Database> database)
    : m_database(std::move(database))
    , m_requests(*m_database)
    , m_usage(*m_database)
    , m_audit(*m_database)
    , m_chats(*m_database)
    , m_keyHistory(*m_database)
    , m_shelf(*m_database)
{
}

ReaderThread::ReaderThread(std::string path)
    : m_path(std::move(path))
{
    setObjectName(QStringLiteral("store.reader"));
}

ReaderThread::~ReaderThread()
{
    finish();
}

void ReaderThread::ask(Question question)
{
    {
        const std::lock_guard lock(m_mutex);
        m_questions.push_back(std::move(question));
        // A gateway that nobody looks at needs no second connection.
        if (!isRunning())
            start();
    }
    m_wake.notify_one();
}

void ReaderThread::finish()
{
    {
        const std::lock_guard lock(m_mutex);
        m_isStopping = true;
    }
    m_wake.notify_all();
    wait();
}

void ReaderThread::run()
{
    std::unique_ptr<StoreReader> reader;
    std::unique_lock lock(m_mutex);
    for (;;) {
        m_wake.wait(lock, [this] { return m_isStopping || !m_questions.empty(); });
        if (m_questions.empty())
            return;
        const Question question = std::move(m_questions.front());
        m_questions.pop_front();
        lock.unlock();
        Error trouble;
        if (!reader) {
            Result<std::unique_ptr<StoreReader>> opened = StoreReader::open(m_path);
            if (opened)
                reader = std::move(*opened);
            else
                trouble = std::move(opened.error());
        }
        question(reader.get(), trouble);
        lock.lock();
    }
}

} // namespace Gateway
