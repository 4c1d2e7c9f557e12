// Small measurements for run.sh:
//   benchprobe free-port           a port of 127.0.0.1 that nobody has
//   benchprobe ready PORT LIMIT_MS waits until GET /readyz is 200; prints the wall clock in µs
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <string_view>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

namespace {

constexpr int USAGE_ERROR = 2;
constexpr int NOT_READY = 1;
constexpr long POLL_NS = 1'000'000;

sockaddr_in loopback(int port)
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

int freePort()
{
    const int fd = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address = loopback(0);
    socklen_t size = sizeof(address);
    bind(fd, reinterpret_cast<sockaddr *>(&address), size);
    getsockname(fd, reinterpret_cast<sockaddr *>(&address), &size);
    close(fd);
    return ntohs(address.sin_port);
}

bool isReady(int port)
{
    const int fd = socket(AF_INET, SOCK_STREAM, 0);
    const sockaddr_in address = loopback(port);
    bool ready = false;
    if (connect(fd, reinterpret_cast<const sockaddr *>(&address), sizeof(address)) == 0) {
        const timeval patience{1, 0};
        setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
        constexpr std::string_view REQUEST =
            "GET /readyz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n";
        send(fd, REQUEST.data(), REQUEST.size(), MSG_NOSIGNAL);
        char head[13] = {};
        ready = recv(fd, head, 12, MSG_WAITALL) == 12 && std::strcmp(head, "HTTP/1.1 200") == 0;
    }
    close(fd);
    return ready;
}

long long wallUs()
{
    timespec now{};
    clock_gettime(CLOCK_REALTIME, &now);
    return now.tv_sec * 1'000'000LL + now.tv_nsec / 1000;
}

} // namespace

int main(int count, char **arguments)
{
    const std::string_view what = count > 1 ? arguments[1] : "";
    if (what == "free-port") {
        std::printf("%d\n", freePort());
        return 0;
    }
    if (what != "ready" || count != 4)
        return USAGE_ERROR;
    const long long end = wallUs() + std::atoll(arguments[3]) * 1000;
    while (!isReady(std::atoi(arguments[2]))) {
        if (wallUs() > end)
            return NOT_READY;
        const timespec pause{0, POLL_NS};
        nanosleep(&pause, nullptr);
    }
    std::printf("%lld\n", wallUs());
    return 0;
}
