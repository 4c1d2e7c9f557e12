#include "gateway/relay/keycheck.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "gateway/upstream/upstreamclient.h"

namespace Gateway {

namespace {

constexpr std::size_t AT_ONCE = 4;
constexpr int MOST_AT_A_TIME = 1000;
constexpr std::size_t MAX_ERROR_BODY = 256u * 1024;
constexpr std::string_view QUESTION =
    R"({"contents":[{"role":"user","parts":[{"text":"hi"}]}],"generationConfig":{"maxOutputTokens":1}})";

const Headers JSON_HEADERS{{"Content-Type", "application/json"}};

} // namespace

/// One question about one key.
class KeyCheck::Probe final : public UpstreamListener
{
public:
    Probe(KeyCheck &check, Lease lease)
        : m_check(check)
        , m_lease(std::move(lease))
    {
        m_lease.model = check.m_model; // a quota that the check meets is this model's only
        UpstreamRequest request;
        request.method = "POST";
        request.url = check.m_url;
        request.apiKey = m_lease.secret.reveal();
        request.headers = &JSON_HEADERS;
        request.body = QUESTION;
        request.hasBody = true;
        m_call = check.m_parts.upstream.start(request, *this);
    }

    void upstreamHead(int status, const Headers &headers) override
    {
        m_status = status;
        m_headers = headers;
    }

    void upstreamBody(std::string_view bytes) override
    {
        if (m_status >= 400 && m_body.size() + bytes.size() <= MAX_ERROR_BODY)
            m_body += bytes;
    }

    void upstreamEnd(const UpstreamEnd &end) override
    {
        Outcome outcome;
        if (!end.complete)
            outcome = classifyTransport(end);
        else if (m_status >= 400)
            outcome = classify(m_status, m_body, m_headers, m_check.m_classifier);
        // Whoever is told that the model is unknown or the question wrong was let in.
        if (outcome.kind == OutcomeKind::CallerFault)
            outcome = Outcome{};
        m_check.m_parts.pool.report(std::move(m_lease), outcome);
        m_check.probed(*this);
    }

private:
    KeyCheck &m_check;
    Lease m_lease;
    std::unique_ptr<UpstreamCall> m_call;
    int m_status = 0;
    Headers m_headers;
    std::string m_body;
};

KeyCheck::KeyCheck(const RelayParts &parts, QObject *parent)
    : QObject(parent)
    , m_parts(parts)
{
    connect(&m_timer, &QTimer::timeout, this, &KeyCheck::run);
}

KeyCheck::~KeyCheck() = default;

void KeyCheck::configure(std::int64_t intervalMs, std::string model, std::string googleHost,
                         ClassifierOptions classifier)
{
    m_url = std::move(googleHost);
    m_url += "/v1beta/models/" + percentEncoded(model) + ":generateContent";
    m_model = std::move(model);
    m_classifier = classifier;
    if (intervalMs > 0)
        m_timer.start(static_cast<int>(std::min<std::int64_t>(intervalMs, std::numeric_limits<int>::max())));
    else
        m_timer.stop();
}

void KeyCheck::run()
{
    if (!m_running.empty() || !m_waiting.empty())
        return; // the round before is still on its way
    m_waiting = m_parts.pool.sidelined(MOST_AT_A_TIME);
    while (m_running.size() < AT_ONCE && !m_waiting.empty())
        startNext();
}

void KeyCheck::startNext()
{
    Lease lease = std::move(m_waiting.back());
    m_waiting.pop_back();
    m_running.push_back(std::make_unique<Probe>(*this, std::move(lease)));
}

void KeyCheck::probed(const Probe &probe)
{
    const auto over = std::find_if(m_running.begin(), m_running.end(),
                                   [&probe](const auto &running) { return running.get() == &probe; });
    const std::unique_ptr<Probe> ended = std::move(*over); // lives until its callback returns to here
    m_running.erase(over);
    if (!m_waiting.empty())
        startNext();
}

} // namespace Gateway
