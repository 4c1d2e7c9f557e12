#include "gateway/control/remote/remotekeys.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "gateway/control/json/words.h"
#include "gateway/control/remote/remotecalls.h"

namespace Gateway {

namespace {

constexpr std::int64_t LONGEST_PAGE = 10'000; ///< The server gives no more at once.

std::string joined(const std::vector<KeyId> &ids)
{
    std::string text;
    for (const KeyId id : ids)
        text += (text.empty() ? "" : ",") + std::to_string(id);
    return text;
}

json::object withIds(const std::vector<KeyId> &ids)
{
    return {{"ids", json::array(ids.begin(), ids.end())}};
}

std::string pathOf(const KeyQuery &query)
{
    RemoteQuery path("/keys");
    path.add("ids", joined(query.ids))
        .add("search", query.search)
        .add("status", query.status ? nameOf(*query.status) : std::string_view())
        .add("tag", query.tag)
        .add("project", query.project)
        .add("model", query.model)
        .add("minFailures", query.minFailures)
        .addFlag("deleted", query.isDeleted)
        .addFlag("models", query.withModels)
        .add("cursor", query.after)
        .add("limit", query.limit);
    return path.text();
}

} // namespace

RemoteKeys::RemoteKeys(RemoteCalls &calls)
    : m_calls(calls)
{
}

void RemoteKeys::list(KeyQuery query, Reply<KeyInfoPage> reply)
{
    if (query.limit == 0)
        nextPage(std::move(query), {}, std::move(reply));
    else
        m_calls.call("GET", pathOf(query), nullptr, std::move(reply));
}

void RemoteKeys::nextPage(KeyQuery query, KeyInfoPage soFar, Reply<KeyInfoPage> reply)
{
    query.limit = LONGEST_PAGE;
    const std::string path = pathOf(query);
    m_calls.call("GET", path, nullptr,
                 Reply<KeyInfoPage>{
                     &m_context, [this, query, soFar, reply](Result<KeyInfoPage> page) mutable {
                         if (!page) {
                             reply(std::move(page));
                             return;
                         }
                         std::move(page->keys.begin(), page->keys.end(), std::back_inserter(soFar.keys));
                         soFar.total = page->total;
                         query.after = page->next;
                         if (page->next == 0)
                             reply(std::move(soFar));
                         else
                             nextPage(query, std::move(soFar), reply);
                     }});
}

void RemoteKeys::history(std::vector<KeyId> ids, std::int64_t spanMs, int spans,
                         Reply<std::vector<KeyHistory>> reply)
{
    RemoteQuery path("/keys/history");
    path.add("ids", joined(ids)).add("spanMs", spanMs).add("spans", spans);
    m_calls.list("GET", path.text(), nullptr, "histories", std::move(reply));
}

void RemoteKeys::add(AddKeys keys, Reply<AddKeysResult> reply)
{
    m_calls.call("POST", "/keys", jsonOf(keys), std::move(reply));
}

void RemoteKeys::patch(std::vector<KeyId> ids, KeyPatch patch, Reply<std::vector<KeyInfo>> reply)
{
    json::object body = withIds(ids);
    body["settings"] = jsonOf(patch);
    m_calls.list("PATCH", "/keys", body, "keys", std::move(reply));
}

void RemoteKeys::remove(std::vector<KeyId> ids, Reply<void> reply)
{
    m_calls.call("POST", "/keys/delete", withIds(ids), std::move(reply));
}

void RemoteKeys::restore(std::vector<KeyId> ids, Reply<std::vector<KeyInfo>> reply)
{
    m_calls.list("POST", "/keys/restore", withIds(ids), "keys", std::move(reply));
}

void RemoteKeys::rest(std::vector<KeyId> ids, std::int64_t untilMs, Reply<void> reply)
{
    json::object body = withIds(ids);
    body["until"] = untilMs;
    m_calls.call("POST", "/keys/rest", body, std::move(reply));
}

void RemoteKeys::lift(std::vector<KeyId> ids, std::string model, Reply<void> reply)
{
    json::object body = withIds(ids);
    if (!model.empty())
        body["model"] = model;
    m_calls.call("POST", "/keys/lift", body, std::move(reply));
}

void RemoteKeys::resetFailures(std::vector<KeyId> ids, Reply<void> reply)
{
    m_calls.call("POST", "/keys/reset-failures", withIds(ids), std::move(reply));
}

void RemoteKeys::check(CheckRequest request, Reply<CheckProgress> reply)
{
    m_calls.call("POST", "/checks", jsonOf(request), std::move(reply));
}

void RemoteKeys::checkProgress(Reply<CheckProgress> reply)
{
    m_calls.call("GET", "/checks", nullptr, std::move(reply));
}

void RemoteKeys::cancelCheck(Reply<CheckProgress> reply)
{
    m_calls.call("DELETE", "/checks", nullptr, std::move(reply));
}

void RemoteKeys::reveal(KeyId id, Reply<RevealedKey> reply)
{
    m_calls.call("POST", pathWith("/keys", id, "/reveal"), nullptr, std::move(reply));
}

void RemoteKeys::exportKeys(KeyExport request, Reply<ExportedFile> reply)
{
    m_calls.call("POST", "/keys/export", jsonOf(request), std::move(reply));
}

} // namespace Gateway
