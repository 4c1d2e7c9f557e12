#include <cerrno>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <QTest>

#include "tests/support/fakecheck.h"
#include "tests/support/fakeencoding.h"
#include "tests/support/fakegemini.h"

using namespace TestSupport;

namespace {

constexpr int PATIENCE_S = 5;

// One connection; reads block for PATIENCE_S at most.
class Socket
{
public:
    explicit Socket(int port)
        : m_fd(socket(AF_INET, SOCK_STREAM, 0))
    {
        const timeval patience{PATIENCE_S, 0};
        setsockopt(m_fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(static_cast<std::uint16_t>(port));
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        connect(m_fd, reinterpret_cast<sockaddr *>(&address), sizeof(address));
    }
    ~Socket() { close(m_fd); }
    Socket(const Socket &) = delete;
    Socket &operator=(const Socket &) = delete;

    void write(const std::string &bytes) const { send(m_fd, bytes.data(), bytes.size(), MSG_NOSIGNAL); }

    // Until `end` was read, or the connection ended.
    std::string readTo(std::string_view end)
    {
        std::string got;
        while (got.find(end) == std::string::npos) {
            char bytes[4096];
            const auto count = recv(m_fd, bytes, sizeof(bytes), 0);
            if (count <= 0) {
                wasReset = count < 0 && errno == ECONNRESET;
                timedOut = count < 0 && errno == EAGAIN;
                break;
            }
            got.append(bytes, static_cast<std::size_t>(count));
        }
        return got;
    }

    bool wasReset = false;
    bool timedOut = false;

private:
    int m_fd;
};

struct Reply
{
    int status = 0;
    std::string head;
    std::string body;
    json::object json() const
    {
        const auto parsed = Gateway::parseJsonObject(body);
        return parsed ? *parsed : json::object();
    }
    std::string message() const
    {
        const json::object whole = json();
        const json::object *error = Gateway::objectAt(whole, "error");
        return error ? std::string(Gateway::stringAt(*error, "message")) : std::string();
    }
};

std::string requestText(const std::string &method, const std::string &target, const std::string &body,
                        const std::string &headers)
{
    return method + ' ' + target +
           " HTTP/1.1\r\nHost: fake.test\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" +
           headers + "\r\n" + body;
}

Reply readReply(Socket &socket)
{
    Reply reply;
    reply.head = socket.readTo("\r\n\r\n");
    const std::size_t end = reply.head.find("\r\n\r\n");
    if (end == std::string::npos)
        return reply;
    reply.body = reply.head.substr(end + 4);
    reply.head.resize(end + 4);
    reply.status = std::stoi(reply.head.substr(9, 3));
    if (reply.head.find("chunked") != std::string::npos) {
        if (reply.body.find("0\r\n\r\n") == std::string::npos)
            reply.body += socket.readTo("0\r\n\r\n");
    } else {
        const std::size_t length = std::stoul(reply.head.substr(reply.head.find("Content-Length: ") + 16));
        while (reply.body.size() < length) {
            const std::string more = socket.readTo("}");
            if (more.empty())
                break;
            reply.body += more;
        }
    }
    return reply;
}

const std::string KEY = "x-goog-api-key: k1\r\n";
const std::string GENERATE = "/v1beta/models/gemini-3.6-flash:generateContent";
const std::string STREAM = "/v1beta/models/gemini-3.6-flash:streamGenerateContent?alt=sse";
const std::string HELLO = R"({"contents":[{"parts":[{"text":"Hello"}]}]})";

} // namespace

class TstFakeGemini : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_fake.reset(); }

    void answersTheSameToTheSame();
    void streamsEventsThatEndWithCrLfCrLf();
    void streamsAnArrayWithoutSse();
    void wantsExactlyOneCredential_data();
    void wantsExactlyOneCredential();
    void refusesBadRequests_data();
    void refusesBadRequests();
    void takesSnakeCaseNames();
    void wantsTheSignatureItGave();
    void callsToolsInTurn();
    void answersBySchema();
    void pagesModels();
    void keepsFilesOfAKeyApart();
    void takesAFileInOneRequest();
    void answersBesideACache();
    void refusesBesideACache();
    void countsAndEmbeds();
    void actsOutScriptedFaults_data();
    void actsOutScriptedFaults();
    void breaksConnections_data();
    void breaksConnections();
    void remembersWhatCame();
    void noticesThatTheOtherSideLeft();
    void answersPipelinedRequestsInOrder();
    void readsChunkedBodies();
    void stampsCannedEvents();
    void takesOrdersByHttp();

