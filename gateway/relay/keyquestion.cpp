#include "gateway/relay/keyquestion.h"

#include <utility>

#include "gateway/pool/keypool.h"
#include "gateway/relay/proxypool.h"
#include "gateway/relay/verdicts.h"

namespace Gateway {

namespace {

constexpr std::size_t MAX_ANSWER = 256u * 1024;

const Headers JSON_HEADERS{{"Content-Type", "application/json"}};

} // namespace

KeyQuestion::KeyQuestion(const RelayParts &parts, const RelayOptions &options, Lease lease,
                         std::string_view method, std::string_view path, std::string body, Done done)
    : m_parts(parts)
    , m_options(options)
    , m_lease(std::move(lease))
    , m_body(std::move(body))
    , m_done(std::move(done))
    , m_proxy(parts.proxies.proxyFor(m_lease.key, m_lease.proxy).value_or(m_lease.proxy))
{
    std::string url = options.googleHost + std::string(path);
    KeyRoute route = routeFor(m_lease, url, m_body, options.googleHost).value_or(KeyRoute());
    if (!route.url.empty())
        url = std::move(route.url);
    UpstreamRequest request;
    request.method = method;
    request.url = url;
    request.apiKey = m_lease.secret.reveal();
    request.headers = &JSON_HEADERS;
    request.body = m_body;
    request.hasBody = true;
    request.decode = true;
    request.proxyUrl = m_proxy;
    m_call = m_parts.upstream.start(request, *this);
}

void KeyQuestion::upstreamHead(int status, const Headers &headers)
{
    m_status = status;
    m_headers = headers;
    m_parts.proxies.succeeded(m_proxy);
}

void KeyQuestion::upstreamBody(std::string_view bytes)
{
    if (m_answer.size() + bytes.size() <= MAX_ANSWER)
        m_answer += bytes;
}

void KeyQuestion::upstreamEnd(const UpstreamEnd &end)
{
    if (end.proxyFailed && !m_proxy.empty())
        m_parts.proxies.failed(m_proxy, end.error);
    m_parts.pool.report(std::move(m_lease), judged(end.complete));
    m_done(*this, end.complete ? m_status : 0, m_answer);
}

/// A quota that is used up is that of this kind of call, not of the chats that the pool asks about.
Outcome KeyQuestion::judged(bool isComplete) const
{
    Outcome outcome;
    if (isComplete && m_status < 400)
        return outcome;
    if (isComplete)
        outcome = classify(m_status, m_answer, m_headers, m_options.classifier);
    if (outcome.kind != OutcomeKind::KeyFault)
        return cancelledOutcome("It says nothing of the key.");
    hideSecret(outcome.text, m_lease.secret);
    return outcome;
}

} // namespace Gateway
