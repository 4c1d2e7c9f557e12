#include <QTest>

#include "gateway/upstream/ssereader.h"

using namespace Gateway;

namespace {

using Events = std::vector<std::pair<std::string, std::string>>;

/// A stream with every kind of line; `\n` stands for the line end under test.
const std::string SAMPLE = "\xef\xbb\xbf: hello\n\n"
                           "data: {\"a\":1}\n\n"
                           "event: error\ndata:no blank\nid: 7\nretry: 10\n\n"
                           "data: one\ndata: two\n: between\ndata\n\n"
                           "\n\n"
                           "event: lonely\n\n"
                           "data:\n\n"
                           "database: 1\n\n"
                           "data:  kept blank\n\n"
                           "{\"error\":1}\n\n"
                           "data: unfinished";

const Events EXPECTED = {{"", "{\"a\":1}"}, {"error", "no blank"}, {"", "one\ntwo\n"},
                         {"", ""},          {"", " kept blank"},   {"", "{\"error\":1}"}};

std::string withLineEnd(std::string_view text, std::string_view lineEnd)
{
    std::string changed;
    for (const char c : text) {
        if (c == '\n')
            changed += lineEnd;
        else
            changed += c;
    }
    return changed;
}

/// Feeds `text` cut before each of `cuts`.
Events eventsOf(SseReader &reader, std::string_view text, const std::vector<std::size_t> &cuts)
{
    Events events;
    const SseReader::Visit visit = [&](std::string_view event, std::string_view data) {
        events.emplace_back(event, data);
    };
    std::size_t from = 0;
    for (const std::size_t cut : cuts) {
        reader.feed(std::string(text.substr(from, cut - from)), visit); // a copy, so that asan sees its end
        from = cut;
    }
    reader.feed(std::string(text.substr(from)), visit);
    return events;
}

} // namespace

class TstSseReader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsEveryCut_data();
    void readsEveryCut();
    void readsByteByByte_data() { readsEveryCut_data(); }
    void readsByteByByte();
    void visitsAtTheLastByteOfTheBlankLine();
    void passesAWholeEventWithoutCopying();
    void readsALargeEventInLinearTime();
    void keepsABareErrorAsRest();
    void keepsEveryByteOfABareError();
    void refusesAnEventOverTheLimit();
    void refusesAWholeEventOverTheLimit();
};

void TstSseReader::readsEveryCut_data()
{
    QTest::addColumn<std::string>("lineEnd");
    QTest::newRow("CR LF") << std::string("\r\n");
    QTest::newRow("LF") << std::string("\n");
    QTest::newRow("CR") << std::string("\r");
}

void TstSseReader::readsEveryCut()
{
    QFETCH(std::string, lineEnd);
    const std::string text = withLineEnd(SAMPLE, lineEnd);
    for (std::size_t first = 0; first <= text.size(); ++first) {
        for (std::size_t second = first; second <= text.size(); ++second) {
            SseReader reader;
            const Events events = eventsOf(reader, text, {first, second});
            if (events != EXPECTED || reader.rest() != "data: unfinished")
                QFAIL(qPrintable(QStringLiteral("cut at %1 and %2").arg(first).arg(second)));
        }
    }
}

void TstSseReader::readsByteByByte()
{
    QFETCH(std::string, lineEnd);
    const std::string text = withLineEnd(SAMPLE, lineEnd);
    std::vector<std::size_t> cuts(text.size());
    for (std::size_t i = 0; i < cuts.size(); ++i)
        cuts[i] = i;
    SseReader reader;
    QCOMPARE(eventsOf(reader, text, cuts), EXPECTED);
    QCOMPARE(reader.rest(), std::string_view("data: unfinished"));
}

void TstSseReader::visitsAtTheLastByteOfTheBlankLine()
{
    SseReader reader;
    QCOMPARE(eventsOf(reader, "data: x\r\n\r\n", {}).size(), std::size_t(1));
    QVERIFY(reader.rest().empty());
    QCOMPARE(eventsOf(reader, "data: y\r\n\r", {}).size(), std::size_t(1));
    QCOMPARE(eventsOf(reader, "\ndata: z\n\n", {}), (Events{{"", "z"}}));
}

void TstSseReader::passesAWholeEventWithoutCopying()
{
    SseReader reader;
    const std::string chunk = "data: {\"x\":1}\r\n\r\ndata: {\"y\":2}\r\n\r\n";
    int seen = 0;
    reader.feed(chunk, [&](std::string_view, std::string_view data) {
        QVERIFY(data.data() > chunk.data() && data.data() < chunk.data() + chunk.size());
        ++seen;
    });
    QCOMPARE(seen, 2);
}

void TstSseReader::readsALargeEventInLinearTime()
{
    SseReader reader(128u * 1024 * 1024);
    const std::string piece(16 * 1024, 'x');
    std::size_t size = 0;
    const SseReader::Visit visit = [&](std::string_view, std::string_view data) { size = data.size(); };
    QElapsedTimer timer;
    timer.start();
    QVERIFY(reader.feed("data: ", visit));
    for (int i = 0; i < 4096; ++i) // 64 MiB; read anew for each piece it would be 128 GiB
        QVERIFY(reader.feed(piece, visit));
    QVERIFY(reader.feed("\n\n", visit));
    QCOMPARE(size, piece.size() * 4096);
    QVERIFY2(timer.elapsed() < 3000, qPrintable(QString::number(timer.elapsed())));
}

void TstSseReader::keepsABareErrorAsRest()
{
    SseReader reader;
    const Events events = eventsOf(reader, "data: 1\r\n\r\n{\r\n  \"error\": {}\r\n}\r\n", {});
    QCOMPARE(events, (Events{{"", "1"}}));
    QCOMPARE(reader.rest(), std::string_view("{\r\n  \"error\": {}\r\n}\r\n"));
}

void TstSseReader::keepsEveryByteOfABareError()
{
    constexpr std::string_view text = "{\r\n\"a\":1}\r\n\r\n{\r\n\"b\":2}\r\n";
    for (std::size_t cut = 0; cut <= text.size(); ++cut) {
        SseReader reader;
        const Events events = eventsOf(reader, text, {cut});
        QCOMPARE(events, (Events{{"", "{\r\n\"a\":1}"}}));
        QCOMPARE(reader.rest(), std::string_view("{\r\n\"b\":2}\r\n"));
    }
}

void TstSseReader::refusesAnEventOverTheLimit()
{
    SseReader reader(16);
    const SseReader::Visit visit = [](std::string_view, std::string_view) {};
    QVERIFY(reader.feed("data: 1234567890", visit));
    QVERIFY(!reader.feed("1", visit));
    QVERIFY(!reader.feed("\n\n", visit));
}

void TstSseReader::refusesAWholeEventOverTheLimit()
{
    SseReader reader(16);
    int seen = 0;
    const SseReader::Visit visit = [&](std::string_view, std::string_view) { ++seen; };
    QVERIFY(!reader.feed("data: 123456789012\n\ndata: 1\n\n", visit));
    QCOMPARE(seen, 1);
}

QTEST_APPLESS_MAIN(TstSseReader)
#include "tst_ssereader.moc"