private:
    Reply ask(const std::string &method, const std::string &target, const std::string &body = {},
              const std::string &headers = KEY);
    std::unique_ptr<FakeGemini> m_fake;
};

void TstFakeGemini::init()
{
    FakeGemini::Options options;
    options.keys = {"k1", "k2"};
    m_fake = std::make_unique<FakeGemini>(options);
    QVERIFY(m_fake->start());
}

Reply TstFakeGemini::ask(const std::string &method, const std::string &target, const std::string &body,
                         const std::string &headers)
{
    Socket socket(m_fake->port());
    socket.write(requestText(method, target, body, headers));
    return readReply(socket);
}

void TstFakeGemini::answersTheSameToTheSame()
{
    const Reply first = ask("POST", GENERATE, HELLO);
    QCOMPARE(first.status, 200);
    QVERIFY(first.body.find("Echo from gemini-3.6-flash: 1 turn; parts text; said \\\"Hello\\\".") !=
            std::string::npos);
    const json::object usage = first.json().at("usageMetadata").as_object();
    QCOMPARE(usage.at("totalTokenCount").as_int64(), usage.at("promptTokenCount").as_int64() +
                                                         usage.at("candidatesTokenCount").as_int64() +
                                                         usage.at("thoughtsTokenCount").as_int64());
    QVERIFY(first.json().at("candidates") != json::value());
    m_fake->reset();
    QCOMPARE(Gateway::toJson(ask("POST", GENERATE, HELLO).json().at("usageMetadata")),
             Gateway::toJson(usage));
}

void TstFakeGemini::streamsEventsThatEndWithCrLfCrLf()
{
    const Reply reply = ask("POST", STREAM, HELLO);
    QCOMPARE(reply.status, 200);
    QVERIFY(reply.head.find("text/event-stream") != std::string::npos);
    int events = 0;
    for (std::size_t at = reply.body.find("data: "); at != std::string::npos;
         at = reply.body.find("data: ", at + 1))
        ++events;
    QCOMPARE(events, 4);
    QVERIFY(reply.body.find("}\r\n\r\n\r\n") != std::string::npos);
    QVERIFY(reply.body.find("\"finishReason\":\"STOP\"") != std::string::npos);
}

void TstFakeGemini::streamsAnArrayWithoutSse()
{
    const Reply reply = ask("POST", "/v1beta/models/gemini-2.5-flash:streamGenerateContent", HELLO);
    QVERIFY(reply.head.find("application/json") != std::string::npos);
    QVERIFY(reply.body.find("\r\n[{") != std::string::npos);
    QVERIFY(reply.body.find("]\n\r\n0\r\n\r\n") != std::string::npos);
}

void TstFakeGemini::wantsExactlyOneCredential_data()
{
    QTest::addColumn<QString>("target");
    QTest::addColumn<QString>("headers");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("words");
    const QString models = QStringLiteral("/v1beta/models");
    const QString key = QStringLiteral("x-goog-api-key: k1\r\n");
    QTest::newRow("none") << models << QString() << 403 << QStringLiteral("unregistered callers");
    QTest::newRow("header") << models << key << 200 << QString();
    QTest::newRow("query") << models + QStringLiteral("?key=k1") << QString() << 200 << QString();
    QTest::newRow("both") << models + QStringLiteral("?key=k1") << key << 400
                          << QStringLiteral("Multiple authentication credentials received");
    QTest::newRow("header twice") << models << key + key << 400
                                  << QStringLiteral("Multiple authentication credentials received");
    QTest::newRow("unknown") << models << QStringLiteral("x-goog-api-key: other\r\n") << 400
                             << QStringLiteral("API_KEY_INVALID");
    QTest::newRow("bearer on native") << models << QStringLiteral("Authorization: Bearer k1\r\n") << 401
                                      << QStringLiteral("ACCESS_TOKEN_TYPE_UNSUPPORTED");
    QTest::newRow("bearer on openai") << QStringLiteral("/v1beta/openai/models")
                                      << QStringLiteral("Authorization: Bearer k1\r\n") << 200 << QString();
}

void TstFakeGemini::wantsExactlyOneCredential()
{
    QFETCH(QString, target);
    QFETCH(QString, headers);
    QFETCH(QString, words);
    const Reply reply = ask("GET", target.toStdString(), {}, headers.toStdString());
    QTEST(reply.status, "status");
    QVERIFY(reply.body.find(words.toStdString()) != std::string::npos);
}

