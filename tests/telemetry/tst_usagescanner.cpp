#include <zlib.h>

#include <QDir>
#include <QTest>

#include "gateway/common/json.h"
#include "gateway/telemetry/usagescanner.h"

using namespace Gateway;

class TstUsageScanner : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsCounts_data();
    void findsCounts();
    void findsCountsInEverySplit_data();
    void findsCountsInEverySplit();
    void readsCompressedAnswers_data();
    void readsCompressedAnswers();
    void readsOtherWordsInEverySplit_data();
    void readsOtherWordsInEverySplit();
    void staysSilentOnUnknownEncodings();
    void survivesDamagedCompression();
    void keepsLittle();
    void boundsCountsBeyondReason();
    void agreesWithTheCapturedAnswers();
};

namespace {

/// prompt, candidates, thoughts, cached, tool use, total.
using Counts = QList<qint64>;

const Counts NONE{-1, -1, -1, -1, -1, -1};

Counts countsOf(const TokenCounts &tokens)
{
    return {tokens.prompt, tokens.candidates, tokens.thoughts, tokens.cached, tokens.toolUse, tokens.total};
}

std::string compressed(const std::string &text, int windowBits)
{
    z_stream stream = {};
    deflateInit2(&stream, 6, Z_DEFLATED, windowBits, 8, Z_DEFAULT_STRATEGY);
    std::string input = text;
    std::string out(deflateBound(&stream, static_cast<uLong>(text.size())) + 64, '\0');
    stream.next_in = reinterpret_cast<Bytef *>(input.data());
    stream.avail_in = static_cast<uInt>(input.size());
    stream.next_out = reinterpret_cast<Bytef *>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return out;
}

const std::string ANSWER = R"({"candidates":[{"content":{"parts":[{"text":"hi"}]}}],)"
                           R"("usageMetadata":{"promptTokenCount":7,"totalTokenCount":19}})";

void answerRows()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<Counts>("counts");

    QTest::newRow("nothing") << QByteArray() << NONE;
    QTest::newRow("without usage") << QByteArray(R"({"candidates":[]})") << NONE;
    QTest::newRow("compact") << QByteArray::fromStdString(ANSWER) << Counts{7, -1, -1, -1, -1, 19};
    QTest::newRow("every count, pretty")
        << QByteArray(
               "{\n  \"usageMetadata\" :\r\n\t{\n \"promptTokenCount\": 1,\n \"candidatesTokenCount\": 2,"
               "\"thoughtsTokenCount\": 3,\"cachedContentTokenCount\": 4,"
               "\"toolUsePromptTokenCount\": 5, \"totalTokenCount\": 6 }\n}")
        << Counts{1, 2, 3, 4, 5, 6};
    QTest::newRow("nested objects and braces in texts")
        << QByteArray(R"({"usageMetadata":{"promptTokensDetails":[{"modality":"}\"{","tokenCount":1},{}],)"
                      R"("x":{"y":{}},"totalTokenCount":8},"modelVersion":"m"})")
        << Counts{-1, -1, -1, -1, -1, 8};
    QTest::newRow("the last of a stream counts")
        << QByteArray(
               "data: {\"usageMetadata\": {\"totalTokenCount\": 1}}\r\n\r\n"
               "data: {\"usageMetadata\": {\"totalTokenCount\": 2,\"candidatesTokenCount\":1}}\r\n\r\n")
        << Counts{-1, 1, -1, -1, -1, 2};
    QTest::newRow("array of answers") << QByteArray("[{\"usageMetadata\":{\"totalTokenCount\":1}}\n,\r\n{"
                                                    "\"usageMetadata\":{\"totalTokenCount\":3}}]")
                                      << Counts{-1, -1, -1, -1, -1, 3};
    QTest::newRow("a broken end leaves the one before")
        << QByteArray("{\"usageMetadata\":{\"totalTokenCount\":1}}{\"usageMetadata\":{\"totalTokenCount\":")
        << Counts{-1, -1, -1, -1, -1, 1};
    QTest::newRow("the name as a value")
        << QByteArray(R"({"text":"usageMetadata","a":{"totalTokenCount":9}})") << NONE;
    QTest::newRow("the name inside a text")
        << QByteArray(R"({"text":"{\"usageMetadata\":{\"totalTokenCount\":9}}"})") << NONE;
    QTest::newRow("null, then an object")
        << QByteArray(R"({"usageMetadata":null}{"usageMetadata":{"totalTokenCount":4}})")
        << Counts{-1, -1, -1, -1, -1, 4};
    QTest::newRow("a false start") << QByteArray(R"("usageMeta"usageMetadata":{"totalTokenCount":4}})")
                                   << Counts{-1, -1, -1, -1, -1, 4};
    QTest::newRow("the names where they mean something else")
        << QByteArray(
               R"({"usageMetadata":{"a":{"totalTokenCount":1},"b":["totalTokenCount",2],"c":"totalTokenCount",)"
               R"("d\\\"totalTokenCount":3,"totalTokenCount" : 4 ,"e":{"totalTokenCount":5}}})")
        << Counts{-1, -1, -1, -1, -1, 4};
    QTest::newRow("no whole numbers")
        << QByteArray(
               R"({"usageMetadata":{"totalTokenCount":1.5,"promptTokenCount":"2","thoughtsTokenCount":null}})")
        << NONE;
    QTest::newRow("damaged object") << QByteArray(R"({"usageMetadata":{"totalTokenCount":}})") << NONE;
}

} // namespace

