#include <deque>

#include <QTest>

#include "gateway/common/json.h"
#include "gateway/dialects/audio/audio.h"
#include "gateway/dialects/audio/recordingtype.h"
#include "gateway/dialects/audio/transcript.h"
#include "tests/support/fakecheck.h"

using namespace Gateway;

// POST /v1/audio/transcriptions and /v1/audio/translations through Gemini and back.
class TstTranscription : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void asksForTheText();
    void asksForTimes_data();
    void asksForTimes();
    void tellsGeminiWhatTheClientKnows();
    void refuses_data();
    void refuses();
    void refusesWhatIsTooLarge();
    void knowsTypes_data();
    void knowsTypes();
    void answersText();
    void answersTimes();
    void answersSpeakers();
    void answersWords();
    void streams();
    void streamsSegments();
    void streamsWhereOpenAiDoes_data();
    void streamsWhereOpenAiDoes();
    void doesNotTellHalfATranscript_data();
    void doesNotTellHalfATranscript();
    void readsTimes_data();
    void readsTimes();
    void putsTimesInOrder();
    void joinsText();

private:
    static TranslationContext context(const std::string &model = {});
};

namespace {

using Fields = std::vector<std::pair<std::string, std::string>>;

constexpr std::string_view BOUNDARY = "b0undary";
const std::string WAV = "RIFF....WAVEfmt and so on";

double g_duration = 10;

class TimeKeeper final : public AudioLibrary
{
public:
    Result<std::unique_ptr<AudioEncoder>> encoder(const AudioTarget &) const override
    {
        return fail(501, "audio_format_missing", "none");
    }
    std::optional<double> duration(std::string_view) const override { return g_duration; }
};

const AudioLibrary *timeKeeper()
{
    static const TimeKeeper one;
    return &one;
}

/// Kept to the end: a translation looks into its form.
const std::string &form(const Fields &fields, const std::string &file = WAV,
                        const std::string &name = "a.wav")
{
    std::string body;
    const auto part = [&body](const std::string &head, const std::string &content) {
        body += "--" + std::string(BOUNDARY) + "\r\nContent-Disposition: form-data; " + head + "\r\n\r\n" +
                content + "\r\n";
    };
    if (!file.empty())
        part("name=\"file\"; filename=\"" + name + "\"", file);
    for (const auto &[field, value] : fields)
        part("name=\"" + field + '"', value);
    static std::deque<std::string> kept;
    return kept.emplace_back(body + "--" + std::string(BOUNDARY) + "--\r\n");
}

Fields fields(const Fields &more = {})
{
    Fields all{{"model", "gemini-3.8-flash"}};
    all.insert(all.end(), more.begin(), more.end());
    return all;
}

std::string gemini(const std::string &text, const std::string &finish = "STOP")
{
    std::string json = R"({"candidates":[{"content":{"parts":[{"text":"hm","thought":true},{"text":)";
    appendJsonString(json, text);
    return json + "}]}" + (finish.empty() ? "" : R"(,"finishReason":")" + finish + '"') +
           R"(}],"usageMetadata":{"promptTokenCount":110,"candidatesTokenCount":5,"totalTokenCount":115,)"
           R"("promptTokensDetails":[{"modality":"TEXT","tokenCount":14},{"modality":"AUDIO","tokenCount":96}]}})";
}

const std::string SEGMENTS =
    R"({"language":"English","segments":[)"
    R"({"start":"00:00.000","end":"00:01.500","speaker":"A","text":" Hello there. "},)"
    R"({"start":"00:01.500","end":"00:03.250","speaker":"B","text":"A < B & C"}]})";

} // namespace

TranslationContext TstTranscription::context(const std::string &model)
{
    return {"req_abc", 1700000000, {}, "multipart/form-data; boundary=" + std::string(BOUNDARY),
            model,     timeKeeper};
}

