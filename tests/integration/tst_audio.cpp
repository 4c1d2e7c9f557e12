#include <QElapsedTimer>
#include <QTest>

#include "gateway/common/json.h"
#include "tests/audio/audiodecode.h"
#include "tests/integration/stage.h"

using namespace TestSupport;
using namespace Gateway;

// OpenAI's audio paths through the program; what it sends is heard.
class TstAudio : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_stage.reset(); }
    void speaks_data();
    void speaks();
    void speaksWhileItIsSpokenTo();
    void speaksLongPiecesWhole();
    void changesTheSpeed();
    void findsAModel_data();
    void findsAModel();
    void takesAnotherKey();
    void refusesBeforeTheFirstByte_data();
    void refusesBeforeTheFirstByte();
    void cutsABrokenSpeech();
    void tellsABreakAmongEvents();
    void waitsWithItsHead();

private:
    std::string lastPath() { return m_stage->fake().requests().back().request.path; }

    std::unique_ptr<Stage> m_stage;
};

namespace {

constexpr const char *SPEECH = "/v1/audio/speech";
constexpr const char *VOICE = "gemini-3.8-flash-tts"; // for which no list of models is asked

std::string speechBody(const std::string &text, const std::string &more = "",
                       const std::string &model = "tts-1")
{
    std::string body = R"({"voice":"alloy","model":")" + model + R"(",)" + more + R"("input":)";
    appendJsonString(body, text);
    return body + '}';
}

std::string errorCode(const RawAnswer &answer)
{
    const auto body = parseJsonObject(answer.body);
    const json::object *error = body ? objectAt(*body, "error") : nullptr;
    return error ? std::string(stringAt(*error, "code")) : "no error: " + answer.body.substr(0, 200);
}

} // namespace

void TstAudio::init()
{
    m_stage = std::make_unique<Stage>(2);
    QVERIFY(m_stage->start({{"MAX_RETRIES", "1"},
                            {"HEARTBEAT_INTERVAL", "1"},
                            {"MODEL_ALIASES", "gpt-*=gemini-3.6-flash, reader=gemini-2.5-pro-preview-tts"}}));
}

void TstAudio::speaks_data()
{
    QTest::addColumn<QByteArray>("format");
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("codec");
    const auto row = [](const char *format, const char *type, const char *codec) {
        QTest::newRow(format) << QByteArray(format) << QByteArray(type) << QByteArray(codec);
    };
    row("mp3", "audio/mpeg", "mp3float");
    row("opus", "audio/ogg", "opus");
    row("aac", "audio/aac", "aac");
    row("flac", "audio/flac", "flac");
    row("wav", "audio/wav", "pcm_s16le");
    row("pcm", "audio/pcm", "");
}

void TstAudio::speaks()
{
    QFETCH(QByteArray, format);
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, codec);
    const RawAnswer answer =
        m_stage->ask(SPEECH, speechBody("Hello [[seconds=2 chunks=7]]",
                                        "\"response_format\":\"" + format.toStdString() + "\","));
    QVERIFY2(answer.status == 200, answer.body.c_str());
    QVERIFY(answer.complete);
    QCOMPARE(answer.header("content-type"), std::string_view(type.constData()));
    QCOMPARE(answer.header("transfer-encoding"), std::string_view("chunked"));
    QCOMPARE(answer.header("x-gateway-model"), std::string_view("gemini-3.8-flash-tts"));
    if (format == "pcm") {
        QVERIFY(answer.body == tone(440, 2));
        return;
    }
    const DecodedAudio heard = decodedAudio(answer.body);
    QCOMPARE(QByteArray::fromStdString(heard.codec), codec);
    QVERIFY2(std::abs(heard.seconds() - 2) < 0.1, std::to_string(heard.seconds()).c_str());
    QVERIFY2(std::abs(heard.frequency() - 440) < 3, std::to_string(heard.frequency()).c_str());
}

