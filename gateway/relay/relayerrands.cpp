// Requests that take several questions: files and batches.
#include <iterator>
#include <utility>

#include "gateway/common/text.h"
#include "gateway/relay/errands/batcherrand.h"
#include "gateway/relay/errands/fileerrand.h"
#include "gateway/relay/nativepassage.h"
#include "gateway/relay/nativerequest.h"
#include "gateway/relay/relay.h"

namespace Gateway {

namespace {

/// "/v1/files/ID/content" behind "/v1/files": id and action.
struct Target
{
    std::string id;
    std::string action;
};

Target targetOf(std::string_view path, std::string_view collection)
{
    const std::size_t at = path.find(collection);
    std::string_view rest = at == std::string_view::npos ? "" : path.substr(at + collection.size());
    if (rest.starts_with('/'))
        rest.remove_prefix(1);
    const std::size_t slash = rest.find('/');
    Target target;
    target.id = percentDecoded(rest.substr(0, slash));
    if (slash != std::string_view::npos)
        target.action = rest.substr(slash + 1);
    return target;
}

/// Which calls there are on one and on all.
bool isKnownCall(std::string_view method, const Target &target, std::string_view postAction,
                 std::string_view getAction, bool hasDelete)
{
    if (target.id.empty())
        return method == "GET" || method == "POST";
    if (target.action.empty())
        return method == "GET" || (method == "DELETE" && hasDelete);
    return (method == "POST" && target.action == postAction) ||
           (method == "GET" && target.action == getAction);
}

std::string_view verbOf(std::string_view method, const Target &target)
{
    if (!target.action.empty())
        return target.action;
    if (method == "DELETE")
        return "delete";
    if (method == "POST")
        return "create";
    return target.id.empty() ? "list" : "retrieve";
}

Error noSuchCall()
{
    return {404, "not_found", "There is no such call on files or batches.", {}, 0};
}

void addAttempts(RequestRecord &whole, RequestRecord part)
{
    if (part.keyId != 0)
        whole.keyId = part.keyId;
    std::move(part.attempts.begin(), part.attempts.end(), std::back_inserter(whole.attempts));
}

} // namespace

ErrandParts Relay::errandParts()
{
    return {m_parts, m_options, m_names, this,
            [this](const std::weak_ptr<RelayJob> &whole, GoogleCall call,
                   std::function<void(CollectedAnswer)> done) {
                askGoogle(whole, std::move(call), std::move(done));
            }};
}

void Relay::files(ClientRequest request, std::unique_ptr<Downstream> down, Dialect dialect)
{
    const Target target = targetOf(request.path, "/files");
    const auto job = makeJob(std::move(request), std::move(down), dialect);
    const std::string method = job->request().method;
    job->nameRecord("files." + std::string(verbOf(method, target)), {});
    if (isKnownCall(method, target, {}, "content", true))
        std::make_shared<FileErrand>(errandParts(), job, dialect)->run(target.id, !target.action.empty());
    else
        job->refuse(noSuchCall());
}

void Relay::batches(ClientRequest request, std::unique_ptr<Downstream> down, Dialect dialect)
{
    const bool isAnthropic = dialect == Dialect::Anthropic;
    const Target target = targetOf(request.path, "/batches");
    const auto job = makeJob(std::move(request), std::move(down), dialect);
    const std::string method = job->request().method;
    job->nameRecord("batches." + std::string(verbOf(method, target)), {});
    if (isKnownCall(method, target, "cancel", isAnthropic ? "results" : "", isAnthropic))
        std::make_shared<BatchErrand>(errandParts(), job, dialect)->run(target.id, target.action);
    else
        job->refuse(noSuchCall());
}

void Relay::askGoogle(const std::weak_ptr<RelayJob> &whole, GoogleCall call,
                      std::function<void(CollectedAnswer)> done)
{
    ClientRequest question;
    question.id = std::move(call.requestId);
    question.method = std::move(call.method);
    question.path = std::move(call.path);
    question.query = std::move(call.query);
    question.headers = std::move(call.headers);
    question.body = std::move(call.body);
    question.keyTags = std::move(call.keyTags);
    question.parameters = std::move(call.parameters);
    question.arrivedMs = m_parts.clock.monotonicMs();
    question.arrivedWallMs = m_parts.clock.nowMs();
    auto slot = std::make_shared<CollectedAnswer>();
    auto down =
        std::make_unique<CollectingDown>([slot](CollectedAnswer answer) { *slot = std::move(answer); });
    const auto job = makeJob(std::move(question), std::move(down), Dialect::Gemini);
    // Queued: the answer may start further questions, and this one is not quite over.
    job->giveRecordTo([this, slot, weak = whole, done = std::move(done)](RequestRecord record) {
        if (const std::shared_ptr<RelayJob> alive = weak.lock(); alive && !alive->isOver())
            addAttempts(alive->record(), std::move(record));
        QMetaObject::invokeMethod(
            this, [slot, done] { done(std::move(*slot)); }, Qt::QueuedConnection);
    });
    NativeRequest native = prepareNative(job->request(), m_options.googleHost);
    std::vector<std::string> resources = native.resources;
    resources.insert(resources.end(), call.owned.begin(), call.owned.end());
    runForOwner(
        job,
        std::make_unique<NativePassage>(job->request(), std::move(native), m_parts.owners, m_parts.clock),
        std::move(resources));
}

} // namespace Gateway
