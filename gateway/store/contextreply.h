#pragma once

#include <functional>
#include <memory>

#include <QObject>

namespace Gateway {

/// Brings an answer into the thread of a QObject, from any thread, unless that object is gone by then.
class ContextReply
{
public:
    /// Made in the thread of `context`, or where `context` cannot go away meanwhile.
    explicit ContextReply(QObject *context);
    ~ContextReply();
    ContextReply(const ContextReply &) = delete;
    ContextReply &operator=(const ContextReply &) = delete;

    /// Queues `call` for the context's thread. Once only.
    void send(std::function<void()> call);

private:
    struct State;
    std::shared_ptr<State> m_state;
    QMetaObject::Connection m_gone;
};

} // namespace Gateway
