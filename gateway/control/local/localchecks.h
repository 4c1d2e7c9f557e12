#pragma once

#include <functional>
#include <string>
#include <vector>

#include <QObject>

#include "gateway/control/local/audittrail.h"
#include "gateway/control/local/localparts.h"
#include "gateway/control/reply.h"
#include "gateway/control/values/keychecks.h"
#include "gateway/relay/keycheck.h"

namespace Gateway {

/// Checks of keys on demand, one run at a time; the latest is kept with its results.
class LocalChecks final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(LocalChecks)

public:
    /// `tell` hears of progress, each time with the results that came since; both outlive this.
    LocalChecks(const LocalParts &parts, const AuditTrail &audit,
                std::function<void(const CheckProgress &)> tell, QObject *parent = nullptr);

    // As KeyCommands says.
    void start(CheckRequest request, const Reply<CheckProgress> &reply);
    void progress(const Reply<CheckProgress> &reply) const;
    void cancel(const Reply<CheckProgress> &reply);

private:
    void progressed(const KeyCheck::Progress &progress);

    const LocalParts &m_parts;
    const AuditTrail &m_audit;
    std::function<void(const CheckProgress &)> m_tell;
    std::uint64_t m_run = 0; ///< 0: there was none.
    CheckProgress m_latest;
};

} // namespace Gateway
