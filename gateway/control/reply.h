#pragma once

#include <functional>
#include <memory>
#include <utility>

#include <QObject>
#include <QPointer>

#include "gateway/common/result.h"

namespace Gateway {

/// Where the answer of a command goes: a function that is called once in the thread of `context`, always from
/// its event loop and never from inside the command; not at all when `context` is gone by then. A context of
/// another thread must outlive the command. `{this, [this](Result<T> answer) { … }}` makes one; `{}` is for
/// answers nobody waits for.
template <typename T>
class Reply
{
public:
    Reply() = default;
    Reply(QObject *context, std::function<void(Result<T>)> done)
        : m_context(context)
        , m_done(std::move(done))
    {
    }

    void operator()(Result<T> answer) const
    {
        if (!m_context || !m_done)
            return;
        // Shared, as Qt copies what it queues.
        auto shared = std::make_shared<Result<T>>(std::move(answer));
        QMetaObject::invokeMethod(
            m_context.data(), [done = m_done, shared] { done(std::move(*shared)); }, Qt::QueuedConnection);
    }

private:
    QPointer<QObject> m_context;
    std::function<void(Result<T>)> m_done;
};

} // namespace Gateway
