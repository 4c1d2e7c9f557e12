#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace Gateway {

/// Cuts a byte stream into server-sent events (html.spec.whatwg.org, event stream interpretation; line ends
/// CR LF, LF or CR). Keeps only the bytes of an unfinished event.
class SseReader
{
public:
    /// `data` of each event with its lines joined by LF; `event` is its type or empty. Comments are skipped.
    /// The views live during the call only.
    using Visit = std::function<void(std::string_view event, std::string_view data)>;

    explicit SseReader(std::size_t limit = 32u * 1024 * 1024);

    /// Feeds bytes; false when one event grew over the limit (the reader is then of no more use).
    bool feed(std::string_view bytes, const Visit &visit);

    /// Bytes after the last finished event, e.g. a raw JSON error at the stream's end.
    std::string_view rest() const { return m_rest; }

private:
    std::string m_rest;
    std::size_t m_limit;
};

} // namespace Gateway
