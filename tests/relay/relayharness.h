#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/common/clock.h"
#include "gateway/common/keyedmemory.h"
#include "gateway/common/shelf.h"
#include "gateway/pool/keypool.h"
#include "gateway/relay/promptcaches.h"
#include "gateway/relay/proxypool.h"
#include "gateway/relay/relay.h"
#include "gateway/relay/runningresponses.h"
#include "gateway/relay/waitqueue.h"
#include "gateway/telemetry/recorder.h"
#include "gateway/upstream/mediafetcher.h"
#include "gateway/upstream/upstreamclient.h"
#include "tests/support/fakegemini.h"

namespace TestSupport {

/// A KeyedMemory that is only memory.
class PlainMemory final : public Gateway::KeyedMemory
{
public:
    std::optional<std::string> cached(std::string_view) override { return std::nullopt; }
    void find(std::vector<std::string> keys, QObject *context, std::function<void(Found)> done) override;
    void put(std::string key, std::string value, std::int64_t expiresMs) override;
    void forget(std::string_view key) override;
    void change(std::string key, Change made, std::int64_t expiresMs) override;

    std::map<std::string, std::string, std::less<>> values;
};

/// A shelf that is only memory.
class PlainShelf final : public Gateway::Shelf
{
public:
    void put(Gateway::ShelfItem item, QObject *context, Done done) override;
    void setState(std::string id, std::string state) override;
    void remove(std::string id, QObject *context, Done done) override;
    void find(std::string id, std::string owner, QObject *context, Found done) override;
    void list(Gateway::ShelfQuery query, QObject *context, Listed done) override;

    std::map<std::string, Gateway::ShelfItem> items;
};

/// What a client saw of its answer.
struct ClientView
{
    int status = 0;
    std::string contentType;
    Gateway::Headers headers;
    std::string body;
    int writes = 0;
    bool begun = false;
    bool ended = false;
    bool aborted = false;
};

/// A relay with real neighbours against the fake Gemini, without HTTP on the client's side.
class RelayHarness
{
public:
    explicit RelayHarness(int keys, int maxRetries = 3, std::int64_t heartbeatMs = 15'000);
    /// `change` says what differs from the options of the other harnesses.
    RelayHarness(int keys, const std::function<void(Gateway::RelayOptions &)> &change);
    ~RelayHarness();

    /// Asks, and turns the loop until the answer is over or three seconds have gone.
    ClientView native(std::string path, std::string body, std::string query = {},
                      std::string method = "POST");
    ClientView chat(std::string body);
    ClientView translated(std::string body, Gateway::Dialect dialect, Gateway::MakeTranslation make);
    /// To Google's OpenAI-compatible paths; `path` follows "/v1beta/openai/".
    ClientView googleOpenAi(const std::string &path, std::string body, std::string method = "POST");
    ClientView embeddings(std::string body);
    /// OpenAI's calls for pictures, as JSON or as what `contentType` says, and for a picture told by its URL.
    ClientView images(Gateway::ImageCall call, std::string body,
                      const std::string &contentType = "application/json");
    ClientView picture(std::string path);
    ClientView moderations(std::string body);
    /// The list of models in `dialect`, or the one with `id`.
    ClientView models(Gateway::Dialect dialect, std::string id = {});

    /// As native(), but the client leaves once `leaves` says so (asked after each write and every 10 ms).
    ClientView nativeLeaving(std::string path, std::string body, std::string query,
                             std::function<bool(const ClientView &)> leaves);

    ClientView embeddingsLeaving(std::string body, std::function<bool(const ClientView &)> leaves);

    /// Asks and comes back at once; the answer is seen as it comes while the loop turns.
    class Asked;
    std::unique_ptr<Asked> askNative(std::string path, std::string body, std::string query = {});
    /// Turns the loop until `done` says so; false after five seconds.
    static bool turnUntil(const std::function<bool()> &done);

    /// "fake-key-N", N from 1.
    static std::string keyText(int number);
    void script(int key, Fault fault, int times = -1, double seconds = 0, const std::string &model = "*");

    Gateway::SystemClock clock;
    FakeGemini fake;
    Gateway::KeyPool pool;
    Gateway::UpstreamClient upstream;
    Gateway::MediaFetcher media;
    std::vector<Gateway::RequestRecord> records;
    Gateway::Recorder recorder;
    PlainMemory owners;
    PlainMemory signatures;
    PlainMemory objects;
    Gateway::WaitQueue waits;
    Gateway::PromptCaches caches;
    Gateway::ProxyPool proxies;
    PlainShelf shelf;
    Gateway::RunningResponses running;
    std::unique_ptr<Gateway::Relay> relay;
    std::shared_ptr<Gateway::Allowance> allowance; ///< Of the requests made from now on.

    /// The neighbours of a relay, a check or what else is tested.
    Gateway::RelayParts parts();

private:
    Gateway::ClientRequest request(std::string path, std::string body, std::string query,
                                   std::string method) const;
    ClientView run(const std::function<void(std::unique_ptr<Gateway::Downstream>)> &start,
                   const std::function<bool(const ClientView &)> &leaves);
};

/// A request under way.
class RelayHarness::Asked
{
public:
    ClientView view;
    bool isOver() const { return view.ended || view.aborted; }
    void leave()
    {
        if (listener)
            listener->clientGone();
    }

    Gateway::DownstreamListener *listener = nullptr;
};

} // namespace TestSupport