void TstUsageScanner::findsCounts_data()
{
    answerRows();
}

void TstUsageScanner::findsCounts()
{
    QFETCH(QByteArray, answer);
    QFETCH(Counts, counts);
    UsageScanner scanner;
    scanner.feed(answer.toStdString());
    QCOMPARE(countsOf(scanner.tokens()), counts);
}

void TstUsageScanner::findsCountsInEverySplit_data()
{
    answerRows();
}

void TstUsageScanner::findsCountsInEverySplit()
{
    QFETCH(QByteArray, answer);
    QFETCH(Counts, counts);
    const std::string text = answer.toStdString();
    const std::string_view all = text;
    for (std::size_t first = 0; first <= all.size(); ++first) {
        UsageScanner two;
        two.feed(all.substr(0, first));
        two.feed(all.substr(first));
        QCOMPARE(countsOf(two.tokens()), counts);
    }
    for (std::size_t step = 1; step < 20; ++step) {
        UsageScanner pieces;
        for (std::size_t at = 0; at < all.size(); at += step)
            pieces.feed(all.substr(at, step));
        QCOMPARE(countsOf(pieces.tokens()), counts);
    }
}

void TstUsageScanner::readsCompressedAnswers_data()
{
    QTest::addColumn<QByteArray>("encoding");
    QTest::addColumn<int>("windowBits");
    QTest::newRow("gzip") << QByteArray("gzip") << 15 + 16;
    QTest::newRow("x-gzip, capitals") << QByteArray("X-GZIP") << 15 + 16;
    QTest::newRow("deflate with its wrapper") << QByteArray("deflate") << 15;
    QTest::newRow("deflate bare") << QByteArray(" deflate") << -15;
    QTest::newRow("identity") << QByteArray("identity") << 0;
}

void TstUsageScanner::readsCompressedAnswers()
{
    QFETCH(QByteArray, encoding);
    QFETCH(int, windowBits);
    const std::string text = std::string(100'000, ' ') + ANSWER;
    const std::string bytes = windowBits == 0 ? text : compressed(text, windowBits);
    for (const std::size_t step : {std::size_t{1}, std::size_t{7}, bytes.size()}) {
        UsageScanner scanner;
        scanner.setEncoding(encoding.toStdString());
        for (std::size_t at = 0; at < bytes.size(); at += step)
            scanner.feed(std::string_view(bytes).substr(at, step));
        QCOMPARE(scanner.tokens().total, 19);
    }
}

void TstUsageScanner::readsOtherWordsInEverySplit_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<Counts>("counts");
    QTest::newRow("OpenAI, thoughts within the completion")
        << QByteArray(R"({"usage":{"prompt_tokens":5,"completion_tokens":9,"total_tokens":14,)"
                      R"("completion_tokens_details":{"reasoning_tokens":6},)"
                      R"("prompt_tokens_details":{"cached_tokens":2}}})")
        << Counts{5, 3, 6, 2, -1, 14};
    QTest::newRow("OpenAI, thoughts in the total alone")
        << QByteArray("data: {\"usage\":null}\n\ndata: {\"usage\":{\"completion_tokens\":2,"
                      "\"prompt_tokens\":5,\"total_tokens\":10}}\n\ndata: [DONE]\n\n")
        << Counts{5, 2, 3, -1, -1, 10};
    QTest::newRow("interactions")
        << QByteArray(R"({"interaction":{"usage":{"total_input_tokens":4,"total_output_tokens":3,)"
                      R"("total_thought_tokens":2,"total_cached_tokens":1,"total_tool_use_tokens":0,)"
                      R"("total_tokens":9,"input_tokens_by_modality":[{"modality":"text","tokens":4}]}}})")
        << Counts{4, 3, 2, 1, 0, 9};
}