void TstFakeGemini::refusesBadRequests_data()
{
    QTest::addColumn<QString>("model");
    QTest::addColumn<QString>("body");
    QTest::addColumn<QString>("words");
    const auto row = [](const char *name, const char *body, const char *words,
                        const char *model = "gemini-3.6-flash") {
        QTest::newRow(name) << QString::fromUtf8(model) << QString::fromUtf8(body)
                            << QString::fromUtf8(words);
    };
    row("no contents", R"({})", "contents is not specified");
    row("empty contents", R"({"contents":[]})", "contents is not specified");
    row("unknown name", R"({"contents":[{"parts":[{"text":"a"}]}],"messages":[]})",
        "Unknown name \"messages\": Cannot");
    row("unknown config name", R"({"contents":[{"parts":[{"text":"a"}]}],"generationConfig":{"n":1}})",
        "Unknown name \"n\" at 'generation_config'");
    row("role", R"({"contents":[{"role":"assistant","parts":[{"text":"a"}]}]})", "valid role: user, model");
    row("no parts", R"({"contents":[{"role":"user"}]})", "parts must not be empty");
    row("empty text", R"({"contents":[{"parts":[{"text":""}]}]})", "required oneof field 'data'");
    row("two data fields",
        R"({"contents":[{"parts":[{"text":"a","inlineData":{"mimeType":"image/png","data":"AAAA"}}]}]})",
        "oneof field 'data' is already set");
    row("bad base64", R"({"contents":[{"parts":[{"inlineData":{"mimeType":"image/png","data":"*"}}]}]})",
        "Base64 decoding failed");
    row("model turn last",
        R"({"contents":[{"parts":[{"text":"a"}]},{"role":"model","parts":[{"text":"b"}]}]})", "last turn");
    row("nine candidates",
        R"({"contents":[{"parts":[{"text":"a"}]}],"generationConfig":{"candidateCount":9}})",
        "candidate_count");
    row("six stops",
        R"({"contents":[{"parts":[{"text":"a"}]}],"generationConfig":{"stopSequences":["1","2","3","4","5","6"]}})",
        "stop_sequences");
    row("penalty", R"({"contents":[{"parts":[{"text":"a"}]}],"generationConfig":{"presencePenalty":1}})",
        "Penalty is not enabled");
    row("level and budget",
        R"({"contents":[{"parts":[{"text":"a"}]}],"generationConfig":{"thinkingConfig":{"thinkingBudget":1,"thinkingLevel":"LOW"}}})",
        "only set only one");
    row("schema without JSON",
        R"({"contents":[{"parts":[{"text":"a"}]}],"generationConfig":{"responseJsonSchema":{"type":"object"}}})",
        "response_mime_type");
    row("function name",
        R"({"contents":[{"parts":[{"text":"a"}]}],"tools":[{"functionDeclarations":[{"name":"1 f"}]}]})",
        "Invalid function name");
    row("two kinds of parameters",
        R"({"contents":[{"parts":[{"text":"a"}]}],"tools":[{"functionDeclarations":[{"name":"f","parameters":{"type":"string"},"parametersJsonSchema":{}}]}]})",
        "only one of parameters");
    row("schema word",
        R"({"contents":[{"parts":[{"text":"a"}]}],"tools":[{"functionDeclarations":[{"name":"f","parameters":{"type":"object","additionalProperties":false}}]}]})",
        "Unknown name \"additionalProperties\" at 'tools[0].function_declarations[0].parameters'");
    row("type list",
        R"({"contents":[{"parts":[{"text":"a"}]}],"tools":[{"functionDeclarations":[{"name":"f","parameters":{"type":["string","null"]}}]}]})",
        "Proto field is not repeating");
    row("empty object schema",
        R"({"contents":[{"parts":[{"text":"a"}]}],"tools":[{"functionDeclarations":[{"name":"f","parameters":{"type":"object","properties":{}}}]}]})",
        "should be non-empty for OBJECT type");
    row("answers without calls",
        R"({"contents":[{"parts":[{"functionResponse":{"name":"f","response":{}}}]}]})",
        "immediately after a function call turn");
    row("one answer to two calls",
        R"({"contents":[{"parts":[{"text":"a"}]},{"role":"model","parts":[{"functionCall":{"name":"f","args":{}}},{"functionCall":{"name":"g","args":{}}}]},{"parts":[{"functionResponse":{"name":"f","response":{}}}]}]})",
        "number of function response parts is equal", "gemini-2.5-flash");
    row("unsigned call",
        R"({"contents":[{"parts":[{"text":"a"}]},{"role":"model","parts":[{"functionCall":{"name":"f","args":{}}}]},{"parts":[{"functionResponse":{"name":"f","response":{}}}]}]})",
        "missing a thought_signature");
    row("JSON mode beside tools in an old model",
        R"({"contents":[{"parts":[{"text":"a"}]}],"generationConfig":{"responseMimeType":"application/json"},"tools":[{"functionDeclarations":[{"name":"f"}]}]})",
        "is unsupported", "gemini-2.5-flash");
}

