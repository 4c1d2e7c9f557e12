#include <QCoreApplication>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

#include "app/launch.h"
#include "app/ports.h"
#include "gateway/gatewayservice.h"
#include "gateway/settings/setting.h"
#include "gateway/telemetry/logging.h"

using namespace Gateway;
using namespace Qt::StringLiterals;

class TstPorts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void namesWhoHoldsAPort();
    void findsAFreePort();
    void servesOnTheChosenPort_data();
    void servesOnTheChosenPort();
};

void TstPorts::namesWhoHoldsAPort()
{
    if (!QFile::exists(u"/proc/net/tcp"_s))
        QSKIP("This system has no /proc/net/tcp.");
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    const std::string own = "(process " + std::to_string(QCoreApplication::applicationPid()) + ')';
    const std::string told = portHolder(server.serverPort());
    QVERIFY2(told.ends_with(own), told.c_str());
    const std::uint16_t port = server.serverPort();
    server.close();
    QCOMPARE(portHolder(port), std::string());
}

void TstPorts::findsAFreePort()
{
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    const std::uint16_t port = server.serverPort();
    const std::uint16_t found = freePortAfter(port, "127.0.0.1");
    QVERIFY(found > port);
    const std::uint16_t same = freePortAfter(static_cast<std::uint16_t>(port - 1), "127.0.0.1");
    QVERIFY(same != port);
    QTcpServer second;
    QVERIFY(second.listen(QHostAddress::LocalHost, found));
}

void TstPorts::servesOnTheChosenPort_data()
{
    QTest::addColumn<bool>("isOnCommandLine");
    QTest::newRow("from the store") << false;
    QTest::newRow("named on the command line") << true;
}

void TstPorts::servesOnTheChosenPort()
{
    QFETCH(bool, isOnCommandLine);
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    const QTemporaryDir folder;
    CommandLine line;
    line.settings = {{"DATA_DIR", folder.path().toStdString()}, {"AUTH_TOKEN", "token-of-this-test-0123"}};
    const SystemClock clock;
    LogRing ring;
    Logging log(clock, ring, LogLevel::Error);
    const auto launch = [&] {
        return launchGateway(line, Face::Server, clock, log, [](const std::string &) {});
    };
    if (isOnCommandLine)
        line.settings.emplace_back("PORT", std::to_string(server.serverPort()));
    else
        QVERIFY(choosePort(line, server.serverPort(), clock));

    auto launched = launch();
    QVERIFY(!launched);
    QCOMPARE(launched.error().code, EXIT_PORT_TAKEN);
    QCOMPARE(launched.error().port, int(server.serverPort()));
    QVERIFY(launched.error().freePort > 0);
    QVERIFY(choosePort(line, launched.error().freePort, clock));
    const std::string wanted = ':' + std::to_string(launched.error().freePort);
    launched = launch();
    QVERIFY2(launched, launched ? "" : launched.error().text.c_str());
    const std::string address = launched->service->address();
    QVERIFY2(address.ends_with(wanted), address.c_str());
    bool isOver = false;
    launched->service->stop([&isOver] { isOver = true; });
    QTRY_VERIFY(isOver);
}

QTEST_GUILESS_MAIN(TstPorts)
#include "tst_ports.moc"
