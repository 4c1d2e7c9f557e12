#include <QTest>

#include "gateway/common/json.h"
#include "gateway/dialects/audio/audio.h"
#include "gateway/dialects/audio/audiomodels.h"
#include "gateway/dialects/base64.h"
#include "tests/support/fakecheck.h"

using namespace Gateway;

// POST /v1/audio/speech through Gemini and back.
class TstSpeech : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void asksGemini_data();
    void asksGemini();
    void refuses_data();
    void refuses();
    void needsItsCodecs();
    void joinsPieces();
    void readsWavFiles();
    void worksInTurns();
    void tellsEvents();
    void doesNotTellHalfASpeech_data();
    void doesNotTellHalfASpeech();
    void beginsAfresh();
    void choosesModels_data();
    void choosesModels();
};

namespace {

std::string request(const std::string &more, const std::string &model = "gemini-3.8-flash-tts")
{
    return R"({"model":")" + model + R"(","input":"Hello \"you\"")" + more + '}';
}

/// Counts what it is given: "<n>" for n bytes, "." at the end.
class CountingEncoder final : public AudioEncoder
{
public:
    Result<void> encode(std::string_view samples, std::string &out) override
    {
        out += '<' + std::to_string(samples.size()) + '>';
        return {};
    }
    Result<void> finish(std::string &out) override
    {
        out += '.';
        return {};
    }
};

class CountingLibrary final : public AudioLibrary
{
public:
    Result<std::unique_ptr<AudioEncoder>> encoder(const AudioTarget &target) const override
    {
        last = target;
        return std::make_unique<CountingEncoder>();
    }
    std::optional<double> duration(std::string_view) const override { return std::nullopt; }

    mutable AudioTarget last;
};

CountingLibrary &library()
{
    static CountingLibrary one;
    return one;
}

const TranslationContext CONTEXT{"req_abc", 1700000000, {},
                                 {},        {},         []() -> const AudioLibrary * {
                                     return &library(); }};

std::unique_ptr<Translation> speech(const std::string &more)
{
    Result<std::unique_ptr<Translation>> made = openAiSpeech(request(more), CONTEXT);
    return made ? std::move(*made) : nullptr;
}

std::string gemini(const std::string &bytes, const std::string &finish = {},
                   const std::string &mime = "audio/L16;codec=pcm;rate=24000")
{
    std::string text = R"({"candidates":[{"content":{"role":"model","parts":[{"inlineData":{"mimeType":")" +
                       mime + R"(","data":")";
    appendBase64(text, bytes);
    return text + R"("}}]})" + (finish.empty() ? "" : R"(,"finishReason":")" + finish + '"') +
           R"(}],"usageMetadata":{"promptTokenCount":4,"candidatesTokenCount":25,"totalTokenCount":29}})";
}

} // namespace

void TstSpeech::asksGemini_data()
{
    QTest::addColumn<QByteArray>("model");
    QTest::addColumn<QByteArray>("more");
    QTest::addColumn<QByteArray>("part");
    QTest::addColumn<QByteArray>("voice");
    const QByteArray plain = R"({"text":"Hello \"you\""})";
    const auto prebuilt = [](const char *name) -> QByteArray {
        return QByteArray(R"({"prebuiltVoiceConfig":{"voiceName":")") + name + R"("}})";
    };
    QTest::newRow("plain") << QByteArray("gemini-3.8-flash-tts") << QByteArray(R"(,"voice":"alloy")") << plain
                           << prebuilt("Kore");
    QTest::newRow("in capitals") << QByteArray("gemini-3.8-flash-tts") << QByteArray(R"(,"voice":"Onyx")")
                                 << plain << prebuilt("Algenib");
    QTest::newRow("Gemini's voice") << QByteArray("models/gemini-3.8-flash-tts")
                                    << QByteArray(R"(,"voice":"Zephyr")") << plain << prebuilt("Zephyr");
    QTest::newRow("a voice object") << QByteArray("gemini-3.8-flash-tts")
                                    << QByteArray(R"(,"voice":{"id":"Puck"})") << plain << prebuilt("Puck");
    QTest::newRow("a made voice") << QByteArray("gemini-3.8-flash-tts")
                                  << QByteArray(R"(,"voice":{"id":"voice_12"})") << plain
                                  << QByteArray(R"({"voice":"voice_12"})");
    QTest::newRow("a style") << QByteArray("gemini-3.8-flash-tts")
                             << QByteArray(R"(,"voice":"sage","instructions":"Whisper","speed":2)")
                             << QByteArray(R"({"text":"Hello \"you\"","speechMetadata":{"style":"Whisper"}})")
                             << prebuilt("Vindemiatrix");
    QTest::newRow("a style for an earlier model")
        << QByteArray("gemini-2.5-flash-preview-tts")
        << QByteArray(R"(,"voice":"sage","instructions":"Whisper")")
        << QByteArray(R"({"text":"Read the following text aloud. How to read it: Whisper\n\nThe text:\n)"
                      R"(Hello \"you\""})")
        << prebuilt("Vindemiatrix");
}

