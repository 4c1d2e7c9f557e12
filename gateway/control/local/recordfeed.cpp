#include "gateway/control/local/recordfeed.h"

#include <iterator>
#include <utility>

#include "gateway/control/local/recordview.h"

namespace Gateway {

namespace {

constexpr int INTERVAL_MS = 100;
constexpr std::size_t MOST = 500;

} // namespace

RecordFeed::RecordFeed(std::function<void(std::vector<RequestView>)> tell, QObject *parent)
    : QObject(parent)
    , m_tell(std::move(tell))
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &RecordFeed::flush);
}

void RecordFeed::add(std::span<const RequestRecord> records)
{
    if (records.empty() || !m_isWatched.load(std::memory_order_relaxed))
        return;
    if (records.size() > MOST)
        records = records.last(MOST);
    const std::lock_guard lock(m_mutex);
    if (m_waiting.empty())
        QMetaObject::invokeMethod(
            this, [this] { m_timer.start(INTERVAL_MS); }, Qt::QueuedConnection);
    for (const RequestRecord &record : records)
        m_waiting.push_back(requestView(record, 0));
    while (m_waiting.size() > MOST)
        m_waiting.pop_front();
}

void RecordFeed::flush()
{
    std::vector<RequestView> batch;
    {
        const std::lock_guard lock(m_mutex);
        batch.assign(std::make_move_iterator(m_waiting.begin()), std::make_move_iterator(m_waiting.end()));
        m_waiting.clear();
    }
    if (!batch.empty())
        m_tell(std::move(batch));
}

} // namespace Gateway
