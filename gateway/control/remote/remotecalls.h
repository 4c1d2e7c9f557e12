#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include <QNetworkAccessManager>
#include <QObject>
#include <QUrl>

#include "gateway/common/secret.h"
#include "gateway/control/json/controljson.h"
#include "gateway/control/reply.h"

class QNetworkReply;
class QNetworkRequest;

namespace Gateway {

/// Calls of a server's admin API. Errors are the server's own; without an answer the code is "unreachable".
class RemoteCalls final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(RemoteCalls)

public:
    using Done = std::function<void(Result<json::value>)>;

    /// `base`: "http://127.0.0.1:4364"; `token`: its AUTH_TOKEN.
    RemoteCalls(const QUrl &base, Secret token, QObject *parent = nullptr);
    ~RemoteCalls() override;

    /// `path`: after /admin/api/v1, with its query, escaped. `body`: null for none. `done` gets the answer's
    /// JSON, null for an empty one.
    void send(std::string_view method, std::string_view path, const json::value &body, Done done);
    /// Starts a stream; the caller owns the reply.
    QNetworkReply *open(std::string_view path);

    template <typename T>
    void call(std::string_view method, std::string_view path, const json::value &body, Reply<T> reply)
    {
        send(method, path, body, [reply](Result<json::value> answer) {
            if (!answer)
                reply(fail(std::move(answer.error())));
            else if constexpr (std::is_void_v<T>)
                reply({});
            else
                reply(fromJson<T>(*answer));
        });
    }

    /// A list that is the member `name` of the answer.
    template <typename T>
    void list(std::string_view method, std::string_view path, const json::value &body, std::string name,
              Reply<std::vector<T>> reply)
    {
        send(method, path, body, [reply, name = std::move(name)](Result<json::value> answer) {
            if (answer)
                reply(elements<T>(*answer, name));
            else
                reply(fail(std::move(answer.error())));
        });
    }

private:
    template <typename T>
    static Result<std::vector<T>> elements(const json::value &answer, const std::string &name)
    {
        const json::object *object = answer.if_object();
        const json::array *array = object ? arrayAt(*object, name) : nullptr;
        if (!array)
            return fail(502, "bad_answer", "The server answered something else.");
        std::vector<T> values;
        for (const json::value &element : *array) {
            Result<T> value = fromJson<T>(element);
            if (!value)
                return fail(std::move(value.error()));
            values.push_back(std::move(*value));
        }
        return values;
    }

    QNetworkRequest request(std::string_view path) const;

    QNetworkAccessManager m_network;
    QUrl m_base;
    Secret m_token;
};

/// Builds "?a=1&b=x"; empty texts, zeros and false are left out.
class RemoteQuery
{
public:
    explicit RemoteQuery(std::string path)
        : m_text(std::move(path))
    {
    }
    RemoteQuery &add(std::string_view name, std::string_view value);
    RemoteQuery &add(std::string_view name, std::int64_t value);
    RemoteQuery &addFlag(std::string_view name, bool value);
    const std::string &text() const { return m_text; }

private:
    std::string m_text;
    bool m_hasQuery = false;
};

/// "/keys/17" + "/rest"
std::string pathWith(std::string_view start, std::int64_t id, std::string_view end = {});

} // namespace Gateway
