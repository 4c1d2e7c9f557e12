// Responses and conversations that are kept, by their ids.
#include <algorithm>
#include <utility>

#include "gateway/common/ids.h"
#include "gateway/dialects/responses/responses.h"
#include "gateway/relay/itemlist.h"
#include "gateway/relay/responsedesk.h"

namespace Gateway {

namespace {

constexpr std::string_view JSON = "application/json";
constexpr std::int64_t LONGEST_RUN_S = 3600; // a gateway that was stopped meanwhile never ends it
constexpr std::size_t MAX_NEW_ITEMS = 20;

struct ObjectPath
{
    std::string id;
    std::string_view rest; ///< Behind the id, without its slash.
};

/// What stands behind `prefix` in a path.
ObjectPath pathOf(std::string_view path, std::string_view prefix)
{
    path.remove_prefix(std::min(path.size(), prefix.size()));
    const std::size_t slash = std::min(path.find('/'), path.size());
    return {percentDecoded(path.substr(0, slash)), path.substr(std::min(path.size(), slash + 1))};
}

Error unknownPath(const ClientRequest &request)
{
    return Error{404, "not_found", "There is no " + request.method + ' ' + request.path + " here.", {}, 0};
}

bool isRunning(const json::object &response)
{
    const std::string_view status = stringAt(response, "status");
    return status == "queued" || status == "in_progress";
}

std::string deleted(const std::string &id, std::string_view object)
{
    std::string out = "{\"id\":";
    appendJsonString(out, id);
    out += ",\"object\":";
    appendJsonString(out, object);
    return out + ",\"deleted\":true}";
}

Result<json::object> metadataOf(const json::object &body)
{
    const json::value *given = body.if_contains("metadata");
    if (!given || given->is_null())
        return json::object();
    if (!given->is_object())
        return fail(Error{400, "invalid_type", "metadata: must be an object.", "metadata", 0});
    return given->get_object();
}

/// `items` of a request, twenty at most.
Result<json::array> newItems(const json::object &body)
{
    const json::value *given = body.if_contains("items");
    if (!given || given->is_null())
        return json::array();
    if (!given->is_array())
        return fail(Error{400, "invalid_type", "items: must be an array.", "items", 0});
    if (given->get_array().size() > MAX_NEW_ITEMS)
        return fail(Error{400, "invalid_value", "items: may hold at most 20 items at a time.", "items", 0});
    const std::string tail = makeId("");
    return normalItems(*given, tail, "items");
}

json::object bodyOf(const ClientRequest &request, Result<void> &sound)
{
    if (request.body.empty())
        return {};
    Result<json::object> body = parseJsonObject(request.body);
    if (body)
        return std::move(*body);
    sound = fail(body.error());
    return {};
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
    const ObjectPath path = pathOf(job->request().path, "/v1/responses/");
    job->nameRecord("responses." + std::string(path.rest.empty() ? job->request().method : path.rest), {});
    onKept(job, path.id, "Response",
           [this, rest = path.rest, id = path.id](RelayJob &found, json::object &kept) {
               onResponse(found, rest, id, kept);
           });
}

void ResponseDesk::onResponse(RelayJob &job, std::string_view rest, const std::string &id, json::object &kept)
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
        job.answer(JSON, deleted(id, "response"));
    } else if (rest.empty() && request.method == "GET") {
        if (queryValue(request.query, "stream") == "true") {
            job.refuse(Error{400, "unsupported_parameter",
                             "stream: a kept response is not streamed again; ask for it as a whole.",
                             "stream", 0});
            return;
        }
        const json::object &response = kept.at("response").get_object();
        const bool isLost = isRunning(response) &&
                            integerAt(response, "created_at", 0) + LONGEST_RUN_S < m_clock.nowMs() / 1000;
        const std::string text = toJson(response);
        job.answer(JSON, isLost ? failedResponse(text, Error{500,
                                                             "server_error",
                                                             "The gateway was stopped before the answer was "
                                                             "complete.",
                                                             {},
                                                             0})
                                : text);
    } else {
        job.refuse(unknownPath(request));
    }
}

void ResponseDesk::cancel(RelayJob &job, const std::string &id, json::object &kept)
{
    json::object &response = kept.at("response").get_object();
    if (!boolAt(response, "background", false)) {
        job.refuse(Error{400, "invalid_request", "Cannot cancel a synchronous response.", {}, 0});
        return;
    }
    if (isRunning(response)) {
        m_objects.cancel(id);
        response["status"] = "cancelled";
        m_objects.put(id, job.request().owner, kept);
    }
    job.answer(JSON, toJson(kept.at("response")));
}

