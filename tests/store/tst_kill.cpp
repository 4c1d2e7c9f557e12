#include <array>

#include <QProcess>
#include <QTest>

#include "tests/store/storefixture.h"

using namespace Gateway;

class TstKill : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatWasAcknowledgedIsThere_data();
    void whatWasAcknowledgedIsThere();
    void recordsAreThereAfterAQuarterOfASecond();
};

void TstKill::whatWasAcknowledgedIsThere_data()
{
    QTest::addColumn<int>("killAfterMs");
    for (const int ms : {50, 130, 300, 700})
        QTest::newRow(qPrintable(QStringLiteral("after %1 ms").arg(ms))) << ms;
}

void TstKill::whatWasAcknowledgedIsThere()
{
    QFETCH(int, killAfterMs);
    const StoreFixture fixture;
    QProcess writer;
    writer.start(QStringLiteral(STORE_WRITER), {QString::fromStdString(fixture.url())});
    QVERIFY(writer.waitForReadyRead());
    QTest::qWait(killAfterMs);
    writer.kill();
    QVERIFY(writer.waitForFinished());

    std::array<int, 3> last{}; // by key: the newest change that was told to be durable
    int count = 0;
    QList<QByteArray> lines = writer.readAllStandardOutput().split('\n');
    lines.removeLast(); // what follows the last line end is nothing, or half a line
    for (const QByteArray &line : lines) {
        const QList<QByteArray> words = line.split(' ');
        last.at(words.at(0).toUInt()) = words.at(1).toInt();
        ++count;
    }
    QVERIFY(count > 0);
    QCOMPARE(fixture.rows(QStringLiteral("PRAGMA integrity_check")), QStringList{QStringLiteral("ok")});
    const auto store = fixture.open();
    QVERIFY(store);
    const auto rows = store->loadKeys();
    QCOMPARE(rows.value().size(), last.size());
    std::size_t rests = 0;
    for (std::size_t i = 0; i < last.size(); ++i) {
        const KeyRow &row = rows->at(i);
        // Later changes may be there without having been told.
        QVERIFY2(row.failures >= last[i],
                 qPrintable(QStringLiteral("%1 < %2").arg(row.failures).arg(last[i])));
        QCOMPARE(row.reason, row.failures ? std::to_string(row.failures) : std::string());
        QCOMPARE(row.state, row.failures % 2 ? KeyState::Sidelined : KeyState::Usable);
        rests += row.rests.size();
    }
    QVERIFY(rests >= static_cast<std::size_t>(count));
}

/// The writer also waits for the disk, so a busy machine may be late once, not always.
void TstKill::recordsAreThereAfterAQuarterOfASecond()
{
    qint64 best = 10'000;
    for (int attempt = 0; attempt < 5 && best >= 250; ++attempt) {
        const StoreFixture fixture;
        QProcess writer;
        writer.start(QStringLiteral(STORE_WRITER), {QString::fromStdString(fixture.url())});
        QVERIFY(writer.waitForReadyRead());
        QTest::qWait(600);
        const qint64 killedMs = SystemClock().nowMs();
        writer.kill();
        QVERIFY(writer.waitForFinished());
        const QStringList newest = fixture.rows(QStringLiteral("SELECT max(time_ms) FROM requests"));
        best = std::min(best, killedMs - newest.value(0).toLongLong());
        QCOMPARE(fixture.rows(QStringLiteral("SELECT count(*) - (SELECT value FROM tallies "
                                             "WHERE name = 'request_rows') FROM requests")),
                 QStringList{QStringLiteral("0")});
    }
    QVERIFY2(best < 250, qPrintable(QString::number(best)));
}

QTEST_GUILESS_MAIN(TstKill)
#include "tst_kill.moc"
