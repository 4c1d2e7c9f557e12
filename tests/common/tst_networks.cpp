#include <QTest>

#include "gateway/common/networks.h"

using namespace Gateway;

class TstNetworks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void holds_data();
    void holds();
    void refusesOtherText_data();
    void refusesOtherText();
    void noneHoldsNothing();
};

void TstNetworks::holds_data()
{
    QTest::addColumn<QString>("network");
    QTest::addColumn<QString>("address");
    QTest::addColumn<bool>("expected");

    QTest::newRow("an address") << "10.1.2.3"
                                << "10.1.2.3" << true;
    QTest::newRow("another address") << "10.1.2.3"
                                     << "10.1.2.4" << false;
    QTest::newRow("first of a block") << "10.1.0.0/16"
                                      << "10.1.0.0" << true;
    QTest::newRow("last of a block") << "10.1.0.0/16"
                                     << "10.1.255.255" << true;
    QTest::newRow("after a block") << "10.1.0.0/16"
                                   << "10.2.0.0" << false;
    QTest::newRow("odd prefix, inside") << "192.168.4.0/22"
                                        << "192.168.7.255" << true;
    QTest::newRow("odd prefix, outside") << "192.168.4.0/22"
                                         << "192.168.8.0" << false;
    QTest::newRow("bits behind the prefix") << "10.1.2.3/8"
                                            << "10.200.0.1" << true;
    QTest::newRow("all of IPv4") << "0.0.0.0/0"
                                 << "203.0.113.9" << true;
    QTest::newRow("IPv6 is not in all of IPv4") << "0.0.0.0/0"
                                                << "2001:db8::1" << false;
    QTest::newRow("mapped address") << "10.0.0.0/8"
                                    << "::ffff:10.9.8.7" << true;
    QTest::newRow("IPv6 address") << "::1"
                                  << "::1" << true;
    QTest::newRow("IPv6 block") << "2001:db8::/32"
                                << "2001:db8:ffff::1" << true;
    QTest::newRow("outside an IPv6 block") << "2001:db8::/32"
                                           << "2001:db9::1" << false;
    QTest::newRow("odd IPv6 prefix") << "2001:db8::/33"
                                     << "2001:db8:8000::" << false;
    QTest::newRow("a zone") << "fe80::/10"
                            << "fe80::1%eth0" << true;
    QTest::newRow("spaces") << " 10.0.0.0/8 "
                            << "10.0.0.1" << true;
    QTest::newRow("no address") << "0.0.0.0/0"
                                << "example.com" << false;
    QTest::newRow("empty address") << "::/0"
                                   << "" << false;
}

void TstNetworks::holds()
{
    QFETCH(QString, network);
    QFETCH(QString, address);
    QVERIFY(Networks::isNetwork(network.toStdString()));
    const Networks networks({network.toStdString()});
    QTEST(networks.contains(address.toStdString()), "expected");
}

void TstNetworks::refusesOtherText_data()
{
    QTest::addColumn<QString>("text");
    for (const char *text : {"", "10.0.0", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/8x",
                             "10.0.0.0/ 8", "2001:db8::/129", "localhost", "10.0.0.0/8/8", "/8"})
        QTest::newRow(text) << text;
}

void TstNetworks::refusesOtherText()
{
    QFETCH(QString, text);
    QVERIFY(!Networks::isNetwork(text.toStdString()));
    QVERIFY(!Networks({text.toStdString()}).contains("10.0.0.0"));
}

void TstNetworks::noneHoldsNothing()
{
    QVERIFY(!Networks().contains("127.0.0.1"));
}

QTEST_APPLESS_MAIN(TstNetworks)
#include "tst_networks.moc"
