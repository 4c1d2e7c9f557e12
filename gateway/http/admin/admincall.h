#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gateway/control/json/controljson.h"
#include "gateway/http/admin/adminanswer.h"
#include "gateway/http/admin/adminquery.h"

namespace Gateway {

class Control;

/// One admin request in the control's thread: what it wants and where its answer goes.
struct AdminCall
{
    Control &control;
    AdminAnswer answer;
    std::vector<std::string> segments; ///< What stands for the route's {…}, decoded.
    AdminQuery query;
    json::value body; ///< Null when there was none.

    /// The first segment as an id; answers 404 when it is none.
    bool takeId(std::int64_t &id) const;
    /// Takes the query's end: answers what is wrong with it.
    bool queryIsSound();
    /// The body as that type; answers 422 when it is none.
    template <typename T>
    bool takeBody(T &value) const
    {
        Result<T> read = fromJson<T>(body, UnknownMembers::Refused);
        if (read)
            value = std::move(*read);
        else
            answer.fail(read.error());
        return read.has_value();
    }
};

/// A method of a path under /admin/api/v1, with what answers it.
struct AdminRoute
{
    std::string_view method;
    std::string_view path; ///< "/keys/{id}/reveal"
    void (*handle)(AdminCall &call);
};

} // namespace Gateway
