#pragma once

#include <functional>
#include <string>
#include <vector>

#include "gateway/control/local/audittrail.h"
#include "gateway/control/local/localparts.h"
#include "gateway/control/reply.h"
#include "gateway/control/values/priceview.h"

namespace Gateway {

/// The price table of this process: what it brings along, with the user's rows over it.
class LocalPrices
{
public:
    /// `changed` is called in the control's thread after each change. All outlive this.
    LocalPrices(const LocalParts &parts, const AuditTrail &audit, QObject &context,
                std::function<void()> changed);

    /// The user's rows, at start.
    void load(std::vector<PriceRow> rows) { m_own = std::move(rows); }
    PriceTable table() const;

    std::vector<PriceView> list() const;
    void set(const std::vector<PriceRow> &rows, const Reply<std::vector<PriceView>> &reply);
    void remove(const std::string &model, const Reply<void> &reply);

private:
    void save(std::vector<PriceRow> rows, std::function<void(Result<void>)> done);

    const LocalParts &m_parts;
    const AuditTrail &m_audit;
    QObject &m_context;
    std::function<void()> m_changed;
    std::vector<PriceRow> m_own;
};

} // namespace Gateway
