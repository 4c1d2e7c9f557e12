#include "tests/relay/relayharness.h"

#include <utility>

#include <QElapsedTimer>
#include <QEventLoop>
#include <QTimer>

#include "gateway/dialects/openai/openai.h"

namespace TestSupport {

using namespace Gateway;

namespace {

constexpr int LIMIT_MS = 5000;

/// The client's end of the answer; tells the view, and can leave.
class ViewingDown final : public Downstream
{
public:
    ViewingDown(ClientView &view, DownstreamListener *&listener)
        : m_view(view)
        , m_listener(listener)
    {
    }
    ~ViewingDown() override { m_listener = nullptr; }

    void setListener(DownstreamListener *listener) override { m_listener = listener; }

    void send(int status, std::string_view contentType, const Headers &headers,
              std::string_view body) override
    {
        Q_ASSERT(!m_view.begun && !m_view.ended);
        begin(status, contentType, headers, -1);
        m_view.body = body;
        end();
    }

    void begin(int status, std::string_view contentType, const Headers &headers, std::int64_t) override
    {
        m_view.status = status;
        m_view.contentType = contentType;
        m_view.headers = headers;
        m_view.begun = true;
    }

    bool write(std::string_view bytes) override
    {
        m_view.body += bytes;
        ++m_view.writes;
        return true;
    }

