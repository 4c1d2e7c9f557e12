#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "tests/support/fakefaults.h"
#include "tests/support/fakegenerate.h"
#include "tests/support/fakeresources.h"
#include "tests/support/httploop.h"

namespace TestSupport {

/// A request the fake got, and what became of it.
struct SeenRequest
{
    std::int64_t number = 0;
    HttpRequest request;
    std::string key;                     ///< The credential that came.
    std::string keyPlace;                ///< "header", "query", "bearer" or empty.
    std::string model;                   ///< Without "models/"; empty when the path names none.
    int status = 0;                      ///< Answered; 0 when the connection was cut before a head.
    std::int64_t arrivedNs = 0;          ///< CLOCK_MONOTONIC.
    std::int64_t endedNs = 0;            ///< 0 while the answer is under way.
    std::int64_t bytesOut = 0;           ///< Handed to the kernel when the answer ended.
    bool closedEarly = false;            ///< The other side left before the answer's end.
    std::vector<std::string> messages{}; ///< Of a Live session, as they came; "close CODE" at its end.
};

/// Google's Gemini API on a loopback port, in threads of its own: it checks requests as Google does, answers
/// the same to the same, fails as told, and remembers what came. All functions may be called from any thread.
/// Beside the API it has POST /__control/script, POST /__control/reset, POST /__control/drop-idle and
/// GET /__control/requests.
class FakeGemini
{
public:
    struct Options
    {
        int port = 0; ///< 0: any free one.
        std::vector<std::string> keys = {"fake-key-1"};
        bool anyKey = false; ///< Every credential is a known key.
        int chunks = 3;      ///< Of a streamed text.
        double chunkDelayMs = 0;
        int workers = 1;
        /// generateContent and streamGenerateContent get ready bytes: nothing is checked, recorded or
        /// scripted. Streams have `chunks` events with stamps (see httpplan.h), `chunkDelayMs` apart.
        bool canned = false;
    };

    explicit FakeGemini(Options options);
    ~FakeGemini();
    FakeGemini(const FakeGemini &) = delete;
    FakeGemini &operator=(const FakeGemini &) = delete;

    /// False when the port cannot be had.
    bool start();
    int port() const { return m_port; }
    /// "http://127.0.0.1:PORT".
    std::string url() const;

    /// Adds a fault; those that came first are used first.
    void script(FaultScript script);
    /// Forgets scripts, records and resources.
    void reset();
    void setKeys(std::vector<std::string> keys);
    /// Closes (or resets) keep-alive connections that wait for a request.
    void dropIdle(bool reset = false);

    std::vector<SeenRequest> requests() const;
    /// Waits until `count` requests have come, or the time is over.
    bool waitForRequests(std::size_t count, int timeoutMs) const;
    /// Waits until request `index` is over.
    bool waitForEnd(std::size_t index, int timeoutMs) const;

private:
    struct Credential
    {
        int count = 0;
        std::string key;
        std::string place;
    };

    HttpPlan handle(HttpRequest request);
    void finished(std::int64_t record, std::int64_t bytes, bool early);
    FakeAnswer control(const HttpRequest &request);
    FakeAnswer scriptByJson(std::string_view body);
    json::array requestsJson() const;
    FaultScript takeScript(std::string_view key, std::string_view model);
    bool isKnownKey(std::string_view key) const;
    static Credential credentialOf(const HttpRequest &request);
    std::optional<FakeAnswer> refuseCredential(const Credential &credential, std::string_view path) const;
    HttpPlan plan(SeenRequest &seen);
    std::optional<HttpPlan> livePlan(SeenRequest &seen);
    void checkLiveCredential(SeenRequest &seen, struct LiveSurroundings &around) const;
    FakeAnswer makeToken(const ResourceCall &call);
    FakeAnswer route(const SeenRequest &seen, std::string_view path, Fault &fault);
    FakeAnswer modelMethod(const SeenRequest &seen, std::string_view method, Fault &fault);
    FakeAnswer generate(const SeenRequest &seen, const FakeModel &model, bool stream, Fault &fault);
    std::optional<FakeAnswer> checkOwned(const SeenRequest &seen, GenerateCall &call);
    void makeCanned();

    Options m_options;
    int m_port = 0;
    mutable std::mutex m_mutex;
    std::set<std::string, std::less<>> m_keys;
    std::vector<FaultScript> m_scripts;
    std::vector<SeenRequest> m_seen;
    std::int64_t m_firstNumber = 0; ///< Number of m_seen.front(): records before a reset are gone.
    FakeResources m_resources;
    std::atomic<std::int64_t> m_connections = 0;
    HttpPlan m_cannedAnswer;
    HttpPlan m_cannedStream;
    std::vector<std::unique_ptr<HttpLoop>> m_loops;
    std::vector<std::thread> m_threads;
};

} // namespace TestSupport
