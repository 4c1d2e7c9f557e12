#include "gateway/relay/livesession.h"

#include <algorithm>

#include <QTimer>

#include "gateway/common/modelkinds.h"
#include "gateway/pool/keypool.h"
#include "gateway/relay/admission.h"
#include "gateway/relay/livesetup.h"
#include "gateway/relay/owners.h"
#include "gateway/relay/proxypool.h"
#include "gateway/relay/resources.h"
#include "gateway/relay/verdicts.h"

namespace Gateway {

namespace {

constexpr std::int64_t SETUP_WAIT_MS = 30'000;    ///< For the client's first message.
constexpr std::size_t EARLY_BYTES = 1024u * 1024; ///< Held while Google has not answered yet.
constexpr std::string_view ACCESS_TOKEN = "access_token";

/// "/ws/google.….GenerativeService.BidiGenerateContent" → "BidiGenerateContent".
std::string_view methodOf(std::string_view path)
{
    return path.substr(path.rfind('.') + 1);
}

/// The client's headers that say something to Google.
bool goesOn(std::string_view name)
{
    return equalsIgnoreCase(name, "user-agent") ||
           (startsWithIgnoreCase(name, "x-goog-") && !equalsIgnoreCase(name, "x-goog-api-key"));
}

} // namespace

LiveSession::LiveSession(LiveHost &host, ClientRequest request, std::unique_ptr<ClientSocket> client,
                         LiveDoor door)
    : m_host(host)
    , m_request(std::move(request))
    , m_client(std::move(client))
    , m_door(std::move(door))
    , m_search(surroundings())
{
    m_record.dialect = Dialect::Gemini;
    m_record.id = m_request.id;
    m_record.timeMs = m_request.arrivedWallMs;
    m_record.token = m_request.tokenName;
    m_record.method = methodOf(m_request.path);
    m_record.streamed = true;
    touch();
}

KeySearch::Surroundings LiveSession::surroundings()
{
    const auto guarded = [this](std::function<void()> action) -> std::function<void()> {
        return [weak = weak_from_this(), action = std::move(action)] {
            const std::shared_ptr<LiveSession> alive = weak.lock();
            if (alive && !alive->m_over)
                action();
        };
    };
    return {m_host.parts(),
            m_host.options(),
            static_cast<KeySearchListener &>(*this),
            m_host.context(),
            m_request.arrivedMs,
            [this](std::int64_t ms, std::function<void()> action) { later(ms, std::move(action)); },
            guarded};
}

void LiveSession::later(std::int64_t ms, std::function<void()> action)
{
    QTimer::singleShot(static_cast<int>(ms), m_host.context(),
                       [weak = weak_from_this(), action = std::move(action)] {
                           const std::shared_ptr<LiveSession> alive = weak.lock();
                           if (alive && !alive->m_over)
                               action();
                       });
}

void LiveSession::start()
{
    m_client->setListener(this);
    watchIdle();
    later(SETUP_WAIT_MS, [this] {
        if (!m_hasSetup)
            refuse(Error{408, "setup_missing", "No setup came.", {}, 0});
    });
    if (!m_door.ephemeral.empty())
        checkEphemeral();
}

/// Nothing is read from the client until it is known who made its token.
void LiveSession::checkEphemeral()
{
    m_client->pause();
    const std::string name = credentialName(m_door.ephemeral);
    m_host.parts().owners.find({name}, m_host.context(),
                               [weak = weak_from_this(), name](const KeyedMemory::Found &found) {
                                   const std::shared_ptr<LiveSession> self = weak.lock();
                                   if (!self || self->m_over)
                                       return;
                                   const auto owner = found.find(name);
                                   self->m_tokenOwner = ownerOf({name}, found).value_or(0);
                                   if (self->m_tokenOwner == 0) {
                                       self->m_door.wrong();
                                       self->refuse(Error{401,
                                                          "invalid_api_key",
                                                          "The ephemeral token was not made through this "
                                                          "gateway, or it has expired.",
                                                          {},
                                                          0});
                                       return;
                                   }
                                   self->m_record.token = makerOf(owner->second);
                                   self->m_client->resume();
                               });
}

void LiveSession::clientMessage(bool isText, std::string payload)
{
    const auto self = shared_from_this();
    touch();
    m_record.bytesIn += static_cast<std::int64_t>(payload.size());
    if (m_isEstablished) {
        if (!m_attempt->send(isText, payload))
            m_client->pause();
        return;
    }
    if (m_hasSetup) {
        keepEarly(isText, std::move(payload));
        return;
    }
    m_setupIsText = isText;
    begin(std::move(payload));
}

void LiveSession::keepEarly(bool isText, std::string payload)
{
    m_earlyBytes += payload.size();
    m_early.emplace_back(isText, std::move(payload));
    if (m_earlyBytes > EARLY_BYTES)
        m_client->pause();
}

/// The first message: what it asks for, and whether the client may.
void LiveSession::begin(std::string payload)
{
    m_hasSetup = true;
    m_setup = std::move(payload);
    Result<LiveSetup> setup = readLiveSetup(m_setup);
    if (!setup) {
        refuse(setup.error());
        return;
    }
    m_record.modelAsked = setup->model;
    takeAlias(*setup);
    m_record.modelUsed = setup->model;
    const Allowance *allowance = m_request.allowance.get();
    if (allowance && allowance->limitsModels() && setup->model.empty()) {
        refuse(Error{403, "model_not_allowed",
                     "This access token may use only some models, and the setup names none.", "model", 0});
        return;
    }
    if (const Result<void> admitted = admit(m_request, setup->model); !admitted) {
        refuse(admitted.error());
        return;
    }
    findOwner(*setup);
}

/// The user's own aliases only: none of the kinds is for sessions. Of parameters their headers count.
void LiveSession::takeAlias(LiveSetup &setup)
{
    const ModelAlias *alias = m_host.options().names.aliases.find(setup.model);
    if (!alias || kindOfTarget(alias->target))
        return;
    m_request.parameters = combined(m_request.parameters, alias->parameters);
    if (alias->target == setup.model)
        return;
    setup.model = alias->target;
    m_setup = withLiveModel(m_setup, setup.model);
}

void LiveSession::findOwner(const LiveSetup &setup)
{
    if (setup.resources.empty()) {
        search(setup.model, m_tokenOwner);
        return;
    }
    m_host.parts().owners.find(setup.resources, m_host.context(),
                               [weak = weak_from_this(), setup](KeyedMemory::Found found) {
                                   const std::shared_ptr<LiveSession> self = weak.lock();
                                   if (!self || self->m_over)
                                       return;
                                   std::vector<std::string> resources = setup.resources;
                                   if (self->m_tokenOwner != 0) {
                                       resources.emplace_back("the ephemeral token");
                                       found.emplace(resources.back(), std::to_string(self->m_tokenOwner));
                                   }
                                   if (const Result<KeyId> owner = ownerOf(resources, found))
                                       self->search(setup.model, *owner);
                                   else
                                       self->refuse(owner.error());
                               });
}

void LiveSession::search(const std::string &model, KeyId owner)
{
    KeyTarget target;
    target.model = model;
    target.owner = owner;
    target.tags = m_request.keyTags;
    target.geminiOnly = true;
    m_search.setTarget(std::move(target));
    look();
}

void LiveSession::look()
{
    KeySearch::Manner manner;
    manner.isLast = m_attempts >= m_host.options().maxRetries;
    m_search.look(manner);
}

void LiveSession::keyFound(Lease lease)
{
    ++m_attempts;
    m_lastClose.reset();
    Result<std::string> proxy = m_host.parts().proxies.proxyFor(lease.key, lease.proxy);
    if (proxy) {
        m_attempt = std::make_unique<LiveAttempt>(m_host.parts(), m_host.options(),
                                                  static_cast<LiveAttemptListener &>(*this), std::move(lease),
                                                  target(std::move(*proxy)), m_request.arrivedMs);
        return;
    }
    AttemptFailure failure = unreachable(proxy.error());
    m_record.keyId = lease.key;
    if (!lease.proxy.empty())
        m_search.blame(lease.key); // other keys go another way
    m_host.parts().pool.report(std::move(lease), failure.outcome);
    judge(std::move(failure), {});
}

LiveAttempt::Target LiveSession::target(std::string proxy) const
{
    LiveAttempt::Target target;
    std::string query = queryWithout(queryWithout(m_request.query, "key"), ACCESS_TOKEN);
    if (!m_door.ephemeral.empty()) {
        query +=
            (query.empty() ? "" : "&") + std::string(ACCESS_TOKEN) + '=' + percentEncoded(m_door.ephemeral);
        target.hasCredential = true;
    }
    target.url = m_host.options().googleHost + m_request.path;
    if (!query.empty())
        target.url += '?' + query;
    std::copy_if(m_request.headers.begin(), m_request.headers.end(), std::back_inserter(target.headers),
                 [](const auto &header) { return goesOn(header.first); });
    if (m_request.parameters)
        target.strongHeaders = &m_request.parameters->headers;
    target.proxy = std::move(proxy);
    return target;
}

void LiveSession::attemptOpened()
{
    m_attempt->send(m_setupIsText, m_setup);
    watchSetup();
}

void LiveSession::watchSetup()
{
    const std::int64_t wait = m_host.options().liveSetupMs;
    later(wait, [this, wait, attempt = m_attempts] {
        if (m_isEstablished || !m_attempt || attempt != m_attempts)
            return;
        const UpstreamEnd end{false, true, "Nothing came within " + std::to_string(wait / 1000) + " s."};
        AttemptFailure failure;
        failure.error = Error{504, "upstream_timeout", "Gemini did not answer: " + end.error, {}, 0};
        failure.outcome = classifyTransport(end);
        judge(std::move(failure), {});
    });
}

void LiveSession::attemptMessage(bool isText, std::string payload)
{
    const auto self = shared_from_this();
    touch();
    m_record.bytesOut += static_cast<std::int64_t>(payload.size());
    m_usage.message(payload);
    if (std::string name = resumptionName(payload); !name.empty()) {
        const std::int64_t until = ownershipEndMs(name, m_host.parts().clock.nowMs());
        m_host.parts().owners.put(std::move(name), std::to_string(m_attempt->key()), until);
    }
    if (!m_client->send(isText, payload))
        m_attempt->pause();
    if (!m_isEstablished)
        establish();
}

/// From now on the session is bound to its key.
void LiveSession::establish()
{
    m_isEstablished = true;
    m_record.firstByteMs = m_host.parts().clock.monotonicMs() - m_request.arrivedMs;
    bool goesOn = true;
    for (const auto &[isText, payload] : m_early)
        goesOn = m_attempt->send(isText, payload) && goesOn;
    m_early.clear();
    if (goesOn)
        m_client->resume();
    else
        m_client->pause();
}

void LiveSession::attemptDrained()
{
    m_client->resume();
}

void LiveSession::clientDrained()
{
    if (m_attempt)
        m_attempt->resume();
}

void LiveSession::watchIdle()
{
    const std::int64_t limit = m_host.options().liveIdleMs;
    const std::int64_t left = m_lastMs + limit - m_host.parts().clock.monotonicMs();
    if (left > 0) {
        later(left, [this] { watchIdle(); });
        return;
    }
    end(m_isEstablished ? 101 : 408, {},
        {WsClose::GOING_AWAY, "Nothing was said for " + std::to_string(limit / 1000) + " s."});
}

} // namespace Gateway
