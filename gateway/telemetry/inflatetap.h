#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace Gateway {

/// Decodes a copy of compressed bytes on their way past, for one who only looks. Memory: zlib's window (about
/// 40 KiB), whatever the length.
class InflateTap
{
public:
    /// Called with decoded bytes, valid during the call.
    using Sink = std::function<void(std::string_view)>;

    /// `encoding` is a Content-Encoding (RFC 9110, 8.4.1): gzip, x-gzip or deflate, the latter with or
    /// without the zlib wrapper, as servers send both.
    static bool canRead(std::string_view encoding);

    InflateTap();
    ~InflateTap();
    InflateTap(InflateTap &&) noexcept;
    InflateTap &operator=(InflateTap &&) noexcept;

    /// Any split. After a damaged byte the rest is passed over in silence.
    void feed(std::string_view bytes, const Sink &sink);

private:
    struct State;
    std::unique_ptr<State> m_state;
};

/// The whole of a short compressed text, cut at about `limit` bytes; `body` itself when `encoding` is none
/// that can be read.
std::string inflated(const std::string &body, std::string_view encoding, std::size_t limit);

} // namespace Gateway
