#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTest>

#include "samplecontrol.h"
#include "scriptedserver.h"
#include "ui/pages/chat/chatclient.h"

using namespace Gateway;
using namespace Ui;
using namespace Qt::StringLiterals;

/// The chat's HTTP client against a server that plays the gateway.
class TstChatClient : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void cutsEventsAtEverySplit();
    void asksInGemini();
    void asksInOpenAi();
    void readsAGeminiStream();
    void readsAnOpenAiStream();
    void asksInAnthropic();
    void readsAnAnthropicStream();
    void asksInResponses();
    void readsAResponsesStream();
    void tellsThatAResponseFailed();
    void asksInOllama();
    void readsAnOllamaStream();
    void tellsErrorsInTheirOwnWords_data();
    void tellsErrorsInTheirOwnWords();
    void tellsAnErrorInsideTheStream();
    void tellsABrokenAnswer();
    void tellsThatNobodyListens();
    void tellsWhatStoppedTheModel();
    void cancelKeepsWhatCame();
    void makesItsTokenOnceAndRenewsItAtTheNextStart();
    void replacesARefusedToken();
    void readsTheModels();
    void contentSurvivesTheStore();

private:
    static ChatQuestion question()
    {
        ChatQuestion question;
        question.model = u"gemini-3-pro"_s;
        ChatTurn turn;
        addText(turn, ChatPart::Kind::Text, u"How?"_s);
        question.turns = {turn};
        return question;
    }
    static ChatPart file(const QString &name, const QString &mimeType, const QByteArray &bytes)
    {
        ChatPart part;
        part.kind = ChatPart::Kind::Data;
        part.name = name;
        part.mimeType = mimeType;
        part.data = bytes;
        return part;
    }
    ChatStream *asked(const ChatQuestion &question, const QString &dialect = u"gemini"_s)
    {
        ChatStream *stream = m_client->ask(question, dialect, m_client.get());
        QSignalSpy over(stream, &ChatStream::finished);
        if (!over.wait(5000))
            qWarning("the stream did not end");
        return stream;
    }
    QJsonObject sent() const { return QJsonDocument::fromJson(m_server->requests.last().body).object(); }

    std::unique_ptr<SampleControl> m_control;
    std::unique_ptr<ScriptedServer> m_server;
    std::unique_ptr<ChatClient> m_client;
};

void TstChatClient::init()
{
    m_control = std::make_unique<SampleControl>();
    m_server = std::make_unique<ScriptedServer>();
    m_control->gatewayStatus.address = m_server->address();
    m_client = std::make_unique<ChatClient>(*m_control);
}

void TstChatClient::cleanup()
{
    m_client.reset();
    m_server.reset();
}

void TstChatClient::cutsEventsAtEverySplit()
{
    const QByteArray bytes = ": hello\r\n\r\ndata: one\r\n\r\nevent: x\ndata:two\ndata: three\n\ndata: four";
    const QList<QByteArray> expected{"one", "two\nthree"};
    for (qsizetype cut = 0; cut <= bytes.size(); ++cut) {
        SseReader reader;
        QList<QByteArray> events = reader.add(bytes.left(cut));
        events += reader.add(bytes.mid(cut));
        QCOMPARE(events, expected);
        QCOMPARE(reader.rest(), "data: four");
    }
}

