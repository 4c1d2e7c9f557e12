#include "gateway/relay/proxychecker.h"

#include <algorithm>
#include <utility>

#include "gateway/relay/proxypool.h"
#include "gateway/upstream/upstreamclient.h"

namespace Gateway {

/// One call through one proxy. Google refuses it for want of a key, which proves that it was reached.
class ProxyChecker::Try final : public UpstreamListener
{
public:
    Try(const RelayParts &parts, const std::string &googleUrl, const std::string &proxyUrl,
        std::function<void(ProxyCheckResult)> done)
        : m_clock(parts.clock)
        , m_sentMs(parts.clock.monotonicMs())
        , m_done(std::move(done))
    {
        m_result.url = proxyUrl;
        UpstreamRequest request;
        request.method = "GET";
        request.url = googleUrl;
        request.proxyUrl = proxyUrl;
        m_call = parts.upstream.start(request, *this);
    }

    void upstreamHead(int status, const Headers &) override
    {
        m_result.isGood = status != 407; // the proxy's own refusal
        if (!m_result.isGood)
            m_result.error = "The proxy asks for a user name and a password.";
        m_result.tookMs = m_clock.monotonicMs() - m_sentMs;
    }
    void upstreamBody(std::string_view) override {}
    void upstreamEnd(const UpstreamEnd &end) override
    {
        if (!m_result.isGood && m_result.error.empty()) {
            m_result.error = end.error;
            m_result.tookMs = m_clock.monotonicMs() - m_sentMs;
        }
        m_done(std::move(m_result));
    }

private:
    const Clock &m_clock;
    std::int64_t m_sentMs;
    std::function<void(ProxyCheckResult)> m_done;
    ProxyCheckResult m_result;
    std::unique_ptr<UpstreamCall> m_call;
};

struct ProxyChecker::Round
{
    std::vector<std::unique_ptr<Try>> tries;
    std::vector<ProxyCheckResult> results;
    std::size_t pending = 0;
    Done done;
};

ProxyChecker::ProxyChecker(const RelayParts &parts, std::string googleHost, QObject *parent)
    : QObject(parent)
    , m_parts(parts)
    , m_url(std::move(googleHost) + "/v1beta/models?pageSize=1")
{
}

ProxyChecker::~ProxyChecker() = default;

void ProxyChecker::start(const std::vector<std::string> &urls, Done done)
{
    const auto round = std::make_shared<Round>();
    round->results.resize(urls.size());
    round->pending = urls.size();
    round->done = std::move(done);
    if (urls.empty()) {
        QMetaObject::invokeMethod(
            this, [round] { round->done({}); }, Qt::QueuedConnection);
        return;
    }
    m_rounds.push_back(round);
    for (std::size_t number = 0; number < urls.size(); ++number)
        round->tries.push_back(std::make_unique<Try>(
            m_parts, m_url, urls[number], [this, weak = std::weak_ptr<Round>(round), number](auto result) {
                if (const std::shared_ptr<Round> alive = weak.lock())
                    tried(alive, number, std::move(result));
            }));
}

void ProxyChecker::tried(const std::shared_ptr<Round> &round, std::size_t number, ProxyCheckResult result)
{
    if (result.isGood)
        m_parts.proxies.succeeded(result.url);
    round->results[number] = std::move(result);
    if (--round->pending > 0)
        return;
    std::erase(m_rounds, round);
    // Not from inside the last try's call, which goes with the round.
    QMetaObject::invokeMethod(
        this, [round] { round->done(std::move(round->results)); }, Qt::QueuedConnection);
}

} // namespace Gateway