    void end() override { m_view.ended = true; }
    void abort() override { m_view.aborted = true; }

private:
    ClientView &m_view;
    DownstreamListener *&m_listener;
};

FakeGemini::Options fakeOptions(int keys)
{
    FakeGemini::Options options;
    options.keys.clear();
    for (int number = 1; number <= keys; ++number)
        options.keys.push_back(RelayHarness::keyText(number));
    options.chunkDelayMs = 5;
    return options;
}

std::vector<KeyRow> rows(int keys)
{
    std::vector<KeyRow> made;
    for (int number = 1; number <= keys; ++number) {
        KeyRow row;
        row.id = number;
        row.secret = Secret(RelayHarness::keyText(number));
        made.push_back(std::move(row));
    }
    return made;
}

} // namespace

void PlainMemory::find(std::vector<std::string> keys, QObject *context, std::function<void(Found)> done)
{
    Found found;
    for (const std::string &key : keys) {
        if (const auto value = values.find(key); value != values.end())
            found.emplace(key, value->second);
    }
    QMetaObject::invokeMethod(
        context, [done = std::move(done), found] { done(found); }, Qt::QueuedConnection);
}

void PlainMemory::put(std::string key, std::string value, std::int64_t)
{
    values.insert_or_assign(std::move(key), std::move(value));
}

void PlainMemory::forget(std::string_view key)
{
    if (const auto value = values.find(key); value != values.end())
        values.erase(value);
}

void PlainMemory::change(std::string key, Change made, std::int64_t /*expiresMs*/)
{
    const auto found = values.find(key);
    if (found == values.end())
        return;
    if (std::optional<std::string> next = made(found->second))
        found->second = std::move(*next);
}

void PlainShelf::put(ShelfItem item, QObject *context, Done done)
{
    std::string id = item.id;
    items.insert_or_assign(std::move(id), std::move(item));
    QMetaObject::invokeMethod(
        context, [done = std::move(done)] { done({}); }, Qt::QueuedConnection);
}

void PlainShelf::setState(std::string id, std::string state)
{
    if (const auto item = items.find(id); item != items.end())
        item->second.state = std::move(state);
}

void PlainShelf::remove(std::string id, QObject *context, Done done)
{
    items.erase(id);
    QMetaObject::invokeMethod(
        context, [done = std::move(done)] { done({}); }, Qt::QueuedConnection);
}

void PlainShelf::find(std::string id, std::string owner, QObject *context, Found done)
{
    std::optional<ShelfItem> found;
    if (const auto item = items.find(id); item != items.end() && item->second.owner == owner)
        found = item->second;
    QMetaObject::invokeMethod(
        context, [done = std::move(done), found] { done(found); }, Qt::QueuedConnection);
}

void PlainShelf::list(ShelfQuery query, QObject *context, Listed done)
{
    std::vector<ShelfItem> found;
    for (const auto &[id, item] : items) {
        if (item.owner == query.owner && item.kind == query.kind)
            found.push_back(item);
    }
    QMetaObject::invokeMethod(
        context, [done = std::move(done), found] { done(found); }, Qt::QueuedConnection);
}

RelayHarness::RelayHarness(int keys, int maxRetries, std::int64_t heartbeatMs)
    : RelayHarness(keys, [=](RelayOptions &options) {
        options.maxRetries = maxRetries;
        options.heartbeatMs = heartbeatMs;
    })
{
}

RelayHarness::RelayHarness(int keys, const std::function<void(RelayOptions &)> &change)
    : fake(fakeOptions(keys))
    , pool(clock, PoolOptions{}, nullptr)
    , upstream(clock, UpstreamOptions{})
    , media(clock, MediaLimits{})
    , recorder(
          [this](std::vector<RequestRecord> batch) {
              std::move(batch.begin(), batch.end(), std::back_inserter(records));
          },
          1, nullptr)
    , waits(clock, 100)
    , caches(clock)
    , proxies(clock)
{
    fake.start();
    pool.load(rows(keys));
    RelayOptions options;
    options.googleHost = fake.url();
    options.prices = std::make_shared<const PriceTable>(PriceTable::builtIn());
    change(options);
    relay = std::make_unique<Relay>(parts(), options);
}

RelayParts RelayHarness::parts()
{
    return {clock,   pool,  upstream, media, recorder, owners,  signatures,
            objects, waits, proxies,  shelf, running,  nullptr, &caches};
}

RelayHarness::~RelayHarness() = default;

std::string RelayHarness::keyText(int number)
{
    return "fake-key-" + std::to_string(number);
}

void RelayHarness::script(int key, Fault fault, int times, double seconds, const std::string &model)
{
    FaultScript script;
    script.key = key == 0 ? "*" : keyText(key);
    script.fault = fault;
    script.model = model;
    script.times = times;
    script.seconds = seconds;
    fake.script(script);
}

ClientRequest RelayHarness::request(std::string path, std::string body, std::string query,
                                    std::string method) const
{
    ClientRequest made;
    made.id = "req_test";
    made.method = std::move(method);
    made.path = std::move(path);
    made.query = std::move(query);
    made.body = std::move(body);
    made.headers = {{"Content-Type", "application/json"}};
    made.tokenName = "test";
    made.allowance = allowance;
    made.origin = "http://127.0.0.1:4364";
    made.arrivedMs = clock.monotonicMs();
    made.arrivedWallMs = clock.nowMs();
    return made;
}

ClientView RelayHarness::native(std::string path, std::string body, std::string query, std::string method)
{
    ClientRequest asked = request(std::move(path), std::move(body), std::move(query), std::move(method));
    return run([&](auto down) { relay->native(std::move(asked), std::move(down)); }, nullptr);
}

ClientView RelayHarness::nativeLeaving(std::string path, std::string body, std::string query,
                                       std::function<bool(const ClientView &)> leaves)
{
    ClientRequest asked = request(std::move(path), std::move(body), std::move(query), "POST");
    return run([&](auto down) { relay->native(std::move(asked), std::move(down)); }, leaves);
}

ClientView RelayHarness::chat(std::string body)
{
    return translated(std::move(body), Dialect::OpenAi, openAiChat);
}

ClientView RelayHarness::translated(std::string body, Dialect dialect, MakeTranslation make)
{
    ClientRequest asked = request("/v1/chat/completions", std::move(body), {}, "POST");
    return run([&](auto down) { relay->translated(std::move(asked), std::move(down), dialect, make); },
               nullptr);
}

ClientView RelayHarness::googleOpenAi(const std::string &path, std::string body, std::string method)
{
    ClientRequest asked = request("/v1beta/openai/" + path, std::move(body), {}, std::move(method));
    return run([&](auto down) { relay->googleOpenAi(std::move(asked), std::move(down)); }, nullptr);
}

ClientView RelayHarness::embeddings(std::string body)
{
    return embeddingsLeaving(std::move(body), nullptr);
}

ClientView RelayHarness::embeddingsLeaving(std::string body, std::function<bool(const ClientView &)> leaves)
{
    ClientRequest asked = request("/v1/embeddings", std::move(body), {}, "POST");
    return run([&](auto down) { relay->openAiEmbeddings(std::move(asked), std::move(down)); }, leaves);
}

ClientView RelayHarness::images(ImageCall call, std::string body, const std::string &contentType)
{
    ClientRequest asked = request("/v1/images", std::move(body), {}, "POST");
    asked.headers = {{"Content-Type", contentType}};
    return run([&](auto down) { relay->openAiImages(std::move(asked), std::move(down), call); }, nullptr);
}

ClientView RelayHarness::picture(std::string path)
{
    ClientRequest asked = request(std::move(path), {}, {}, "GET");
    return run([&](auto down) { relay->picture(std::move(asked), std::move(down)); }, nullptr);
}

ClientView RelayHarness::moderations(std::string body)
{
    ClientRequest asked = request("/v1/moderations", std::move(body), {}, "POST");
    return run([&](auto down) { relay->openAiModerations(std::move(asked), std::move(down)); }, nullptr);
}

std::unique_ptr<RelayHarness::Asked> RelayHarness::askNative(std::string path, std::string body,
                                                             std::string query)
{
    auto asked = std::make_unique<Asked>();
    relay->native(request(std::move(path), std::move(body), std::move(query), "POST"),
                  std::make_unique<ViewingDown>(asked->view, asked->listener));
    return asked;
}

bool RelayHarness::turnUntil(const std::function<bool()> &done)
{
    QTimer tick;
    tick.start(10);
    QEventLoop loop;
    QElapsedTimer timer;
    timer.start();
    while (!done()) {
        if (timer.elapsed() > LIMIT_MS)
            return false;
        loop.processEvents(QEventLoop::WaitForMoreEvents);
    }
    return true;
}

ClientView RelayHarness::models(Dialect dialect, std::string id)
{
    ClientRequest asked = request("/v1/models", {}, {}, "GET");
    return run([&](auto down) { relay->models(std::move(asked), std::move(down), dialect, std::move(id)); },
               nullptr);
}

ClientView RelayHarness::run(const std::function<void(std::unique_ptr<Downstream>)> &start,
                             const std::function<bool(const ClientView &)> &leaves)
{
    ClientView view;
    DownstreamListener *listener = nullptr;
    start(std::make_unique<ViewingDown>(view, listener));
    QTimer tick;
    tick.start(10);
    QEventLoop loop;
    QElapsedTimer timer;
    timer.start();
    bool left = false;
    const auto isDropped = [&] { return leaves && !listener; };
    while (!view.ended && !view.aborted && !left && !isDropped() && timer.elapsed() < LIMIT_MS) {
        loop.processEvents(QEventLoop::WaitForMoreEvents);
        if (leaves && listener && leaves(view)) {
            listener->clientGone();
            left = true;
        }
    }
    return view;
}

} // namespace TestSupport
