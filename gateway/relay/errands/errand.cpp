#include "gateway/relay/errands/errand.h"

#include <utility>

#include "gateway/common/json.h"
#include "gateway/dialects/errors.h"

namespace Gateway {

Error refusalOf(const CollectedAnswer &answer)
{
    return errorFromGemini(answer.status, answer.body);
}

Errand::Errand(ErrandParts parts, const std::shared_ptr<RelayJob> &job, Dialect dialect)
    : m_parts(std::move(parts))
    , m_job(job)
    , m_dialect(dialect)
    , m_owner(job->request().owner)
    , m_requestId(job->request().id)
    , m_keyTags(job->request().keyTags)
    , m_parameters(job->request().parameters)
{
}

std::shared_ptr<RelayJob> Errand::job() const
{
    std::shared_ptr<RelayJob> job = m_job.lock();
    return job && !job->isOver() ? job : nullptr;
}

void Errand::refuse(const Error &error)
{
    if (const std::shared_ptr<RelayJob> open = job())
        open->refuse(error);
}

void Errand::answer(std::string_view body, std::string_view contentType)
{
    if (const std::shared_ptr<RelayJob> open = job())
        open->answer(contentType, body);
}

void Errand::ask(GoogleCall call, Answered done)
{
    call.requestId = m_requestId;
    call.keyTags = m_keyTags;
    call.parameters = m_parameters;
    m_parts.ask(m_job, std::move(call),
                [self = shared_from_this(), done = std::move(done)](CollectedAnswer answer) {
                    done(std::move(answer));
                });
}

void Errand::upload(std::string_view name, std::string_view mime, std::string bytes,
                    std::vector<std::string> owned, Uploaded done)
{
    GoogleCall start{"POST", "/upload/v1beta/files"};
    start.headers = {{"Content-Type", "application/json"},
                     {"X-Goog-Upload-Protocol", "resumable"},
                     {"X-Goog-Upload-Command", "start"},
                     {"X-Goog-Upload-Header-Content-Length", std::to_string(bytes.size())},
                     {"X-Goog-Upload-Header-Content-Type", std::string(mime)}};
    start.body = toJson(json::object{{"file", json::object{{"displayName", name}}}});
    start.owned = std::move(owned);
    ask(std::move(start),
        [this, bytes = std::move(bytes), done = std::move(done)](const CollectedAnswer &started) mutable {
            if (isGood(started))
                sendUpload(started, std::move(bytes), done);
            else
                done(fail(refusalOf(started)));
        });
}

void Errand::sendUpload(const CollectedAnswer &started, std::string bytes, const Uploaded &done)
{
    const std::string_view url = headerValue(started.headers, "x-goog-upload-url");
    const std::size_t mark = url.find('?');
    if (mark == std::string_view::npos) {
        done(fail(502, "bad_gateway", "Gemini's answer names no place to send the file to."));
        return;
    }
    GoogleCall send{"POST", std::string(url.substr(0, mark)), std::string(url.substr(mark + 1))};
    send.headers = {{"X-Goog-Upload-Command", "upload, finalize"}, {"X-Goog-Upload-Offset", "0"}};
    send.body = std::move(bytes);
    ask(std::move(send), [done](const CollectedAnswer &sent) {
        if (!isGood(sent)) {
            done(fail(refusalOf(sent)));
            return;
        }
        const Result<json::object> parsed = parseJsonObject(sent.body);
        const json::object *file = parsed ? objectAt(*parsed, "file") : nullptr;
        if (file)
            done(toJson(*file));
        else
            done(fail(502, "bad_gateway", "Gemini's answer names no file."));
    });
}

void Errand::find(const std::string &id, Error missing, Item done)
{
    parts().shelf.find(id, owner(), context(),
                       [self = shared_from_this(), missing = std::move(missing),
                        done = std::move(done)](Result<std::optional<ShelfItem>> found) {
                           if (!found)
                               self->refuse(found.error());
                           else if (!*found)
                               self->refuse(missing);
                           else
                               done(std::move(**found));
                       });
}

void Errand::put(ShelfItem item, std::function<void()> done)
{
    parts().shelf.put(std::move(item), context(),
                      [self = shared_from_this(), done = std::move(done)](const Result<void> &outcome) {
                          if (outcome)
                              done();
                          else
                              self->refuse(outcome.error());
                      });
}

void Errand::inSteps(std::function<bool()> step)
{
    QMetaObject::invokeMethod(
        context(),
        [self = shared_from_this(), step = std::move(step)]() mutable {
            if (step())
                self->inSteps(std::move(step));
        },
        Qt::QueuedConnection);
}

} // namespace Gateway
