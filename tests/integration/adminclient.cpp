#include "tests/integration/adminclient.h"

#include <cstdio>
#include <utility>

namespace TestSupport {

AdminClient::AdminClient(const Stage &stage, std::string token)
    : m_port(const_cast<Stage &>(stage).gateway().port())
    , m_token(std::move(token))
{
}

std::string AdminClient::requestText(const std::string &method, const std::string &path,
                                     const std::string &body) const
{
    std::string text = method + " /admin/api/v1" + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n";
    if (!m_token.empty())
        text += "Authorization: Bearer " + m_token + "\r\n";
    if (!body.empty())
        text += "Content-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) + "\r\n";
    return text + "\r\n" + body;
}

Gateway::RawAnswer AdminClient::ask(const std::string &method, const std::string &path,
                                    const std::string &body) const
{
    Gateway::RawClient client(20'000);
    if (!client.connect(m_port) || !client.send(requestText(method, path, body)))
        return {};
    return client.readAnswer();
}

json::value AdminClient::json(int status, const std::string &method, const std::string &path,
                              const std::string &body) const
{
    const Gateway::RawAnswer answer = ask(method, path, body);
    if (answer.status != status) {
        std::fprintf(stderr, "%s %s: %d %s\n", method.c_str(), path.c_str(), answer.status,
                     answer.body.c_str());
        return nullptr;
    }
    Gateway::Result<json::value> parsed = Gateway::parseJson(answer.body);
    return parsed ? std::move(*parsed) : json::value(nullptr);
}

} // namespace TestSupport