void TstUsageScanner::readsOtherWordsInEverySplit()
{
    QFETCH(QByteArray, answer);
    QFETCH(Counts, counts);
    const std::string text = answer.toStdString();
    const std::string_view all = text;
    for (std::size_t first = 0; first <= all.size(); ++first) {
        UsageScanner two(UsageScanner::OTHERS);
        two.feed(all.substr(0, first));
        two.feed(all.substr(first));
        QCOMPARE(countsOf(two.tokens()), counts);
    }
}

void TstUsageScanner::staysSilentOnUnknownEncodings()
{
    UsageScanner scanner;
    scanner.setEncoding("br");
    scanner.feed(ANSWER);
    QCOMPARE(countsOf(scanner.tokens()), NONE);
}

void TstUsageScanner::survivesDamagedCompression()
{
    const std::string good = compressed(ANSWER, 15 + 16);
    for (std::size_t at = 0; at < good.size(); ++at) {
        std::string bad = good;
        bad[at] = static_cast<char>(bad[at] ^ 0x55);
        UsageScanner scanner;
        scanner.setEncoding("gzip");
        scanner.feed(bad);
        scanner.feed(bad);
        scanner.tokens();
    }
    UsageScanner scanner;
    scanner.setEncoding("gzip");
    scanner.feed(good + good + "tail");
    QCOMPARE(scanner.tokens().total, 19);
}

/// An endless object is given up, and what comes after it is found.
void TstUsageScanner::keepsLittle()
{
    UsageScanner scanner;
    scanner.feed("{\"usageMetadata\":{\"x\":\"");
    const std::string filler(4096, 'x');
    for (int i = 0; i < 100; ++i)
        scanner.feed(filler);
    scanner.feed("\"}}" + ANSWER);
    QCOMPARE(scanner.tokens().total, 19);
}

/// Their sum would be no number any more.
void TstUsageScanner::boundsCountsBeyondReason()
{
    UsageScanner scanner(UsageScanner::OTHERS);
    scanner.feed(R"({"usage":{"prompt_tokens":9223372036854775807,"completion_tokens":9223372036854775807,)"
                 R"("total_tokens":5}})");
    QCOMPARE(scanner.tokens().prompt, 1'000'000'000'000);
    QCOMPARE(scanner.tokens().candidates, 1'000'000'000'000);
}

/// Against a full parse of each answer in the collection.
void TstUsageScanner::agreesWithTheCapturedAnswers()
{
    QString root = qEnvironmentVariable("GW_FIXTURES");
    if (root.isEmpty())
        root = QStringLiteral(GW_SOURCE_DIR "/../shared/fixtures");
    int withUsage = 0;
    for (const char *sub : {"googleai", "vertexai"}) {
        const QDir folder(root + u'/' + QLatin1String(sub));
        for (const QString &name : folder.entryList({QStringLiteral("unary-*.json")}, QDir::Files)) {
            QFile file(folder.filePath(name));
            QVERIFY(file.open(QFile::ReadOnly));
            const std::string text = file.readAll().toStdString();
            const Result<json::object> whole = parseJsonObject(text);
            if (!whole)
                continue;
            const json::object *usage = objectAt(*whole, "usageMetadata");
            UsageScanner scanner;
            for (std::size_t at = 0; at < text.size(); at += 13)
                scanner.feed(std::string_view(text).substr(at, 13));
            const std::int64_t total = usage ? integerAt(*usage, "totalTokenCount", -1) : -1;
            const std::int64_t thoughts = usage ? integerAt(*usage, "thoughtsTokenCount", -1) : -1;
            QVERIFY2(scanner.tokens().total == total, qPrintable(name));
            QVERIFY2(scanner.tokens().thoughts == thoughts, qPrintable(name));
            withUsage += usage ? 1 : 0;
        }
    }
    if (withUsage == 0)
        QSKIP("The captured answers are not at hand.");
    QVERIFY(withUsage > 10);
}

QTEST_APPLESS_MAIN(TstUsageScanner)
#include "tst_usagescanner.moc"