void TstFakeGemini::refusesBadRequests()
{
    QFETCH(QString, model);
    QFETCH(QString, body);
    QFETCH(QString, words);
    const Reply reply =
        ask("POST", "/v1beta/models/" + model.toStdString() + ":generateContent", body.toStdString());
    QCOMPARE(reply.status, 400);
    QVERIFY2(reply.message().find(words.toStdString()) != std::string::npos, reply.body.c_str());
}

void TstFakeGemini::takesSnakeCaseNames()
{
    const Reply reply =
        ask("POST", GENERATE,
            R"({"system_instruction":{"parts":[{"text":"Be short."}]},)"
            R"("contents":[{"parts":[{"inline_data":{"mime_type":"image/png","data":"AAAA"}}]}],)"
            R"("generation_config":{"max_output_tokens":100}})");
    QCOMPARE(reply.status, 200);
    QVERIFY(reply.body.find("image/png:3") != std::string::npos);
    QVERIFY(reply.body.find("Be short.") != std::string::npos);
}

void TstFakeGemini::wantsTheSignatureItGave()
{
    const auto turn = [](const std::string &signature) {
        return R"({"contents":[{"parts":[{"text":"a"}]},{"role":"model","parts":[{"functionCall":{"name":"f","args":{}},)"
               R"("thoughtSignature":")" +
               signature + R"("}]},{"parts":[{"functionResponse":{"name":"f","response":{"ok":true}}}]}]})";
    };
    QCOMPARE(ask("POST", GENERATE, turn(signatureFor("f", 7))).status, 200);
    QCOMPARE(ask("POST", GENERATE, turn("skip_thought_signature_validator")).status, 200);
    QCOMPARE(ask("POST", GENERATE, turn(signatureFor("g", 7))).message(), "Corrupted thought signature.");
    QCOMPARE(ask("POST", GENERATE, turn("AAAA")).message(), "Corrupted thought signature.");
}

void TstFakeGemini::callsToolsInTurn()
{
    const std::string tools = R"("tools":[{"functionDeclarations":[{"name":"f"},{"name":"g"}]}])";
    const std::string order =
        R"({"role":"user","parts":[{"text":"call tool f with {\"a\":1} and call tool g with {}, then call tool g with {\"b\":2}"}]})";
    const json::object first = ask("POST", GENERATE, "{\"contents\":[" + order + "]," + tools + "}").json();
    const json::value &content = first.at("candidates").as_array()[0].at("content");
    const json::array &parts = content.at("parts").as_array();
    QCOMPARE(parts.size(), 2u);
    QVERIFY(parts[0].as_object().contains("thoughtSignature"));
    QVERIFY(!parts[1].as_object().contains("thoughtSignature"));
    QCOMPARE(Gateway::toJson(parts[0].at("functionCall").at("args")), std::string("{\"a\":1}"));
    const std::string answers = R"({"role":"user","parts":[{"functionResponse":{"name":"f","response":{}}},)"
                                R"({"functionResponse":{"name":"g","response":{}}}]})";
    const json::object second =
        ask("POST", GENERATE,
            "{\"contents\":[" + order + "," + Gateway::toJson(content) + "," + answers + "]," + tools + "}")
            .json();
    const json::array &next = second.at("candidates").as_array()[0].at("content").at("parts").as_array();
    QCOMPARE(next.size(), 1u);
    QCOMPARE(Gateway::toJson(next[0].at("functionCall").at("args")), std::string("{\"b\":2}"));
}