void TstSpeech::asksGemini()
{
    QFETCH(QByteArray, model);
    QFETCH(QByteArray, more);
    QFETCH(QByteArray, part);
    QFETCH(QByteArray, voice);
    const auto made = openAiSpeech(request(more.toStdString(), model.toStdString()), CONTEXT);
    QVERIFY(made);
    QVERIFY((*made)->isStream());
    const std::string body = *(*made)->geminiBody({});
    QCOMPARE(QByteArray::fromStdString(body),
             R"({"contents":[{"role":"user","parts":[)" + part +
                 R"(]}],"generationConfig":{"responseModalities":["AUDIO"],"speechConfig":{"voiceConfig":)" +
                 voice + "}}}");
    const TestSupport::FakeModel *known = TestSupport::findFakeModel((*made)->model());
    QVERIFY(known);
    const auto fault = TestSupport::checkGenerate(*known, *parseJsonObject(body));
    QVERIFY2(!fault, fault.value_or("").c_str());
}

void TstSpeech::refuses_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("param");
    const auto row = [](const char *name, const char *body, const char *param) {
        QTest::newRow(name) << QByteArray(body) << QByteArray(param);
    };
    row("no model", R"({"input":"a","voice":"alloy"})", "model");
    row("a bad model", R"({"model":"a/../b?","input":"a","voice":"alloy"})", "model");
    row("no input", R"({"model":"tts-1","voice":"alloy"})", "input");
    row("blank input", R"({"model":"tts-1","input":" \n","voice":"alloy"})", "input");
    row("a list", R"({"model":"tts-1","input":["a"],"voice":"alloy"})", "input");
    row("no voice", R"({"model":"tts-1","input":"a"})", "voice");
    row("a number as voice", R"({"model":"tts-1","input":"a","voice":7})", "voice");
    row("format", R"({"model":"tts-1","input":"a","voice":"alloy","response_format":"ogg"})",
        "response_format");
    row("too slow", R"({"model":"tts-1","input":"a","voice":"alloy","speed":0.2})", "speed");
    row("too quick", R"({"model":"tts-1","input":"a","voice":"alloy","speed":4.1})", "speed");
    row("speed as text", R"({"model":"tts-1","input":"a","voice":"alloy","speed":"1"})", "speed");
    row("stream", R"({"model":"tts-1","input":"a","voice":"alloy","stream_format":"ws"})", "stream_format");
}

void TstSpeech::refuses()
{
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, param);
    const auto made = openAiSpeech(body.toStdString(), CONTEXT);
    QVERIFY(!made);
    QCOMPARE(made.error().status, 400);
    QCOMPARE(QByteArray::fromStdString(made.error().param), param);
}

void TstSpeech::needsItsCodecs()
{
    const TranslationContext bare{"req_abc", 1700000000};
    const auto mp3 = openAiSpeech(request(R"(,"voice":"alloy")"), bare);
    QVERIFY(!mp3);
    QCOMPARE(mp3.error().status, 501);
    QVERIFY(!openAiSpeech(request(R"(,"voice":"alloy","response_format":"wav","speed":2)"), bare));
    QVERIFY(openAiSpeech(request(R"(,"voice":"alloy","response_format":"wav")"), bare));
    QVERIFY(openAiSpeech(request(R"(,"voice":"alloy","response_format":"pcm")"), bare));
}

