#include "gateway/telemetry/inflatetap.h"

#include <array>

namespace Gateway {

bool InflateTap::canRead(std::string_view encoding)
{
    return Inflater::canRead(encoding);
}

void InflateTap::feed(std::string_view bytes, const Sink &sink)
{
    std::array<char, 16 * 1024> room; // not filled: it is written before it is read
    for (;;) {
        const std::string_view plain = m_inflater.next(bytes, room);
        if (plain.empty())
            return;
        sink(plain);
    }
}

std::string inflated(const std::string &body, std::string_view encoding, std::size_t limit)
{
    if (!InflateTap::canRead(encoding))
        return body;
    std::string plain;
    InflateTap().feed(body, [&plain, limit](std::string_view bytes) {
        if (plain.size() < limit)
            plain += bytes;
    });
    return plain;
}

} // namespace Gateway
