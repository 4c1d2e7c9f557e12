#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "gateway/common/requestrecord.h"
#include "gateway/pool/keypool.h"
#include "gateway/relay/downstream.h"
#include "gateway/relay/passage.h"
#include "gateway/relay/relayparts.h"
#include "gateway/upstream/upstreamclient.h"

namespace Gateway {

class RelayJob;

/// What a job needs of the relay it runs in.
class RelayHost
{
public:
    virtual ~RelayHost() = default;
    virtual const RelayParts &parts() const = 0;
    virtual const RelayOptions &options() const = 0;
    /// Calls `action` after `ms`, unless the job is over by then.
    virtual void later(std::int64_t ms, RelayJob &job, void (RelayJob::*action)()) = 0;
    /// The job is over; its last owner may go.
    virtual void finished(RelayJob &job) = 0;
};

/// The life of one client request: acquire a key, send, classify, try another or stream, report. Lives in one
/// worker's thread. Reports every lease once, writes one record, gives one answer.
class RelayJob final : public std::enable_shared_from_this<RelayJob>,
                       private UpstreamListener,
                       private DownstreamListener
{
public:
    RelayJob(RelayHost &host, ClientRequest request, std::unique_ptr<Downstream> down, Dialect dialect);
    ~RelayJob() override;
    RelayJob(const RelayJob &) = delete;
    RelayJob &operator=(const RelayJob &) = delete;

    ClientRequest &request() { return m_request; }
    bool isOver() const { return m_over; }

    /// Goes through Google. `owner` is the only key that will do, 0 for any.
    void run(std::unique_ptr<Passage> passage, KeyId owner);

    /// Ends with an answer of the gateway's own.
    void refuse(const Error &error);
    void answer(std::string_view contentType, std::string_view body);

    /// Names what was asked in the record of a request that never runs.
    void nameRecord(std::string_view name, std::string_view model);

    /// For the gateway's own questions to Google.
    void leaveNoRecord() { m_isRecorded = false; }

    /// A stream that has waited too long gets its head now, so that heartbeats can flow.
    void beginEarly();

private:
    void upstreamHead(int status, const Headers &headers) override;
    void upstreamBody(std::string_view bytes) override;
    void upstreamEnd(const UpstreamEnd &end) override;
    void clientGone() override;
    void drained() override;

    void attempt();
    void refused(const Refusal &refusal);
    void send();
    void endAttempt(const Outcome &outcome);
    void judge(Outcome outcome, Error error);
    void streamFault(const AnswerFault &fault);
    void succeed();
    void flush();
    void tellFailure(const Outcome &outcome, const Error &error);
    void fail(const Error &error);
    void sendError(const Error &error, std::string_view googleBody);
    void conclude(int status, std::string error);
    bool mayRetry(const Outcome &outcome) const;
    std::int64_t sinceArrival() const;

    RelayHost &m_host;
    ClientRequest m_request;
    std::unique_ptr<Downstream> m_down;
    std::unique_ptr<Passage> m_passage;
    std::unique_ptr<UpstreamCall> m_call;
    std::optional<Lease> m_lease;
    std::vector<KeyId> m_tried;
    std::vector<KeyId> m_blamed; ///< Of these, the ones whose own fault or quota it was.
    std::optional<Outcome> m_lastFailure;
    Error m_lastError;
    KeyId m_owner = 0;
    RequestRecord m_record;
    AttemptRecord m_attempt;
    std::string m_errorBody; ///< Of this attempt.
    std::string m_errorType; ///< Its Content-Type.
    Headers m_errorHeaders;
    std::string m_out; ///< On its way down.
    int m_attempts = 0;
    int m_settlingWaits = 0;
    bool m_isError = false;     ///< This attempt's head was an error.
    bool m_begun = false;       ///< The head went down.
    bool m_contentSent = false; ///< And bytes of the answer: no retry any more.
    bool m_over = false;
    bool m_isRecorded = true;
};

} // namespace Gateway
