#include "gateway/store/contextreply.h"

#include <mutex>

namespace Gateway {

/// QPointer cannot do this: between its test and the posting the object may go away in its own thread.
struct ContextReply::State
{
    std::mutex mutex;
    QObject *context = nullptr;
};

ContextReply::ContextReply(QObject *context)
    : m_state(std::make_shared<State>())
{
    m_state->context = context;
    m_gone = QObject::connect(
        context, &QObject::destroyed, context,
        [state = m_state] {
            const std::lock_guard lock(state->mutex);
            state->context = nullptr;
        },
        Qt::DirectConnection);
}

ContextReply::~ContextReply()
{
    QObject::disconnect(m_gone);
}

void ContextReply::send(std::function<void()> call)
{
    const std::lock_guard lock(m_state->mutex);
    if (m_state->context)
        QMetaObject::invokeMethod(m_state->context, std::move(call), Qt::QueuedConnection);
}

} // namespace Gateway