void TstChatClient::asksInGemini()
{
    m_server->answer = [](const auto &, QTcpSocket &socket) { ScriptedServer::send(socket, 500, "{}"); };
    ChatQuestion wanted = question();
    wanted.turns[0].parts.append(file({}, u"image/png"_s, "png"));
    ChatTurn said;
    said.isUser = false;
    addText(said, ChatPart::Kind::Thought, u"hm"_s);
    addText(said, ChatPart::Kind::Text, u"So."_s);
    said.parts.last().signature = "c2ln";
    wanted.turns.append(said);
    wanted.system = u"Be brief."_s;
    wanted.searches = true;
    wanted.thinks = true;
    wanted.thinkingLevel = u"low"_s;
    wanted.temperature = 0.5;
    asked(wanted);

    QCOMPARE(m_server->requests.last().path,
             QByteArray("/v1beta/models/gemini-3-pro:streamGenerateContent?alt=sse"));
    QCOMPARE(m_server->requests.last().headers.value("authorization"),
             QByteArray("Bearer gb-issued-token-for-tests-f00d"));
    const QJsonObject expected = QJsonDocument::fromJson(
                                     R"({"contents":[{"role":"user","parts":[{"text":"How?"},
                {"inlineData":{"mimeType":"image/png","data":"cG5n"}}]},
                {"role":"model","parts":[{"text":"So.","thoughtSignature":"c2ln"}]}],
                "systemInstruction":{"parts":[{"text":"Be brief."}]},"tools":[{"googleSearch":{}}],
                "generationConfig":{"temperature":0.5,
                "thinkingConfig":{"includeThoughts":true,"thinkingLevel":"LOW"}}})")
                                     .object();
    QCOMPARE(sent(), expected);

    wanted.model = u"gemini-2.5-flash"_s;
    asked(wanted);
    const QJsonObject thinking = sent()["generationConfig"_L1].toObject()["thinkingConfig"_L1].toObject();
    QCOMPARE(thinking["thinkingBudget"_L1].toInt(), 1024);
    QVERIFY(!thinking.contains("thinkingLevel"_L1));
}

void TstChatClient::asksInOpenAi()
{
    m_server->answer = [](const auto &, QTcpSocket &socket) { ScriptedServer::send(socket, 500, "{}"); };
    ChatQuestion wanted = question();
    wanted.turns[0].parts.append(file(u"a.pdf"_s, u"application/pdf"_s, "pdf"));
    wanted.thinks = true;
    wanted.thinkingLevel = u"high"_s;
    wanted.searches = true;
    asked(wanted, u"openai"_s);
    QCOMPARE(m_server->requests.last().path, QByteArray("/v1/chat/completions"));
    const QJsonObject expected =
        QJsonDocument::fromJson(
            R"({"model":"gemini-3-pro","stream":true,"stream_options":{"include_usage":true},
                "reasoning_effort":"high","web_search_options":{},
                "messages":[{"role":"user","content":[{"type":"text","text":"How?"},
                {"type":"file","file":{"filename":"a.pdf","file_data":"data:application/pdf;base64,cGRm"}}]}]})")
            .object();
    QCOMPARE(sent(), expected);
}

void TstChatClient::readsAGeminiStream()
{
    m_server->answer = [](const auto &, QTcpSocket &socket) {
        ScriptedServer::beginStream(socket, "x-request-id: req_42\r\n");
        ScriptedServer::event(socket,
                              R"({"candidates":[{"content":{"parts":[{"text":"Hm","thought":true}]}}]})");
        ScriptedServer::event(socket, R"({"candidates":[{"content":{"parts":[{"text":"Us"}]}}]})");
        ScriptedServer::event(socket, R"({"candidates":[{"content":{"parts":[{"text":"e jitter."},
            {"inlineData":{"mimeType":"image/png","data":"cG5n"}},{"functionCall":{"name":"f","args":{"a":1}}}]},
            "finishReason":"STOP","groundingMetadata":{"groundingChunks":[{"web":{"uri":"https://x.org","title":"x"}}],
            "groundingSupports":[{"segment":{"endIndex":3},"groundingChunkIndices":[0]}]}}],
            "usageMetadata":{"promptTokenCount":12,"candidatesTokenCount":30,"thoughtsTokenCount":4},
            "modelVersion":"gemini-3-pro-001"})");
        socket.disconnectFromHost();
    };
    const ChatStream *stream = asked(question());
    QVERIFY2(!stream->failure().isSet(), qPrintable(stream->failure().text));
    QCOMPARE(textOf(stream->turn()), u"Use jitter."_s);
    QCOMPARE(textOf(stream->turn(), ChatPart::Kind::Thought), u"Hm"_s);
    QCOMPARE(stream->turn().parts.size(), 4);
    QCOMPARE(stream->turn().parts[2].data, QByteArray("png"));
    QCOMPARE(stream->turn().parts[3].text, u"f({\"a\":1})"_s);
    QCOMPARE(stream->turn().sources, (QList<ChatSource>{{u"x"_s, u"https://x.org"_s}}));
    QCOMPARE(citedTextOf(stream->turn()), u"Use¹ jitter."_s);
    QVERIFY(stream->turn().thoughtMs >= 0);
    QCOMPARE(stream->usage().inputTokens, 12);
    QCOMPARE(stream->usage().outputTokens, 34);
    QVERIFY(stream->usage().durationMs >= 0);
    QCOMPARE(stream->model(), u"gemini-3-pro-001"_s);
    QCOMPARE(stream->requestId(), u"req_42"_s);
}