void TstFakeGemini::answersBySchema()
{
    const Reply reply = ask(
        "POST", GENERATE,
        R"({"contents":[{"parts":[{"text":"a"}]}],"generationConfig":{"responseMimeType":"application/json",)"
        R"("responseJsonSchema":{"type":"object","properties":{"z":{"type":"string"},"a":{"$ref":"#/$defs/n"}},)"
        R"("$defs":{"n":{"type":["integer","null"],"minimum":4}}}}})");
    const json::object body = reply.json();
    const auto &parts = body.at("candidates").as_array()[0].at("content").at("parts").as_array();
    QCOMPARE(std::string(parts[0].at("text").as_string()), std::string(R"({"z":"text","a":4})"));
}

void TstFakeGemini::pagesModels()
{
    std::size_t count = 0;
    std::string token;
    do {
        const json::object page = ask("GET", "/v1beta/models?pageSize=5&pageToken=" + token).json();
        count += page.at("models").as_array().size();
        token = Gateway::stringAt(page, "nextPageToken");
    } while (!token.empty());
    QCOMPARE(count, fakeModels().size());
    QCOMPARE(ask("GET", "/v1beta/models/gemini-3.6-flash").status, 200);
    QCOMPARE(ask("GET", "/v1beta/models/gpt-4").status, 404);
}

void TstFakeGemini::keepsFilesOfAKeyApart()
{
    const Reply started = ask("POST", "/upload/v1beta/files", R"({"file":{"display_name":"notes"}})",
                              KEY + "X-Goog-Upload-Protocol: resumable\r\nX-Goog-Upload-Command: start\r\n"
                                    "X-Goog-Upload-Header-Content-Type: text/plain\r\n");
    const std::size_t at = started.head.find("X-Goog-Upload-URL: http://fake.test");
    QVERIFY(at != std::string::npos);
    const std::size_t begin = at + std::string("X-Goog-Upload-URL: http://fake.test").size();
    const std::string target = started.head.substr(begin, started.head.find("\r\n", begin) - begin);
    QCOMPARE(
        ask("POST", target, "abc", "X-Goog-Upload-Command: upload\r\nX-Goog-Upload-Offset: 0\r\n").status,
        200);
    QCOMPARE(ask("POST", target, "x", "X-Goog-Upload-Command: upload\r\nX-Goog-Upload-Offset: 1\r\n").status,
             400);
    const Reply done =
        ask("POST", target, "def", "X-Goog-Upload-Command: upload, finalize\r\nX-Goog-Upload-Offset: 3\r\n");
    const json::object body = done.json();
    const json::object &file = body.at("file").as_object();
    QCOMPARE(std::string(file.at("sizeBytes").as_string()), std::string("6"));
    const std::string name(file.at("name").as_string());
    QCOMPARE(ask("GET", "/v1beta/" + name).status, 200);
    QCOMPARE(ask("GET", "/v1beta/" + name, {}, "x-goog-api-key: k2\r\n").status, 403);
    QCOMPARE(ask("GET", "/v1beta/files", {}, "x-goog-api-key: k2\r\n").body, std::string("{}"));
    const std::string prompt = R"({"contents":[{"parts":[{"fileData":{"mimeType":"text/plain","fileUri":")" +
                               std::string(file.at("uri").as_string()) + R"("}}]}]})";
    QCOMPARE(ask("POST", GENERATE, prompt).status, 200);
    QCOMPARE(ask("POST", GENERATE, prompt, "x-goog-api-key: k2\r\n").status, 403);
    QCOMPARE(ask("DELETE", "/v1beta/" + name).status, 200);
    QCOMPARE(ask("GET", "/v1beta/" + name).status, 403);
}

void TstFakeGemini::takesAFileInOneRequest()
{
    const std::string body = "--x1\r\nContent-Type: application/json; charset=utf-8\r\n\r\n"
                             R"({"file":{"displayName":"notes"}})"
                             "\r\n--x1\r\nContent-Type: text/plain\r\n\r\nabc\r\n--y\r\n--x1--";
    const std::string headers =
        KEY + "X-Goog-Upload-Protocol: multipart\r\nContent-Type: multipart/related; boundary=x1\r\n";
    const json::object answer = ask("POST", "/upload/v1beta/files", body, headers).json();
    const json::object &file = answer.at("file").as_object();
    QCOMPARE(std::string(file.at("sizeBytes").as_string()), std::string("8"));
    QCOMPARE(std::string(file.at("mimeType").as_string()), std::string("text/plain"));
    QCOMPARE(std::string(file.at("displayName").as_string()), std::string("notes"));
    QCOMPARE(ask("POST", "/upload/v1beta/files", "--x1\r\n\r\nabc", headers).status, 400);
}