void TstTranscription::asksForTheText()
{
    const auto made = openAiTranscription(form(fields({{"temperature", "0.2"}})), context());
    QVERIFY(made);
    QVERIFY(!(*made)->isStream());
    QCOMPARE(std::string((*made)->name()), std::string("audio.transcriptions"));
    const json::object body = *parseJsonObject(*(*made)->geminiBody({}));
    const std::string text = toJson(body);
    const auto fault = TestSupport::checkGenerate(*TestSupport::findFakeModel("gemini-3.8-flash"), body);
    QVERIFY2(!fault, fault.value_or("").c_str());
    QVERIFY(text.find(
                R"({"inlineData":{"mimeType":"audio/wav","data":"UklGRi4uLi5XQVZFZm10IGFuZCBzbyBvbg=="}})") !=
            std::string::npos);
    QCOMPARE(QByteArray::fromStdString(toJson(body.at("generationConfig"))),
             QByteArray(R"({"temperature":0.2,"thinkingConfig":{"thinkingLevel":"LOW"}})"));
    QVERIFY(text.find("in the language it is said in") != std::string::npos);

    const auto other = openAiTranscription(form(fields()), context("gemini-2.5-flash"));
    QCOMPARE((*other)->model(), std::string("gemini-2.5-flash"));
    QVERIFY((*other)->geminiBody({})->find(R"("thinkingConfig":{"thinkingBudget":0})") != std::string::npos);
    const auto english = openAiTranslation(form(fields()), context());
    QCOMPARE(std::string((*english)->name()), std::string("audio.translations"));
    QVERIFY((*english)->geminiBody({})->find("into English") != std::string::npos);
}

void TstTranscription::asksForTimes_data()
{
    QTest::addColumn<QByteArray>("format");
    QTest::addColumn<QByteArray>("properties");
    QTest::newRow("srt") << QByteArray("srt") << QByteArray("start end text");
    QTest::newRow("vtt") << QByteArray("vtt") << QByteArray("start end text");
    QTest::newRow("verbose") << QByteArray("verbose_json") << QByteArray("start end text words");
    QTest::newRow("speakers") << QByteArray("diarized_json") << QByteArray("start end speaker text");
}

void TstTranscription::asksForTimes()
{
    QFETCH(QByteArray, format);
    QFETCH(QByteArray, properties);
    Fields asked = fields({{"response_format", format.toStdString()}});
    if (format == "verbose_json")
        asked.emplace_back("timestamp_granularities[]", "word");
    const auto made = openAiTranscription(form(asked), context());
    QVERIFY(made);
    const json::object body = *parseJsonObject(*(*made)->geminiBody({}));
    const auto fault = TestSupport::checkGenerate(*TestSupport::findFakeModel("gemini-3.8-flash"), body);
    QVERIFY2(!fault, fault.value_or("").c_str());
    const json::value &segment =
        body.at("generationConfig").at("responseJsonSchema").at("properties").at("segments").at("items");
    QByteArray names;
    for (const json::key_value_pair &property : segment.at("properties").as_object())
        names += (names.isEmpty() ? "" : " ") + QByteArray::fromStdString(property.key());
    QCOMPARE(names, properties);
    QCOMPARE(segment.at("required").as_array().size(), segment.at("properties").as_object().size());
}

void TstTranscription::tellsGeminiWhatTheClientKnows()
{
    const auto made =
        openAiTranscription(form(fields({{"language", "de"},
                                         {"keywords[]", "Quarz"},
                                         {"keywords[]", "Jux"},
                                         {"prompt", "Zuvor: ja"},
                                         {"response_format", "diarized_json"},
                                         {"known_speaker_names[]", "agent"},
                                         {"known_speaker_names[]", "caller"},
                                         {"known_speaker_references[]", "data:audio/mpeg;base64,AAAA"},
                                         {"include[]", "logprobs"},
                                         {"chunking_strategy", "auto"}})),
                            context());
    QVERIFY(made);
    const std::string text = *(*made)->geminiBody({});
    for (const char *told : {"Its language (ISO 639-1): de", "Quarz, Jux", "Zuvor: ja", "How agent sounds",
                             R"("mimeType":"audio/mpeg","data":"AAAA")", "One who may speak: caller"})
        QVERIFY2(text.find(told) != std::string::npos, told);
    QCOMPARE((*made)->ignored(), std::string("chunking_strategy, include"));
}

