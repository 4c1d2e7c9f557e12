// Everything under /v1/conversations.
#include <utility>

#include "gateway/common/ids.h"
#include "gateway/relay/itemlist.h"
#include "gateway/relay/objectpath.h"
#include "gateway/relay/responsedesk.h"

namespace Gateway {

namespace {

constexpr std::string_view JSON = "application/json";
constexpr std::size_t MAX_NEW_ITEMS = 20;

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

void ResponseDesk::conversation(ClientRequest request, std::unique_ptr<Downstream> down)
{
    const auto job = m_host.ownJob(std::move(request), std::move(down));
    const ObjectPath path = objectPathOf(job->request().path, "/v1/conversations/");
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
        job.answer(JSON, deletedObject(id, "conversation.deleted"));
    } else if (rest.empty() && method == "POST") {
        Result<void> sound;
        const Result<json::object> metadata = metadataOf(bodyOf(request, sound));
        if (!sound || !metadata) {
            job.refuse(sound ? metadata.error() : sound.error());
            return;
        }
        kept["conversation"].as_object()["metadata"] = *metadata;
        m_objects.change(id, request.owner, [metadata = *metadata](json::object &present) {
            if (json::object *told = present["conversation"].if_object())
                (*told)["metadata"] = metadata;
        });
        job.answer(JSON, toJson(kept.at("conversation")));
    } else if (rest == "items" && method == "GET") {
        const json::array *items = arrayAt(kept, "items");
        const Result<std::string> page = itemPage(items ? *items : json::array(), request.query);
        page ? job.answer(JSON, *page) : job.refuse(page.error());
    } else if (rest == "items" && method == "POST") {
        addItems(job, id);
    } else if (rest.starts_with("items/") && (method == "GET" || method == "DELETE")) {
        onItem(job, rest.substr(std::string_view("items/").size()), id, kept);
    } else {
        job.refuse(unknownPath(request));
    }
}

void ResponseDesk::addItems(RelayJob &job, const std::string &id)
{
    Result<void> sound;
    const Result<json::array> items = newItems(bodyOf(job.request(), sound));
    if (!sound || !items) {
        job.refuse(sound ? items.error() : sound.error());
        return;
    }
    addToConversation(id, job.request().owner, *items);
    const Result<std::string> page = itemPage(*items, "order=asc&limit=100");
    job.answer(JSON, *page);
}

void ResponseDesk::onItem(RelayJob &job, std::string_view item, const std::string &id, json::object &kept)
{
    const std::string itemId = percentDecoded(item);
    const json::array *items = arrayAt(kept, "items");
    const auto found = items ? itemById(*items, itemId) : json::array::const_iterator();
    if (!items || found == items->end()) {
        job.refuse(Error{404, "not_found", "Item with id '" + std::string(item) + "' not found.", {}, 0});
        return;
    }
    if (job.request().method == "GET") {
        job.answer(JSON, toJson(*found));
        return;
    }
    m_objects.change(id, job.request().owner, [itemId](json::object &present) {
        json::array *all = present["items"].if_array();
        if (const auto known = all ? itemById(*all, itemId) : json::array::const_iterator();
            all && known != all->end())
            all->erase(known);
    });
    job.answer(JSON, toJson(kept.at("conversation")));
}

} // namespace Gateway
