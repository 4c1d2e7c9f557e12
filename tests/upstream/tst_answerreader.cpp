#include <array>

#include <zlib.h>

#include <QTest>

#include "gateway/upstream/answerreader.h"

using namespace Gateway;

namespace {

/// What was read, as one text that can be compared: status, headers, body, and how it ended.
struct Reading
{
    std::string head;
    std::string body;
    std::string end; ///< "end", "broken", or empty.
    std::string rest;
    bool keeps = false;
};

/// Feeds `bytes` in pieces of `size`, then closes the connection if the answer is not over.
Reading readInPieces(std::string_view bytes, std::size_t size, bool isHead = false, bool decode = false)
{
    AnswerReader reader;
    reader.begin(isHead, decode);
    std::array<char, 7> room;
    Reading reading;
    const auto note = [&](AnswerReader::Step step) {
        if (step == AnswerReader::Step::Head) {
            reading.head = std::to_string(reader.head().status());
            for (const auto &[name, value] : reader.head().headers())
                reading.head += "|" + name + "=" + value;
        } else if (step == AnswerReader::Step::Body) {
            reading.body += reader.piece();
        } else if (step != AnswerReader::Step::More) {
            reading.end = step == AnswerReader::Step::End ? "end" : "broken";
        }
        return step != AnswerReader::Step::More && reading.end.empty();
    };
    std::string fed; // what is left must be given again
    while (reading.end.empty() && !bytes.empty()) {
        fed += bytes.substr(0, size);
        bytes.remove_prefix(std::min(size, bytes.size()));
        std::string_view view = fed;
        while (note(reader.next(view, room))) {
        }
        fed = view;
    }
    if (reading.end.empty())
        note(reader.close());
    reading.rest = fed + std::string(bytes);
    reading.keeps = reader.keepsConnection();
    return reading;
}

std::string gzipped(const std::string &text)
{
    std::string out(text.size() + 100, '\0');
    z_stream stream{};
    deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
    std::string in = text;
    stream.next_in = reinterpret_cast<Bytef *>(in.data());
    stream.avail_in = static_cast<uInt>(in.size());
    stream.next_out = reinterpret_cast<Bytef *>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return out;
}

std::string chunked(const std::string &body)
{
    char size[20];
    std::snprintf(size, sizeof(size), "%zx", body.size() / 2);
    std::string text = std::string(size) + "\r\n" + body.substr(0, body.size() / 2) + "\r\n";
    std::snprintf(size, sizeof(size), "%zX", body.size() - body.size() / 2);
    return text + size + ";x=y\r\n" + body.substr(body.size() / 2) + "\r\n0\r\nTrailer: 1\r\n\r\n";
}

} // namespace

class TstAnswerReader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsEverySplit_data();
    void readsEverySplit();
    void decodesEverySplit_data();
    void decodesEverySplit();
    void expectsNoBodyAfterHead();
    void refusesWhatIsBroken_data();
    void refusesWhatIsBroken();
    void refusesAnEndlessHead();
    void readsOneAfterAnother();
};

void TstAnswerReader::readsEverySplit_data()
{
    QTest::addColumn<std::string>("bytes");
    QTest::addColumn<std::string>("head");
    QTest::addColumn<std::string>("body");
    QTest::addColumn<bool>("keeps");
    const auto row = [](const char *name, const std::string &bytes, const char *head, const char *body,
                        bool keeps) {
        QTest::newRow(name) << bytes << std::string(head) << std::string(body) << keeps;
    };
    row("length", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nA:b\r\n\r\nhello", "200|Content-Length=5|A=b",
        "hello", true);
    row("length 0", "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", "404|Content-Length=0", "", true);
    row("the same length twice", "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\nx",
        "200|Content-Length=1|Content-Length=1", "x", true);
    row("chunked", "HTTP/1.1 200 OK\r\ntransfer-encoding: Chunked\r\n\r\n" + chunked("some text"),
        "200|transfer-encoding=Chunked", "some text", true);
    row("chunked and a length",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n" + chunked("abcdef"),
        "200|Transfer-Encoding=chunked|Content-Length=3", "abcdef", false);
    row("until the end", "HTTP/1.1 200 OK\r\nA: b\r\n\r\nall of it", "200|A=b", "all of it", false);
    row("nothing until the end", "HTTP/1.1 200 OK\r\n\r\n", "200", "", false);
    row("no content", "HTTP/1.1 204 No Content\r\nA: b\r\n\r\n", "204|A=b", "", true);
    row("not modified", "HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n", "304|Content-Length=9", "",
        true);
    row("interim",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 201 "
        "Created\r\nContent-Length: 1\r\n\r\nx",
        "201|Content-Length=1", "x", true);
    row("close", "HTTP/1.1 200 OK\r\nConnection: x, Close\r\nContent-Length: 1\r\n\r\nx",
        "200|Connection=x, Close|Content-Length=1", "x", false);
    row("1.0", "HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\nx", "200|Content-Length=1", "x", false);
    row("1.0 kept", "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 1\r\n\r\nx",
        "200|Connection=keep-alive|Content-Length=1", "x", true);
    row("loose form", "HTTP/1.1 200\nA :  b c \t\nFolded: one\r\n\ttwo\nnonsense\nContent-Length:1\n\nx",
        "200|A=b c|Folded=one two|Content-Length=1", "x", true);
}

