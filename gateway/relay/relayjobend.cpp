#include <utility>

#include "gateway/common/errorheaders.h"
#include "gateway/dialects/errors.h"
#include "gateway/relay/jobcaches.h"
#include "gateway/relay/kepthead.h"
#include "gateway/relay/partedrun.h"
#include "gateway/relay/relayjob.h"
#include "gateway/relay/verdicts.h"
#include "gateway/telemetry/recorder.h"

// How a job goes on or ends beside its attempts: with another model, an error, for the client, for good.

namespace Gateway {

namespace {

constexpr int CLIENT_LEFT = 499;                             // nginx's word for it
constexpr std::string_view MODEL_HEADER = "x-gateway-model"; // names the model used if not the one asked
constexpr std::string_view IGNORED_HEADER = "x-gateway-ignored";

} // namespace

RelayJob::~RelayJob()
{
    if (!m_over)
        conclude(CLIENT_LEFT, "The gateway stopped.");
}

/// No key for this model: the next one of its chain is asked, or the client is told why the one that it asked
/// for failed.
void RelayJob::giveUp(const AttemptFailure &failure)
{
    if (m_path && m_path->isGoingOn()) {
        if (!endAsCut())
            tellFailure(m_firstFailure ? *m_firstFailure : failure);
        return;
    }
    if (m_answer.hasContent()) {
        tellFailure(failure);
        return;
    }
    if (!m_firstFailure)
        m_firstFailure = failure;
    if (isOfTheModel(failure.outcome.kind) && changeModel()) {
        m_lastFailure.reset();
        look();
        return;
    }
    m_answer.setHeader(MODEL_HEADER, {});
    tellFailure(*m_firstFailure);
}

void RelayJob::useModel(const std::string &model)
{
    m_record.modelUsed = model;
    m_answer.setHeader(MODEL_HEADER, model);
}

void RelayJob::tellIgnored(const std::string &names)
{
    m_answer.setHeader(IGNORED_HEADER, names);
}

bool RelayJob::hasOtherModel()
{
    const ModelFallbacks &fallbacks = m_host.options().fallbacks;
    if (fallbacks.isEmpty() || m_search.target().owner != 0 || !m_passage->mayChangeModel())
        return false;
    if (!m_otherModels)
        m_otherModels = fallbacks.after(m_passage->model());
    return m_nextModel < m_otherModels->size();
}

bool RelayJob::changeModel()
{
    while (hasOtherModel()) {
        const std::string model = (*m_otherModels)[m_nextModel++];
        const bool isAllowed = !m_request.allowance || m_request.allowance->allowsModel(model);
        if (!isAllowed || !m_passage->changeModel(model))
            continue;
        m_search.changeModel(model);
        useModel(model);
        m_attempts = 0;
        return true;
    }
    return false;
}

void RelayJob::tellFailure(const AttemptFailure &failure)
{
    const Error told = finalError(failure.outcome, failure.error, m_attempts);
    if (m_answer.hasBegun()) {
        fail(told);
        return;
    }
    // A caller's own fault goes back in Google's words; a key's never does.
    const bool inGooglesWords =
        m_passage->passesErrorsThrough() && failure.outcome.kind != OutcomeKind::KeyFault;
    sendError(told, inGooglesWords ? std::string_view(failure.body) : std::string_view(),
              failure.contentType);
}

void RelayJob::fail(const Error &error)
{
    if (!m_answer.hasBegun()) {
        sendError(error, {}, {});
        return;
    }
    m_answer.breakOff(*m_passage, error);
    conclude(m_passage->earlyHead().status, error.text); // what the client was told before the break
}

void RelayJob::sendError(const Error &error, std::string_view googleBody, std::string_view contentType)
{
    if (googleBody.empty()) {
        m_answer.send(errorStatus(m_record.dialect, error), "application/json; charset=utf-8",
                      errorHeaders(error), errorBody(m_record.dialect, error, m_request.id));
    } else {
        m_record.bytesOut = static_cast<std::int64_t>(googleBody.size());
        m_answer.send(error.status, contentType, errorHeaders(error), googleBody);
    }
    conclude(errorStatus(m_record.dialect, error), error.text);
}

void RelayJob::refuse(const Error &error)
{
    sendError(error, {}, {});
}

void RelayJob::answer(std::string_view contentType, std::string_view body)
{
    m_record.bytesOut = static_cast<std::int64_t>(body.size());
    m_answer.send(200, contentType, {}, body);
    conclude(200, {});
}

bool RelayJob::tell(std::string_view contentType, std::string_view bytes)
{
    PassageHead head;
    head.contentType = contentType;
    head.headers.emplace_back("Cache-Control", "no-cache");
    m_record.streamed = true;
    if (!m_answer.hasBegun())
        m_answer.beginEarly(head);
    m_answer.pending() += bytes;
    return m_answer.flush(head, true);
}

void RelayJob::endTelling()
{
    m_answer.end(PassageHead{}, true);
    conclude(200, {});
}

void RelayJob::passOn(CollectedAnswer told, std::string error)
{
    if (error.empty()) {
        m_answer.pending() = std::move(told.body);
        m_answer.end(PassageHead{told.status, std::move(told.contentType), std::move(told.headers), -1},
                     false);
    } else {
        m_record.bytesOut = static_cast<std::int64_t>(told.body.size());
        m_answer.send(told.status, told.contentType, told.headers, told.body);
    }
    conclude(told.status, std::move(error));
}

void RelayJob::drained()
{
    const auto self = shared_from_this();
    RelayAttempt *attempt = speaker();
    if (m_path)
        m_path->resume();
    else if (attempt && m_passage->hasMore())
        workLater();
    else if (attempt)
        attempt->resume();
    else if (const std::function<void()> goOn = m_goOn)
        goOn();
}

void RelayJob::beginEarly()
{
    if (!m_over && !m_answer.hasBegun() && m_passage)
        m_answer.beginEarly(m_passage->earlyHead());
}

void RelayJob::clientGone()
{
    const auto self = shared_from_this();
    if (m_over)
        return;
    closeAll("The client left."); // closes the upstream now: nobody pays for the rest
    conclude(CLIENT_LEFT, "The client left.");
}

void RelayJob::conclude(int status, std::string error)
{
    if (m_over)
        return; // the client left while its last bytes were written
    m_over = true;
    closeAll("The gateway stopped.");
    m_search.stop();
    m_goOn = nullptr;
    m_parted.reset(); // what still runs is cancelled and tells its attempts
    m_answer.down().setListener(nullptr);
    m_record.status = status;
    m_record.error = std::move(error);
    m_record.durationMs = m_host.parts().clock.monotonicMs() - m_request.arrivedMs;
    if (m_passage)
        m_record.tokens = m_passage->tokens();
    if (const PriceTable *prices = m_host.options().prices.get())
        m_record.costMicro = prices->costMicro(m_record.modelUsed, m_record.tokens);
    if (m_request.allowance)
        m_request.allowance->settle(m_record);
    keepRequest();
    if (m_recordTaker)
        std::exchange(m_recordTaker, nullptr)(std::move(m_record));
    else if (m_isRecorded)
        m_host.parts().recorder.add(std::move(m_record));
    m_host.finished(*this);
}

void RelayJob::keepRequest()
{
    const KeepBodies keep = m_host.options().keepBodies;
    if (keep == KeepBodies::Never)
        return;
    if (keep == KeepBodies::OnError && m_record.status < 400) {
        m_record.responseHead.clear();
        return;
    }
    m_record.requestHead = keptHead(m_request);
    const std::size_t most = m_host.options().keptBodyBytes;
    m_record.requestBody = m_request.body.substr(0, most);
    if (m_passage && !m_record.attempts.empty() && m_passage->upstream().body != m_request.body)
        m_record.sentBody = m_passage->upstream().body.substr(0, most);
}

} // namespace Gateway
