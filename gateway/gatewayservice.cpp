#include "gateway/gatewayservice.h"

#include <algorithm>
#include <utility>
#include <vector>

#include <QObject>
#include <QTimer>

#include "gateway/access/accesstable.h"
#include "gateway/access/failedattempts.h"
#include "gateway/access/tokenbook.h"
#include "gateway/control/localcontrol.h"
#include "gateway/http/admin/adminevents.h"
#include "gateway/http/listeners.h"
#include "gateway/http/pausegate.h"
#include "gateway/options.h"
#include "gateway/pool/keypool.h"
#include "gateway/relay/checkdesk.h"
#include "gateway/relay/promptcaches.h"
#include "gateway/relay/proxypool.h"
#include "gateway/relay/runningresponses.h"
#include "gateway/relay/waitqueue.h"
#include "gateway/remembered.h"
#include "gateway/store/store.h"
#include "gateway/telemetry/recorder.h"
#include "gateway/worker.h"

namespace Gateway {

namespace {

constexpr int RECORD_DELAY_MS = 100;
constexpr int COUNTER_INTERVAL_MS = 5000;
constexpr int QUOTA_INTERVAL_MS = 500; ///< What a crash may cost of what was learned of quotas and models.

std::vector<Secret> allowedTokens(const Settings &settings)
{
    std::vector<Secret> allowed;
    for (const std::string &token : settings.list(Setting::AllowedTokens))
        allowed.emplace_back(token);
    return allowed;
}

/// As a client on this machine reaches it.
std::string addressOf(const std::string &host, int port)
{
    std::string name = host;
    if (host == "0.0.0.0" || host == "::" || host == "[::]")
        name = "127.0.0.1";
    else if (host.find(':') != std::string::npos && !host.starts_with('['))
        name = '[' + host + ']';
    return "http://" + name + ':' + std::to_string(port);
}

} // namespace

class GatewayService::Impl
{
public:
    Impl(SettingsPtr settingsPtr, std::unique_ptr<Store> storePtr, const Clock &systemClock, LogRing *log)
        : settings(std::move(settingsPtr))
        , store(std::move(storePtr))
        , pool(systemClock, poolOptions(*settings), [this](auto changes) { saveChanges(std::move(changes)); })
        , recorder([this](auto records) { takeRecords(std::move(records)); }, RECORDS_A_BATCH,
                   [this] { flushSoon(); })
        , attempts(systemClock)
        , waits(systemClock, static_cast<std::size_t>(settings->integer(Setting::WaitQueue)))
        , caches(systemClock)
        , proxies(systemClock)
        , checks(pool)
        , pause(systemClock)
        , tokens(systemClock)
        , control(controlParts(systemClock, log))
        , events(control)
    {
        QObject::connect(&counterTimer, &QTimer::timeout, &context, [this] { saveCounters(); });
        counterTimer.start(COUNTER_INTERVAL_MS);
        QObject::connect(&quotaTimer, &QTimer::timeout, &context, [this] { saveQuotas(); });
        quotaTimer.start(QUOTA_INTERVAL_MS);
        flushTimer.setSingleShot(true);
        QObject::connect(&flushTimer, &QTimer::timeout, &context, [this] { recorder.flush(); });
    }

    ~Impl()
    {
        workers.clear();
        recorder.flush();
        saveCounters();
        saveQuotas();
        store->flush(); // what it calls back names the pool
    }

    static constexpr std::size_t RECORDS_A_BATCH = 256;

    LocalParts controlParts(const Clock &clock, LogRing *log)
    {
        LocalParts parts{clock, pool, *store, settings, log, &checks, &proxies, &waits};
        parts.useSettings = [this](SettingsPtr next) { useSettings(std::move(next)); };
        parts.usePause = [this](std::int64_t untilMs) { pause.set(untilMs); };
        parts.useTokens = [this](const std::vector<TokenRow> &rows) {
            tokens.setNamed(rows);
            useAccess();
        };
        parts.tokenUses = [this] { return tokens.meter().snapshot(); };
        parts.usePrices = [this](const PriceTablePtr &prices) {
            for (const std::unique_ptr<Worker> &worker : workers)
                worker->setPrices(prices);
        };
        return parts;
    }

    void useSettings(SettingsPtr next)
    {
        settings = std::move(next);
        pool.setOptions(poolOptions(*settings));
        store->setRetention(settings->integer(Setting::RecordRetentionDays),
                            settings->integer(Setting::RecordRetentionRows));
        waits.setLimit(static_cast<std::size_t>(settings->integer(Setting::WaitQueue)));
        for (const std::unique_ptr<Worker> &worker : workers)
            worker->reconfigure(settings);
        setPlainTokens();
        useAccess();
    }

    void setPlainTokens()
    {
        tokens.setPlain(Secret(settings->text(Setting::AuthToken)), allowedTokens(*settings));
    }

    void takeRecords(std::vector<RequestRecord> records)
    {
        control.recorded(records);
        store->appendRecords(std::move(records));
    }

    void saveChanges(std::vector<KeyChange> changes)
    {
        std::vector<std::uint64_t> tickets;
        tickets.reserve(changes.size());
        for (const KeyChange &change : changes)
            tickets.push_back(change.ticket);
        // A change that cannot be written is settled as well: a full disk must not stop the answers.
        store->saveKeyChanges(std::move(changes), [this, tickets = std::move(tickets)](const Result<void> &) {
            pool.settled(tickets);
        });
    }

