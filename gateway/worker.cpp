#include "gateway/worker.h"

#include <utility>
#include <vector>

#include <QLoggingCategory>
#include <QObject>

#include "gateway/access/failedattempts.h"
#include "gateway/dialects/errors.h"
#include "gateway/http/admin/adminevents.h"
#include "gateway/http/admin/adminroutes.h"
#include "gateway/http/apiroutes.h"
#include "gateway/http/healthroutes.h"
#include "gateway/http/httpserver.h"
#include "gateway/http/pausegate.h"
#include "gateway/http/router.h"
#include "gateway/options.h"
#include "gateway/pool/keypool.h"
#include "gateway/relay/checkdesk.h"
#include "gateway/relay/liverelay.h"
#include "gateway/relay/relay.h"
#include "gateway/relay/verdicts.h"
#include "gateway/upstream/mediafetcher.h"
#include "gateway/upstream/upstreamclient.h"

#ifdef Q_OS_LINUX
#include "gateway/common/epolldispatcher.h"
#endif

namespace Gateway {

namespace {

Q_LOGGING_CATEGORY(lcWorker, "gateway.worker")

Readiness readinessOf(const KeyPool &pool, const PauseGate &pause)
{
    if (const std::optional<Error> paused = pause.refusal())
        return {false, paused->text};
    const Refusal counts = pool.counts();
    const int usable = counts.total - counts.invalid - counts.disabled;
    if (usable > 0)
        return {true, {}};
    Refusal none = counts;
    none.why = Refusal::Why::NoneUsable;
    return {false, refusalError(none, {}).text};
}

} // namespace

/// All that lives in the worker's thread, made there and destroyed there.
class Worker::Room : public QObject
{
public:
    Room(const WorkerShared &shared, std::vector<int> listeners, bool isLoopback, bool checksKeys)
        : m_upstream(shared.clock, upstreamOptions(*shared.settings))
        , m_media(shared.clock, mediaLimits(*shared.settings))
        , m_parts{shared.clock,  shared.pool,       m_upstream,     m_media,      shared.recorder,
                  shared.owners, shared.signatures, shared.objects, shared.waits, shared.proxies,
                  shared.shelf,  shared.running,    shared.audio,   shared.caches}
        , m_relayOptions(relayOptions(*shared.settings, shared.prices))
        , m_relay(m_parts, m_relayOptions)
        , m_live(m_parts, m_relayOptions)
        , m_routes(m_relay, m_live, shared.access, shared.attempts, shared.pause)
        , m_admin(shared.control, shared.events, shared.access, shared.attempts)
        , m_server(shared.clock, m_router, httpOptions(*shared.settings, isLoopback))
    {
        m_routes.setOllamaOpen(shared.settings->flag(Setting::OllamaOpen));
        m_routes.addTo(m_router);
        m_admin.addTo(m_router);
        addHealthRoutes(m_router,
                        [&pool = shared.pool, &pause = shared.pause] { return readinessOf(pool, pause); });
        for (const int descriptor : listeners) {
            if (!m_server.listenOn(descriptor))
                qCCritical(lcWorker, "A listening socket was refused by Qt.");
        }
        if (checksKeys)
            startChecks(*shared.settings, shared.checks);
    }

    ~Room() override
    {
        if (m_desk)
            m_desk->detach();
    }

    void reconfigure(const Settings &settings)
    {
        m_upstream.setOptions(upstreamOptions(settings));
        m_media.setLimits(mediaLimits(settings));
        m_relayOptions = relayOptions(settings, m_relayOptions.prices);
        m_relay.setOptions(m_relayOptions);
        m_routes.setOllamaOpen(settings.flag(Setting::OllamaOpen));
        m_live.setOptions(m_relayOptions);
        m_server.setOptions(httpWorkerOptions(settings));
        if (m_keyCheck)
            m_keyCheck->configure(keyCheckOptions(settings));
    }

    void setAccess(const std::shared_ptr<const AccessTable> &access)
    {
        m_routes.setAccess(access);
        m_admin.setAccess(access);
    }

    void setPrices(PriceTablePtr prices)
    {
        m_relayOptions.prices = std::move(prices);
        m_relay.setOptions(m_relayOptions);
        m_live.setOptions(m_relayOptions);
    }

    void drain(std::function<void()> drained) { m_server.drain(std::move(drained)); }

private:
    static HttpWorkerOptions httpOptions(const Settings &settings, bool isLoopback)
    {
        HttpWorkerOptions options = httpWorkerOptions(settings);
        options.isLoopback = isLoopback;
        options.errorBody = [](Dialect dialect, const Error &error, std::string_view requestId) {
            return errorBody(dialect, error, requestId);
        };
        options.heartbeat = heartbeatOf;
        return options;
    }

    void startChecks(const Settings &settings, CheckDesk &desk)
    {
        const KeyCheckOptions options = keyCheckOptions(settings);
        m_keyCheck = std::make_unique<KeyCheck>(m_parts);
        m_keyCheck->configure(options);
        m_proxyCheck = std::make_unique<ProxyChecker>(m_parts, options.call.googleHost);
        m_desk = &desk;
        desk.attach(*m_keyCheck, *m_proxyCheck);
    }

    UpstreamClient m_upstream;
    MediaFetcher m_media;
    RelayParts m_parts;
    RelayOptions m_relayOptions;
    Relay m_relay;
    LiveRelay m_live;
    Router m_router;
    ApiRoutes m_routes;
    AdminRoutes m_admin;
    HttpServer m_server; // goes first: its connections name the relay's jobs
    std::unique_ptr<KeyCheck> m_keyCheck;
    std::unique_ptr<ProxyChecker> m_proxyCheck;
    CheckDesk *m_desk = nullptr; ///< Null in the workers that make no checks.
};

Worker::Worker(const WorkerShared &shared, std::vector<int> listeners, bool isLoopback, bool checksKeys)
{
#ifdef Q_OS_LINUX
    m_thread.setEventDispatcher(new EpollDispatcher);
#endif
    m_thread.setObjectName(QStringLiteral("gateway"));
    m_context.moveToThread(&m_thread);
    m_thread.start();
    QMetaObject::invokeMethod(
        &m_context,
        [&] { m_room = std::make_unique<Room>(shared, std::move(listeners), isLoopback, checksKeys); },
        Qt::BlockingQueuedConnection);
}

Worker::~Worker()
{
    QMetaObject::invokeMethod(
        &m_context,
        [this] {
            m_room.reset();
            m_context.moveToThread(nullptr); // so that it may be destroyed by any thread
        },
        Qt::BlockingQueuedConnection);
    m_thread.quit();
    m_thread.wait();
}

void Worker::reconfigure(SettingsPtr settings)
{
    QMetaObject::invokeMethod(
        &m_context, [this, settings = std::move(settings)] { m_room->reconfigure(*settings); },
        Qt::QueuedConnection);
}

void Worker::setAccess(std::shared_ptr<const AccessTable> access)
{
    QMetaObject::invokeMethod(
        &m_context, [this, access = std::move(access)] { m_room->setAccess(access); }, Qt::QueuedConnection);
}

void Worker::setPrices(PriceTablePtr prices)
{
    QMetaObject::invokeMethod(
        &m_context, [this, prices = std::move(prices)] { m_room->setPrices(prices); }, Qt::QueuedConnection);
}

void Worker::stopAccepting(std::function<void()> drained)
{
    QMetaObject::invokeMethod(
        &m_context, [this, drained = std::move(drained)] { m_room->drain(drained); }, Qt::QueuedConnection);
}

} // namespace Gateway
