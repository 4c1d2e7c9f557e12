#include <algorithm>
#include <ctime>
#include <limits>
#include <unordered_set>

#include <QTest>

#include "gateway/control/importexport/import.h"
#include "gateway/control/importexport/keyexport.h"
#include "tests/control/importexport/importkeys.h"

using namespace Gateway;
using namespace TestSupport;

/// An import must not keep a person waiting. The limits are generous for a busy machine and a debug build;
/// what counts is that the time grows with the size and no faster.
class TstImportSpeed : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void manyKeysInEveryForm_data();
    void manyKeysInEveryForm();
    void oneLongLine();
    void timeGrowsWithTheSize();
};

namespace {

constexpr int MANY = 100'000;
#ifdef NDEBUG
constexpr qint64 LIMIT_MS = 2'000;
#else
constexpr qint64 LIMIT_MS = 20'000; // unoptimised, maybe with sanitizers
#endif

/// Processor time that this process has used, in ms.
qint64 usedMs()
{
    return static_cast<qint64>(std::clock()) * 1000 / CLOCKS_PER_SEC;
}

std::vector<KeyRow> manyRows(int size)
{
    std::vector<KeyRow> rows(static_cast<std::size_t>(size));
    for (int i = 0; i < size; ++i) {
        KeyRow &row = rows[static_cast<std::size_t>(i)];
        row.secret = Secret(i % 2 ? oldKey(static_cast<quint32>(i)) : newKey(static_cast<quint32>(i)));
        row.settings.label = "key " + std::to_string(i);
    }
    return rows;
}

std::string textOf(const std::vector<KeyRow> &rows, const QByteArray &form)
{
    if (form == "CSV")
        return exportCsv(rows, ExportSecrets::Revealed);
    if (form == "JSON")
        return exportJson(rows, ExportSecrets::Revealed);
    std::string text = form == "env" ? "API_KEYS=[" : "";
    for (const KeyRow &row : rows)
        text += form == "env" ? '"' + row.secret.reveal() + "\"," : row.secret.reveal() + '\n';
    return text + (form == "env" ? "\"\"]\n" : "");
}

} // namespace

void TstImportSpeed::manyKeysInEveryForm_data()
{
    QTest::addColumn<QByteArray>("form");
    for (const char *form : {"text", "CSV", "JSON", "env"})
        QTest::newRow(form) << QByteArray(form);
}

void TstImportSpeed::manyKeysInEveryForm()
{
    static const std::vector<KeyRow> rows = manyRows(MANY);
    std::unordered_set<std::string> known;
    for (int i = 0; i < MANY; i += 2)
        known.insert(rows[static_cast<std::size_t>(i)].secret.reveal());
    QFETCH(QByteArray, form);
    const std::string text = textOf(rows, form);
    const qint64 startMs = usedMs();
    const ImportResult result =
        readImport(text, [&known](std::string_view key) { return known.count(std::string(key)) > 0; });
    const qint64 elapsed = usedMs() - startMs;
    qInfo("%lld ms for %d keys", static_cast<long long>(elapsed), MANY);
    QCOMPARE(result.count(ImportVerdict::New), std::size_t{MANY / 2});
    QCOMPARE(result.count(ImportVerdict::Known), std::size_t{MANY / 2});
    QVERIFY(elapsed < LIMIT_MS);
}

void TstImportSpeed::oneLongLine()
{
    std::string text = "prose ";
    for (int i = 0; i < 100'000; ++i)
        text += "AIzaAQ.IQ.\"'=,";
    const qint64 startMs = usedMs();
    readImport(text);
    readImport("[" + text);
    readImport("key," + text);
    QVERIFY(usedMs() - startMs < LIMIT_MS);
}

void TstImportSpeed::timeGrowsWithTheSize()
{
    const auto timed = [](int size) {
        const std::string text = textOf(manyRows(size), "text");
        qint64 best = std::numeric_limits<qint64>::max();
        for (int i = 0; i < 3; ++i) {
            const qint64 startMs = usedMs();
            readImport(text);
            best = std::min(best, usedMs() - startMs);
        }
        return best;
    };
    QVERIFY(timed(40'000) < 16 * timed(10'000));
}

QTEST_APPLESS_MAIN(TstImportSpeed)
#include "tst_importspeed.moc"