void TstChatClient::readsAnOpenAiStream()
{
    m_server->answer = [](const auto &, QTcpSocket &socket) {
        ScriptedServer::beginStream(socket);
        ScriptedServer::event(socket, R"({"model":"m","choices":[{"delta":{"reasoning_content":"Hm"}}]})");
        ScriptedServer::event(socket, R"({"choices":[{"delta":{"content":"So"}}]})");
        ScriptedServer::event(
            socket, R"({"choices":[{"delta":{"images":[{"image_url":{"url":"data:image/png;base64,cG5n"}},
            {"image_url":{"url":"https://evil.example/x.png"}}]}}]})");
        ScriptedServer::event(
            socket,
            R"({"choices":[{"delta":{"annotations":[{"url_citation":{"url":"https://x.org","title":"x"}}]},
            "finish_reason":"stop"}]})");
        ScriptedServer::event(socket, R"({"choices":[],"usage":{"prompt_tokens":5,"completion_tokens":7}})");
        ScriptedServer::event(socket, "[DONE]");
        socket.disconnectFromHost();
    };
    const ChatStream *stream = asked(question(), u"openai"_s);
    QVERIFY2(!stream->failure().isSet(), qPrintable(stream->failure().text));
    QCOMPARE(textOf(stream->turn()), u"So"_s);
    QCOMPARE(stream->turn().parts.size(), 3);
    QCOMPARE(stream->turn().parts[2].mimeType, u"image/png"_s);
    QCOMPARE(stream->turn().sources.size(), 1);
    QCOMPARE(stream->usage().outputTokens, 7);
    QCOMPARE(stream->stopReason(), QString());
}

void TstChatClient::asksInAnthropic()
{
    m_server->answer = [](const auto &, QTcpSocket &socket) { ScriptedServer::send(socket, 500, "{}"); };
    ChatQuestion wanted = question();
    wanted.turns[0].parts.append(file(u"a.pdf"_s, u"application/pdf"_s, "pdf"));
    ChatTurn said;
    said.isUser = false;
    addText(said, ChatPart::Kind::Thought, u"hm"_s);
    addText(said, ChatPart::Kind::Text, u"So."_s);
    wanted.turns.append(said);
    wanted.system = u"Be brief."_s;
    wanted.thinks = true;
    wanted.thinkingLevel = u"medium"_s;
    wanted.searches = true;
    asked(wanted, u"anthropic"_s);
    QCOMPARE(m_server->requests.last().path, QByteArray("/v1/messages"));
    const QByteArray expected =
        R"({"model":"gemini-3-pro","max_tokens":32000,"stream":true,"system":"Be brief.",
            "thinking":{"type":"enabled","budget_tokens":8192},
            "tools":[{"type":"web_search_20250305","name":"web_search"}],
            "messages":[{"role":"user","content":[{"type":"text","text":"How?"},
            {"type":"document","title":"a.pdf",
             "source":{"type":"base64","media_type":"application/pdf","data":"cGRm"}}]},
            {"role":"assistant","content":[{"type":"text","text":"So."}]}]})";
    QCOMPARE(sent(), QJsonDocument::fromJson(expected).object());
    wanted.thinkingLevel.clear();
    asked(wanted, u"anthropic"_s);
    QCOMPARE(sent()["thinking"_L1].toObject(), (QJsonObject{{u"type"_s, u"adaptive"_s}}));
}

