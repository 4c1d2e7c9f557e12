#include <QTest>

#include "gateway/control/importexport/csv.h"

using namespace Gateway;

class TstCsv : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void reads_data();
    void reads();
    void linesAreCounted();
    void anyFieldComesBack();
    void formulasAreDisarmed();
};

void TstCsv::reads_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArrayList>("rows"); // fields with | between
    QTest::newRow("plain") << QByteArray("a,b\nc,d\n") << QByteArrayList{"a|b", "c|d"};
    QTest::newRow("CRLF") << QByteArray("a,b\r\nc,d") << QByteArrayList{"a|b", "c|d"};
    QTest::newRow("empty fields") << QByteArray(",a,\n") << QByteArrayList{"|a|"};
    QTest::newRow("empty lines") << QByteArray("a\n\n\nb\n") << QByteArrayList{"a", "b"};
    QTest::newRow("quoted") << QByteArray("\"a,b\",\"c\"\"d\"\n") << QByteArrayList{"a,b|c\"d"};
    QTest::newRow("break in quotes") << QByteArray("\"a\nb\",c\n") << QByteArrayList{"a\nb|c"};
    QTest::newRow("quote in the middle") << QByteArray("a\"b,c\n") << QByteArrayList{"a\"b|c"};
    QTest::newRow("quote left open") << QByteArray("\"a,b\nc") << QByteArrayList{"a,b\nc"};
    QTest::newRow("mark before") << QByteArray("\xef\xbb\xbf"
                                               "a,b\n")
                                 << QByteArrayList{"a|b"};
    QTest::newRow("nothing") << QByteArray() << QByteArrayList{};
}

void TstCsv::reads()
{
    QFETCH(QByteArray, text);
    QByteArrayList rows;
    for (const CsvRow &row : parseCsv(text.toStdString(), ',')) {
        QByteArrayList fields;
        for (const std::string &field : row.fields)
            fields += QByteArray::fromStdString(field);
        rows += fields.join('|');
    }
    QTEST(rows, "rows");
}

void TstCsv::linesAreCounted()
{
    const std::vector<CsvRow> rows = parseCsv("a\n\n\"b\nc\"\nd\n", ',');
    QCOMPARE(rows.size(), std::size_t{3});
    QCOMPARE(rows[0].line, 1);
    QCOMPARE(rows[1].line, 3);
    QCOMPARE(rows[2].line, 5);
}

void TstCsv::anyFieldComesBack()
{
    for (const std::string field : {"plain", "a,b", "a\"b", "\"", "a\nb", "a\r\nb", "=1+1", "-5", "'quoted'",
                                    "'", "'=x", "ä;ö", " x "}) {
        std::string text;
        appendCsvField(text, field);
        text += ",end\n";
        const std::vector<CsvRow> rows = parseCsv(text, ',');
        QCOMPARE(rows.size(), std::size_t{1});
        QCOMPARE(rows[0].fields.size(), std::size_t{2});
        QCOMPARE(fromCsvField(rows[0].fields[0]), field);
    }
}

void TstCsv::formulasAreDisarmed()
{
    for (const std::string field : {"=HYPERLINK(1)", "+1", "-1", "@x"}) {
        std::string text;
        appendCsvField(text, field);
        QCOMPARE(text, "'" + field);
    }
}

QTEST_APPLESS_MAIN(TstCsv)
#include "tst_csv.moc"
