#include "gateway/upstream/tlswire.h"

namespace Gateway {

namespace {

Wire::Moved outcomeOf(CURLcode code, std::size_t bytes)
{
    if (code == CURLE_AGAIN)
        return {Wire::Io::Again, 0};
    if (code != CURLE_OK)
        return {Wire::Io::Failed, 0};
    return {bytes > 0 ? Wire::Io::Done : Wire::Io::Closed, bytes};
}

} // namespace

TlsWire::TlsWire(CurlLoop &loop, CURL *easy, int fd)
    : Wire(fd)
    , m_loop(loop)
    , m_easy(easy)
{
}

TlsWire::~TlsWire()
{
    m_loop.remove(m_easy); // closes the connection: an easy handle that leaves its multi takes it along
    curl_easy_cleanup(m_easy);
    abandonWatch();
}

Wire::Moved TlsWire::read(std::span<char> room)
{
    std::size_t bytes = 0;
    const CURLcode code = curl_easy_recv(m_easy, room.data(), room.size(), &bytes);
    return outcomeOf(code, bytes);
}

Wire::Moved TlsWire::write(std::string_view head, std::string_view body)
{
    const std::string_view first = head.empty() ? body : head;
    std::size_t bytes = 0;
    const CURLcode code = curl_easy_send(m_easy, first.data(), first.size(), &bytes);
    return outcomeOf(code, bytes);
}

} // namespace Gateway
