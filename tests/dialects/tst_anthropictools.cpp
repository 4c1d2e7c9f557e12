#include <QTest>

#include "tests/dialects/anthropicanswers.h"

using namespace Gateway;

/// What Google's own tools did in an answer → Anthropic's blocks, whole and streamed.
class TstAnthropicTools : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsTheSearch();
    void citesInAWholeAnswer_data();
    void citesInAWholeAnswer();
    void citesAtTheEndOfAStream();
    void tellsCodeThatRan_data();
    void tellsCodeThatRan();
    void codeHasSignaturesAndIds();
};

void TstAnthropicTools::tellsTheSearch()
{
    const json::object searched = parsed(whole(gemini(
        R"({"text":"a"})",
        R"(,"finishReason":"STOP","groundingMetadata":{"webSearchQueries":["q","r"],"groundingChunks":[)"
        R"({"web":{"uri":"https://a","title":"A"}},{"retrievedContext":{}}]})")));
    QCOMPARE(QByteArray::fromStdString(toJson(searched.at("content"))),
             QByteArray(R"([{"type":"server_tool_use","id":"srvtoolu_abc",)"
                        R"("name":"web_search","input":{"query":"q; r"}},{"type":"web_search_tool_result",)"
                        R"("tool_use_id":"srvtoolu_abc","content":[{"type":"web_search_result",)"
                        R"("url":"https://a","title":"A","encrypted_content":"","page_age":null}]},)"
                        R"({"type":"text","text":"a"}])"));
    QCOMPARE(
        integerAt(*objectAt(searched.at("usage").as_object(), "server_tool_use"), "web_search_requests", 0),
        2);
    QCOMPARE(stringAt(searched, "stop_reason"), std::string_view("end_turn"));
}

namespace {

/// groundingMetadata that finds "A" and "B" and stands behind the segments.
std::string grounding(const std::string &supports)
{
    return R"(,"groundingMetadata":{"webSearchQueries":["q"],"groundingChunks":[)"
           R"({"web":{"uri":"https://a","title":"A"}},{"web":{"uri":"https://b","title":"B"}}],)"
           R"("groundingSupports":[)" +
           supports + "]}";
}

std::string support(int part, int start, int end, const std::string &indices)
{
    return "{\"segment\":{" + (part > 0 ? "\"partIndex\":" + std::to_string(part) + ',' : std::string()) +
           "\"startIndex\":" + std::to_string(start) + ",\"endIndex\":" + std::to_string(end) +
           R"(,"text":"w"},"groundingChunkIndices":[)" + indices + "]}";
}

std::string location(const std::string &letter)
{
    return R"({"type":"web_search_result_location","url":"https://)" + letter + R"(","title":")" +
           static_cast<char>(letter[0] - 'a' + 'A') + R"(","encrypted_index":"","cited_text":"w"})";
}

std::string textBlock(const std::string &text, const std::string &locations = "")
{
    return R"({"type":"text","text":")" + text + '"' +
           (locations.empty() ? "" : ",\"citations\":[" + locations + ']') + '}';
}

} // namespace

void TstAnthropicTools::citesInAWholeAnswer_data()
{
    QTest::addColumn<QByteArray>("parts");
    QTest::addColumn<QByteArray>("supports");
    QTest::addColumn<QByteArray>("texts");
    const auto row = [](const char *name, const std::string &parts, const std::string &supports,
                        const std::string &texts) {
        QTest::newRow(name) << QByteArray::fromStdString(parts) << QByteArray::fromStdString(supports)
                            << QByteArray::fromStdString(texts);
    };
    const std::string abc = R"({"text":"one two three"})";
    row("words in the midst", abc, support(0, 4, 7, "0"),
        textBlock("one ") + ',' + textBlock("two", location("a")) + ',' + textBlock(" three"));
    row("several sources, several places", abc, support(0, 0, 3, "0,1") + ',' + support(0, 8, 13, "1"),
        textBlock("one", location("a") + ',' + location("b")) + ',' + textBlock(" two ") + ',' +
            textBlock("three", location("b")));
    row("not in the order of the text", abc, support(0, 8, 13, "1") + ',' + support(0, 0, 3, "0"),
        textBlock("one", location("a")) + ',' + textBlock(" two ") + ',' + textBlock("three", location("b")));
    row("one place twice", abc, support(0, 4, 7, "0") + ',' + support(0, 4, 7, "1"),
        textBlock("one ") + ',' + textBlock("two", location("a") + ',' + location("b")) + ',' +
            textBlock(" three"));
    row("places that overlap", abc, support(0, 0, 7, "0") + ',' + support(0, 4, 13, "1"),
        textBlock("one two", location("a")) + ',' + textBlock(" three", location("b")));
    row("beyond the end", abc, support(0, 8, 99, "0"),
        textBlock("one two ") + ',' + textBlock("three", location("a")));
    row("bytes, not characters; and never half a character", R"({"text":"\u00e9\u00e9 x"})",
        support(0, 0, 3, "0"), textBlock("\u00e9\u00e9", location("a")) + ',' + textBlock(" x"));
    row("a later part", R"({"text":"hm","thought":true},{"text":"one "},{"text":"two"})",
        support(2, 0, 3, "0"), textBlock("one ") + ',' + textBlock("two", location("a")));
    row("words that are not Gemini's",
        R"({"text":"one"},{"inlineData":{"mimeType":"image/png","data":"AA"}},{"text":"two"})",
        support(2, 0, 3, "0"),
        R"J({"type":"text","text":"one\n\n![image](data:image/png;base64,AA)"},)J" +
            textBlock("two", location("a")));
    row("no such source", abc, support(0, 4, 7, "7,-1"), textBlock("one two three"));
    row("no place", abc, R"({"groundingChunkIndices":[0]},{"segment":{}},1)", textBlock("one two three"));
}

