#include <array>

#include <zlib.h>

#include <QTest>

#include "gateway/common/inflater.h"

using namespace Gateway;

namespace {

constexpr int GZIP = 15 + 16;
constexpr int ZLIB = 15;
constexpr int RAW = -15;

std::string packed(const std::string &text, int format)
{
    std::string out(text.size() + 100, '\0');
    z_stream stream{};
    deflateInit2(&stream, 9, Z_DEFLATED, format, 8, Z_DEFAULT_STRATEGY);
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

/// Decodes `bytes` given in pieces of `size`, into a room of `roomSize`.
std::string unpacked(Inflater &inflater, std::string_view bytes, std::size_t size, std::size_t roomSize)
{
    std::string plain;
    std::vector<char> room(roomSize);
    while (!bytes.empty()) {
        std::string_view piece = bytes.substr(0, size);
        bytes.remove_prefix(piece.size());
        for (;;) {
            const std::string_view made = inflater.next(piece, room);
            if (made.empty())
                break;
            plain += made;
        }
        if (!piece.empty())
            return "bytes were left";
    }
    return plain;
}

} // namespace

class TstInflater : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsEverySplit_data();
    void readsEverySplit();
    void needsLittleRoom();
    void readsMembersInARow();
    void knowsACutStream();
    void knowsDamagedBytes();
};

void TstInflater::readsEverySplit_data()
{
    QTest::addColumn<int>("format");
    QTest::newRow("gzip") << GZIP;
    QTest::newRow("zlib") << ZLIB;
    QTest::newRow("raw") << RAW;
}

void TstInflater::readsEverySplit()
{
    QFETCH(int, format);
    const std::string text = "plain text, plain text and a little more of it";
    const std::string bytes = packed(text, format);
    for (std::size_t size = 1; size <= bytes.size(); ++size) {
        Inflater inflater;
        QVERIFY(inflater.isWhole());
        QCOMPARE(unpacked(inflater, bytes, size, 1000), text);
        QVERIFY(inflater.isWhole());
    }
    for (std::size_t room = 1; room <= text.size() + 1; ++room) { // also when it is full at the very end
        Inflater inflater;
        QCOMPARE(unpacked(inflater, bytes, bytes.size(), room), text);
        QVERIFY(inflater.isWhole());
    }
}

void TstInflater::needsLittleRoom()
{
    const std::string text(3'000'000, 'x'); // a few thousand bytes when packed
    Inflater inflater;
    QVERIFY(unpacked(inflater, packed(text, GZIP), 100'000, 512) == text);
    QVERIFY(inflater.isWhole());
}

void TstInflater::readsMembersInARow()
{
    Inflater inflater;
    QCOMPARE(unpacked(inflater, packed("one ", GZIP) + packed("two", GZIP), 7, 100), std::string("one two"));
    QVERIFY(inflater.isWhole());
}

void TstInflater::knowsACutStream()
{
    const std::string bytes = packed("plain text", GZIP);
    Inflater inflater;
    unpacked(inflater, std::string_view(bytes).substr(0, bytes.size() - 1), 5, 100);
    QVERIFY(!inflater.isWhole());
    QVERIFY(!inflater.isBroken());
}

void TstInflater::knowsDamagedBytes()
{
    std::string bytes = packed("plain text", GZIP);
    bytes[bytes.size() - 5] ^= 1; // the checksum
    Inflater inflater;
    unpacked(inflater, bytes, 5, 100);
    QVERIFY(inflater.isBroken());
    QVERIFY(!inflater.isWhole());
}

QTEST_GUILESS_MAIN(TstInflater)
#include "tst_inflater.moc"
