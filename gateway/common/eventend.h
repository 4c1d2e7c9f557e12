#pragma once

#include <functional>
#include <memory>

namespace Gateway {

/// Calls a function once after the event that is being handled (a descriptor's, a timer's, a posted one), so
/// that what several steps of its handling wrote can leave in one piece. Belongs to the thread that made it.
class EventEnd
{
public:
    explicit EventEnd(std::function<void()> callback);
    ~EventEnd();
    EventEnd(const EventEnd &) = delete;
    EventEnd &operator=(const EventEnd &) = delete;

    /// Several requests before the call are one.
    void request();

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace Gateway
