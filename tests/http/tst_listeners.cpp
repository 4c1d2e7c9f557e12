#include <fstream>

#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <QTest>

#include "gateway/http/listeners.h"
#include "tests/support/rawclient.h"

using namespace Gateway;

namespace {

int openSockets()
{
    int count = 0;
    for (int fd = 0; fd < 256; ++fd) {
        int type = 0;
        socklen_t size = sizeof(type);
        count += getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &size) == 0;
    }
    return count;
}

bool hasIpv6Loopback()
{
    std::ifstream addresses("/proc/net/if_inet6");
    std::string line;
    while (std::getline(addresses, line)) {
        if (line.starts_with("00000000000000000000000000000001"))
            return true;
    }
    return false;
}

} // namespace

class TstListeners : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void workersShareOnePort();
    void connectionsAreDealtOut();
    void tellsATakenPort();
    void tellsAPortTakenByAnotherInstance();
    void tellsUnknownAddresses();
    void understandsNamesAndIpv6();
    void knowsLoopback();
    void leavesNothingOpen();
};

void TstListeners::workersShareOnePort()
{
    Result<Listeners> listeners = Listeners::open("127.0.0.1", 0, 3);
    QVERIFY(listeners.has_value());
    QVERIFY(listeners->port() > 0);
    QCOMPARE(listeners->addresses(), std::vector<std::string>{"127.0.0.1"});
    for (int worker = 0; worker < 3; ++worker) {
        const std::vector<int> taken = listeners->take(worker);
        QCOMPARE(taken.size(), 1u);
        ::close(taken[0]);
        QVERIFY(listeners->take(worker).empty());
    }
}

void TstListeners::connectionsAreDealtOut()
{
    Result<Listeners> listeners = Listeners::open("127.0.0.1", 0, 2);
    QVERIFY(listeners.has_value());
    std::vector<RawClient> clients(60);
    for (RawClient &client : clients)
        QVERIFY(client.connect(listeners->port()));
    for (int worker = 0; worker < 2; ++worker) {
        const int fd = listeners->take(worker).at(0);
        int accepted = 0;
        pollfd entry{fd, POLLIN, 0};
        while (poll(&entry, 1, 50) > 0) {
            ::close(::accept(fd, nullptr, nullptr));
            ++accepted;
        }
        ::close(fd);
        QVERIFY2(accepted > 5 && accepted < 55, qPrintable(QString::number(accepted)));
    }
}

void TstListeners::tellsATakenPort()
{
    const int fd = ::socket(AF_INET, SOCK_STREAM, 0);
    QVERIFY(::listen(fd, 1) == 0); // binds to some free port
    sockaddr_storage storage{};
    socklen_t size = sizeof(storage);
    getsockname(fd, reinterpret_cast<sockaddr *>(&storage), &size);
    const std::uint16_t port = ntohs(reinterpret_cast<const sockaddr_in *>(&storage)->sin_port);
    const Result<Listeners> listeners = Listeners::open("127.0.0.1", port, 1);
    ::close(fd);
    QVERIFY(!listeners.has_value());
    QCOMPARE(listeners.error().code, std::string("port_taken"));
    QVERIFY(listeners.error().text.find(std::to_string(port)) != std::string::npos);
}

void TstListeners::tellsAPortTakenByAnotherInstance()
{
    const Result<Listeners> first = Listeners::open("127.0.0.1", 0, 2);
    QVERIFY(first.has_value());
    for (int workers = 1; workers <= 2; ++workers) {
        const Result<Listeners> second = Listeners::open("127.0.0.1", first->port(), workers);
        QVERIFY(!second.has_value());
        QCOMPARE(second.error().code, std::string("port_taken"));
    }
}

void TstListeners::tellsUnknownAddresses()
{
    const Result<Listeners> nowhere = Listeners::open("203.0.113.7", 0, 1);
    QVERIFY(!nowhere.has_value());
    QCOMPARE(nowhere.error().code, std::string("address_unknown"));
    const Result<Listeners> noName = Listeners::open("no-such-host.invalid", 0, 1);
    QVERIFY(!noName.has_value());
    QCOMPARE(noName.error().code, std::string("address_unknown"));
}

void TstListeners::understandsNamesAndIpv6()
{
    const Result<Listeners> local = Listeners::open("localhost", 0, 2);
    QVERIFY(local.has_value());
    QVERIFY(!local->addresses().empty());
    RawClient client;
    QVERIFY(client.connect(local->port()));
    if (!hasIpv6Loopback())
        QSKIP("This machine has no IPv6 loopback.");
    for (const char *name : {"::1", "[::1]"}) {
        const Result<Listeners> six = Listeners::open(name, 0, 2);
        QVERIFY(six.has_value());
        QCOMPARE(six->addresses(), std::vector<std::string>{"[::1]"});
    }
}

void TstListeners::knowsLoopback()
{
    QVERIFY(Listeners::open("127.0.0.1", 0, 1)->isLoopback());
    QVERIFY(Listeners::open("127.3.2.1", 0, 1)->isLoopback());
    QVERIFY(!Listeners::open("0.0.0.0", 0, 1)->isLoopback());
    if (!hasIpv6Loopback())
        QSKIP("This machine has no IPv6 loopback.");
    const Result<Listeners> all = Listeners::open("*", 0, 1);
    QVERIFY(all.has_value());
    QVERIFY(!all->isLoopback());
    RawClient client;
    QVERIFY(client.connect(all->port())); // IPv4 as well
}

void TstListeners::leavesNothingOpen()
{
    const int before = openSockets();
    {
        const Result<Listeners> first = Listeners::open("127.0.0.1", 0, 3);
        const Result<Listeners> refused = Listeners::open("127.0.0.1", first->port(), 3);
        QVERIFY(openSockets() == before + 3);
    }
    QCOMPARE(openSockets(), before);
}

QTEST_APPLESS_MAIN(TstListeners)
#include "tst_listeners.moc"
