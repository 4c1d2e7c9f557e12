#pragma once

#include <curl/curl.h>

#include "gateway/upstream/curlloop.h"
#include "gateway/upstream/wire.h"

namespace Gateway {

/// A connection through TLS, to the server or to a proxy on the way, that libcurl made (CURLOPT_CONNECT_ONLY)
/// and keeps.
class TlsWire final : public Wire
{
public:
    /// Takes over `easy`, which is connected and stays in `loop`; `fd` is its socket.
    TlsWire(CurlLoop &loop, CURL *easy, int fd);
    ~TlsWire() override;

    Moved read(std::span<char> room) override;
    Moved write(std::string_view head, std::string_view body) override;
    bool holdsBytes() const override { return true; }

private:
    CurlLoop &m_loop;
    CURL *m_easy;
};

} // namespace Gateway
