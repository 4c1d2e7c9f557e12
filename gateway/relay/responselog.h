#pragma once

#include <cstddef>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include <QObject>

namespace Gateway {

/// The events of a response that runs in the background, as they come, for those who listen in other threads.
/// An event's number is its place, from 0.
class ResponseLog
{
public:
    /// A longer stream is not kept from here on.
    static constexpr std::size_t MAX_BYTES = 16u * 1024 * 1024;

    /// Bytes of the stream (SSE), in pieces of any kind.
    void add(std::string_view bytes);
    /// Nothing more comes.
    void end();

    struct Piece
    {
        std::string text;     ///< Whole events.
        std::size_t next = 0; ///< Number of the event that follows them.
        bool isOver = false;  ///< Nothing follows.
    };
    /// Events from number `from` on: as many as there are, or about `mostBytes`, and one at least.
    Piece read(std::size_t from, std::size_t mostBytes) const;

    /// Calls `wake` once in the thread of `context`, later: when there is an event of number `from`, or
    /// nothing follows. Not at all once forget() was called for `context`, which it must be before that is
    /// gone.
    void wait(std::size_t from, QObject *context, std::function<void()> wake);
    void forget(const QObject *context);

    /// The whole stream; empty when it was too long, or there was none.
    std::string whole() const;

private:
    struct Waiting
    {
        std::size_t from;
        QObject *context;
        std::function<void()> wake;
    };

    bool has(std::size_t from) const { return m_isOver || from < m_ends.size(); }
    void wakeAll();

    mutable std::mutex m_mutex;
    std::string m_text;
    std::vector<std::size_t> m_ends; ///< Where each whole event ends.
    std::vector<Waiting> m_waiting;
    bool m_isOver = false;
    bool m_isTooLong = false;
};

} // namespace Gateway
