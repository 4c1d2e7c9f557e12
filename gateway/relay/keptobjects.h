#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include <QObject>

#include "gateway/common/clock.h"
#include "gateway/common/json.h"
#include "gateway/common/keyedmemory.h"

namespace Gateway {

/// What clients name by id in later requests ("resp_…", "conv_…"), as JSON objects, each its owner's: to
/// others it does not exist.
class KeptObjects
{
public:
    /// Both outlive this.
    KeptObjects(KeyedMemory &memory, const Clock &clock);

    /// How long what is kept from now on lasts; 0: nothing is kept.
    void setDays(std::int64_t days) { m_days = days; }
    bool areOn() const { return m_days > 0; }

    using Done = std::function<void(Result<json::object> found)>;
    /// Calls `done` later, in the thread of `context`, and not at all once that is gone. Fails with 404 when
    /// there is none, or it is another's.
    void find(const std::string &id, const std::string &owner, QObject *context, Done done);

    using AllDone = std::function<void(std::vector<Result<json::object>> found)>;
    /// As find(), for several at once; what is found stands in the order of `ids`.
    void findAll(const std::vector<std::string> &ids, const std::string &owner, QObject *context,
                 AllDone done);

    void put(const std::string &id, const std::string &owner, json::object object);
    /// Makes a new object of the present one, where there is one and it is the owner's. No change of another
    /// is lost: `made` may be called again, and in another thread.
    void change(const std::string &id, const std::string &owner, std::function<void(json::object &)> made);
    void forget(const std::string &id) { m_memory.forget(id); }

    /// Marks a running response as one that is not wanted any more; every worker sees it.
    void cancel(const std::string &id);
    bool isCancelled(const std::string &id) { return m_memory.cached(cancelKey(id)).has_value(); }

private:
    static Result<json::object> read(const KeyedMemory::Found &found, const std::string &id,
                                     const std::string &owner);
    static std::string cancelKey(const std::string &id) { return "cancel:" + id; }

    KeyedMemory &m_memory;
    const Clock &m_clock;
    std::int64_t m_days = 0;
};

} // namespace Gateway
