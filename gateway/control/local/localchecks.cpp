#include "gateway/control/local/localchecks.h"

#include <utility>

#include "gateway/pool/keypool.h"
#include "gateway/relay/checkdesk.h"

namespace Gateway {

namespace {

CheckVerdict verdictOf(const KeyCheckResult &result)
{
    if (result.isAccepted)
        return result.kind == OutcomeKind::Success ? CheckVerdict::Good : CheckVerdict::Limited;
    return result.kind == OutcomeKind::KeyFault ? CheckVerdict::Refused : CheckVerdict::Unclear;
}

CheckResult checkResult(const KeyCheckResult &result)
{
    return {result.key, verdictOf(result), result.reason, result.text, result.tookMs};
}

std::string objectOf(const CheckRequest &request)
{
    switch (request.scope) {
    case CheckScope::All:
        return "all keys";
    case CheckScope::Failing:
        return "failing keys";
    case CheckScope::Selected:
        break;
    }
    return std::to_string(request.ids.size()) + " keys";
}

} // namespace

LocalChecks::LocalChecks(const LocalParts &parts, const AuditTrail &audit,
                         std::function<void(const CheckProgress &)> tell, QObject *parent)
    : QObject(parent)
    , m_parts(parts)
    , m_audit(audit)
    , m_tell(std::move(tell))
{
    if (m_parts.checks)
        connect(m_parts.checks, &CheckDesk::progressed, this, &LocalChecks::progressed);
}

void LocalChecks::start(CheckRequest request, const Reply<CheckProgress> &reply)
{
    if (!m_parts.checks) {
        reply(fail(501, "not_supported", "Keys can be checked only while the gateway runs."));
        return;
    }
    std::erase_if(request.ids, [this](KeyId id) { return !m_parts.pool.view(id); });
    if (request.scope == CheckScope::Selected && request.ids.empty()) {
        reply(fail(404, "unknown_key", "There is no such key."));
        return;
    }
    if (m_latest.isRunning)
        m_parts.checks->cancel(m_run);
    const std::string object = objectOf(request);
    const std::uint64_t run =
        request.scope == CheckScope::Selected
            ? m_parts.checks->check(std::move(request.ids))
            : m_parts.checks->check(request.scope == CheckScope::All ? CheckDesk::Which::All
                                                                     : CheckDesk::Which::Failing);
    if (run == 0) {
        reply(fail(409, "not_serving", "The gateway does not serve now."));
        return;
    }
    m_run = run;
    m_latest = {};
    m_latest.id = std::to_string(run);
    m_latest.isRunning = true;
    m_audit.note("keys.check", object);
    reply(m_latest);
}

void LocalChecks::progressed(const KeyCheck::Progress &progress)
{
    if (progress.run != m_run)
        return;
    CheckProgress news;
    for (const KeyCheckResult &result : progress.results) {
        news.results.push_back(checkResult(result));
        const bool isGood = result.isAccepted;
        m_latest.good += isGood ? 1 : 0;
        m_latest.bad += isGood ? 0 : 1;
    }
    m_latest.results.insert(m_latest.results.end(), news.results.begin(), news.results.end());
    m_latest.total = progress.total;
    m_latest.done = progress.done;
    m_latest.isRunning = !progress.isOver();
    m_latest.isCancelled = progress.cancelled;
    news.id = m_latest.id;
    news.total = m_latest.total;
    news.done = m_latest.done;
    news.good = m_latest.good;
    news.bad = m_latest.bad;
    news.isRunning = m_latest.isRunning;
    news.isCancelled = m_latest.isCancelled;
    m_tell(news);
}

void LocalChecks::progress(const Reply<CheckProgress> &reply) const
{
    if (m_run == 0)
        reply(fail(404, "no_check", "No check was made since the start."));
    else
        reply(m_latest);
}

void LocalChecks::cancel(const Reply<CheckProgress> &reply)
{
    if (m_run != 0 && m_latest.isRunning)
        m_parts.checks->cancel(m_run);
    progress(reply);
}

} // namespace Gateway
