#pragma once

#include "gateway/upstream/wire.h"

namespace Gateway {

/// A socket without TLS.
class PlainWire final : public Wire
{
public:
    /// Takes over the connected, non-blocking `fd`.
    explicit PlainWire(int fd);
    ~PlainWire() override;

    Moved read(std::span<char> room) override;
    Moved write(std::string_view head, std::string_view body) override;
    bool holdsBytes() const override { return false; }

private:
    const int m_fd;
};

} // namespace Gateway