/// The answer is that to the whole, of which the cache's part is counted apart.
void TstFakeGemini::answersBesideACache()
{
    const std::string system = R"("systemInstruction":{"parts":[{"text":"Be brief."}]})";
    const std::string before =
        R"({"role":"user","parts":[{"text":"a"}]},{"role":"model","parts":[{"text":"b"}]})";
    const std::string last = R"({"role":"user","parts":[{"text":"Hello"}]})";
    const json::object cache =
        ask("POST", "/v1beta/cachedContents",
            R"({"model":"models/gemini-3.6-flash",)" + system + R"(,"contents":[)" + before + "]}")
            .json();
    const std::string name(cache.at("name").as_string());
    const json::object whole =
        ask("POST", GENERATE, '{' + system + R"(,"contents":[)" + before + ',' + last + "]}").json();
    const json::object rest =
        ask("POST", GENERATE, R"({"cachedContent":")" + name + R"(","contents":[)" + last + "]}").json();
    QCOMPARE(Gateway::toJson(rest.at("candidates").at(0).at("content").at("parts").at(0).at("text")),
             Gateway::toJson(whole.at("candidates").at(0).at("content").at("parts").at(0).at("text")));
    const json::object &usage = rest.at("usageMetadata").as_object();
    QCOMPARE(usage.at("promptTokenCount"), whole.at("usageMetadata").at("promptTokenCount"));
    QCOMPARE(usage.at("cachedContentTokenCount"), cache.at("usageMetadata").at("totalTokenCount"));
}

void TstFakeGemini::refusesBesideACache()
{
    const std::string contents = R"("contents":[{"role":"user","parts":[{"text":"Hello"}]}])";
    const auto make = [&](const std::string &ttl) {
        return std::string(ask("POST", "/v1beta/cachedContents",
                               R"({"model":"models/gemini-3.6-flash","ttl":")" + ttl + "\"," + contents + '}')
                               .json()
                               .at("name")
                               .as_string());
    };
    const auto with = [&](const std::string &name, const std::string &more = {},
                          const std::string &key = "k1", const std::string &path = GENERATE) {
        return ask("POST", path, R"({"cachedContent":")" + name + "\"," + more + contents + '}',
                   "x-goog-api-key: " + key + "\r\n");
    };
    const std::string name = make("300s");
    QCOMPARE(with(name).status, 200);
    QCOMPARE(with(name, {}, "k2").status, 403);
    QCOMPARE(with("cachedContents/other").message(),
             std::string("CachedContent not found (or permission denied)"));
    QCOMPARE(with(name, R"("systemInstruction":{"parts":[{"text":"x"}]},)").status, 400);
    QCOMPARE(with(name, R"("tools":[{"codeExecution":{}}],)").status, 400);
    QCOMPARE(with(name, R"("toolConfig":{},)").status, 400);
    QCOMPARE(with(name, {}, "k1", "/v1beta/models/gemini-3.8-flash:generateContent").status, 400);
    QCOMPARE(with(make("0s")).status, 403);
}

void TstFakeGemini::countsAndEmbeds()
{
    QVERIFY(ask("POST", "/v1beta/models/gemini-3.6-flash:countTokens", HELLO)
                .json()
                .at("totalTokens")
                .as_int64() > 0);
    const Reply batch =
        ask("POST", "/v1beta/models/gemini-embedding-001:batchEmbedContents",
            R"({"requests":[{"model":"models/gemini-embedding-001","content":{"parts":[{"text":"a"}]},)"
            R"("outputDimensionality":3},)"
            R"({"model":"models/gemini-embedding-001","content":{"parts":[{"text":"b"}]}}]})");
    const json::object body = batch.json();
    const json::array &embeddings = body.at("embeddings").as_array();
    QCOMPARE(embeddings[0].at("values").as_array().size(), 3u);
    QCOMPARE(embeddings[1].at("values").as_array().size(), 8u);
    QVERIFY(embeddings[0].at("values").as_array()[0] != embeddings[1].at("values").as_array()[0]);
}

