#include <QTest>

#include "gateway/relay/nativerequest.h"

using namespace Gateway;

namespace {

ClientRequest post(std::string path, std::string query = {})
{
    ClientRequest request;
    request.method = "POST";
    request.path = std::move(path);
    request.query = std::move(query);
    return request;
}

} // namespace

class TstNativeRequest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsPathAndQueryMinusTheKey();
    void dropsTheGeminiPrefix();
    void readsModelAndMethod_data();
    void readsModelAndMethod();
    void knowsHowTheAnswerIsFramed();
    void readsModelAndStreamInBodies();
    void dropsCredentialsAndHopByHopHeaders();
    void asksForNoCompressionOfStreams();
    void knowsWhatMustNotBeRepeated();
    void judgesJsonBodiesOnly_data();
    void judgesJsonBodiesOnly();
};

void TstNativeRequest::keepsPathAndQueryMinusTheKey()
{
    ClientRequest request = post("/v1beta/models/gemini-x:streamGenerateContent", "key=secret&alt=sse&x=%20");
    const NativeRequest native = prepareNative(request, "https://google");
    QCOMPARE(native.url,
             std::string("https://google/v1beta/models/gemini-x:streamGenerateContent?alt=sse&x=%20"));
}

void TstNativeRequest::dropsTheGeminiPrefix()
{
    ClientRequest request = post("/gemini/v1beta/models/a:countTokens");
    QCOMPARE(prepareNative(request, "h").url, std::string("h/v1beta/models/a:countTokens"));
}

void TstNativeRequest::readsModelAndMethod_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("model");
    QTest::addColumn<QString>("method");
    QTest::addRow("plain") << "/v1beta/models/gemini-x:generateContent"
                           << "gemini-x"
                           << "generateContent";
    QTest::addRow("slash in the id") << "/v1/models/a/b%20c:countTokens"
                                     << "a/b c"
                                     << "countTokens";
    QTest::addRow("tuned") << "/v1beta/tunedModels/t:generateContent"
                           << "tunedModels/t"
                           << "generateContent";
    QTest::addRow("file") << "/v1beta/files"
                          << ""
                          << "files.create";
    QTest::addRow("upload") << "/upload/v1beta/files"
                            << ""
                            << "files.create";
    QTest::addRow("Google's OpenAI chat") << "/v1beta/openai/chat/completions"
                                          << ""
                                          << "openai.chat.completions";
    QTest::addRow("Google's OpenAI batch") << "/v1beta/openai/batches/batches%2Fx/cancel"
                                           << ""
                                           << "openai.batches.create";
    QTest::addRow("interaction") << "/v1/interactions/i/cancel"
                                 << ""
                                 << "interactions.create";
}

void TstNativeRequest::readsModelAndMethod()
{
    QFETCH(QString, path);
    ClientRequest request = post(path.toStdString());
    const NativeRequest native = prepareNative(request, "h");
    QTEST(QString::fromStdString(native.model), "model");
    QTEST(QString::fromStdString(native.method), "method");
}

void TstNativeRequest::knowsHowTheAnswerIsFramed()
{
    ClientRequest sse = post("/v1beta/models/a:streamGenerateContent", "alt=sse");
    QVERIFY(prepareNative(sse, "h").shape == AnswerShape::Sse);
    ClientRequest array = post("/v1beta/models/a:streamGenerateContent");
    QVERIFY(prepareNative(array, "h").shape == AnswerShape::JsonArray);
    ClientRequest whole = post("/v1beta/models/a:generateContent");
    QVERIFY(prepareNative(whole, "h").shape == AnswerShape::Whole);
}

