#pragma once

#include <memory>
#include <optional>

#include "gateway/access/accesstable.h"
#include "gateway/access/failedattempts.h"
#include "gateway/http/admin/admindesk.h"
#include "gateway/http/admin/adminroutetable.h"
#include "gateway/http/admin/adminstreams.h"
#include "gateway/http/router.h"

namespace Gateway {

class AdminEvents;
class Control;

/// The admin API of one worker: lets the administrator in, and has each request answered in the control's
/// thread. Made and destroyed in the worker's thread while the control's thread waits; outlives the router's
/// use.
class AdminRoutes
{
public:
    /// `control`, `events` and `attempts` outlive this.
    AdminRoutes(Control &control, AdminEvents &events, std::shared_ptr<const AccessTable> access,
                FailedAttempts &attempts);

    void addTo(Router &router);
    /// Who is let in from now on.
    void setAccess(std::shared_ptr<const AccessTable> access) { m_access = std::move(access); }

private:
    void answer(ClientRequest request, std::unique_ptr<Exchange> exchange);
    std::optional<Error> refusal(const ClientRequest &request) const;
    void openStream(const ClientRequest &request, std::unique_ptr<Exchange> exchange);
    void handOver(const AdminRoute &route, std::vector<std::string> segments, ClientRequest request,
                  json::value body, std::unique_ptr<Exchange> exchange);

    Control &m_control;
    std::shared_ptr<const AccessTable> m_access;
    FailedAttempts &m_attempts;
    AdminDesk m_desk;
    AdminStreams m_streams;
};

} // namespace Gateway