void TstChatClient::readsAnAnthropicStream()
{
    m_server->answer = [](const auto &, QTcpSocket &socket) {
        ScriptedServer::beginStream(socket);
        for (
            const char *event :
            {R"({"type":"message_start","message":{"model":"m","usage":{"input_tokens":5,"output_tokens":1}}})",
             R"({"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":""}})",
             R"({"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"Hm"}})",
             R"({"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":"c2ln"}})",
             R"({"type":"ping"})",
             R"({"type":"content_block_delta","index":1,"delta":{"type":"text_delta","text":"So"}})",
             R"({"type":"content_block_start","index":2,"content_block":{"type":"tool_use","name":"f","input":{}}})",
             R"({"type":"content_block_delta","index":2,"delta":{"type":"input_json_delta","partial_json":"{}"}})",
             R"({"type":"content_block_start","index":3,"content_block":{"type":"web_search_tool_result",
                  "content":[{"type":"web_search_result","url":"https://x.org","title":"x"}]}})",
             R"({"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":7}})",
             R"({"type":"message_stop"})"})
            ScriptedServer::event(socket, event);
        socket.disconnectFromHost();
    };
    const ChatStream *stream = asked(question(), u"anthropic"_s);
    QVERIFY2(!stream->failure().isSet(), qPrintable(stream->failure().text));
    QCOMPARE(textOf(stream->turn()), u"So"_s);
    QCOMPARE(textOf(stream->turn(), ChatPart::Kind::Thought), u"Hm"_s);
    QCOMPARE(textOf(stream->turn(), ChatPart::Kind::Call), u"f {}"_s);
    QCOMPARE(stream->turn().sources, (QList<ChatSource>{{u"x"_s, u"https://x.org"_s}}));
    QCOMPARE(stream->usage().inputTokens, 5);
    QCOMPARE(stream->usage().outputTokens, 7);
    QCOMPARE(stream->stopReason(), QString());
    QCOMPARE(stream->model(), u"m"_s);
}

void TstChatClient::asksInResponses()
{
    m_server->answer = [](const auto &, QTcpSocket &socket) { ScriptedServer::send(socket, 500, "{}"); };
    ChatQuestion wanted = question();
    wanted.turns[0].parts +=
        {file(u"a.png"_s, u"image/png"_s, "png"), file(u"a.pdf"_s, u"application/pdf"_s, "pdf")};
    ChatTurn said;
    said.isUser = false;
    addText(said, ChatPart::Kind::Thought, u"hm"_s);
    addText(said, ChatPart::Kind::Text, u"So."_s);
    wanted.turns.append(said);
    wanted.system = u"Be brief."_s;
    wanted.thinks = true;
    wanted.searches = true;
    asked(wanted, u"responses"_s);
    QCOMPARE(m_server->requests.last().path, QByteArray("/v1/responses"));
    const QByteArray expected =
        R"({"model":"gemini-3-pro","stream":true,"store":false,"instructions":"Be brief.",
            "reasoning":{"summary":"auto"},"tools":[{"type":"web_search"}],
            "input":[{"role":"user","content":[{"type":"input_text","text":"How?"},
            {"type":"input_image","image_url":"data:image/png;base64,cG5n"},
            {"type":"input_file","filename":"a.pdf","file_data":"data:application/pdf;base64,cGRm"}]},
            {"role":"assistant","content":"So."}]})";
    QCOMPARE(sent(), QJsonDocument::fromJson(expected).object());
    wanted.thinkingLevel = u"low"_s;
    asked(wanted, u"responses"_s);
    QCOMPARE(sent()["reasoning"_L1].toObject()["effort"_L1].toString(), u"low"_s);
}