void TstNativeRequest::readsModelAndStreamInBodies()
{
    ClientRequest chat = post("/v1beta/openai/chat/completions");
    chat.body = R"({"model":"models/gemini-x","stream":true,"messages":[]})";
    const NativeRequest native = prepareNative(chat, "h");
    QCOMPARE(native.model, std::string("gemini-x"));
    QVERIFY(native.shape == AnswerShape::Sse);
    QVERIFY(native.words == AnswerWords::OpenAi);
    QVERIFY(!native.hasSideEffects);
    ClientRequest interaction = post("/v1/interactions");
    interaction.body = R"({"model":"gemini-y","input":"x"})";
    const NativeRequest whole = prepareNative(interaction, "h");
    QCOMPARE(whole.model, std::string("gemini-y"));
    QVERIFY(whole.shape == AnswerShape::Whole);
    QVERIFY(whole.hasSideEffects);
    ClientRequest resumed = post("/v1beta/interactions/i1", "stream=true&last_event_id=7");
    resumed.method = "GET";
    QVERIFY(prepareNative(resumed, "h").shape == AnswerShape::Sse);
    ClientRequest other = post("/v1beta/models/gemini-x:generateContent");
    other.body = R"({"model":"gemini-z","stream":true})";
    QCOMPARE(prepareNative(other, "h").model, std::string("gemini-x"));
}

void TstNativeRequest::dropsCredentialsAndHopByHopHeaders()
{
    ClientRequest request = post("/v1beta/models/a:generateContent");
    request.headers = {{"Host", "localhost"},
                       {"Authorization", "Bearer t"},
                       {"X-Goog-Api-Key", "t"},
                       {"x-api-key", "t"},
                       {"Connection", "keep-alive"},
                       {"Content-Length", "2"},
                       {"Content-Type", "application/json"},
                       {"Accept-Encoding", "gzip"},
                       {"Sec-Fetch-Mode", "cors"},
                       {"x-goog-api-client", "genai/2"}};
    prepareNative(request, "h");
    QCOMPARE(request.headers, (Headers{{"Content-Type", "application/json"},
                                       {"Accept-Encoding", "gzip"},
                                       {"x-goog-api-client", "genai/2"}}));
}

void TstNativeRequest::asksForNoCompressionOfStreams()
{
    ClientRequest request = post("/v1beta/models/a:streamGenerateContent", "alt=sse");
    request.headers = {{"Accept-Encoding", "gzip"}};
    prepareNative(request, "h");
    QVERIFY(request.headers.empty());
}

void TstNativeRequest::knowsWhatMustNotBeRepeated()
{
    ClientRequest upload = post("/upload/v1beta/files");
    QVERIFY(prepareNative(upload, "h").hasSideEffects);
    ClientRequest generate = post("/v1beta/models/a:generateContent");
    QVERIFY(!prepareNative(generate, "h").hasSideEffects);
    ClientRequest list = post("/v1beta/files");
    list.method = "GET";
    QVERIFY(!prepareNative(list, "h").hasSideEffects);
}

void TstNativeRequest::judgesJsonBodiesOnly_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("header");
    QTest::addColumn<QString>("value");
    QTest::addColumn<bool>("judged");
    const QString generate = u"/v1beta/models/gemini-x:generateContent"_qs;
    QTest::addRow("no type") << generate << u"X-Other"_qs << u"1"_qs << true;
    QTest::addRow("JSON") << generate << u"content-type"_qs << u"Application/JSON; charset=utf-8"_qs << true;
    QTest::addRow("another collection")
        << u"/v1beta/cachedContents"_qs << u"Content-Type"_qs << u"application/json"_qs << true;
    QTest::addRow("not compressed") << generate << u"Content-Encoding"_qs << u"identity"_qs << true;
    QTest::addRow("compressed") << generate << u"Content-Encoding"_qs << u"gzip"_qs << false;
    QTest::addRow("another type") << generate << u"Content-Type"_qs << u"application/x-protobuf"_qs << false;
    QTest::addRow("upload") << u"/upload/v1beta/files"_qs << u"Content-Type"_qs << u"application/json"_qs
                            << false;
}

void TstNativeRequest::judgesJsonBodiesOnly()
{
    QFETCH(QString, path);
    QFETCH(QString, header);
    QFETCH(QString, value);
    QFETCH(bool, judged);
    ClientRequest request = post(path.toStdString());
    request.headers.emplace_back(header.toStdString(), value.toStdString());
    request.body = "{\"contents\":";
    const NativeRequest native = prepareNative(request, "h");
    QCOMPARE(!checkNativeBody(request, native).has_value(), judged);
    request.body = "{}";
    QVERIFY(checkNativeBody(request, native).has_value());
    request.body.clear();
    QVERIFY(checkNativeBody(request, native).has_value());
}

QTEST_APPLESS_MAIN(TstNativeRequest)
#include "tst_nativerequest.moc"