void TstAnthropicTools::citesInAWholeAnswer()
{
    QFETCH(QByteArray, parts);
    QFETCH(QByteArray, supports);
    QFETCH(QByteArray, texts);
    json::array content = parsed(whole(gemini(parts.toStdString(), R"(,"finishReason":"STOP")" +
                                                                       grounding(supports.toStdString())),
                                       ""))
                              .at("content")
                              .as_array();
    QVERIFY(content.size() > 2);
    QCOMPARE(stringAt(content[0].as_object(), "type"), std::string_view("server_tool_use"));
    QCOMPARE(stringAt(content[1].as_object(), "type"), std::string_view("web_search_tool_result"));
    content.erase(content.begin(), content.begin() + 2);
    QCOMPARE(QByteArray::fromStdString(toJson(content)),
             QByteArray::fromStdString(toJson(parseJson("[" + texts.toStdString() + "]").value())));
}

/// There Gemini tells its sources; what was said before is on its way.
void TstAnthropicTools::citesAtTheEndOfAStream()
{
    const std::string found = grounding(support(0, 0, 3, "0") + ',' + support(0, 4, 7, "0,1"));
    const std::string early = R"(,"groundingMetadata":{"webSearchQueries":["q"]})";
    const std::string out = streamed({gemini(R"({"text":"one "})", early), gemini(R"({"text":"two"})", found),
                                      gemini("", R"(,"finishReason":"STOP")")},
                                     "");
    const json::object message = MessageJoin(out).message();
    const json::array &content = message.at("content").as_array();
    QCOMPARE(content.size(), std::size_t{3});
    QCOMPARE(QByteArray::fromStdString(toJson(content[0])),
             QByteArray::fromStdString(
                 textBlock("one two", location("a") + ',' + location("a") + ',' + location("b"))));
    QCOMPARE(stringAt(content[1].as_object(), "name"), std::string_view("web_search"));
    QCOMPARE(stringAt(content[2].as_object(), "type"), std::string_view("web_search_tool_result"));
    QVERIFY(out.find(R"({"type":"content_block_delta","index":0,"delta":{"type":"citations_delta",)"
                     R"("citation":{"type":"web_search_result_location",)") != std::string::npos);
    QCOMPARE(
        integerAt(*objectAt(message.at("usage").as_object(), "server_tool_use"), "web_search_requests", 0),
        1);
}

