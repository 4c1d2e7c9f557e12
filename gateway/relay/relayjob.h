#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "gateway/common/requestrecord.h"
#include "gateway/relay/answerpath.h"
#include "gateway/relay/clientanswer.h"
#include "gateway/relay/collectingdown.h"
#include "gateway/relay/downstream.h"
#include "gateway/relay/keysearch.h"
#include "gateway/relay/modelbook.h"
#include "gateway/relay/passage.h"
#include "gateway/relay/relayattempt.h"
#include "gateway/relay/relayparts.h"

namespace Gateway {

class JobCaches;
class PartedRun;
class RelayJob;
class Translation;
struct TranslationInputs;

/// What a job needs of the relay it runs in.
class RelayHost
{
public:
    virtual ~RelayHost() = default;
    virtual const RelayParts &parts() const = 0;
    virtual const RelayOptions &options() const = 0;
    /// In the thread and life of which jobs run.
    virtual QObject *context() = 0;
    /// What this worker has seen of the models.
    virtual ModelBook &book() = 0;
    /// How many requests may ask a second key.
    virtual Share &hedges() = 0;
    /// Calls `action` after `ms`, unless the job is over by then.
    virtual void later(std::int64_t ms, RelayJob &job, std::function<void()> action) = 0;
    /// The job is over; its last owner may go.
    virtual void finished(RelayJob &job) = 0;
};

/// The life of one client request: find a key, make an attempt, try another or stream. Lives in one worker's
/// thread. Reports every lease once, writes one record, gives one answer.
class RelayJob final : public std::enable_shared_from_this<RelayJob>,
                       private KeySearchListener,
                       private PathListener,
                       private DownstreamListener
{
public:
    RelayJob(RelayHost &host, ClientRequest request, std::unique_ptr<Downstream> down, Dialect dialect);
    ~RelayJob() override;
    RelayJob(const RelayJob &) = delete;
    RelayJob &operator=(const RelayJob &) = delete;

    ClientRequest &request() { return m_request; }
    bool isOver() const { return m_over; }

    /// To be called before run(), where beginnings are to be cached.
    void useCaches(std::unique_ptr<JobCaches> caches);
    /// Goes through Google with a key that fits `target`, whose model is the passage's.
    void run(std::unique_ptr<Passage> passage, KeyTarget target);

    /// Goes through Google in several calls: see PartedRun.
    void runParts(std::unique_ptr<Translation> translation, std::vector<std::unique_ptr<Translation>> parts,
                  TranslationInputs inputs);

    /// Ends with an answer of the gateway's own.
    void refuse(const Error &error);
    void answer(std::string_view contentType, std::string_view body);
    /// Streams an answer of the gateway's own, piece by piece; the head goes down at once. False while the
    /// client is slow: then `goOn` of whenDrained() is called once it can take more.
    bool tell(std::string_view contentType, std::string_view bytes);
    void endTelling();
    void whenDrained(std::function<void()> goOn) { m_goOn = std::move(goOn); }
    /// Ends with what another job was told. `error`: for the record, empty on success.
    void passOn(CollectedAnswer told, std::string error);
    /// Ends as if the client had left.
    void cancel() { clientGone(); }

    /// Names what was asked in the record of a request that never runs.
    void nameRecord(std::string_view name, std::string_view model);

    /// The model asked for stands for `model`, or this one stands in for it: the answer and the record tell.
    void useModel(const std::string &model);

    /// What of the request means nothing to Gemini: the answer's head tells. Empty: nothing.
    void tellIgnored(const std::string &names);

    /// For the gateway's own questions to Google.
    void leaveNoRecord() { m_isRecorded = false; }
    /// The record goes to `taker` instead of the recorder, once, when the job is over.
    void giveRecordTo(std::function<void(RequestRecord)> taker) { m_recordTaker = std::move(taker); }
    /// What is known so far; jobs that work for this one add to it.
    RequestRecord &record() { return m_record; }

    /// A stream that has waited too long gets its head now, so that heartbeats can flow.
    void beginEarly();

private:
    void keyFound(Lease lease) override;
    void noKey(const Refusal &refusal) override;
    void attemptAnswered(RelayAttempt &attempt, int status, const Headers &headers) override;
    void attemptBytes(RelayAttempt &attempt, std::string_view bytes) override;
    void attemptEnded(RelayAttempt &attempt) override;
    void attemptFailed(RelayAttempt &attempt, AttemptFailure failure) override;
    void answerCut(RelayAttempt &attempt) override;
    void clientGone() override;
    void drained() override;

    void openPath();
    void look();
    void start(Lease lease);
    void withoutProxy(Lease lease, const Error &error);
    void withoutVertex(Lease lease);
    void planSecond();
    void askSecond();
    void close(const RelayAttempt &attempt, const Outcome &outcome, std::string remark = {});
    void closeAll(const std::string &why);
    bool flush();
    void pauseSpeaker();
    void workLater();
    void work();
    bool asksAgainForEmpty() const;
    void judge(AttemptFailure failure);
    void lookAfter(AttemptFailure failure);
    bool goOnAfter(const AttemptFailure &failure);
    bool endAsCut();
    void giveUp(const AttemptFailure &failure);
    void tellFailure(const AttemptFailure &failure);
    bool hasOtherModel();
    bool changeModel();
    void fail(const Error &error);
    void sendError(const Error &error, std::string_view googleBody, std::string_view contentType);
    void endWell();
    void conclude(int status, std::string error);
    void keepRequest();
    bool mayRetry(const Outcome &outcome) const;
    Outcome success() const;
    RelayAttempt *speaker() const;
    KeySearch::Surroundings surroundings();

    RelayHost &m_host;
    ClientRequest m_request;
    RequestRecord m_record;
    ClientAnswer m_answer;
    KeySearch m_search;
    std::unique_ptr<Passage> m_passage;
    std::shared_ptr<AnswerPath> m_path;  ///< Null: attempts tell this job.
    std::unique_ptr<JobCaches> m_caches; ///< Null: none are used.
    std::shared_ptr<PartedRun> m_parted;
    std::function<void(RequestRecord)> m_recordTaker;
    std::function<void()> m_goOn;                          ///< Until the job is over.
    std::vector<std::unique_ptr<RelayAttempt>> m_running;  ///< Two at most, and one once an answer has begun.
    std::optional<AttemptFailure> m_lastFailure;           ///< Of the present model.
    std::optional<AttemptFailure> m_firstFailure;          ///< Why the model that was asked for failed.
    std::optional<std::vector<std::string>> m_otherModels; ///< That may stand in; read when first needed.
    std::size_t m_nextModel = 0;
    int m_attempts = 0; ///< With the present model.
    int m_emptyRetries = 0;
    bool m_emptyHeld = false;  ///< An empty answer waits to go down if no better one is had.
    bool m_worksLater = false; ///< work() is on its way.
    bool m_over = false;
    bool m_isRecorded = true;
};

} // namespace Gateway
