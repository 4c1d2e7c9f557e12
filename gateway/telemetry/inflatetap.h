#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include "gateway/common/inflater.h"

namespace Gateway {

/// Decodes a copy of compressed bytes on their way past, for one who only looks. Memory: zlib's window (about
/// 40 KiB), whatever the length.
class InflateTap
{
public:
    /// Called with decoded bytes, valid during the call.
    using Sink = std::function<void(std::string_view)>;

    /// Whether a body of this Content-Encoding can be decoded.
    static bool canRead(std::string_view encoding);

    /// Any split. After a damaged byte the rest is passed over in silence.
    void feed(std::string_view bytes, const Sink &sink);

private:
    Inflater m_inflater;
};

/// The whole of a short compressed text, cut at about `limit` bytes; `body` itself when `encoding` is none
/// that can be read.
std::string inflated(const std::string &body, std::string_view encoding, std::size_t limit);

} // namespace Gateway
