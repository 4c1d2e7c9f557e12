#include <QTest>

#include "gateway/upstream/mimesniff.h"

using namespace Gateway;
using namespace std::string_literals;

class TstMimeSniff : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void knowsFilesByTheirFirstBytes_data();
    void knowsFilesByTheirFirstBytes();
};

void TstMimeSniff::knowsFilesByTheirFirstBytes_data()
{
    QTest::addColumn<std::string>("bytes");
    const auto row = [](const char *mimeType, const char *name, const std::string &bytes) {
        QTest::newRow((std::string(mimeType) + " " + name).c_str()) << bytes;
    };
    row("image/png", "", "\x89PNG\r\n\x1a\n and more"s);
    row("image/jpeg", "", "\xff\xd8\xff\xe0 JFIF"s);
    row("image/gif", "87", "GIF87a...");
    row("image/gif", "89", "GIF89a...");
    row("image/webp", "", "RIFF\x10\0\0\0WEBPVP8 "s);
    row("image/heic", "", "\0\0\0\x18"s + "ftypheic");
    row("image/heif", "", "\0\0\0\x18"s + "ftypmif1");
    row("image/avif", "", "\0\0\0\x18"s + "ftypavif");
    row("application/pdf", "", "%PDF-1.7");
    row("", "empty", "");
    row("", "short", "\x89PN");
    row("", "sound", "RIFF\x10\0\0\0WAVEfmt "s);
    row("", "page", "<!DOCTYPE html>");
}

void TstMimeSniff::knowsFilesByTheirFirstBytes()
{
    QFETCH(std::string, bytes);
    const std::string tag = QTest::currentDataTag();
    QCOMPARE(std::string(sniffedMimeType(bytes)), tag.substr(0, tag.find(' ')));
}

QTEST_APPLESS_MAIN(TstMimeSniff)
#include "tst_mimesniff.moc"
