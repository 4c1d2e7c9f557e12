#include <QTest>

#include "gateway/common/chunkreader.h"

using namespace Gateway;

namespace {

struct Read
{
    std::string payload;
    std::string rest; ///< Bytes that were left.
    ChunkReader::State state = ChunkReader::State::More;
};

/// Feeds `bytes` in pieces of `size`.
Read readInPieces(std::string_view bytes, std::size_t size)
{
    ChunkReader reader;
    Read read;
    while (!bytes.empty()) {
        std::string_view piece = bytes.substr(0, size);
        bytes.remove_prefix(piece.size());
        while (!piece.empty() && reader.state() == ChunkReader::State::More)
            read.payload += reader.next(piece);
        read.rest += piece;
    }
    read.state = reader.state();
    return read;
}

} // namespace

class TstChunkReader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsEverySplit();
    void handsOutChunkByChunk();
    void refusesAChunkWithoutRoom();
    void refusesBrokenFraming_data();
    void refusesBrokenFraming();
};

void TstChunkReader::readsEverySplit()
{
    const std::string body =
        "3\r\nabc\r\n0A;name=\"x\"\r\n0123456789\r\n0\r\nX-Trailer: 1\r\nY: 2\r\n\r\nnext";
    for (std::size_t size = 1; size <= body.size(); ++size) {
        const Read read = readInPieces(body, size);
        QCOMPARE(read.payload, std::string("abc0123456789"));
        QCOMPARE(read.rest, std::string("next"));
        QCOMPARE(read.state, ChunkReader::State::Done);
    }
}

void TstChunkReader::handsOutChunkByChunk()
{
    ChunkReader reader;
    std::string_view bytes = "1\r\na\r\n2\r\nbc\r\n3\r\nde";
    QCOMPARE(reader.next(bytes), std::string_view("a"));
    QCOMPARE(reader.next(bytes), std::string_view("bc"));
    QCOMPARE(reader.next(bytes), std::string_view("de"));
    QCOMPARE(reader.next(bytes), std::string_view());
    QCOMPARE(reader.state(), ChunkReader::State::More);
}

void TstChunkReader::refusesAChunkWithoutRoom()
{
    ChunkReader reader;
    std::string_view bytes = "5\r\nabcde\r\n";
    QCOMPARE(reader.next(bytes, 4), std::string_view());
    QCOMPARE(reader.state(), ChunkReader::State::TooLarge);
}

void TstChunkReader::refusesBrokenFraming_data()
{
    QTest::addColumn<std::string>("body");
    QTest::newRow("no size") << std::string("\r\nabc\r\n0\r\n\r\n");
    QTest::newRow("no hex") << std::string("xyz\r\n");
    QTest::newRow("size without end") << std::string("0000000000001\r\n");
    QTest::newRow("more than the size says") << std::string("1\r\nab\r\n");
    QTest::newRow("bare LF") << std::string("1\na\r\n");
    QTest::newRow("endless trailers") << "0\r\n" + std::string(9000, 'x');
}

void TstChunkReader::refusesBrokenFraming()
{
    QFETCH(std::string, body);
    for (std::size_t size = 1; size <= std::min<std::size_t>(body.size(), 8); ++size)
        QCOMPARE(readInPieces(body, size).state, ChunkReader::State::Malformed);
}

QTEST_GUILESS_MAIN(TstChunkReader)
#include "tst_chunkreader.moc"
