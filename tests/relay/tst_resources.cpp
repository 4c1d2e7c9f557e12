#include <QTest>

#include "gateway/relay/resources.h"

using namespace Gateway;

using Names = std::vector<std::string>;

class TstResources : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsThePath();
    void readsTheUploadSession();
    void readsTheBody();
    void leavesOrdinaryTextAlone();
    void readsWhatAnAnswerMade();
    void knowsOpenAisObjects();
    void knowsWhatInteractionsRunOn();
};

void TstResources::readsThePath()
{
    QVERIFY(namedResources("/v1beta/environments", {}, {}).empty());
    QVERIFY(namedResources("/v1beta/environments:x", {}, {}).empty());
    QCOMPARE(namedResources("/v1beta/files/abc-1", {}, {}), Names{"files/abc-1"});
    QCOMPARE(namedResources("/v1beta/interactions/i1/cancel", {}, {}), Names{"interactions/i1"});
    QCOMPARE(namedResources("/v1beta/batches/b1:cancel", {}, {}), Names{"batches/b1"});
    QCOMPARE(namedResources("/v1beta/models/m/operations/o1", {}, {}), Names{"operations/o1"});
    QCOMPARE(namedResources("/v1beta/tunedModels/t:generateContent", {}, {}), Names{"tunedModels/t"});
    QCOMPARE(namedResources("/v1beta/files", {}, {}), Names{});
}

void TstResources::readsTheUploadSession()
{
    QCOMPARE(namedResources("/upload/v1beta/files", "upload_id=u%2F1&x=2", "\"files/no\""),
             Names{"upload/u/1"});
    QCOMPARE(uploadName("https://h/upload/v1beta/files?key=k&upload_id=u1"), std::string("upload/u1"));
    QCOMPARE(uploadName("https://h/upload"), std::string());
}

void TstResources::readsTheBody()
{
    const std::string body = R"({"contents":[{"parts":[
        {"fileData":{"mimeType":"a/b","fileUri":"https://generativelanguage.googleapis.com/v1beta/files/f1"}},
        {"file_data":{"file_uri" : "https://h/v1beta/files/f2"}},{"fileData":{"fileUri":"files/f1"}}]}],
        "cachedContent":"cachedContents/c1","previous_interaction_id":"i9"})";
    QCOMPARE(namedResources("/v1beta/models/m:generateContent", {}, body),
             (Names{"files/f1", "files/f2", "cachedContents/c1", "interactions/i9"}));
}

void TstResources::leavesOrdinaryTextAlone()
{
    const std::string body =
        R"({"text":"see files/abc and \"quotes\"","x":"file","y":"files/","uri":"http://a/b"})";
    QCOMPARE(namedResources("/v1beta/models/m:generateContent", {}, body), Names{});
}

void TstResources::readsWhatAnAnswerMade()
{
    QCOMPARE(createdResources("/upload/v1beta/files", R"({"file":{"name":"files/f1","uri":"x"}})"),
             Names{"files/f1"});
    QCOMPARE(createdResources("/v1beta/cachedContents", R"({"name":"cachedContents/c"})"),
             Names{"cachedContents/c"});
    QCOMPARE(createdResources("/v1beta/interactions", R"({"id":"i1","object":"interaction"})"),
             Names{"interactions/i1"});
    QCOMPARE(
        createdResources("/v1beta/models/m:batchGenerateContent", R"({"name":"batches/b1","metadata":{}})"),
        Names{"batches/b1"});
    QCOMPARE(createdResources("/v1beta/cachedContents", "not json"), Names{});
}

void TstResources::knowsOpenAisObjects()
{
    const std::string_view base = "/v1beta/openai/batches";
    QCOMPARE(namedResources("/v1beta/openai/batches/batches%2Fb1", {}, {}),
             (Names{"batches/batches", "batches/b1"}));
    QCOMPARE(namedResources("/v1beta/openai/videos/v1", {}, {}), Names{"videos/v1"});
    QCOMPARE(namedResources(base, {}, R"({"input_file_id":"files/f1"})"), Names{"files/f1"});
    QCOMPARE(createdResources(base, R"({"id":"batches/b1","object":"batch","output_file_id":"files/o1"})"),
             (Names{"batches/b1", "files/o1"}));
    QCOMPARE(createdResources("/v1beta/openai/videos", R"({"id":"v1"})"), Names{"videos/v1"});
    QCOMPARE(createdResources("/v1beta/openai/chat/completions", R"({"id":"c1"})"), Names{});
}

void TstResources::knowsWhatInteractionsRunOn()
{
    const std::string body =
        R"({"agent":"mine","environment":"env1","previous_interaction_id":"i1","input":"x"})";
    QCOMPARE(namedResources("/v1/interactions", {}, body),
             (Names{"interactions/i1", "agents/mine", "environments/env1"}));
    QCOMPARE(namedResources("/v1beta/models/m:generateContent", {}, R"({"agent":"mine"})"), Names{});
    QCOMPARE(namedResources("/v1beta/interactions", {}, R"({"agent":{"x":1},"environment":"a b"})"), Names{});
    QCOMPARE(namedResources("/v1beta/environments/e1/files/f1", {}, {}), Names{"environments/e1"});
    QCOMPARE(namedResources("/v1beta/triggers/t1/executions", {}, {}), Names{"triggers/t1"});
    QCOMPARE(createdResources("/v1/environments", R"({"id":"e1"})"), Names{"environments/e1"});
    QCOMPARE(createdResources("/v1beta/agents", R"({"id":"a1","name":"agents/a1"})"), Names{"agents/a1"});
    QCOMPARE(createdResources("/v1beta/models/m:generateContent", R"({"id":"x"})"), Names{});
}

QTEST_APPLESS_MAIN(TstResources)
#include "tst_resources.moc"