void TstTranscription::refuses_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("param");
    const auto row = [](const char *name, const Fields &asked, const char *param,
                        const std::string &file = WAV, const std::string &fileName = "a.wav") {
        QTest::newRow(name) << QByteArray::fromStdString(form(asked, file, fileName)) << QByteArray(param);
    };
    row("no model", {}, "model");
    row("a bad model", {{"model", "a?b"}}, "model");
    row("no file", fields(), "file", "");
    row("an unknown format", fields(), "file", "Just some words", "a.txt");
    row("response_format", fields({{"response_format", "xml"}}), "response_format");
    row("temperature", fields({{"temperature", "hot"}}), "temperature");
    row("too hot", fields({{"temperature", "1.5"}}), "temperature");
    row("granularity", fields({{"response_format", "verbose_json"}, {"timestamp_granularities[]", "line"}}),
        "timestamp_granularities");
    row("granularity of json", fields({{"timestamp_granularities[]", "word"}}), "timestamp_granularities");
    row("a sample of nobody", fields({{"known_speaker_references[]", "data:audio/wav;base64,AAAA"}}),
        "known_speaker_references");
    row("a sample by URL",
        fields({{"known_speaker_names[]", "a"}, {"known_speaker_references[]", "https://example.com/a.wav"}}),
        "known_speaker_references");
    QTest::newRow("no form") << QByteArray("{}") << QByteArray();
}

void TstTranscription::refuses()
{
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, param);
    const auto made = openAiTranscription(body.toStdString(), context());
    QVERIFY(!made);
    QCOMPARE(made.error().status, 400);
    QCOMPARE(QByteArray::fromStdString(made.error().param), param);
    QVERIFY(!openAiTranslation(form(fields({{"response_format", "diarized_json"}})), context()));
}

void TstTranscription::refusesWhatIsTooLarge()
{
    const auto made = openAiTranscription(form(fields(), WAV + std::string(72'000'000, 'x')), context());
    QVERIFY(!made);
    QCOMPARE(made.error().status, 413);
}

void TstTranscription::knowsTypes_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("told");
    QTest::addColumn<QByteArray>("type");
    const auto row = [](const char *name, const QByteArray &bytes, const char *file, const char *told,
                        const char *type) {
        QTest::newRow(name) << bytes << QByteArray(file) << QByteArray(told) << QByteArray(type);
    };
    row("bytes count first", "fLaC....", "a.mp3", "audio/mpeg", "audio/flac");
    row("webm", "\x1a\x45\xdf\xa3", "", "", "audio/webm");
    row("m4a",
        QByteArray("\0\0\0\x20"
                   "ftypM4A ",
                   12),
        "", "", "audio/m4a");
    row("mp4",
        QByteArray("\0\0\0\x20"
                   "ftypisom",
                   12),
        "", "", "audio/mp4");
    row("mp3 with tags", "ID3\x04", "", "", "audio/mp3");
    row("mp3 without", "\xff\xfb\x90", "", "", "audio/mp3");
    row("adts", "\xff\xf1\x50", "", "", "audio/aac");
    row("then the name", "????", "talk.OGA", "text/plain", "audio/ogg");
    row("then the word", "????", "talk", "audio/x-m4a; codecs=x", "audio/m4a");
    row("a word of its own", "????", "blob", "audio/mp3", "audio/mp3");
    row("none", "????", "talk.txt", "text/plain", "");
    row("nothing", "", "", "application/octet-stream", "");
}

void TstTranscription::knowsTypes()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, told);
    QFETCH(QByteArray, type);
    const std::string all = bytes.toStdString();
    QCOMPARE(
        QByteArray::fromStdString(std::string(recordingType(all, name.toStdString(), told.toStdString()))),
        type);
}

