#pragma once

#include <memory>
#include <string>
#include <vector>

#include <QTemporaryDir>

#include "tests/integration/gatewayprocess.h"
#include "tests/support/fakegemini.h"
#include "tests/support/rawclient.h"

namespace TestSupport {

/// The fake Gemini, a data folder and the program in front of both.
class Stage
{
public:
    /// Keys the fake knows and the gateway gets: "upstream-key-alpha-0001" and so on.
    explicit Stage(int keys = 3, FakeGemini::Options options = {});

    /// Further settings win over the usual ones.
    bool start(const GatewayProcess::Environment &settings = {});
    /// Again on the same data; the settings of start() hold.
    bool restart();

    FakeGemini &fake() { return *m_fake; }
    GatewayProcess &gateway() { return m_gateway; }
    const std::vector<std::string> &keys() const { return m_keys; }
    std::string databasePath() const;
    GatewayProcess::Environment environment() const { return m_environment; }

    /// Scripts `fault` for one key ("*" any).
    void script(const std::string &key, Fault fault, int times = -1, double seconds = 0,
                const std::string &model = "*");

    /// The text of a POST with the client's token and JSON.
    std::string post(const std::string &path, const std::string &body, const std::string &headers = {}) const;
    /// One request on a connection of its own.
    Gateway::RawAnswer ask(const std::string &path, const std::string &body,
                           const std::string &headers = {}) const;

    /// First column of all rows as text.
    std::vector<std::string> query(const std::string &sql) const;

private:
    std::vector<std::string> m_keys;
    std::unique_ptr<FakeGemini> m_fake;
    QTemporaryDir m_folder;
    GatewayProcess m_gateway;
    GatewayProcess::Environment m_environment;
};

constexpr const char *CLIENT_TOKEN = "client-token-of-the-tests";
constexpr const char *GENERATE_PATH = "/v1beta/models/gemini-3.6-flash:generateContent";
constexpr const char *STREAM_PATH = "/v1beta/models/gemini-3.6-flash:streamGenerateContent?alt=sse";
constexpr const char *CHAT_PATH = "/v1/chat/completions";

/// Bodies with `text` as the user's only message.
std::string nativeBody(const std::string &text);
std::string chatBody(const std::string &text, bool stream = false,
                     const std::string &model = "gemini-3.6-flash");

/// The text in a streamed answer's events, native or chat, put together.
std::string streamedText(std::string_view body);

} // namespace TestSupport