void TstChatClient::readsAResponsesStream()
{
    m_server->answer = [](const auto &, QTcpSocket &socket) {
        ScriptedServer::beginStream(socket);
        for (const char *event :
             {R"({"type":"response.created","response":{"model":"m","status":"in_progress"}})",
              R"({"type":"response.reasoning_summary_text.delta","delta":"Hm"})",
              R"({"type":"response.output_text.delta","delta":"S"})",
              R"({"type":"response.output_text.delta","delta":"o"})",
              R"({"type":"response.output_text.annotation.added",
                  "annotation":{"type":"url_citation","url":"https://x.org","title":"x"}})",
              R"({"type":"response.output_text.done","text":"So"})",
              R"({"type":"response.output_item.done","item":{"type":"message"}})",
              R"({"type":"response.output_item.done",
                  "item":{"type":"function_call","name":"f","arguments":"{}"}})",
              R"({"type":"response.output_item.done",
                  "item":{"type":"image_generation_call","output_format":"jpeg","result":"cG5n"}})",
              R"({"type":"response.incomplete","response":{"status":"incomplete",
                  "incomplete_details":{"reason":"max_output_tokens"},
                  "usage":{"input_tokens":5,"output_tokens":7}}})"})
            ScriptedServer::event(socket, event);
        socket.disconnectFromHost();
    };
    const ChatStream *stream = asked(question(), u"responses"_s);
    QVERIFY2(!stream->failure().isSet(), qPrintable(stream->failure().text));
    QCOMPARE(textOf(stream->turn()), u"So"_s);
    QCOMPARE(textOf(stream->turn(), ChatPart::Kind::Thought), u"Hm"_s);
    QCOMPARE(textOf(stream->turn(), ChatPart::Kind::Call), u"f {}"_s);
    QCOMPARE(stream->turn().parts.last().mimeType, u"image/jpeg"_s);
    QCOMPARE(stream->turn().sources, (QList<ChatSource>{{u"x"_s, u"https://x.org"_s}}));
    QCOMPARE(stream->usage().inputTokens, 5);
    QCOMPARE(stream->usage().outputTokens, 7);
    QCOMPARE(stream->stopReason(), u"max_output_tokens"_s);
    QCOMPARE(stream->model(), u"m"_s);
}

void TstChatClient::tellsThatAResponseFailed()
{
    m_server->answer = [](const auto &, QTcpSocket &socket) {
        ScriptedServer::beginStream(socket);
        ScriptedServer::event(socket, R"({"type":"response.output_text.delta","delta":"S"})");
        ScriptedServer::event(socket, R"({"type":"response.failed","response":{"status":"failed",
            "error":{"code":"server_error","message":"It broke off."}}})");
        socket.disconnectFromHost();
    };
    const ChatStream *stream = asked(question(), u"responses"_s);
    QCOMPARE(stream->failure().text, u"It broke off."_s);
    QCOMPARE(stream->failure().code, u"server_error"_s);
    QCOMPARE(textOf(stream->turn()), u"S"_s);
}

