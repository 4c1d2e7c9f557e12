#include "gateway/upstream/wire.h"

namespace Gateway {

Wire::Wire(int fd)
    : m_watch(fd, [this](int events) {
        if (m_user)
            m_user->wireReady(*this, events);
    })
{
}

} // namespace Gateway