void ResponseDesk::conversation(ClientRequest request, std::unique_ptr<Downstream> down)
{
    const auto job = m_host.ownJob(std::move(request), std::move(down));
    const ObjectPath path = pathOf(job->request().path, "/v1/conversations/");
    job->nameRecord("conversations", {});
    if (!m_objects.areOn()) {
        job->refuse(Error{400,
                          "storage_off",
                          "This gateway keeps no conversations (setting RESPONSE_RETENTION_DAYS).",
                          {},
                          0});
        return;
    }
    if (path.id.empty()) {
        job->request().method == "POST" ? createConversation(*job) : job->refuse(unknownPath(job->request()));
        return;
    }
    onKept(job, path.id, "Conversation",
           [this, rest = path.rest, id = path.id](RelayJob &found, json::object &kept) {
               onConversation(found, rest, id, kept);
           });
}

void ResponseDesk::createConversation(RelayJob &job)
{
    Result<void> sound;
    const json::object body = bodyOf(job.request(), sound);
    if (!sound) {
        job.refuse(sound.error());
        return;
    }
    Result<json::object> metadata = metadataOf(body);
    Result<json::array> items = newItems(body);
    if (!metadata || !items) {
        job.refuse(metadata ? items.error() : metadata.error());
        return;
    }
    const std::string id = makeId("conv_");
    json::object conversation({{"id", id}, {"object", "conversation"}});
    conversation["created_at"] = m_clock.nowMs() / 1000;
    conversation["metadata"] = std::move(*metadata);
    json::object kept;
    kept["conversation"] = conversation;
    kept["items"] = std::move(*items);
    m_objects.put(id, job.request().owner, std::move(kept));
    job.answer(JSON, toJson(conversation));
}

void ResponseDesk::onConversation(RelayJob &job, std::string_view rest, const std::string &id,
                                  json::object &kept)
{
    const ClientRequest &request = job.request();
    const std::string_view method = request.method;
    if (rest.empty() && method == "GET") {
        job.answer(JSON, toJson(kept.at("conversation")));
    } else if (rest.empty() && method == "DELETE") {
        m_objects.forget(id);
        job.answer(JSON, deleted(id, "conversation.deleted"));
    } else if (rest.empty() && method == "POST") {
        Result<void> sound;
        const Result<json::object> metadata = metadataOf(bodyOf(request, sound));
        if (!sound || !metadata) {
            job.refuse(sound ? metadata.error() : sound.error());
            return;
        }
        kept.at("conversation").as_object()["metadata"] = *metadata;
        m_objects.put(id, request.owner, kept);
        job.answer(JSON, toJson(kept.at("conversation")));
    } else if (rest == "items" && method == "GET") {
        const json::array *items = arrayAt(kept, "items");
        const Result<std::string> page = itemPage(items ? *items : json::array(), request.query);
        page ? job.answer(JSON, *page) : job.refuse(page.error());
    } else if (rest == "items" && method == "POST") {
        addItems(job, id, kept);
    } else if (rest.starts_with("items/") && (method == "GET" || method == "DELETE")) {
        onItem(job, rest.substr(std::string_view("items/").size()), id, kept);
    } else {
        job.refuse(unknownPath(request));
    }
}

void ResponseDesk::addItems(RelayJob &job, const std::string &id, json::object &kept)
{
    Result<void> sound;
    const Result<json::array> items = newItems(bodyOf(job.request(), sound));
    if (!sound || !items) {
        job.refuse(sound ? items.error() : sound.error());
        return;
    }
    json::array &all = kept.at("items").as_array();
    all.insert(all.end(), items->begin(), items->end());
    m_objects.put(id, job.request().owner, kept);
    const Result<std::string> page = itemPage(*items, "order=asc&limit=100");
    job.answer(JSON, *page);
}

void ResponseDesk::onItem(RelayJob &job, std::string_view item, const std::string &id, json::object &kept)
{
    json::array &items = kept.at("items").as_array();
    const auto found = itemById(items, percentDecoded(item));
    if (found == items.end()) {
        job.refuse(Error{404, "not_found", "Item with id '" + std::string(item) + "' not found.", {}, 0});
        return;
    }
    if (job.request().method == "GET") {
        job.answer(JSON, toJson(*found));
        return;
    }
    items.erase(found);
    m_objects.put(id, job.request().owner, kept);
    job.answer(JSON, toJson(kept.at("conversation")));
}

} // namespace Gateway