void TstAnthropicTools::tellsCodeThatRan_data()
{
    QTest::addColumn<QByteArray>("tool");
    QTest::addColumn<QByteArray>("parts");
    QTest::addColumn<QByteArray>("blocks"); // ID stands for the id
    const auto row = [](const char *name, const char *tool, const char *parts, const char *blocks) {
        QTest::newRow(name) << QByteArray(tool) << QByteArray(parts) << QByteArray(blocks);
    };
    const char *good =
        "{\"text\":\"a\"}\n{\"executableCode\":{\"language\":\"PYTHON\",\"code\":\"1+1\"}}\n"
        "{\"codeExecutionResult\":{\"outcome\":\"OUTCOME_OK\",\"output\":\"1\\n\"}}\n{\"text\":\"b\"}";
    row("the first version", "code_execution_20250522", good,
        R"([{"type":"text","text":"a"},{"type":"server_tool_use","id":"ID","name":"code_execution",)"
        R"("input":{"code":"1+1"}},{"type":"code_execution_tool_result","tool_use_id":"ID",)"
        R"("content":{"type":"code_execution_result","stdout":"1\n","stderr":"","return_code":0,)"
        R"("content":[]}},{"type":"text","text":"b"}])");
    row("a later version", "code_execution_20250825", good,
        R"([{"type":"text","text":"a"},{"type":"server_tool_use","id":"ID","name":"bash_code_execution",)"
        R"("input":{"command":"python3 - <<'EOF'\n1+1\nEOF\n"}},)"
        R"({"type":"bash_code_execution_tool_result","tool_use_id":"ID","content":)"
        R"({"type":"bash_code_execution_result","stdout":"1\n","stderr":"","return_code":0,)"
        R"("content":[]}},{"type":"text","text":"b"}])");
    row("failure", "code_execution_20250522",
        "{\"executableCode\":{\"code\":\"x\"}}\n"
        "{\"codeExecutionResult\":{\"outcome\":\"OUTCOME_FAILED\",\"output\":\"NameError\"}}",
        R"([{"type":"server_tool_use","id":"ID","name":"code_execution","input":{"code":"x"}},)"
        R"({"type":"code_execution_tool_result","tool_use_id":"ID","content":{"type":)"
        R"("code_execution_result","stdout":"","stderr":"NameError","return_code":1,"content":[]}}])");
    row("too long", "code_execution_20260120",
        "{\"executableCode\":{\"code\":\"EOF\"}}\n"
        "{\"codeExecutionResult\":{\"outcome\":\"OUTCOME_DEADLINE_EXCEEDED\"}}",
        R"([{"type":"server_tool_use","id":"ID","name":"bash_code_execution",)"
        R"("input":{"command":"python3 - <<'EOF_'\nEOF\nEOF_\n"}},)"
        R"({"type":"bash_code_execution_tool_result","tool_use_id":"ID","content":{"type":)"
        R"("bash_code_execution_tool_result_error","error_code":"execution_time_exceeded"}}])");
    row("thoughts before it", "code_execution_20250522",
        "{\"text\":\"h\",\"thought\":true}\n{\"executableCode\":{\"code\":\"x\"},\"thoughtSignature\":\"S\"}",
        R"([{"type":"thinking","thinking":"h","signature":"gemini:S"},{"type":"server_tool_use","id":"ID",)"
        R"("name":"code_execution","input":{"code":"x"}}])");
    row("a result of nothing", "code_execution_20250522", "{\"codeExecutionResult\":{\"output\":\"1\"}}",
        R"([{"type":"text","text":"```text\n1\n```\n"}])");
}

void TstAnthropicTools::tellsCodeThatRan()
{
    QFETCH(QByteArray, tool);
    QFETCH(QByteArray, parts);
    QFETCH(QByteArray, blocks);
    const std::string more = std::string(THINKING) + R"("tools":[{"type":")" + tool.toStdString() +
                             R"(","name":"code_execution"}],)";
    const std::vector<std::string> list = partsOf(parts);
    const json::object expected =
        parsed(whole(gemini(joined(list, 0, list.size()), R"(,"finishReason":"STOP")"), more));
    std::string id;
    for (const json::value &block : expected.at("content").as_array()) {
        if (stringAt(block.as_object(), "type") == "server_tool_use")
            id = stringAt(block.as_object(), "id");
    }
    QCOMPARE(id.starts_with("srvtoolu_"), blocks.contains("\"ID\""));
    QCOMPARE(QByteArray::fromStdString(toJson(expected.at("content"))),
             blocks.replace("\"ID\"", QByteArray::fromStdString('"' + id + '"')));
    for (unsigned cuts = 0; cuts < 1U << (list.size() - 1); ++cuts) {
        std::vector<std::string> events;
        std::size_t from = 0;
        for (std::size_t to = 1; to <= list.size(); ++to) {
            if (to < list.size() && (cuts >> (to - 1) & 1U) == 0)
                continue;
            events.push_back(gemini(joined(list, from, to)));
            from = to;
        }
        events.push_back(R"({"candidates":[{"finishReason":"STOP"}],)" + USAGE + "}");
        QCOMPARE(MessageJoin(streamed(events, more)).message(), expected);
    }
}

void TstAnthropicTools::codeHasSignaturesAndIds()
{
    const std::string tool = R"("tools":[{"type":"code_execution_20250522","name":"code_execution"}],)";
    const std::unique_ptr<Translation> message = translation(false, tool);
    const Result<std::string> told =
        message->answer(gemini(R"({"executableCode":{"id":"g1","code":"x"},"thoughtSignature":"S"},)"
                               R"({"codeExecutionResult":{"id":"g1","outcome":"OUTCOME_OK"}},)"
                               R"({"executableCode":{"code":"y"}},{"executableCode":{"code":"z"}})",
                               R"(,"finishReason":"STOP")"));
    QVERIFY(told);
    const json::array content = parsed(*told).at("content").as_array();
    QCOMPARE(content.size(), std::size_t{4});
    QCOMPARE(stringAt(content[0].as_object(), "id"), std::string_view("g1"));
    QCOMPARE(stringAt(content[1].as_object(), "tool_use_id"), std::string_view("g1"));
    QVERIFY(stringAt(content[2].as_object(), "id") != stringAt(content[3].as_object(), "id"));
    const auto signatures = message->takeSignatures();
    QCOMPARE(signatures.size(), std::size_t{1});
    QCOMPARE(signatures.front(), (std::pair<std::string, std::string>("g1", "S")));
}

QTEST_APPLESS_MAIN(TstAnthropicTools)
#include "tst_anthropictools.moc"
