// Load generator for streams: opens N streams, reads stamped events (tests/support/httpplan.h) and tells how
// late each came and which are missing, as one line of name=value.
//
// sseload --port P --path /v1beta/… --body JSON [--header 'name: value']… [--streams N] [--events N]
//         [--ramp-ms N] [--timeout-ms N]
#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <string>
#include <string_view>
#include <vector>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace {

constexpr int USAGE_ERROR = 2;
constexpr int EVENTS_LOST = 1;
constexpr std::size_t NUMBER_DIGITS = 10;
constexpr std::size_t TIME_DIGITS = 20;
constexpr std::size_t STAMP_SIZE = NUMBER_DIGITS + 1 + TIME_DIGITS;
constexpr std::int64_t NS_PER_MS = 1'000'000;

struct Options
{
    int port = 0;
    std::string path;
    std::string body;
    std::string headers;
    int streams = 1;
    int events = 1; ///< Expected in each stream.
    int rampMs = 1000;
    int timeoutMs = 60'000;
};

struct Stream
{
    int fd = -1;
    std::string rest; ///< The tail of what was read, in which a stamp may have begun.
    int next = 0;     ///< Number of the event that is to come.
    bool isOver = false;
};

std::int64_t nowNs()
{
    timespec now{};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1'000'000'000 + now.tv_nsec;
}

class Load
{
public:
    explicit Load(const Options &options)
        : m_options(options)
        , m_request("POST " + options.path + " HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(options.port) +
                    "\r\nContent-Type: application/json\r\nContent-Length: " +
                    std::to_string(options.body.size()) + "\r\n" + options.headers + "\r\n" + options.body)
        , m_streams(static_cast<std::size_t>(options.streams))
        , m_epoll(epoll_create1(EPOLL_CLOEXEC))
    {
        m_delays.reserve(m_streams.size() * static_cast<std::size_t>(options.events));
    }

    // Until every stream is over or the time is.
    void run()
    {
        const std::int64_t start = nowNs();
        std::array<epoll_event, 256> ready{};
        std::size_t opened = 0;
        while (m_over < m_streams.size() && nowNs() - start < m_options.timeoutMs * NS_PER_MS) {
            const std::int64_t sinceMs = (nowNs() - start) / NS_PER_MS;
            while (opened < m_streams.size() &&
                   static_cast<std::int64_t>(opened) * m_options.rampMs / m_options.streams <= sinceMs)
                open(opened++);
            const int count = epoll_wait(m_epoll, ready.data(), static_cast<int>(ready.size()), 1);
            for (int i = 0; i < count; ++i)
                read(m_streams[ready[static_cast<std::size_t>(i)].data.u64]);
        }
    }

    // False when an event is missing.
    bool report()
    {
        const std::size_t expected = m_streams.size() * static_cast<std::size_t>(m_options.events);
        std::sort(m_delays.begin(), m_delays.end());
        std::printf(
            "streams=%zu events=%zu lost=%zu disordered=%zu failed=%zu p50_us=%.1f p99_us=%.1f max_us=%.1f\n",
            m_streams.size(), m_delays.size(), expected - std::min(expected, m_delays.size()), m_disordered,
            m_failed, quantile(0.5), quantile(0.99), quantile(1.0));
        return m_delays.size() == expected && m_disordered == 0;
    }

private:
    void open(std::size_t index)
    {
        Stream &stream = m_streams[index];
        stream.fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(static_cast<std::uint16_t>(m_options.port));
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        const bool isOpen =
            connect(stream.fd, reinterpret_cast<const sockaddr *>(&address), sizeof(address)) == 0 &&
            send(stream.fd, m_request.data(), m_request.size(), MSG_NOSIGNAL) ==
                static_cast<ssize_t>(m_request.size());
        if (!isOpen) {
            ++m_failed;
            finish(stream);
            return;
        }
        epoll_event event{};
        event.events = EPOLLIN;
        event.data.u64 = index;
        epoll_ctl(m_epoll, EPOLL_CTL_ADD, stream.fd, &event);
    }

    void read(Stream &stream)
    {
        const auto got = recv(stream.fd, m_buffer.data(), m_buffer.size(), MSG_DONTWAIT);
        if (got <= 0) {
            m_failed += stream.next < m_options.events ? 1u : 0u;
            finish(stream);
            return;
        }
        const std::int64_t now = nowNs();
        stream.rest.append(m_buffer.data(), static_cast<std::size_t>(got));
        takeStamps(stream, now);
        if (stream.next >= m_options.events)
            finish(stream);
    }

    // A stamp stands at the beginning of a JSON string.
    void takeStamps(Stream &stream, std::int64_t now)
    {
        const std::string_view text = stream.rest;
        std::size_t at = 0;
        for (;;) {
            const std::size_t quote = text.find("\"0", at);
            if (quote == std::string_view::npos) {
                at = text.size() - (text.ends_with('"') ? 1u : 0u);
                break;
            }
            if (text.size() - quote < 1 + STAMP_SIZE) {
                at = quote;
                break;
            }
            if (text[quote + 1 + NUMBER_DIGITS] == ':')
                takeStamp(stream, text.substr(quote + 1, STAMP_SIZE), now);
            at = quote + 1;
        }
        stream.rest.erase(0, at);
    }

    void takeStamp(Stream &stream, std::string_view stamp, std::int64_t now)
    {
        int number = 0;
        std::int64_t sent = 0;
        std::from_chars(stamp.data(), stamp.data() + NUMBER_DIGITS, number);
        std::from_chars(stamp.data() + NUMBER_DIGITS + 1, stamp.data() + STAMP_SIZE, sent);
        m_disordered += number == stream.next ? 0u : 1u;
        stream.next = number + 1;
        m_delays.push_back(now - sent);
    }

    void finish(Stream &stream)
    {
        if (stream.isOver)
            return;
        stream.isOver = true;
        ++m_over;
        close(stream.fd);
    }

    double quantile(double share) const
    {
        if (m_delays.empty())
            return 0;
        const auto index = static_cast<std::size_t>(share * static_cast<double>(m_delays.size() - 1));
        return static_cast<double>(m_delays[index]) / 1000;
    }

    const Options &m_options;
    std::string m_request;
    std::vector<Stream> m_streams;
    std::vector<std::int64_t> m_delays; ///< ns from the stamp to its reading.
    std::array<char, 65536> m_buffer{};
    std::size_t m_over = 0;
    std::size_t m_failed = 0;
    std::size_t m_disordered = 0;
    int m_epoll;
};

bool parse(int count, char **arguments, Options &options)
{
    for (int i = 1; i + 1 < count; i += 2) {
        const std::string_view name = arguments[i];
        const char *value = arguments[i + 1];
        if (name == "--port")
            options.port = std::atoi(value);
        else if (name == "--path")
            options.path = value;
        else if (name == "--body")
            options.body = value;
        else if (name == "--header")
            options.headers += std::string(value) + "\r\n";
        else if (name == "--streams")
            options.streams = std::atoi(value);
        else if (name == "--events")
            options.events = std::atoi(value);
        else if (name == "--ramp-ms")
            options.rampMs = std::atoi(value);
        else if (name == "--timeout-ms")
            options.timeoutMs = std::atoi(value);
        else
            return false;
    }
    return count % 2 == 1 && options.port > 0 && options.streams > 0;
}

} // namespace

int main(int count, char **arguments)
{
    Options options;
    if (!parse(count, arguments, options)) {
        std::fprintf(stderr, "sseload: see the head of sseload.cpp\n");
        return USAGE_ERROR;
    }
    Load load(options);
    load.run();
    return load.report() ? 0 : EVENTS_LOST;
}