void TstChatClient::asksInOllama()
{
    m_server->answer = [](const auto &, QTcpSocket &socket) { ScriptedServer::send(socket, 500, "{}"); };
    ChatQuestion wanted = question();
    wanted.turns[0].parts +=
        {file(u"a.png"_s, u"image/png"_s, "abc"), file(u"a.txt"_s, u"text/plain"_s, "abc"),
         file(u"a.pdf"_s, u"application/pdf"_s, "abc")};
    wanted.system = u"Be brief."_s;
    wanted.thinks = true;
    wanted.thinkingLevel = u"high"_s;
    wanted.temperature = 0.5;
    asked(wanted, u"ollama"_s);
    QCOMPARE(m_server->requests.last().path, QByteArray("/api/chat"));
    const QJsonArray messages = sent()["messages"_L1].toArray();
    QCOMPARE(messages[0].toObject(), (QJsonObject{{u"role"_s, u"system"_s}, {u"content"_s, u"Be brief."_s}}));
    QCOMPARE(messages[1].toObject()["content"_L1].toString(),
             u"How?\n\na.txt:\nabc\n\n(a.pdf could not be sent along.)"_s);
    QCOMPARE(messages[1].toObject()["images"_L1].toArray(), QJsonArray{u"YWJj"_s});
    QCOMPARE(sent()["think"_L1].toString(), u"high"_s);
    QVERIFY(sent()["stream"_L1].toBool());
    QCOMPARE(sent()["options"_L1].toObject(), (QJsonObject{{u"temperature"_s, 0.5}}));
    wanted.thinks = false;
    asked(wanted, u"ollama"_s);
    QCOMPARE(sent()["think"_L1], QJsonValue(false));
}

void TstChatClient::readsAnOllamaStream()
{
    m_server->answer = [](const auto &, QTcpSocket &socket) {
        ScriptedServer::beginStream(socket);
        socket.write("{\"model\":\"m\",\"message\":{\"content\":\"\",\"thinking\":\"Hm\"}}\n"
                     "{\"message\":{\"content\":\"S");
        socket.flush();
        QTest::qWait(20);
        socket.write("o\"}}\n{\"message\":{\"content\":\"\",\"tool_calls\":[{\"function\":{\"name\":\"f\","
                     "\"arguments\":{\"a\":1}}}]}}\n"
                     "{\"done\":true,\"done_reason\":\"stop\",\"prompt_eval_count\":5,\"eval_count\":7}\n");
        socket.disconnectFromHost();
    };
    const ChatStream *stream = asked(question(), u"ollama"_s);
    QVERIFY2(!stream->failure().isSet(), qPrintable(stream->failure().text));
    QCOMPARE(textOf(stream->turn()), u"So"_s);
    QCOMPARE(textOf(stream->turn(), ChatPart::Kind::Thought), u"Hm"_s);
    QCOMPARE(textOf(stream->turn(), ChatPart::Kind::Call), u"f {\"a\":1}"_s);
    QCOMPARE(stream->usage().inputTokens, 5);
    QCOMPARE(stream->usage().outputTokens, 7);
    QCOMPARE(stream->stopReason(), QString());

    m_server->answer = [](const auto &, QTcpSocket &socket) {
        ScriptedServer::beginStream(socket);
        socket.write("{\"message\":{\"content\":\"Us\"}}\n{\"error\":\"Overloaded.\"}\n");
        socket.disconnectFromHost();
    };
    stream = asked(question(), u"ollama"_s);
    QCOMPARE(stream->failure().text, u"Overloaded."_s);
    QCOMPARE(textOf(stream->turn()), u"Us"_s);
}

