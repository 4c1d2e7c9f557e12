// Responses that are kept, by their ids.
#include <algorithm>
#include <charconv>
#include <utility>

#include "gateway/dialects/responses/responses.h"
#include "gateway/relay/itemlist.h"
#include "gateway/relay/objectpath.h"
#include "gateway/relay/responsedesk.h"
#include "gateway/relay/responsereplay.h"

namespace Gateway {

namespace {

constexpr std::string_view JSON = "application/json";
constexpr std::size_t MOST_EVENTS = 1'000'000'000;

/// `starting_after` is the number of the last event that the client has.
Result<std::size_t> firstEvent(std::string_view query)
{
    const std::string text = queryValue(query, "starting_after");
    if (text.empty())
        return 0;
    std::size_t last = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), last);
    if (error != std::errc() || end != text.data() + text.size() || last >= MOST_EVENTS)
        return fail(Error{400, "invalid_value", "starting_after: must be the number of an event.",
                          "starting_after", 0});
    return last + 1;
}

} // namespace

void ResponseDesk::onKept(const std::shared_ptr<RelayJob> &job, const std::string &id, std::string_view what,
                          Act act)
{
    m_objects.find(
        id, job->request().owner, m_context,
        [job, id, what = std::string(what), act = std::move(act)](Result<json::object> kept) {
            if (job->isOver())
                return;
            const std::string member = what == "Response" ? "response" : "conversation";
            if (!kept || !kept->contains(member))
                job->refuse(Error{404, "not_found", what + " with id '" + id + "' not found.", {}, 0});
            else
                act(*job, *kept);
        });
}

void ResponseDesk::object(ClientRequest request, std::unique_ptr<Downstream> down)
{
    const auto job = m_host.ownJob(std::move(request), std::move(down));
    const ObjectPath path = objectPathOf(job->request().path, "/v1/responses/");
    job->nameRecord("responses." + std::string(path.rest.empty() ? job->request().method : path.rest), {});
    // Looked up first: one that ends meanwhile is kept as it ended.
    onKept(job, path.id, "Response",
           [this, rest = path.rest, id = path.id, log = m_running.find(path.id)](
               RelayJob &found, json::object &kept) { onResponse(found, rest, id, kept, log); });
}

void ResponseDesk::onResponse(RelayJob &job, std::string_view rest, const std::string &id, json::object &kept,
                              const std::shared_ptr<ResponseLog> &log)
{
    const ClientRequest &request = job.request();
    if (rest == "cancel" && request.method == "POST") {
        cancel(job, id, kept);
    } else if (rest == "input_items" && request.method == "GET") {
        const json::array *items = arrayAt(kept, "input");
        const Result<std::string> page = itemPage(items ? *items : json::array(), request.query);
        page ? job.answer(JSON, *page) : job.refuse(page.error());
    } else if (rest.empty() && request.method == "DELETE") {
        m_objects.cancel(id);
        m_objects.forget(id);
        m_objects.forget(ResponseReplay::keyOf(id));
        job.answer(JSON, deletedObject(id, "response"));
    } else if (rest.empty() && request.method == "GET") {
        show(job, id, kept, log);
    } else {
        job.refuse(unknownPath(request));
    }
}

/// Whole, or its events.
void ResponseDesk::show(RelayJob &job, const std::string &id, const json::object &kept,
                        const std::shared_ptr<ResponseLog> &log)
{
    const json::object &response = kept.at("response").get_object();
    if (queryValue(job.request().query, "stream") == "true") {
        const Result<std::size_t> from = firstEvent(job.request().query);
        if (!from) {
            job.refuse(from.error());
            return;
        }
        std::make_shared<ResponseReplay>(job.shared_from_this(), m_objects, m_context, id, *from)->start(log);
        return;
    }
    job.answer(JSON, toJson(log ? response : endedResponse(response)));
}

void ResponseDesk::cancel(RelayJob &job, const std::string &id, json::object &kept)
{
    json::object &response = kept.at("response").get_object();
    if (!boolAt(response, "background", false)) {
        job.refuse(Error{400, "invalid_request", "Cannot cancel a synchronous response.", {}, 0});
        return;
    }
    if (isUnderWay(response)) {
        m_objects.cancel(id);
        response["status"] = "cancelled";
        m_objects.put(id, job.request().owner, kept);
    }
    job.answer(JSON, toJson(kept.at("response")));
}

} // namespace Gateway