    void saveCounters()
    {
        std::vector<KeyCounters> counters = pool.takeCounters();
        if (!counters.empty())
            store->saveKeyCounters(std::move(counters));
        std::vector<TokenUse> uses = tokens.meter().takeChanges();
        if (!uses.empty())
            store->saveTokenUse(std::move(uses));
    }

    void saveQuotas()
    {
        std::vector<QuotaRow> quotas = pool.takeQuotaChanges();
        if (!quotas.empty())
            store->saveQuotas(std::move(quotas));
        std::vector<ModelStateRow> models = pool.takeModelStates();
        if (!models.empty())
            store->saveModelStates(std::move(models));
    }

    void useAccess()
    {
        const std::shared_ptr<const AccessTable> access = tokens.makeTable();
        for (const std::unique_ptr<Worker> &worker : workers)
            worker->setAccess(access);
        attempts.forgetAll(); // a token that was wrong may be right now
    }

    void flushSoon()
    {
        QMetaObject::invokeMethod(
            &context, [this] { flushTimer.start(RECORD_DELAY_MS); }, Qt::QueuedConnection);
    }

    SettingsPtr settings;
    std::unique_ptr<Store> store;
    KeyPool pool;
    Recorder recorder;
    FailedAttempts attempts;
    WaitQueue waits;
    RunningResponses running;
    PromptCaches caches;
    ProxyPool proxies;
    CheckDesk checks;
    PauseGate pause;
    TokenBook tokens;
    LocalControl control;
    AdminEvents events;
    QObject context;
    QTimer counterTimer;
    QTimer quotaTimer;
    QTimer flushTimer;
    std::vector<std::unique_ptr<Worker>> workers;
    std::string address;
    int draining = 0;
    std::function<void()> stopped;
};

GatewayService::GatewayService() = default;

GatewayService::~GatewayService() = default;

tl::expected<std::unique_ptr<GatewayService>, StartFailure>
GatewayService::start(SettingsPtr settings, std::unique_ptr<Store> store, const Clock &clock,
                      const Options &options)
{
    const std::string host = settings->text(Setting::Host);
    const int count = std::max(options.workers, 1);
    Result<Listeners> listeners =
        Listeners::open(host, static_cast<std::uint16_t>(settings->integer(Setting::Port)), count);
    if (!listeners) {
        const bool taken = listeners.error().code == "port_taken";
        return tl::unexpected<StartFailure>(StartFailure{std::move(listeners.error()), taken});
    }
    Result<Remembered> remembered = rememberedBy(*store);
    if (!remembered)
        return tl::unexpected<StartFailure>(StartFailure{std::move(remembered.error()), false});

    std::unique_ptr<GatewayService> service(new GatewayService);
    service->m_impl = std::make_unique<Impl>(std::move(settings), std::move(store), clock, options.log);
    Impl &impl = *service->m_impl;
    impl.control.loadProxies(std::move(remembered->proxies));
    impl.pool.load(std::move(remembered->keys), std::move(remembered->quotas), std::move(remembered->models));
    impl.tokens.setOwner(options.ownerToken);
    impl.setPlainTokens();
    impl.tokens.setOwnerFound(
        [&impl](TokenId id, std::string owner) { impl.store->saveTokenOwner(id, std::move(owner)); });
    impl.tokens.setNamed(remembered->tokens);
    impl.tokens.meter().load(remembered->uses);
    impl.control.loadTokens(std::move(remembered->tokens));
    const auto prices = std::make_shared<const PriceTable>(PriceTable::withUserRows(remembered->prices));
    impl.control.loadPrices(std::move(remembered->prices));
    const WorkerShared shared{impl.settings,
                              clock,
                              impl.pool,
                              impl.recorder,
                              impl.store->owners(),
                              impl.store->signatures(),
                              impl.store->objects(),
                              impl.waits,
                              impl.proxies,
                              impl.checks,
                              impl.attempts,
                              impl.pause,
                              impl.control,
                              impl.events,
                              impl.tokens.makeTable(),
                              prices,
                              impl.store->shelf(),
                              impl.running,
                              options.audio,
                              &impl.caches};
    for (int number = 0; number < count; ++number)
        impl.workers.push_back(
            std::make_unique<Worker>(shared, listeners->take(number), listeners->isLoopback(), number == 0));
    impl.address = addressOf(host, listeners->port());
    impl.control.setState(GatewayStatus::State::Serving, impl.address, {});
    return service;
}

std::string GatewayService::address() const
{
    return m_impl->address;
}

Control &GatewayService::control()
{
    return m_impl->control;
}

void GatewayService::stop(std::function<void()> done)
{
    Impl &impl = *m_impl;
    impl.control.setState(GatewayStatus::State::Stopping, impl.address, "The gateway is stopping.");
    impl.stopped = std::move(done);
    impl.draining = static_cast<int>(impl.workers.size());
    const auto finish = [&impl] {
        if (const std::function<void()> stopped = std::exchange(impl.stopped, nullptr))
            stopped();
    };
    for (const std::unique_ptr<Worker> &worker : impl.workers) {
        worker->stopAccepting([&impl, finish] {
            const auto oneLess = [&impl, finish] {
                if (--impl.draining == 0)
                    finish();
            };
            QMetaObject::invokeMethod(&impl.context, oneLess, Qt::QueuedConnection);
        });
    }
    const std::int64_t limitMs = impl.settings->integer(Setting::ShutdownTimeout) * 1000;
    QTimer::singleShot(static_cast<int>(limitMs), &impl.context, finish);
}

} // namespace Gateway
