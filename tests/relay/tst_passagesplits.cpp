#include <QTest>

#include "gateway/dialects/anthropic/anthropic.h"
#include "gateway/dialects/ollama/ollama.h"
#include "gateway/dialects/openai/openai.h"
#include "gateway/dialects/responses/responses.h"
#include "gateway/relay/translatedpassage.h"
#include "tests/relay/relayharness.h"
#include "tests/support/fakeclock.h"

using namespace Gateway;

/// Wherever the network cuts Google's bytes, the client gets the same.
class TstPassageSplits : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everySplitTellsTheSame_data();
    void everySplitTellsTheSame();
};

namespace {

const std::string UPSTREAM =
    "data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"h\xC3\xA9\",\"thought\":true}]}}],"
    "\"usageMetadata\":{\"promptTokenCount\":3}}\r\n\r\n"
    "data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"\xE4\xB8\x96 \\\"a\\\"\"}]}}]}\r\n\r\n"
    "data: {\"candidates\":[{\"content\":{\"parts\":[{\"functionCall\":{\"id\":\"i\",\"name\":\"f\","
    "\"args\":{\"q\":1}},\"thoughtSignature\":\"S\"}]},\"finishReason\":\"STOP\"}],"
    "\"usageMetadata\":{\"promptTokenCount\":3,\"candidatesTokenCount\":2}}\r\n\r\n";

using Make = Result<std::unique_ptr<Translation>> (*)(std::string_view, const TranslationContext &);

/// What goes down when Google's bytes come in pieces that end at `cuts`.
std::string told(Make make, const std::string &asked, const std::vector<std::size_t> &cuts)
{
    const TranslationContext context{"req_abc", 1700000000};
    Result<std::unique_ptr<Translation>> translation = make(asked, context);
    if (!translation)
        return translation.error().text;
    Result<std::string> body = (*translation)->geminiBody({});
    TestSupport::PlainMemory signatures;
    const FakeClock clock;
    TranslatedPassage passage({std::move(*translation), std::move(*body)}, nullptr, "http://g", signatures,
                              clock, 0);
    passage.open(200, {}, 1);
    std::string out;
    std::size_t from = 0;
    for (const std::size_t cut : cuts) {
        if (passage.bytes(std::string_view(UPSTREAM).substr(from, cut - from), out))
            return "a fault";
        from = cut;
    }
    if (passage.bytes(std::string_view(UPSTREAM).substr(from), out) || passage.finish(out))
        return "a fault";
    return out + " signed " + signatures.values["i"];
}

} // namespace

void TstPassageSplits::everySplitTellsTheSame_data()
{
    QTest::addColumn<Make>("make");
    QTest::addColumn<QByteArray>("end");
    QTest::addColumn<std::string>("asked");
    const std::string chat = R"({"model":"gemini-3.6-flash","max_tokens":9,"stream":true,)"
                             R"("thinking":{"type":"adaptive"},"messages":[{"role":"user","content":"x"}]})";
    const std::string prompt = R"({"model":"gemini-3.6-flash","stream":true,"prompt":"x"})";
    const std::string input = R"({"model":"gemini-3.6-flash","stream":true,"input":"x",)"
                              R"("reasoning":{"summary":"auto"},"include":["reasoning.encrypted_content"]})";
    QTest::newRow("OpenAI") << Make(openAiChat) << QByteArray("[DONE]\n\n signed S") << chat;
    QTest::newRow("Responses") << Make(openAiResponses) << QByteArray("\"total_tokens\":5}}}\n\n signed S")
                               << input;
    QTest::newRow("Anthropic") << Make(anthropicMessages) << QByteArray("\"message_stop\"}\n\n signed S")
                               << chat;
    const std::string stops = R"({"model":"gemini-3.6-flash","max_tokens":9,)"
                              R"("messages":[{"role":"user","content":"x"}],"stop_sequences":)";
    QTest::newRow("Anthropic, whole out of a stream")
        << Make(anthropicMessages) << QByteArray("\"output_tokens\":2}} signed S") << stops + R"(["never"]})";
    QTest::newRow("Anthropic, cut") << Make(anthropicMessages) << QByteArray("\"message_stop\"}\n\n signed ")
                                    << stops + R"(["never"," \"a"],"stream":true})";
    QTest::newRow("Anthropic, whole and cut")
        << Make(anthropicMessages) << QByteArray("\"output_tokens\":0}} signed ") << stops + R"(["\"a"]})";
    QTest::newRow("Ollama's chat") << Make(ollamaChat) << QByteArray("\"eval_duration\":1000000}\n signed S")
                                   << chat;
    QTest::newRow("Ollama's prompt") << Make(ollamaGenerate)
                                     << QByteArray("\"eval_duration\":1000000}\n signed S") << prompt;
}

void TstPassageSplits::everySplitTellsTheSame()
{
    QFETCH(Make, make);
    QFETCH(QByteArray, end);
    QFETCH(std::string, asked);
    const std::string whole = told(make, asked, {});
    QVERIFY2(QByteArray::fromStdString(whole).endsWith(end), whole.c_str());
    std::vector<std::size_t> everyByte;
    for (std::size_t cut = 1; cut < UPSTREAM.size(); ++cut) {
        QCOMPARE(told(make, asked, {cut}), whole);
        everyByte.push_back(cut);
    }
    QCOMPARE(told(make, asked, everyByte), whole);
}

QTEST_GUILESS_MAIN(TstPassageSplits)
#include "tst_passagesplits.moc"
