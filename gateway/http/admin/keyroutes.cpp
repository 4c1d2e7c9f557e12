#include "gateway/control/control.h"
#include "gateway/http/admin/adminroutetable.h"

namespace Gateway {

namespace {

constexpr std::int64_t MAX_ID = INT64_MAX;
constexpr std::int64_t PAGE = 200;
constexpr std::int64_t LONGEST_PAGE = 10'000;
constexpr std::int64_t MINUTE_MS = 60'000;

void list(AdminCall &call)
{
    KeyQuery wanted;
    wanted.limit = PAGE;
    call.query.take("ids", wanted.ids);
    call.query.take("search", wanted.search);
    call.query.takeWord("status", wanted.status);
    call.query.take("tag", wanted.tag);
    call.query.take("project", wanted.project);
    call.query.take("model", wanted.model);
    call.query.take("minFailures", wanted.minFailures, 0, INT32_MAX);
    call.query.take("deleted", wanted.isDeleted);
    call.query.take("models", wanted.withModels);
    call.query.take("cursor", wanted.after, 0, MAX_ID);
    call.query.take("limit", wanted.limit, 1, LONGEST_PAGE);
    if (call.queryIsSound())
        call.control.keys().list(std::move(wanted), call.answer.reply<KeyInfoPage>());
}

void add(AdminCall &call)
{
    AddKeys keys;
    if (call.queryIsSound() && call.takeBody(keys)) {
        const int status = keys.isPreview ? 200 : 201;
        call.control.keys().add(std::move(keys), call.answer.reply<AddKeysResult>(status));
    }
}

void patchMany(AdminCall &call)
{
    const json::object *body = call.body.if_object();
    const json::value *ids = body ? body->if_contains("ids") : nullptr;
    const json::value *settings = body ? body->if_contains("settings") : nullptr;
    if (!ids || !settings || body->size() != 2) {
        call.answer.fail({422, "invalid_value", "An object with ids and settings is needed.", "ids", 0});
        return;
    }
    Result<KeyQuery> query = fromJson<KeyQuery>(json::object{{"ids", *ids}}, UnknownMembers::Refused);
    Result<KeyPatch> patch = fromJson<KeyPatch>(*settings, UnknownMembers::Refused);
    if (!query || !patch) {
        call.answer.fail(query ? patch.error() : query.error());
        return;
    }
    call.control.keys().patch(std::move(query->ids), std::move(*patch),
                              call.answer.listReply<KeyInfo>("keys"));
}

void one(AdminCall &call)
{
    KeyQuery wanted;
    wanted.ids.resize(1);
    wanted.withModels = true;
    if (!call.takeId(wanted.ids.front()) || !call.queryIsSound())
        return;
    const AdminAnswer answer = call.answer;
    call.control.keys().list(
        std::move(wanted), {answer.context(), [answer](Result<KeyInfoPage> page) {
                                if (!page)
                                    answer.fail(page.error());
                                else if (page->keys.empty())
                                    answer.fail({404, "unknown_key", "There is no key with this id.", {}, 0});
                                else
                                    answer.json(200, jsonOf(page->keys.front()));
                            }});
}

void patchOne(AdminCall &call)
{
    KeyId id = 0;
    KeyPatch patch;
    if (call.takeId(id) && call.queryIsSound() && call.takeBody(patch))
        call.control.keys().patch({id}, std::move(patch), call.answer.firstReply<KeyInfo>());
}

void removeOne(AdminCall &call)
{
    KeyId id = 0;
    if (call.takeId(id) && call.queryIsSound())
        call.control.keys().remove({id}, call.answer.reply<void>());
}

void history(AdminCall &call)
{
    std::vector<KeyId> ids;
    std::int64_t spanMs = MINUTE_MS;
    int spans = 90;
    call.query.take("ids", ids);
    call.query.take("spanMs", spanMs, MINUTE_MS, 24 * 60 * MINUTE_MS);
    call.query.take("spans", spans, 1, 200);
    if (call.queryIsSound())
        call.control.keys().history(std::move(ids), spanMs, spans,
                                    call.answer.listReply<KeyHistory>("histories"));
}

constexpr AdminRoute ROUTES[] = {
    {"GET", "/keys", list},
    {"POST", "/keys", add},
    {"PATCH", "/keys", patchMany},
    {"GET", "/keys/history", history},
    {"GET", "/keys/{id}", one},
    {"PATCH", "/keys/{id}", patchOne},
    {"DELETE", "/keys/{id}", removeOne},
};

} // namespace

std::span<const AdminRoute> keyRoutes()
{
    return ROUTES;
}

} // namespace Gateway
