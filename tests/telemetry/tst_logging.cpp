#include <thread>

#include <QLoggingCategory>
#include <QTest>

#include "gateway/telemetry/logging.h"
#include "tests/support/fakeclock.h"

using namespace Gateway;

class TstLogging : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void writesOneLineEach();
    void masksSecrets();
    void nobodyForgesLines();
    void holdsBackLowerLevels_data();
    void holdsBackLowerLevels();
    void leavesQuietCategoriesQuiet();
    void keepsTheRing();
    void ringForgetsTheOldest();
    void takesLinesFromManyThreads();
    void readsLevelNames();

private:
    std::unique_ptr<Logging> start(LogLevel level)
    {
        return std::make_unique<Logging>(m_clock, *m_ring, level,
                                         [this](std::string_view line) { m_output += line; });
    }

    FakeClock m_clock;
    std::unique_ptr<LogRing> m_ring;
    std::string m_output;
};

namespace {

Q_LOGGING_CATEGORY(testLog, "gateway.test")

void logEachLevel()
{
    qCDebug(testLog, "a");
    qCInfo(testLog, "b");
    qCWarning(testLog, "c");
    qCCritical(testLog, "d");
}

} // namespace

void TstLogging::init()
{
    m_ring = std::make_unique<LogRing>();
    m_output.clear();
}

void TstLogging::writesOneLineEach()
{
    const auto logging = start(LogLevel::Info);
    qCInfo(testLog, "serving on %s", "127.0.0.1:4364");
    qWarning("plain");
    QCOMPARE(m_output, std::string("2026-09-01T12:00:00.000Z INFO gateway.test: serving on 127.0.0.1:4364\n"
                                   "2026-09-01T12:00:00.000Z WARNING default: plain\n"));
}

void TstLogging::masksSecrets()
{
    const auto logging = start(LogLevel::Info);
    qCInfo(testLog, "key AIzaSyA1234567890abcdefghij refused");
    QVERIFY(m_output.ends_with(" key AIza…ghij refused\n"));
    QCOMPARE(m_ring->after(0, 10).at(0).text, std::string("key AIza…ghij refused"));
}

void TstLogging::nobodyForgesLines()
{
    const auto logging = start(LogLevel::Info);
    qCInfo(testLog, "model \"%s\"", "x\n2026-09-01 ERROR: all lost\x1b[2J\x7f");
    QVERIFY(m_output.ends_with("model \"x\\n2026-09-01 ERROR: all lost\\x1b[2J\\x7f\"\n"));
}

void TstLogging::holdsBackLowerLevels_data()
{
    QTest::addColumn<int>("level");
    QTest::addColumn<int>("lines");
    QTest::newRow("debug") << static_cast<int>(LogLevel::Debug) << 4;
    QTest::newRow("info") << static_cast<int>(LogLevel::Info) << 3;
    QTest::newRow("warning") << static_cast<int>(LogLevel::Warning) << 2;
    QTest::newRow("error") << static_cast<int>(LogLevel::Error) << 1;
}

void TstLogging::holdsBackLowerLevels()
{
    QFETCH(int, level);
    QFETCH(int, lines);
    const auto logging = start(LogLevel::Info);
    logging->setLevel(static_cast<LogLevel>(level));
    logEachLevel();
    QCOMPARE(m_ring->size(), static_cast<std::size_t>(lines));
    QCOMPARE(testLog().isDebugEnabled(), level == 0); // nothing is formatted in vain
    QCOMPARE(m_ring->after(0, 10).back().level, LogLevel::Error);
}

void TstLogging::leavesQuietCategoriesQuiet()
{
    const QLoggingCategory quiet("qt.widgets.painting", QtWarningMsg);
    const auto logging = start(LogLevel::Debug);
    QVERIFY(!quiet.isInfoEnabled());
    logging->setLevel(LogLevel::Info);
    QVERIFY(!quiet.isInfoEnabled());
    QVERIFY(!quiet.isDebugEnabled());
    QVERIFY(quiet.isWarningEnabled());
}

void TstLogging::keepsTheRing()
{
    const auto logging = start(LogLevel::Debug);
    logEachLevel();
    const std::vector<LogLine> lines = m_ring->after(1, 2);
    QCOMPARE(lines.size(), std::size_t{2});
    QCOMPARE(lines[0].number, std::uint64_t{2});
    QCOMPARE(lines[0].text, std::string("b"));
    QCOMPARE(lines[0].category, std::string("gateway.test"));
    QCOMPARE(lines[0].timeMs, m_clock.nowMs());
    QCOMPARE(lines[1].level, LogLevel::Warning);
    QVERIFY(m_ring->after(4, 10).empty());
}

void TstLogging::ringForgetsTheOldest()
{
    LogRing ring(3);
    for (int i = 0; i < 5; ++i)
        ring.append({});
    QCOMPARE(ring.size(), std::size_t{3});
    QCOMPARE(ring.after(0, 1).at(0).number, std::uint64_t{3});
}

void TstLogging::takesLinesFromManyThreads()
{
    const auto logging = start(LogLevel::Info);
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i)
        threads.emplace_back([] {
            for (int line = 0; line < 250; ++line)
                qCInfo(testLog, "line");
        });
    for (std::thread &thread : threads)
        thread.join();
    QCOMPARE(m_ring->size(), std::size_t{1000});
    QCOMPARE(m_ring->after(0, 1000).back().number, std::uint64_t{1000});
}

void TstLogging::readsLevelNames()
{
    QCOMPARE(logLevelFrom("warning"), LogLevel::Warning);
    QCOMPARE(logLevelFrom(logLevelName(LogLevel::Error)), LogLevel::Error);
    QVERIFY(!logLevelFrom("LOUD"));
}

QTEST_APPLESS_MAIN(TstLogging)
#include "tst_logging.moc"