/// Google is half way: so is the client.
void TstAudio::speaksWhileItIsSpokenTo()
{
    RawClient client(20'000);
    QVERIFY(client.connect(m_stage->gateway().port()));
    QVERIFY(client.send(m_stage->post(SPEECH, speechBody("Hello [[seconds=8 chunks=4 delay=700]]"))));
    QElapsedTimer timer;
    timer.start();
    QCOMPARE(client.readHead().status, 200);
    std::string early;
    while (early.size() < 15'000 && timer.elapsed() < 1500)
        early += client.read();
    QVERIFY2(early.size() >= 15'000, std::to_string(early.size()).c_str()); // of two seconds, 96 kbit each
    QVERIFY(timer.elapsed() < 1500);                                        // the end is at 2100
    const std::string rest = client.readUntil("\r\n0\r\n\r\n");
    QVERIFY(rest.ends_with("\r\n0\r\n\r\n"));
    QVERIFY(timer.elapsed() > 1900);
}

/// All in one piece, as models that do not stream give it.
void TstAudio::speaksLongPiecesWhole()
{
    const RawAnswer answer = m_stage->ask(SPEECH, speechBody("Hello [[seconds=30 chunks=1]]"));
    QVERIFY(answer.complete);
    const DecodedAudio heard = decodedAudio(answer.body);
    QVERIFY2(std::abs(heard.seconds() - 30) < 0.1, std::to_string(heard.seconds()).c_str());
    const RawAnswer chat = m_stage->ask(CHAT_PATH, chatBody("Hello")); // the key is free again
    QCOMPARE(chat.status, 200);
}

void TstAudio::changesTheSpeed()
{
    const RawAnswer answer =
        m_stage->ask(SPEECH, speechBody("Hello [[seconds=3]]",
                                        R"("speed":1.5,"response_format":"flac","instructions":"Softly",)"));
    QVERIFY2(answer.status == 200, answer.body.c_str());
    const DecodedAudio heard = decodedAudio(answer.body);
    QVERIFY2(std::abs(heard.seconds() - 2) < 0.15, std::to_string(heard.seconds()).c_str());
    QVERIFY2(std::abs(heard.frequency() - 440) < 12, std::to_string(heard.frequency()).c_str());
    const std::string asked = m_stage->fake().requests().back().request.body;
    QVERIFY2(asked.find(R"("speechMetadata":{"style":"Softly"})") != std::string::npos, asked.c_str());
}

void TstAudio::findsAModel_data()
{
    QTest::addColumn<QByteArray>("asked");
    QTest::addColumn<QByteArray>("set");
    QTest::addColumn<QByteArray>("used");
    const auto row = [](const char *asked, const char *set, const char *used) {
        QTest::addRow("%s %s", asked, set) << QByteArray(asked) << QByteArray(set) << QByteArray(used);
    };
    row("tts-1", "", "gemini-3.8-flash-tts");
    row("gpt-4o-mini-tts", "", "gemini-3.8-flash-tts"); // though an alias leads elsewhere
    row("tts-1-hd", "gemini-2.5-flash-preview-tts", "gemini-2.5-flash-preview-tts");
    row("reader", "gemini-2.5-flash-preview-tts", "gemini-2.5-pro-preview-tts");
    row("gemini-3.8-flash-lite-tts", "gemini-2.5-flash-preview-tts", "gemini-3.8-flash-lite-tts");
}

void TstAudio::findsAModel()
{
    QFETCH(QByteArray, asked);
    QFETCH(QByteArray, set);
    QFETCH(QByteArray, used);
    if (!set.isEmpty()) {
        m_stage = std::make_unique<Stage>(1);
        QVERIFY(m_stage->start(
            {{"SPEECH_MODEL", set.toStdString()}, {"MODEL_ALIASES", "reader=gemini-2.5-pro-preview-tts"}}));
    }
    const RawAnswer answer = m_stage->ask(SPEECH, speechBody("Hello", "", asked.toStdString()));
    QVERIFY2(answer.status == 200, answer.body.c_str());
    const std::string path = lastPath();
    QVERIFY2(path.find('/' + used.toStdString() + ":streamGenerateContent") != std::string::npos,
             path.c_str());
}

void TstAudio::takesAnotherKey()
{
    m_stage->script("*", Fault::MinuteQuota, 1, 30);
    const RawAnswer answer = m_stage->ask(SPEECH, speechBody("Hello [[seconds=1]]", "", VOICE));
    QVERIFY2(answer.status == 200, answer.body.c_str());
    QVERIFY(std::abs(decodedAudio(answer.body).seconds() - 1) < 0.1);
}

void TstAudio::refusesBeforeTheFirstByte_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("code");
    const auto row = [](const char *name, const std::string &body, int status, const char *code) {
        QTest::newRow(name) << QByteArray::fromStdString(body) << status << QByteArray(code);
    };
    row("no voice", R"({"model":"tts-1","input":"a"})", 400, "missing_required_parameter");
    row("blocked", speechBody("Hello [[block=SAFETY]]"), 400, "content_filter");
    row("filtered", speechBody("Hello [[finish=PROHIBITED_CONTENT]]"), 400, "content_filter");
    row("unknown voice", R"({"model":"tts-1","input":"a","voice":"Nobody"})", 400, "invalid_argument");
    row("unknown model", speechBody("Hello", "", "gemini-9-tts"), 404, "model_not_found");
    row("overloaded", speechBody("Hello [[fault=overloaded]]"), 503, "unavailable");
}

void TstAudio::refusesBeforeTheFirstByte()
{
    QFETCH(QByteArray, body);
    QFETCH(int, status);
    QFETCH(QByteArray, code);
    const RawAnswer answer = m_stage->ask(SPEECH, body.toStdString());
    QCOMPARE(answer.status, status);
    QVERIFY(answer.header("content-type").starts_with("application/json"));
    QCOMPARE(QByteArray::fromStdString(errorCode(answer)), code);
}

/// There is no place for an error among bytes of audio: the client sees that the rest is missing.
void TstAudio::cutsABrokenSpeech()
{
    m_stage->script("*", Fault::ErrorEvent, 1);
    const RawAnswer answer = m_stage->ask(SPEECH, speechBody("Hello [[seconds=4 chunks=4]]", "", VOICE));
    QCOMPARE(answer.status, 200);
    QVERIFY(!answer.body.empty());
    QVERIFY(!answer.complete);
}

void TstAudio::tellsABreakAmongEvents()
{
    m_stage->script("*", Fault::ErrorEvent, 1);
    const RawAnswer answer =
        m_stage->ask(SPEECH, speechBody("Hello [[seconds=4 chunks=4]]", R"("stream_format":"sse",)", VOICE));
    QCOMPARE(answer.status, 200);
    QVERIFY(answer.header("content-type").starts_with("text/event-stream"));
    QVERIFY(answer.complete);
    QVERIFY(answer.body.find("speech.audio.delta") != std::string::npos);
    QVERIFY(answer.body.find("data: {\"error\":") != std::string::npos);
    QVERIFY(answer.body.find("speech.audio.done") == std::string::npos);
}

/// Longer than a heartbeat: where the head can tell no error later, it waits for the first byte.
void TstAudio::waitsWithItsHead()
{
    m_stage = std::make_unique<Stage>(1);
    QVERIFY(m_stage->start(
        {{"MAX_RETRIES", "0"}, {"HEARTBEAT_INTERVAL", "1"}, {"UPSTREAM_FIRST_BYTE_TIMEOUT", "3"}}));
    m_stage->script("*", Fault::StallHead, -1, 0, VOICE);
    const RawAnswer bytes = m_stage->ask(SPEECH, speechBody("Hello", "", VOICE));
    QCOMPARE(bytes.status, 504);
    QCOMPARE(errorCode(bytes), std::string("upstream_timeout"));
    const RawAnswer events = m_stage->ask(SPEECH, speechBody("Hello", R"("stream_format":"sse",)", VOICE));
    QCOMPARE(events.status, 200);
    QVERIFY(events.body.starts_with(":"));
    QVERIFY(events.body.find("upstream_timeout") != std::string::npos);
}

QTEST_GUILESS_MAIN(TstAudio)
#include "tst_audio.moc"
