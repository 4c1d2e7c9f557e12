#include "gateway/relay/responselog.h"

#include <algorithm>
#include <utility>

namespace Gateway {

namespace {

constexpr std::string_view EVENT_END = "\n\n";

} // namespace

void ResponseLog::add(std::string_view bytes)
{
    const std::lock_guard lock(m_mutex);
    m_isTooLong = m_isTooLong || m_text.size() + bytes.size() > MAX_BYTES;
    if (m_isTooLong)
        return;
    const std::size_t known = m_text.size();
    m_text += bytes;
    std::size_t begin = m_ends.empty() ? 0 : m_ends.back();
    std::size_t from = std::max(begin, known - std::min<std::size_t>(known, 1));
    for (std::size_t end; (end = m_text.find(EVENT_END, from)) != std::string::npos; from = begin) {
        begin = end + EVENT_END.size();
        m_ends.push_back(begin);
    }
    wakeAll();
}

void ResponseLog::end()
{
    const std::lock_guard lock(m_mutex);
    m_isOver = true;
    wakeAll();
}

/// Under the mutex.
void ResponseLog::wakeAll()
{
    std::erase_if(m_waiting, [this](Waiting &waiting) {
        if (!has(waiting.from))
            return false;
        QMetaObject::invokeMethod(waiting.context, std::move(waiting.wake), Qt::QueuedConnection);
        return true;
    });
}

ResponseLog::Piece ResponseLog::read(std::size_t from, std::size_t mostBytes) const
{
    const std::lock_guard lock(m_mutex);
    Piece piece;
    piece.next = from;
    if (from < m_ends.size()) {
        const std::size_t begin = from == 0 ? 0 : m_ends[from - 1];
        const auto end = std::upper_bound(m_ends.begin() + static_cast<std::ptrdiff_t>(from) + 1,
                                          m_ends.end(), begin + mostBytes);
        piece.next = static_cast<std::size_t>(end - m_ends.begin());
        piece.text = m_text.substr(begin, m_ends[piece.next - 1] - begin);
    }
    piece.isOver = m_isOver && piece.next >= m_ends.size();
    return piece;
}

void ResponseLog::wait(std::size_t from, QObject *context, std::function<void()> wake)
{
    const std::lock_guard lock(m_mutex);
    m_waiting.push_back({from, context, std::move(wake)});
    wakeAll();
}

void ResponseLog::forget(const QObject *context)
{
    const std::lock_guard lock(m_mutex);
    std::erase_if(m_waiting, [context](const Waiting &waiting) { return waiting.context == context; });
}

std::string ResponseLog::whole() const
{
    const std::lock_guard lock(m_mutex);
    return m_isTooLong ? std::string() : m_text;
}

} // namespace Gateway