void TstSpeech::joinsPieces()
{
    const auto made = speech(R"(,"voice":"alloy","response_format":"pcm")");
    QCOMPARE(std::string(made->streamContentType()), std::string("audio/pcm"));
    QVERIFY(!made->tellsBreaks());
    std::string out;
    QVERIFY(made->event(gemini("abc"), out)); // a sample and a half
    QCOMPARE(out, std::string("ab"));
    QVERIFY(made->event(gemini("d"), out));
    QVERIFY(made->event(R"({"candidates":[{"content":{"parts":[{"text":"hm","thought":true}]}}]})", out));
    QVERIFY(made->event(gemini("efg", "STOP"), out));
    QVERIFY(made->finish(out));
    QCOMPARE(out, std::string("abcdef"));
    QCOMPARE(made->tokens().prompt, std::int64_t{4});
    QCOMPARE(made->tokens().candidates, std::int64_t{25});
}

void TstSpeech::readsWavFiles()
{
    using namespace std::string_literals;
    const auto made = speech(R"(,"voice":"alloy","response_format":"opus","speed":1.5)");
    QCOMPARE(std::string(made->streamContentType()), std::string("audio/ogg"));
    const std::string head =
        "RIFF\xff\xff\xff\xffWAVELIST\x03\0\0\0abc\0fmt \x10\0\0\0\x01\0\x01\0\x80\x3e\0\0"
        "\0\x7d\0\0\x02\0\x10\0data\x08\0\0\0"s;
    std::string out;
    QVERIFY(made->event(gemini(head + "12345678tail", "STOP", "audio/wav"), out));
    QVERIFY(made->finish(out));
    QCOMPARE(out, std::string("<8>."));
    QCOMPARE(library().last.rate, 16000);
    QCOMPARE(library().last.speed, 1.5);
    made->restart();
    QVERIFY(!made->event(gemini(head.substr(0, 40), "STOP", "audio/wav"), out));
}

