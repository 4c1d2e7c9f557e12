#include <cstring>

#include <arpa/inet.h>
#include <netinet/in.h>

#include <QTest>

#include "gateway/upstream/publicaddress.h"

using namespace Gateway;

namespace {

bool isPublic(const char *text)
{
    sockaddr_storage storage{};
    in_addr ip4{};
    in6_addr ip6{};
    if (inet_pton(AF_INET, text, &ip4) == 1) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr = ip4;
        std::memcpy(&storage, &address, sizeof(address));
    } else if (inet_pton(AF_INET6, text, &ip6) == 1) {
        sockaddr_in6 address{};
        address.sin6_family = AF_INET6;
        address.sin6_addr = ip6;
        std::memcpy(&storage, &address, sizeof(address));
    } else {
        qFatal("not an address: %s", text);
    }
    return isPublicAddress(reinterpret_cast<const sockaddr *>(&storage));
}

} // namespace

class TstPublicAddress : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void knowsPublicAddresses_data();
    void knowsPublicAddresses();
};

void TstPublicAddress::knowsPublicAddresses_data()
{
    QTest::addColumn<bool>("expected");
    for (const char *address :
         {"8.8.8.8", "1.1.1.1", "172.15.255.255", "172.32.0.1", "100.63.255.255", "100.128.0.1",
          "169.253.1.1", "192.167.1.1", "223.255.255.255", "2607:f8b0:4005:805::200e", "2a00:1450::1",
          "::ffff:8.8.8.8", "64:ff9b::8.8.8.8", "2002:808:808::1"})
        QTest::newRow(address) << true;
    for (const char *address : {"0.0.0.0",
                                "0.1.2.3",
                                "10.0.0.1",
                                "10.255.255.255",
                                "100.64.0.1",
                                "100.127.255.255",
                                "127.0.0.1",
                                "127.255.255.254",
                                "169.254.169.254",
                                "172.16.0.1",
                                "172.31.255.255",
                                "192.0.0.1",
                                "192.0.2.1",
                                "192.168.0.1",
                                "192.168.255.255",
                                "198.18.0.1",
                                "198.19.255.255",
                                "198.51.100.1",
                                "203.0.113.1",
                                "224.0.0.1",
                                "239.255.255.255",
                                "240.0.0.1",
                                "255.255.255.255",
                                "::",
                                "::1",
                                "::127.0.0.1",
                                "::ffff:127.0.0.1",
                                "::ffff:10.0.0.1",
                                "::ffff:169.254.169.254",
                                "64:ff9b::127.0.0.1",
                                "64:ff9b:1::1",
                                "2002:7f00:1::1",
                                "2002:a00:1::1",
                                "2001::1",
                                "2001:db8::1",
                                "3fff::1",
                                "fc00::1",
                                "fdff::1",
                                "fe80::1",
                                "fec0::1",
                                "ff02::1",
                                "100::1"})
        QTest::newRow(address) << false;
}

void TstPublicAddress::knowsPublicAddresses()
{
    QFETCH(bool, expected);
    QCOMPARE(isPublic(QTest::currentDataTag()), expected);
}

QTEST_APPLESS_MAIN(TstPublicAddress)
#include "tst_publicaddress.moc"
