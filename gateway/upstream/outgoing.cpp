#include "gateway/upstream/outgoing.h"

#include <algorithm>
#include <utility>

#include <sodium.h>

#include "gateway/upstream/requestwriter.h"

namespace Gateway {

namespace {

constexpr std::size_t LONG_BODY = 1024 * 1024; // what is shorter counts as sent at once
constexpr std::size_t ONE_PIECE = 12 * 1024;   // with the head it is less than a TLS record
constexpr std::size_t KEPT_HEAD = 4 * 1024;

} // namespace

Result<void> Outgoing::write(const UpstreamRequest &request, const Origin &origin)
{
    const Result<std::string_view> target = requestTarget(request.url, origin.prefix.size(), m_target);
    if (!target)
        return fail(target.error());
    if (!writeRequestHead(request, *target, origin.host, m_head))
        return fail(500, "invalid_method", "The method is not valid.");
    if (sendsBody(request)) {
        // through TLS each write costs a record and a packet of its own
        if (!origin.isPlain && request.body.size() <= ONE_PIECE)
            m_head += request.body;
        else
            m_body = request.body;
    }
    return {};
}

Wire::Io Outgoing::sendOn(Wire &wire)
{
    while (!isSent()) {
        const std::size_t headSent = std::min(m_sent, m_head.size());
        const Wire::Moved moved =
            wire.write(std::string_view(m_head).substr(headSent), m_body.substr(m_sent - headSent));
        m_sent += moved.bytes;
        if (moved.io != Wire::Io::Done)
            return moved.io;
    }
    return Wire::Io::Done;
}

void Outgoing::rewind()
{
    m_sent = 0;
    m_sentBefore = 0;
}

bool Outgoing::sentMore()
{
    return m_sent > std::exchange(m_sentBefore, m_sent) && m_body.size() > LONG_BODY;
}

void Outgoing::wipe()
{
    sodium_memzero(m_head.data(), m_head.size());
    m_head.clear();
    if (m_head.capacity() > KEPT_HEAD)
        std::string().swap(m_head);
    m_body = {};
    rewind();
}

} // namespace Gateway
