#include <utility>

#include "gateway/relay/jobcaches.h"
#include "gateway/relay/proxypool.h"
#include "gateway/relay/relayjob.h"
#include "gateway/relay/verdicts.h"

// How a job's attempts begin.

namespace Gateway {

void RelayJob::useCaches(std::unique_ptr<JobCaches> caches)
{
    m_caches = std::move(caches);
}

void RelayJob::keyFound(Lease lease)
{
    ++m_attempts;
    m_answer.pending().clear();
    m_emptyHeld = false;
    start(std::move(lease));
    if (m_host.options().hedges)
        planSecond();
}

void RelayJob::start(Lease lease)
{
    Result<std::string> proxy = m_host.parts().proxies.proxyFor(lease.key, lease.proxy);
    if (!proxy) {
        withoutProxy(std::move(lease), proxy.error());
        return;
    }
    UpstreamRequest request = m_passage->upstream();
    if (m_request.parameters)
        request.strongHeaders = &m_request.parameters->headers;
    if (m_path)
        request = m_path->reworded(request, m_passage->model());
    Result<KeyRoute> route = routeFor(lease, request.url, request.body, m_host.options().googleHost);
    if (!route) {
        withoutVertex(std::move(lease));
        return;
    }
    if (m_caches)
        m_caches->cut(lease, *m_passage, request, *route);
    AttemptListener &listener =
        m_path ? static_cast<AttemptListener &>(*m_path) : static_cast<PathListener &>(*this);
    m_running.push_back(std::make_unique<RelayAttempt>(m_host.parts(), m_host.options(), listener,
                                                       std::move(lease), std::move(*proxy), std::move(*route),
                                                       request, m_request.arrivedMs));
}

/// The key's API lacks something that the request asks for: it was no attempt, and keys of the Gemini API are
/// asked.
void RelayJob::withoutVertex(Lease lease)
{
    m_host.parts().pool.report(std::move(lease), cancelledOutcome("Vertex AI cannot serve this request."));
    m_search.wantGemini();
    if (!m_running.empty())
        return;
    --m_attempts;
    look();
}

/// The key's proxy is known to be dead: an attempt that ends before it begins.
void RelayJob::withoutProxy(Lease lease, const Error &error)
{
    AttemptFailure failure = unreachable(error);
    AttemptRecord record;
    record.keyId = lease.key;
    record.startMs = m_host.parts().clock.monotonicMs() - m_request.arrivedMs;
    record.error = error.code + ": " + error.text;
    m_record.keyId = lease.key;
    m_record.attempts.push_back(std::move(record));
    if (!lease.proxy.empty())
        m_search.blame(lease.key); // other keys go another way
    m_host.parts().pool.report(std::move(lease), failure.outcome);
    if (m_running.empty())
        judge(std::move(failure));
}

/// A second key is asked when the first answer is late. Only for chats, which leave nothing behind at Google,
/// and only beside a request's first attempt.
void RelayJob::planSecond()
{
    if (m_attempts != 1 || m_passage->kind() != CallKind::Chat || m_search.target().owner != 0)
        return;
    m_host.hedges().request();
    if (const std::optional<std::int64_t> slowMs = m_host.book().slowMs(m_passage->model()))
        m_host.later(*slowMs, *this, [this] { askSecond(); });
}

void RelayJob::askSecond()
{
    if (m_attempts != 1 || m_running.size() != 1 || m_running.front()->hasAnswered() ||
        !m_host.hedges().take())
        return;
    if (std::optional<Lease> lease = m_search.another())
        start(std::move(*lease));
}

} // namespace Gateway
