#include "gateway/relay/keyprobe.h"

#include <utility>

#include "gateway/pool/keypool.h"
#include "gateway/relay/keyroute.h"
#include "gateway/relay/proxypool.h"

namespace Gateway {

namespace {

constexpr std::size_t MAX_ERROR_BODY = 256u * 1024;
constexpr std::string_view COUNTED = R"({"contents":[{"role":"user","parts":[{"text":"hi"}]}]})";
constexpr std::string_view QUESTION =
    R"({"contents":[{"role":"user","parts":[{"text":"hi"}]}],"generationConfig":{"maxOutputTokens":1}})";

const Headers JSON_HEADERS{{"Content-Type", "application/json"}};

/// A quota's answer proves as well as a good one that Google takes the key.
bool isAccepted(OutcomeKind kind)
{
    return kind == OutcomeKind::Success || kind == OutcomeKind::RateLimited || kind == OutcomeKind::DayQuota;
}

} // namespace

KeyProbe::KeyProbe(const RelayParts &parts, const KeyProbeCall &call, Lease lease, Done done)
    : m_parts(parts)
    , m_call(call)
    , m_lease(std::move(lease))
    , m_done(std::move(done))
    , m_sentMs(parts.clock.monotonicMs())
{
    m_lease.model = call.model; // a quota that the check meets is this model's only
    m_url = call.googleHost + "/v1beta/models/" + percentEncoded(call.model);
    UpstreamRequest request;
    request.method = "GET";
    // Vertex AI's express mode does not describe models; counting is as free
    if (call.generates || m_lease.keyKind == KeyKind::Vertex) {
        m_url += call.generates ? ":generateContent" : ":countTokens";
        request.method = "POST";
        request.headers = &JSON_HEADERS;
        request.body = call.generates ? QUESTION : COUNTED;
        request.hasBody = true;
    }
    const KeyRoute route = routeFor(m_lease, m_url, request.body, call.googleHost).value_or(KeyRoute());
    if (!route.url.empty())
        m_url = route.url;
    request.url = m_url;
    request.apiKey = m_lease.secret.reveal();
    m_proxy = parts.proxies.proxyFor(m_lease.key, m_lease.proxy).value_or(m_lease.proxy);
    request.proxyUrl = m_proxy;
    m_running = parts.upstream.start(request, *this);
}

void KeyProbe::upstreamHead(int status, const Headers &headers)
{
    m_status = status;
    m_headers = headers;
}

void KeyProbe::upstreamBody(std::string_view bytes)
{
    if (m_status >= 400 && m_body.size() + bytes.size() <= MAX_ERROR_BODY)
        m_body += bytes;
}

Outcome KeyProbe::judged(const UpstreamEnd &end) const
{
    if (!end.complete)
        return classifyTransport(end);
    if (m_status < 400)
        return {};
    Outcome outcome = classify(m_status, m_body, m_headers, m_call.classifier);
    // Whoever is told that the model is unknown or the question wrong was let in.
    if (outcome.kind == OutcomeKind::CallerFault || outcome.kind == OutcomeKind::NoSuchModel)
        return {};
    hideSecret(outcome.text, m_lease.secret);
    return outcome;
}

void KeyProbe::upstreamEnd(const UpstreamEnd &end)
{
    if (end.proxyFailed && !m_proxy.empty())
        m_parts.proxies.failed(m_proxy, end.error);
    const Outcome outcome = judged(end);
    KeyCheckResult result;
    result.key = m_lease.key;
    result.isAccepted = isAccepted(outcome.kind);
    result.kind = outcome.kind;
    result.status = m_status;
    result.tookMs = m_parts.clock.monotonicMs() - m_sentMs;
    result.reason = outcome.reason;
    result.text = outcome.text;
    m_parts.pool.report(std::move(m_lease), outcome);
    m_done(*this, result);
}

} // namespace Gateway