void TstTranscription::answersText()
{
    const auto json = openAiTranscription(form(fields()), context());
    QCOMPARE(QByteArray::fromStdString(*(*json)->answer(gemini(" Hello \"you\"\n"))),
             QByteArray(R"({"text":"Hello \"you\"","usage":{"type":"tokens","input_tokens":110,)"
                        R"("input_token_details":{"text_tokens":14,"audio_tokens":96},"output_tokens":5,)"
                        R"("total_tokens":115}})"));
    QCOMPARE(std::string((*json)->contentType()), std::string("application/json"));
    QCOMPARE(*(*json)->answer(R"({"candidates":[{"finishReason":"STOP"}]})"),
             std::string(R"({"text":"","usage":{"type":"tokens","input_tokens":0,"input_token_details":)"
                         R"({"text_tokens":0,"audio_tokens":0},"output_tokens":0,"total_tokens":0}})"));
    const auto text = openAiTranscription(form(fields({{"response_format", "text"}})), context());
    QCOMPARE(*(*text)->answer(gemini("Hello")), std::string("Hello\n"));
    QVERIFY((*text)->contentType().starts_with("text/plain"));
    const auto english = openAiTranslation(form(fields()), context());
    QCOMPARE(*(*english)->answer(gemini("Hello")), std::string(R"({"text":"Hello"})"));
}

void TstTranscription::answersTimes()
{
    const auto srt = openAiTranscription(form(fields({{"response_format", "srt"}})), context());
    QCOMPARE(*(*srt)->answer(gemini(SEGMENTS)),
             std::string("1\n00:00:00,000 --> 00:00:01,500\nHello there.\n\n"
                         "2\n00:00:01,500 --> 00:00:03,250\nA < B & C\n\n"));
    const auto vtt = openAiTranslation(form(fields({{"response_format", "vtt"}})), context());
    QCOMPARE(*(*vtt)->answer(gemini(SEGMENTS)),
             std::string("WEBVTT\n\n00:00:00.000 --> 00:00:01.500\nHello there.\n\n"
                         "00:00:01.500 --> 00:00:03.250\nA &lt; B &amp; C\n\n"));
    const auto verbose = openAiTranscription(
        form(fields({{"response_format", "verbose_json"}, {"temperature", "0.5"}})), context());
    QVERIFY((*verbose)->geminiBody({})); // which looks how long the recording is
    const Result<json::object> told = parseJsonObject(*(*verbose)->answer(gemini(SEGMENTS)));
    QVERIFY(told);
    QCOMPARE(std::string(stringAt(*told, "language")), std::string("english"));
    QCOMPARE(std::string(stringAt(*told, "text")), std::string("Hello there. A < B & C"));
    QCOMPARE(told->at("duration").as_double(), 10.0);
    QVERIFY(!told->contains("words"));
    const json::object &second = told->at("segments").at(1).as_object();
    QCOMPARE(integerAt(second, "id", -1), std::int64_t{1});
    QCOMPARE(second.at("end").as_double(), 3.25);
    QCOMPARE(second.at("temperature").as_double(), 0.5);
    QVERIFY(second.at("compression_ratio").as_double() > 0.3);
    QCOMPARE(QByteArray::fromStdString(toJson(told->at("usage"))),
             QByteArray(R"({"type":"duration","seconds":10})"));
    // Without the codecs: Google counts 32 tokens a second.
    TranslationContext bare = context();
    bare.audio = nullptr;
    const auto counted = openAiTranscription(form(fields({{"response_format", "verbose_json"}})), bare);
    QCOMPARE(parseJsonObject(*(*counted)->answer(gemini(SEGMENTS)))->at("duration").as_double(), 3.0);
}

void TstTranscription::answersSpeakers()
{
    const auto made = openAiTranscription(form(fields({{"response_format", "diarized_json"}})), context());
    const Result<json::object> told = parseJsonObject(*(*made)->answer(gemini(SEGMENTS)));
    QVERIFY(told);
    QCOMPARE(QByteArray::fromStdString(toJson(told->at("segments").at(1))),
             QByteArray(R"({"type":"transcript.text.segment","id":"seg_002","start":1.5,"end":3.25,)"
                        R"("speaker":"B","text":"A < B & C"})"));
    QCOMPARE(told->at("usage").at("total_tokens").as_int64(), std::int64_t{115});
}