/// One great piece is not encoded at once: other requests have their turn.
void TstSpeech::worksInTurns()
{
    const auto made = speech(R"(,"voice":"alloy")");
    QCOMPARE(std::string(made->streamContentType()), std::string("audio/mpeg"));
    std::string out;
    QVERIFY(made->event(gemini(std::string(100'000, 'x'), "STOP"), out));
    QCOMPARE(out, std::string("<48000>"));
    QVERIFY(made->hasMore());
    QVERIFY(made->more(out));
    QVERIFY(made->hasMore());
    QVERIFY(made->more(out));
    QVERIFY(!made->hasMore());
    QVERIFY(made->finish(out));
    QCOMPARE(out, std::string("<48000><48000><4000>."));
}

void TstSpeech::tellsEvents()
{
    const auto made = speech(R"(,"voice":"alloy","response_format":"wav","stream_format":"sse")");
    QVERIFY(made->tellsBreaks());
    QVERIFY(made->streamContentType().starts_with("text/event-stream"));
    std::string out;
    QVERIFY(made->event(gemini("abcd"), out));
    QVERIFY(made->event(gemini("ef", "STOP"), out));
    QVERIFY(made->finish(out));
    const QList<QByteArray> events = QByteArray::fromStdString(out).split('\n');
    QCOMPARE(events.size(), 7); // three and their empty lines
    const auto first = parseJsonObject(events[0].mid(6).toStdString());
    QCOMPARE(std::string(stringAt(*first, "type")), std::string("speech.audio.delta"));
    std::string audio;
    QVERIFY(appendDecodedBase64(audio, stringAt(*first, "audio")));
    QVERIFY(audio.starts_with("RIFF"));
    QVERIFY(audio.ends_with("abcd"));
    QCOMPARE(events[4],
             QByteArray(R"(data: {"type":"speech.audio.done","usage":{"input_tokens":4,"output_tokens":25,)"
                        R"("total_tokens":29}})"));
    std::string end;
    made->breakOff({503, "overloaded", "Too much.", {}, 0}, end);
    QVERIFY(end.starts_with("data: {\"error\":"));
    QVERIFY(end.ends_with("\n\n"));
}

void TstSpeech::doesNotTellHalfASpeech_data()
{
    QTest::addColumn<QByteArray>("event");
    QTest::addColumn<int>("status");
    QTest::newRow("no end") << QByteArray::fromStdString(gemini("abcd")) << 502;
    QTest::newRow("cut off") << QByteArray::fromStdString(gemini("abcd", "MAX_TOKENS")) << 502;
    QTest::newRow("nothing") << QByteArray(R"({"candidates":[{"finishReason":"STOP"}]})") << 502;
    QTest::newRow("OTHER") << QByteArray(R"({"candidates":[{"finishReason":"OTHER"}]})") << 502;
    QTest::newRow("filtered") << QByteArray(R"({"candidates":[{"finishReason":"PROHIBITED_CONTENT"}]})")
                              << 400;
    QTest::newRow("blocked") << QByteArray(R"({"promptFeedback":{"blockReason":"SAFETY"}})") << 400;
    QTest::newRow("an error") << QByteArray(R"({"error":{"code":503,"message":"x","status":"UNAVAILABLE"}})")
                              << 503;
    QTest::newRow("another type") << QByteArray::fromStdString(gemini("abcd", "STOP", "audio/mp3")) << 502;
    QTest::newRow("another rate") << QByteArray::fromStdString(gemini("abcd", "STOP", "audio/L16;rate=7"))
                                  << 502;
    QTest::newRow("no base64")
        << QByteArray(
               R"({"candidates":[{"content":{"parts":[{"inlineData":{"mimeType":"audio/L16","data":"a b"}}]}}]})")
        << 502;
}

void TstSpeech::doesNotTellHalfASpeech()
{
    QFETCH(QByteArray, event);
    QFETCH(int, status);
    const auto made = speech(R"(,"voice":"alloy")");
    std::string out;
    Result<void> told = made->event(event.toStdString(), out);
    if (told)
        told = made->finish(out);
    QVERIFY(!told);
    QCOMPARE(told.error().status, status);
}

void TstSpeech::beginsAfresh()
{
    const auto made = speech(R"(,"voice":"alloy")");
    std::string out;
    QVERIFY(made->event(gemini(std::string(99'999, 'x'), "OTHER"), out));
    made->restart();
    QVERIFY(!made->hasMore());
    out.clear();
    QVERIFY(made->event(gemini("abcd", "STOP"), out));
    QVERIFY(made->finish(out));
    QCOMPARE(out, std::string("<4>."));
}

void TstSpeech::choosesModels_data()
{
    QTest::addColumn<QByteArray>("asked");
    QTest::addColumn<QByteArray>("models");
    QTest::addColumn<QByteArray>("chosen");
    const auto row = [](const char *name, const char *asked, const char *models, const char *chosen) {
        QTest::newRow(name) << QByteArray(asked) << QByteArray(models) << QByteArray(chosen);
    };
    row("Flash before a newer Lite", "tts-1",
        "gemini-2.5-flash-preview-tts gemini-3.8-flash-lite-tts gemini-3.8-flash-tts gemini-3.8-flash "
        "gemini-3.10-flash-lite-preview-tts",
        "gemini-3.8-flash-tts");
    row("Flash before Lite and Pro", "gpt-4o-mini-tts",
        "gemini-2.5-pro-preview-tts gemini-2.5-flash-lite-preview-tts gemini-2.5-flash-preview-tts",
        "gemini-2.5-flash-preview-tts");
    row("in high definition", "tts-1-hd", "gemini-2.5-flash-preview-tts gemini-2.5-pro-preview-tts",
        "gemini-2.5-pro-preview-tts");
    row("no voice", "tts-1", "gemini-3.8-flash gemma-3-tts", "");
}

void TstSpeech::choosesModels()
{
    QFETCH(QByteArray, asked);
    QFETCH(QByteArray, models);
    QFETCH(QByteArray, chosen);
    for (const AudioTask task : {AudioTask::Speech, AudioTask::Transcript}) {
        QCOMPARE(isOpenAiAudioModel(task, asked.toStdString()), task == AudioTask::Speech);
        QVERIFY(!isOpenAiAudioModel(task, "gemini-3.8-flash-tts"));
        QVERIFY(!isOpenAiAudioModel(task, "gpt-4o"));
    }
    std::vector<ModelInfo> list;
    for (const QByteArray &id : models.split(' ')) {
        ModelInfo model;
        model.id = id.toStdString();
        model.methods = {"countTokens", "generateContent"};
        list.push_back(std::move(model));
    }
    QCOMPARE(QByteArray::fromStdString(speechModelFor(asked.toStdString(), list)), chosen);
}

QTEST_APPLESS_MAIN(TstSpeech)
#include "tst_speech.moc"
