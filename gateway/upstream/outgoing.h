#pragma once

#include <string>
#include <string_view>

#include "gateway/common/result.h"
#include "gateway/upstream/origin.h"
#include "gateway/upstream/upstreamclient.h"
#include "gateway/upstream/wire.h"

namespace Gateway {

/// The bytes of one request on their way out. Used again and again; they can be sent again from the start.
class Outgoing
{
public:
    /// Makes the head; the body is borrowed. An error says why the request cannot be sent at all.
    Result<void> write(const UpstreamRequest &request, const Origin &origin);

    /// Sends as much as goes: Done when that is all.
    Wire::Io sendOn(Wire &wire);

    bool isSent() const { return m_sent == m_head.size() + m_body.size(); }
    void rewind();

    /// Whether much of a long body went out since the last time this was asked.
    bool sentMore();

    /// Overwrites the head, as the key is in it.
    void wipe();

private:
    std::string m_head;      ///< Also the body when it goes in one piece with it.
    std::string_view m_body; ///< What is not in m_head.
    std::string m_target;    ///< Room for one that has to be put together.
    std::size_t m_sent = 0;
    std::size_t m_sentBefore = 0; ///< When sentMore() was asked last.
};

} // namespace Gateway
