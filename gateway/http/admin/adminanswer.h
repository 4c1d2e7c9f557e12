#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include <QPointer>

#include "gateway/common/error.h"
#include "gateway/common/text.h"
#include "gateway/control/json/controljson.h"
#include "gateway/control/reply.h"

namespace Gateway {

class AdminDesk;

/// The way back from the control's thread to one admin request; copies are the same one. An answer to a
/// client that left, or after the first, is nothing.
class AdminAnswer
{
public:
    /// `context` lives in the control's thread, which alone uses this and may be the one that ends the desk.
    AdminAnswer(QObject *context, AdminDesk *desk, std::uint64_t ticket);

    void send(int status, std::string_view contentType, std::string body, Headers headers = {}) const;
    void json(int status, const json::value &body) const;
    void fail(const Error &error) const;

    /// Answers a command: its value's JSON with `status`, or the error. A command without a value: 204.
    template <typename T>
    Reply<T> reply(int status = 200) const
    {
        return {m_context, [answer = *this, status](Result<T> result) {
                    if (!result)
                        answer.fail(result.error());
                    else if constexpr (std::is_void_v<T>)
                        answer.send(204, {}, {});
                    else
                        answer.json(status, jsonOf(*result));
                }};
    }

    /// Likewise, a list as the only member of an object: {"tokens": […]}.
    template <typename T>
    Reply<std::vector<T>> listReply(std::string_view name) const
    {
        return {m_context, [answer = *this, name = std::string(name)](Result<std::vector<T>> result) {
                    if (!result) {
                        answer.fail(result.error());
                        return;
                    }
                    json::array array;
                    array.reserve(result->size());
                    for (const T &element : *result)
                        array.push_back(jsonOf(element));
                    answer.json(200, json::object{{name, std::move(array)}});
                }};
    }

    /// A command that answers a list of which only the first is wanted; 404 without one.
    template <typename T>
    Reply<std::vector<T>> firstReply() const
    {
        return {m_context, [answer = *this](Result<std::vector<T>> result) {
                    if (!result)
                        answer.fail(result.error());
                    else if (result->empty())
                        answer.fail({404, "not_found", "There is nothing with this id.", {}, 0});
                    else
                        answer.json(200, jsonOf(result->front()));
                }};
    }

    QObject *context() const { return m_context; }

private:
    QObject *m_context;
    QPointer<AdminDesk> m_desk;
    std::uint64_t m_ticket;
};

} // namespace Gateway
