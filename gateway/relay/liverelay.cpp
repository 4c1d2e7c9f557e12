#include "gateway/relay/liverelay.h"

#include <utility>

namespace Gateway {

LiveRelay::LiveRelay(const RelayParts &parts, RelayOptions options, QObject *parent)
    : QObject(parent)
    , m_parts(parts)
    , m_options(std::move(options))
{
}

LiveRelay::~LiveRelay()
{
    const auto sessions = std::exchange(m_sessions, {}); // one that ends says so to this object
}

void LiveRelay::start(ClientRequest request, std::unique_ptr<ClientSocket> client, LiveDoor door)
{
    const auto session = std::make_shared<LiveSession>(static_cast<LiveHost &>(*this), std::move(request),
                                                       std::move(client), std::move(door));
    m_sessions.emplace(session.get(), session);
    session->start();
}

} // namespace Gateway