void TstFakeGemini::actsOutScriptedFaults_data()
{
    QTest::addColumn<int>("fault");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("words");
    const auto row = [](Fault fault, int status, const char *words) {
        QTest::newRow(std::string(faultName(fault)).c_str())
            << static_cast<int>(fault) << status << QString::fromUtf8(words);
    };
    row(Fault::InvalidKey, 400, "API_KEY_INVALID");
    row(Fault::LeakedKey, 403, "reported as leaked");
    row(Fault::SuspendedKey, 403, "has been suspended");
    row(Fault::ServiceDisabled, 403, "SERVICE_DISABLED");
    row(Fault::RegionRefused, 400, "FAILED_PRECONDITION");
    row(Fault::MinuteQuota, 429, "\"retryDelay\":\"36s\"");
    row(Fault::DayQuota, 429, "GenerateRequestsPerDayPerProjectPerModel-FreeTier");
    row(Fault::DayQuotaShort, 429, "\"retryDelay\":\"36s\"");
    row(Fault::BareQuota, 429, "check quota");
    row(Fault::HelpQuota, 429, "google.rpc.Help");
    row(Fault::LimitZero, 429, "limit: 0");
    row(Fault::ModelMissing, 404, "is not found for API version");
    row(Fault::InternalError, 500, "INTERNAL");
    row(Fault::Overloaded, 503, "overloaded");
    row(Fault::Deadline, 504, "DEADLINE_EXCEEDED");
    row(Fault::HtmlError, 502, "<!DOCTYPE html>");
    row(Fault::EmptyBody, 200, "");
    row(Fault::EmptyCandidate, 200, "\"content\":{\"role\":\"model\"}");
}

void TstFakeGemini::actsOutScriptedFaults()
{
    QFETCH(int, fault);
    QFETCH(QString, words);
    FaultScript script;
    script.key = "k1";
    script.fault = static_cast<Fault>(fault);
    script.times = 1;
    m_fake->script(script);
    const Reply other = ask("POST", GENERATE, HELLO, "x-goog-api-key: k2\r\n");
    QCOMPARE(other.status, 200);
    QVERIFY(other.body.find("Echo from") != std::string::npos);
    const Reply reply = ask("POST", GENERATE, HELLO);
    QTEST(reply.status, "status");
    QVERIFY(reply.body.find(words.toStdString()) != std::string::npos);
    QCOMPARE(reply.body.empty(), script.fault == Fault::EmptyBody);
    const Reply after = ask("POST", GENERATE, HELLO);
    QVERIFY(after.body.find("Echo from") != std::string::npos);
}

void TstFakeGemini::breaksConnections_data()
{
    QTest::addColumn<int>("fault");
    QTest::addColumn<bool>("head");
    QTest::addColumn<int>("events");
    QTest::addColumn<bool>("reset");
    QTest::addColumn<QString>("tail");
    const auto row = [](Fault fault, bool head, int events, bool reset, const char *tail = "") {
        QTest::newRow(std::string(faultName(fault)).c_str())
            << static_cast<int>(fault) << head << events << reset << QString::fromUtf8(tail);
    };
    row(Fault::CloseBeforeHead, false, 0, false);
    row(Fault::ResetBeforeHead, false, 0, true);
    row(Fault::ResetAfterHead, true, 0, true);
    row(Fault::ResetMidBody, true, 1, true);
    row(Fault::ResetMidEvent, true, 2, true);
    row(Fault::TruncatedBody, true, 1, false);
    row(Fault::ErrorEvent, true, 2, false, "data: {\"error\":{\"code\":503");
    row(Fault::RawErrorTail, true, 1, false, "{\"error\":{\"code\":503");
    row(Fault::SlowDrip, true, 4, false, "\"finishReason\":\"STOP\"");
}

void TstFakeGemini::breaksConnections()
{
    QFETCH(int, fault);
    QFETCH(bool, head);
    QFETCH(int, events);
    QFETCH(QString, tail);
    FaultScript script;
    script.fault = static_cast<Fault>(fault);
    m_fake->script(script);
    Socket socket(m_fake->port());
    socket.write(requestText("POST", STREAM, HELLO, KEY));
    const std::string got = socket.readTo("0\r\n\r\n");
    QCOMPARE(got.starts_with("HTTP/1.1 200"), head);
    int begun = 0;
    for (std::size_t at = got.find("data: "); at != std::string::npos; at = got.find("data: ", at + 1))
        ++begun;
    QCOMPARE(begun, events);
    QTEST(socket.wasReset, "reset");
    QVERIFY(!socket.timedOut);
    QVERIFY(got.find(tail.toStdString()) != std::string::npos);
    const bool isWhole = got.ends_with("0\r\n\r\n");
    QCOMPARE(isWhole, !tail.isEmpty());
}