void TstTranscription::answersWords()
{
    const auto made = openAiTranscription(
        form(fields({{"response_format", "verbose_json"}, {"timestamp_granularities[]", "word"}})),
        context());
    const Result<json::object> told = parseJsonObject(*(*made)->answer(
        gemini(R"({"language":"English","segments":[{"start":"0:01","end":"0:03","text":"Hello there",)"
               R"("words":[{"word":"Hello","start":"0:00.5","end":"0:02"},{"word":"there","start":"0:01.75",)"
               R"("end":"0:09"}]}]})")));
    QVERIFY(told);
    QVERIFY(!told->contains("segments"));
    QCOMPARE(
        QByteArray::fromStdString(toJson(told->at("words"))),
        QByteArray(R"([{"word":"Hello","start":1.0,"end":1.75},{"word":"there","start":1.75,"end":3.0}])"));
}

void TstTranscription::streams()
{
    const auto made = openAiTranscription(form(fields({{"stream", "true"}})), context());
    QVERIFY((*made)->isStream());
    std::string out;
    QVERIFY((*made)->event(gemini(" Hello ", ""), out));
    QVERIFY((*made)->event(gemini("there", ""), out));
    QVERIFY((*made)->event(gemini(".\n", "STOP"), out));
    QVERIFY((*made)->finish(out));
    QCOMPARE(
        QByteArray::fromStdString(out),
        QByteArray("data: {\"type\":\"transcript.text.delta\",\"delta\":\"Hello\"}\n\n"
                   "data: {\"type\":\"transcript.text.delta\",\"delta\":\" there\"}\n\n"
                   "data: {\"type\":\"transcript.text.delta\",\"delta\":\".\"}\n\n"
                   "data: {\"type\":\"transcript.text.done\",\"text\":\"Hello there.\",\"usage\":"
                   "{\"type\":\"tokens\",\"input_tokens\":110,\"input_token_details\":{\"text_tokens\":14,"
                   "\"audio_tokens\":96},\"output_tokens\":5,\"total_tokens\":115}}\n\n"));
}

void TstTranscription::streamsSegments()
{
    const auto made = openAiTranscription(
        form(fields({{"stream", "true"}, {"response_format", "diarized_json"}})), context());
    std::string out;
    QVERIFY((*made)->event(gemini(SEGMENTS.substr(0, 60), ""), out));
    QVERIFY((*made)->event(gemini(SEGMENTS.substr(60)), out));
    QVERIFY(out.empty());
    QVERIFY((*made)->finish(out));
    QCOMPARE(QByteArray::fromStdString(out).count("transcript.text.segment"), 2);
    QVERIFY(out.find(R"("type":"transcript.text.done","text":"Hello there. A < B & C")") !=
            std::string::npos);
}

void TstTranscription::streamsWhereOpenAiDoes_data()
{
    QTest::addColumn<QByteArray>("model");
    QTest::addColumn<QByteArray>("format");
    QTest::addColumn<bool>("isStream");
    QTest::newRow("text") << QByteArray("gpt-4o-transcribe") << QByteArray("text") << true;
    QTest::newRow("whisper") << QByteArray("whisper-1") << QByteArray("json") << false;
    QTest::newRow("srt") << QByteArray("gemini-3.8-flash") << QByteArray("srt") << false;
    QTest::newRow("verbose") << QByteArray("gemini-3.8-flash") << QByteArray("verbose_json") << false;
}

void TstTranscription::streamsWhereOpenAiDoes()
{
    QFETCH(QByteArray, model);
    QFETCH(QByteArray, format);
    QFETCH(bool, isStream);
    const auto made = openAiTranscription(
        form({{"model", model.toStdString()}, {"response_format", format.toStdString()}, {"stream", "True"}}),
        context("gemini-3.8-flash"));
    QCOMPARE((*made)->isStream(), isStream);
}

