#include "gateway/control/local/audittrail.h"

#include <utility>

#include "gateway/control/control.h"
#include "gateway/store/store.h"

namespace Gateway {

AuditTrail::AuditTrail(const Control &control, Store &store)
    : m_control(control)
    , m_store(store)
{
}

void AuditTrail::note(std::string action, std::string object, std::string detail) const
{
    noteAs(actor(), std::move(action), std::move(object), std::move(detail));
}

void AuditTrail::noteAs(std::string actor, std::string action, std::string object, std::string detail) const
{
    AuditRow row;
    row.actor = std::move(actor);
    row.action = std::move(action);
    row.object = std::move(object);
    row.detail = std::move(detail);
    m_store.appendAudit(std::move(row), {});
}

const std::string &AuditTrail::actor() const
{
    return m_control.actor();
}

} // namespace Gateway