void TstFakeGemini::remembersWhatCame()
{
    ask("POST", GENERATE + "?key=k2", HELLO, "X-Mark: m\r\n");
    QVERIFY(m_fake->waitForEnd(0, 1000));
    const SeenRequest seen = m_fake->requests().at(0);
    QCOMPARE(seen.key, "k2");
    QCOMPARE(seen.keyPlace, "query");
    QCOMPARE(seen.model, "gemini-3.6-flash");
    QCOMPARE(seen.status, 200);
    QCOMPARE(seen.request.body, HELLO);
    QCOMPARE(Gateway::headerValue(seen.request.headers, "x-mark"), std::string_view("m"));
    QVERIFY(seen.bytesOut > 300);
    QVERIFY(!seen.closedEarly);
}

void TstFakeGemini::noticesThatTheOtherSideLeft()
{
    {
        Socket socket(m_fake->port());
        socket.write(requestText("POST", STREAM,
                                 R"({"contents":[{"parts":[{"text":"[[chunks=50 delay=1000]]"}]}]})", KEY));
        QVERIFY(socket.readTo("\"index\":0").starts_with("HTTP/1.1 200"));
    }
    QVERIFY(m_fake->waitForEnd(0, 500));
    QVERIFY(m_fake->requests().at(0).closedEarly);
}

void TstFakeGemini::answersPipelinedRequestsInOrder()
{
    Socket socket(m_fake->port());
    socket.write(requestText("GET", "/v1beta/models/gemini-3.8-flash", {}, KEY) +
                 requestText("GET", "/v1beta/models/gemini-2.5-pro", {}, KEY));
    const std::string got = socket.readTo("gemini-2.5-pro");
    QVERIFY(got.find("gemini-3.8-flash") < got.find("gemini-2.5-pro"));
}

void TstFakeGemini::readsChunkedBodies()
{
    Socket socket(m_fake->port());
    socket.write("POST " + GENERATE + " HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n" + KEY +
                 "\r\n");
    socket.write("a\r\n" + HELLO.substr(0, 10) + "\r\n");
    char size[16];
    std::snprintf(size, sizeof(size), "%zx\r\n", HELLO.size() - 10);
    socket.write(size + HELLO.substr(10) + "\r\n0\r\n\r\n");
    QCOMPARE(readReply(socket).status, 200);
    QCOMPARE(m_fake->requests().at(0).request.body, HELLO);
}

void TstFakeGemini::stampsCannedEvents()
{
    FakeGemini::Options options;
    options.canned = true;
    options.chunks = 3;
    options.chunkDelayMs = 2;
    FakeGemini fake(options);
    QVERIFY(fake.start());
    Socket socket(fake.port());
    const std::int64_t before = monotonicNs();
    socket.write(requestText("POST", STREAM, HELLO, KEY));
    const Reply reply = readReply(socket);
    std::int64_t last = before;
    for (int i = 0; i < 3; ++i) {
        char mark[16];
        std::snprintf(mark, sizeof(mark), "%010d:", i);
        const std::size_t at = reply.body.find(mark);
        QVERIFY(at != std::string::npos);
        const std::int64_t stamp = std::stoll(reply.body.substr(at + STAMP_NUMBER + 1, STAMP_TIME));
        QVERIFY(stamp > last);
        QVERIFY(stamp >= before + (i + 1) * 1'900'000); // one that is late does not delay those behind it
        last = stamp;
    }
    QVERIFY(last <= monotonicNs());
    QVERIFY(reply.body.find("0000000003:") == std::string::npos);
}

void TstFakeGemini::takesOrdersByHttp()
{
    QCOMPARE(ask("POST", "/__control/script", R"({"fault":"overloaded","times":1})", {}).status, 200);
    QCOMPARE(ask("POST", "/__control/script", R"({"fault":"no-such"})", {}).status, 400);
    QCOMPARE(ask("POST", GENERATE, HELLO).status, 503);
    QCOMPARE(ask("POST", GENERATE, HELLO).status, 200);
    const Reply seen = ask("GET", "/__control/requests", {}, {});
    const auto parsed = Gateway::parseJson(seen.body);
    QVERIFY(parsed);
    QCOMPARE(parsed->as_array().size(), 2u);
    QCOMPARE(parsed->as_array()[0].at("status").as_int64(), 503);
    QCOMPARE(ask("POST", "/__control/reset", {}, {}).status, 200);
    QVERIFY(m_fake->requests().empty());
}

QTEST_APPLESS_MAIN(TstFakeGemini)
#include "tst_fakegemini.moc"