void TstTranscription::doesNotTellHalfATranscript_data()
{
    QTest::addColumn<QByteArray>("format");
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<int>("status");
    const auto row = [](const char *name, const char *format, const std::string &answer, int status) {
        QTest::newRow(name) << QByteArray(format) << QByteArray::fromStdString(answer) << status;
    };
    row("cut off", "json", gemini("Hello", "MAX_TOKENS"), 502);
    row("no end", "json", gemini("Hello", ""), 502);
    row("no JSON", "srt", gemini("Hello"), 502);
    row("other JSON", "srt", gemini("{\"text\":\"a\"}"), 502);
    row("recited", "json", R"({"candidates":[{"finishReason":"RECITATION"}]})", 400);
    row("blocked", "vtt", R"({"promptFeedback":{"blockReason":"SAFETY"}})", 400);
}

void TstTranscription::doesNotTellHalfATranscript()
{
    QFETCH(QByteArray, format);
    QFETCH(QByteArray, answer);
    QFETCH(int, status);
    const auto made =
        openAiTranscription(form(fields({{"response_format", format.toStdString()}})), context());
    const Result<std::string> told = (*made)->answer(answer.toStdString());
    QVERIFY(!told);
    QCOMPARE(told.error().status, status);
}

void TstTranscription::readsTimes_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<double>("seconds"); // < 0: no time
    const auto row = [](const char *text, double seconds) {
        QTest::newRow(text) << QByteArray(text) << seconds;
    };
    row("00:00.000", 0);
    row("01:02.5", 62.5);
    row("1:01:02,500", 3662.5);
    row("01:02:03", 3723);
    row("00:02:500", 2.5); // thousandths behind a colon
    row(" 62.25 ", 62.25);
    row("7s", 7);
    row("7.5s", 7.5);
    row("90:00", 5400);
    row("", -1);
    row("soon", -1);
    row("1:", -1);
    row("1:2:3:4", -1);
    row("-1", -1);
    row("1.2.3", -1);
    row("9999999999", -1);
}

void TstTranscription::readsTimes()
{
    QFETCH(QByteArray, text);
    QFETCH(double, seconds);
    const std::optional<double> read = timeOf(text.toStdString());
    QCOMPARE(read.has_value(), seconds >= 0);
    if (read)
        QVERIFY2(std::abs(*read - seconds) < 1e-9, std::to_string(*read).c_str());
}

/// Models lose count; players need times that go forward and end with the recording.
void TstTranscription::putsTimesInOrder()
{
    const Result<Transcript> read = Transcript::parse(
        R"({"segments":[{"start":"0:05","end":"0:04","text":"backwards"},{"start":"0:01","end":"0:06","text":"early"},)"
        R"({"start":"0:08","end":"1:30","text":"too long"},{"text":"no time"},{"start":7.5,"end":"??","text":"odd"},)"
        R"({"start":"0:01","end":"0:02","text":" "},{"start":"2:00","end":"2:01","text":"behind the end"},7]})",
        10.0);
    QVERIFY(read);
    QByteArray all;
    double last = 0;
    for (const TranscriptSegment &segment : read->segments) {
        QVERIFY(segment.start >= last && segment.end >= segment.start && segment.end <= 10);
        last = segment.start;
        all += QByteArray::fromStdString(segment.text) + '|';
    }
    QCOMPARE(all, QByteArray("early|backwards|odd|too long|no time|behind the end|"));
    QCOMPARE(read->segments[0].end, 5.0);
    QCOMPARE(read->segments[3].end, 10.0);
}

void TstTranscription::joinsText()
{
    const auto textOf = [](const char *first, const char *second) {
        Transcript transcript;
        transcript.segments = {{first, 0, 1, {}, {}}, {second, 1, 2, {}, {}}};
        return transcript.text();
    };
    QCOMPARE(textOf("Hello.", "You?"), std::string("Hello. You?"));
    QCOMPARE(textOf("你好。", "你呢?"), std::string("你好。你呢?"));
    QCOMPARE(textOf("안녕.", "너는?"), std::string("안녕. 너는?"));
}

QTEST_APPLESS_MAIN(TstTranscription)
#include "tst_transcription.moc"
