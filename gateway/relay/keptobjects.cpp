#include "gateway/relay/keptobjects.h"

#include <utility>

namespace Gateway {

namespace {

constexpr std::int64_t MS_PER_DAY = 86'400'000;
constexpr std::int64_t CANCEL_MS = 3'600'000; // longer than any answer takes
constexpr std::string_view OWNER = "owner";

} // namespace

KeptObjects::KeptObjects(KeyedMemory &memory, const Clock &clock)
    : m_memory(memory)
    , m_clock(clock)
{
}

void KeptObjects::find(const std::string &id, const std::string &owner, QObject *context, Done done)
{
    m_memory.find({id}, context, [id, owner, done = std::move(done)](const KeyedMemory::Found &found) {
        done(read(found, id, owner));
    });
}

void KeptObjects::findAll(const std::vector<std::string> &ids, const std::string &owner, QObject *context,
                          AllDone done)
{
    m_memory.find(ids, context, [ids, owner, done = std::move(done)](const KeyedMemory::Found &found) {
        std::vector<Result<json::object>> objects;
        objects.reserve(ids.size());
        for (const std::string &id : ids)
            objects.push_back(read(found, id, owner));
        done(std::move(objects));
    });
}

Result<json::object> KeptObjects::read(const KeyedMemory::Found &found, const std::string &id,
                                       const std::string &owner)
{
    const auto entry = found.find(id);
    if (entry != found.end()) {
        Result<json::object> object = parseJsonObject(entry->second);
        if (object && stringAt(*object, OWNER) == owner)
            return object;
    }
    return fail(Error{404, "not_found", "'" + id + "' not found.", {}, 0});
}

void KeptObjects::change(const std::string &id, const std::string &owner,
                         std::function<void(json::object &)> made)
{
    const auto changed = [owner, made = std::move(made)](const std::string &value) {
        Result<json::object> object = parseJsonObject(value);
        if (!object || stringAt(*object, OWNER) != owner)
            return std::optional<std::string>();
        made(*object);
        return std::optional<std::string>(toJson(*object));
    };
    m_memory.change(id, changed, m_clock.nowMs() + m_days * MS_PER_DAY);
}

void KeptObjects::put(const std::string &id, const std::string &owner, json::object object)
{
    if (!areOn())
        return;
    object[OWNER] = owner;
    m_memory.put(id, toJson(object), m_clock.nowMs() + m_days * MS_PER_DAY);
}

void KeptObjects::cancel(const std::string &id)
{
    m_memory.put(cancelKey(id), "1", m_clock.nowMs() + CANCEL_MS);
}

} // namespace Gateway