void TstAnswerReader::readsEverySplit()
{
    QFETCH(std::string, bytes);
    QFETCH(std::string, head);
    QFETCH(std::string, body);
    QFETCH(bool, keeps);
    for (std::size_t size = 1; size <= bytes.size(); ++size) {
        const Reading reading = readInPieces(bytes, size);
        QCOMPARE(reading.head, head);
        QCOMPARE(reading.body, body);
        QCOMPARE(reading.end, std::string("end"));
        QCOMPARE(reading.rest, std::string());
        QCOMPARE(reading.keeps, keeps);
        const bool endsByItself =
            bytes.find("until") == std::string::npos && (keeps || head.find("Length") != std::string::npos);
        if (endsByItself)
            QCOMPARE(readInPieces(bytes + "more", size).rest, std::string("more"));
    }
}

void TstAnswerReader::decodesEverySplit_data()
{
    QTest::addColumn<std::string>("bytes");
    const std::string packed = gzipped("plain text, and plain text again");
    QTest::newRow("length") << "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nA: b\r\nContent-Length: " +
                                   std::to_string(packed.size()) + "\r\n\r\n" + packed;
    QTest::newRow("chunked")
        << "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nA: b\r\nTransfer-Encoding: chunked\r\n\r\n" +
               chunked(packed);
    QTest::newRow("until the end") << "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nA: b\r\n\r\n" + packed;
}

void TstAnswerReader::decodesEverySplit()
{
    QFETCH(std::string, bytes);
    for (std::size_t size = 1; size <= bytes.size(); ++size) {
        const Reading reading = readInPieces(bytes, size, false, true);
        QCOMPARE(reading.body, std::string("plain text, and plain text again"));
        QVERIFY(reading.head.starts_with("200|A=b"));
        QCOMPARE(reading.end, std::string("end"));
    }
    QVERIFY(readInPieces(bytes, 10).head.find("Content-Encoding") !=
            std::string::npos); // not asked to decode
    for (const std::size_t cut : {std::size_t(1), std::size_t(9)})
        QCOMPARE(readInPieces(std::string_view(bytes).substr(0, bytes.size() - cut), 10, false, true).end,
                 std::string("broken"));
}

void TstAnswerReader::expectsNoBodyAfterHead()
{
    const Reading reading = readInPieces("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nHTTP/1.1", 10, true);
    QCOMPARE(reading.head, std::string("200|Content-Length=100"));
    QCOMPARE(reading.body, std::string());
    QCOMPARE(reading.end, std::string("end"));
    QCOMPARE(reading.rest, std::string("HTTP/1.1"));
}

void TstAnswerReader::refusesWhatIsBroken_data()
{
    QTest::addColumn<std::string>("bytes");
    const auto row = [](const char *name, const char *bytes) { QTest::newRow(name) << std::string(bytes); };
    row("nothing", "");
    row("no HTTP", "SSH-2.0-OpenSSH\r\n");
    row("empty line", "\r\nHTTP/1.1 200 OK\r\n\r\n");
    row("HTTP/2", "HTTP/2 200\r\n\r\n");
    row("no number", "HTTP/1.1 2x0 OK\r\n\r\n");
    row("long number", "HTTP/1.1 2000 OK\r\n\r\n");
    row("small number", "HTTP/1.1 099 OK\r\n\r\n");
    row("another protocol", "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n");
    row("cut head", "HTTP/1.1 200 OK\r\nContent-Le");
    row("cut after an interim answer", "HTTP/1.1 100 Continue\r\n\r\n");
    row("cut body", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhell");
    row("cut chunks", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n");
    row("bad chunks", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nhello");
    row("two lengths", "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nhe");
    row("no length", "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\nhe");
    row("negative length", "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\nhe");
    row("coding nobody asked for", "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n");
    row("chunked twice",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
    row("encoding nobody asked for", "HTTP/1.1 200 OK\r\nContent-Encoding: br\r\nContent-Length: 1\r\n\r\nx");
}

void TstAnswerReader::refusesWhatIsBroken()
{
    QFETCH(std::string, bytes);
    for (std::size_t size = 1; size <= bytes.size() + 1; ++size) {
        const Reading reading = readInPieces(bytes, size, false, true);
        QCOMPARE(reading.end, std::string("broken"));
        QVERIFY(!reading.keeps);
    }
}

void TstAnswerReader::refusesAnEndlessHead()
{
    QCOMPARE(readInPieces("HTTP/1.1 200 OK\r\nA: " + std::string(200'000, 'x'), 1000).end,
             std::string("broken"));
    std::string interims;
    for (int i = 0; i < 10'000; ++i)
        interims += "HTTP/1.1 100 Continue\r\n\r\n";
    QCOMPARE(readInPieces(interims, 1000).end, std::string("broken"));
}

void TstAnswerReader::readsOneAfterAnother()
{
    AnswerReader reader;
    std::array<char, 100> room;
    const auto readOne = [&](std::string_view bytes) {
        reader.begin(false, true);
        std::string seen;
        for (;;) {
            const AnswerReader::Step step = reader.next(bytes, room);
            if (step == AnswerReader::Step::Head)
                seen += std::to_string(reader.head().headers().size()) + ":";
            else if (step == AnswerReader::Step::Body)
                seen += reader.piece();
            else
                break;
        }
        reader.clear();
        return seen;
    };
    const std::string packed = gzipped("packed");
    const std::string gzip =
        "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: " + std::to_string(packed.size()) +
        "\r\n\r\n" + packed;
    for (int i = 0; i < 3; ++i) {
        QCOMPARE(readOne("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nA: b\r\n\r\n" + chunked("text")),
                 std::string("2:text"));
        QCOMPARE(readOne(gzip), std::string("0:packed"));
        QCOMPARE(readOne("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"), std::string("1:ok"));
        QCOMPARE(readOne("HTTP/1.1 200 OK\r\nA: b"), std::string()); // left unfinished
    }
}

QTEST_GUILESS_MAIN(TstAnswerReader)
#include "tst_answerreader.moc"
