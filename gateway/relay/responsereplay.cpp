#include "gateway/relay/responsereplay.h"

#include <utility>

#include "gateway/dialects/responses/responses.h"
#include "gateway/dialects/responses/responsesreplay.h"

namespace Gateway {

namespace {

constexpr std::string_view EVENTS = "text/event-stream; charset=utf-8";
constexpr std::size_t PIECE = 64u * 1024;

} // namespace

bool isUnderWay(const json::object &response)
{
    const std::string_view status = stringAt(response, "status");
    return status == "queued" || status == "in_progress";
}

json::object endedResponse(const json::object &response)
{
    if (!isUnderWay(response))
        return response;
    const Error error{500, "server_error", "The gateway was stopped before the answer was complete.", {}, 0};
    return parseJsonObject(failedResponse(toJson(response), error)).value_or(response);
}

ResponseReplay::ResponseReplay(std::shared_ptr<RelayJob> job, KeptObjects &objects, QObject *context,
                               std::string id, std::size_t from)
    : m_job(job)
    , m_objects(objects)
    , m_context(context)
    , m_inbox(new QObject)
    , m_id(std::move(id))
    , m_owner(job->request().owner)
    , m_next(from)
{
}

ResponseReplay::~ResponseReplay()
{
    if (m_log)
        m_log->forget(m_inbox);
    m_inbox->deleteLater(); // it may be what calls this
}

void ResponseReplay::start(std::shared_ptr<ResponseLog> log)
{
    const std::shared_ptr<RelayJob> job = m_job.lock();
    if (!job)
        return;
    m_log = std::move(log);
    job->whenDrained([self = shared_from_this()] {
        if (!self->m_isWaiting)
            self->goOn();
    });
    if (m_log)
        goOn();
    else
        findRest();
}

void ResponseReplay::goOn()
{
    m_isWaiting = false;
    const std::shared_ptr<RelayJob> job = m_job.lock();
    while (job && !job->isOver() && m_log) {
        const ResponseLog::Piece piece = m_log->read(m_next, PIECE);
        m_next = piece.next;
        const bool takesMore = job->tell(EVENTS, piece.text);
        if (job->isOver())
            return;
        if (endsResponse(piece.text)) {
            job->endTelling();
            return;
        }
        if (piece.isOver) {
            std::exchange(m_log, nullptr)->forget(m_inbox);
            findRest();
            return;
        }
        if (!takesMore)
            return;
        if (piece.text.empty()) {
            m_isWaiting = true;
            m_log->wait(m_next, m_inbox, [weak = weak_from_this()] {
                if (const std::shared_ptr<ResponseReplay> self = weak.lock())
                    self->goOn();
            });
            return;
        }
    }
}

/// What is kept of a response that is over: itself, and its events if it was streamed.
void ResponseReplay::findRest()
{
    m_objects.findAll({m_id, keyOf(m_id)}, m_owner, m_context,
                      [weak = weak_from_this()](const std::vector<Result<json::object>> &found) {
                          const std::shared_ptr<ResponseReplay> self = weak.lock();
                          const std::shared_ptr<RelayJob> job = self ? self->m_job.lock() : nullptr;
                          if (!job || job->isOver())
                              return;
                          if (found.front())
                              self->tellRest(*found.front(), found.back());
                          else
                              job->endTelling(); // it was deleted
                      });
}

void ResponseReplay::tellRest(const json::object &kept, const Result<json::object> &events)
{
    const std::shared_ptr<RelayJob> job = m_job.lock();
    if (!job || !objectAt(kept, "response"))
        return;
    const json::object response = endedResponse(*objectAt(kept, "response"));
    const std::string_view told = events ? stringAt(*events, "events") : std::string_view();
    job->tell(EVENTS, told.empty() ? eventsFrom(replayedResponse(response), m_next, response)
                                   : eventsFrom(told, m_next, response));
    if (!job->isOver())
        job->endTelling();
}

} // namespace Gateway