void TstChatClient::tellsErrorsInTheirOwnWords_data()
{
    QTest::addColumn<QString>("dialect");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("code");
    QTest::addColumn<qint64>("retryMs");
    QTest::newRow("Gemini")
        << u"gemini"_s
        << QByteArray(R"({"error":{"code":429,"message":"All keys rest.","status":"RESOURCE_EXHAUSTED",
        "details":[{"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"36.5s"}]}})")
        << u"RESOURCE_EXHAUSTED"_s << qint64(36'500);
    QTest::newRow("OpenAI") << u"openai"_s
                            << QByteArray(
                                   R"({"error":{"message":"All keys rest.","type":"x","code":"rate_limit"}})")
                            << u"rate_limit"_s << qint64(7'000);
    QTest::newRow("OpenAI Responses")
        << u"responses"_s
        << QByteArray(R"({"error":{"message":"All keys rest.","type":"x","code":"rate_limit"}})")
        << u"rate_limit"_s << qint64(7'000);
    QTest::newRow("Anthropic")
        << u"anthropic"_s
        << QByteArray(R"({"type":"error","error":{"type":"rate_limit_error","message":"All keys rest."}})")
        << u"rate_limit_error"_s << qint64(7'000);
    QTest::newRow("Ollama") << u"ollama"_s << QByteArray(R"({"error":"All keys rest."})") << QString()
                            << qint64(7'000);
}

void TstChatClient::tellsErrorsInTheirOwnWords()
{
    QFETCH(QString, dialect);
    QFETCH(QByteArray, body);
    m_server->answer = [body](const auto &, QTcpSocket &socket) {
        ScriptedServer::send(socket, 429, body, "Retry-After: 7\r\nx-request-id: req_7\r\n");
    };
    const ChatStream *stream = asked(question(), dialect);
    QCOMPARE(stream->failure().status, 429);
    QCOMPARE(stream->failure().text, u"All keys rest."_s);
    QTEST(stream->failure().code, "code");
    QTEST(stream->failure().retryAfterMs, "retryMs");
    QCOMPARE(stream->requestId(), u"req_7"_s);
    QCOMPARE(m_server->requests.size(), 1);
}

void TstChatClient::tellsAnErrorInsideTheStream()
{
    m_server->answer = [](const auto &, QTcpSocket &socket) {
        ScriptedServer::beginStream(socket);
        ScriptedServer::event(socket, R"({"candidates":[{"content":{"parts":[{"text":"Us"}]}}]})");
        ScriptedServer::event(socket,
                              R"({"error":{"code":503,"message":"Overloaded.","status":"UNAVAILABLE"}})");
        socket.disconnectFromHost();
    };
    const ChatStream *stream = asked(question());
    QCOMPARE(stream->failure().status, 503);
    QCOMPARE(stream->failure().text, u"Overloaded."_s);
    QCOMPARE(textOf(stream->turn()), u"Us"_s);
}

void TstChatClient::tellsABrokenAnswer()
{
    m_server->answer = [](const auto &, QTcpSocket &socket) {
        ScriptedServer::beginStream(socket);
        ScriptedServer::event(socket, R"({"candidates":[{"content":{"parts":[{"text":"Us"}]}}]})");
        socket.disconnectFromHost();
    };
    const ChatStream *stream = asked(question());
    QVERIFY(stream->failure().isSet());
    QCOMPARE(textOf(stream->turn()), u"Us"_s);
}

void TstChatClient::tellsThatNobodyListens()
{
    m_server->close();
    QVERIFY(asked(question())->failure().text.contains("does not answer"_L1));
    m_control->gatewayStatus.address.clear();
    QVERIFY(asked(question())->failure().text.contains("not serving"_L1));
}

void TstChatClient::tellsWhatStoppedTheModel()
{
    m_server->answer = [](const auto &, QTcpSocket &socket) {
        ScriptedServer::beginStream(socket);
        ScriptedServer::event(socket, R"({"promptFeedback":{"blockReason":"SAFETY"}})");
        socket.disconnectFromHost();
    };
    const ChatStream *stream = asked(question());
    QVERIFY(!stream->failure().isSet());
    QCOMPARE(stream->stopReason(), u"SAFETY"_s);
}

void TstChatClient::cancelKeepsWhatCame()
{
    bool isGone = false;
    m_server->answer = [this, &isGone](const auto &, QTcpSocket &socket) {
        connect(&socket, &QTcpSocket::disconnected, m_server.get(), [&isGone] { isGone = true; });
        ScriptedServer::beginStream(socket);
        ScriptedServer::event(socket, R"({"candidates":[{"content":{"parts":[{"text":"Us"}]}}]})");
    };
    ChatStream *stream = m_client->ask(question(), u"gemini"_s, m_client.get());
    QSignalSpy over(stream, &ChatStream::finished);
    QTRY_COMPARE(textOf(stream->turn()), u"Us"_s);
    stream->cancel();
    QCOMPARE(over.count(), 1);
    QVERIFY(!stream->failure().isSet());
    QTRY_VERIFY(isGone);
    QCOMPARE(textOf(stream->turn()), u"Us"_s);
}

void TstChatClient::makesItsTokenOnceAndRenewsItAtTheNextStart()
{
    m_server->answer = [](const auto &, QTcpSocket &socket) { ScriptedServer::send(socket, 500, "{}"); };
    asked(question());
    asked(question());
    QCOMPARE(m_control->calls, (QStringList{u"tokens.list"_s, u"tokens.create Built-in chat"_s}));
    m_client = std::make_unique<ChatClient>(*m_control);
    asked(question());
    QCOMPARE(m_control->calls.last(), u"tokens.rotate 1"_s);
    QCOMPARE(m_server->requests.last().headers.value("authorization"),
             QByteArray("Bearer gb-rotated-token-for-tests-beef"));
    QCOMPARE(m_control->tokenRows.size(), std::size_t{1});
}

void TstChatClient::replacesARefusedToken()
{
    m_server->answer = [](const ScriptedServer::Request &request, QTcpSocket &socket) {
        if (!request.headers.value("authorization").contains("rotated"))
            return ScriptedServer::send(socket, 401, R"({"error":{"message":"Unknown token."}})");
        ScriptedServer::beginStream(socket);
        ScriptedServer::event(
            socket, R"({"candidates":[{"content":{"parts":[{"text":"Ok"}]},"finishReason":"STOP"}]})");
        socket.disconnectFromHost();
    };
    const ChatStream *stream = asked(question());
    QVERIFY2(!stream->failure().isSet(), qPrintable(stream->failure().text));
    QCOMPARE(textOf(stream->turn()), u"Ok"_s);
    QCOMPARE(m_server->requests.size(), 2);
}

void TstChatClient::readsTheModels()
{
    m_server->answer = [](const ScriptedServer::Request &request, QTcpSocket &socket) {
        QCOMPARE(request.path, QByteArray("/v1/models"));
        ScriptedServer::send(socket, 200, R"({"data":[{"id":"gemini-3-pro","display_name":"Gemini 3 Pro",
            "max_output_tokens":65536},{"id":"embed","max_output_tokens":1},{"id":"alias"}]})");
    };
    QSignalSpy changed(m_client.get(), &ChatClient::modelsChanged);
    m_client->readModels();
    QVERIFY(changed.wait());
    QCOMPARE(m_client->models(),
             (QList<ChatModel>{{u"gemini-3-pro"_s, u"Gemini 3 Pro"_s}, {u"alias"_s, u"alias"_s}}));
    m_server->answer = [](const auto &, QTcpSocket &socket) {
        ScriptedServer::send(socket, 503, R"({"error":{"message":"No key yet."}})");
    };
    QSignalSpy failed(m_client.get(), &ChatClient::modelsFailed);
    m_client->readModels();
    QVERIFY(failed.wait());
    QCOMPARE(failed.first().first().value<ChatFailure>().text, u"No key yet."_s);
}

void TstChatClient::contentSurvivesTheStore()
{
    ChatTurn turn;
    turn.isUser = false;
    addText(turn, ChatPart::Kind::Thought, u"hm"_s);
    addText(turn, ChatPart::Kind::Text, u"é1"_s);
    turn.parts.last().signature = "sig";
    ChatPart file;
    file.kind = ChatPart::Kind::Data;
    file.mimeType = u"image/png"_s;
    file.name = u"a.png"_s;
    file.data = QByteArray("\0\xff", 2);
    turn.parts.append(file);
    turn.sources = {{u"t"_s, u"https://x.org"_s}, {u"u"_s, u"https://y.org"_s}};
    turn.citations = {{2, {0, 1}}, {1, {1}}};
    turn.thoughtMs = 3200;
    QCOMPARE(turnOf(false, contentOf(turn)), turn);
    QCOMPARE(citedTextOf(turn), u"é²¹˒²1"_s);
    QVERIFY(turnOf(true, "no json").parts.isEmpty());
}

QTEST_MAIN(TstChatClient)
#include "tst_chatclient.moc"
