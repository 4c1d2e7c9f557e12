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
    /// Bare JSON between events (Google breaks a stream off with an error without "data:") comes as data.
    /// The views live during the call only, which must neither feed nor destroy the reader.
    using Visit = std::function<void(std::string_view event, std::string_view data)>;

    explicit SseReader(std::size_t limit = 32u * 1024 * 1024);

    /// Feeds bytes; false when one event grew over the limit (the reader is then of no more use).
    bool feed(std::string_view bytes, const Visit &visit);

    /// Bytes after the last finished event, e.g. a raw JSON error at the stream's end.
    std::string_view rest() const { return m_rest; }

private:
    std::size_t visitEvents(std::string_view bytes, const Visit &visit);
    void visitEvent(std::string_view event, const Visit &visit);
    void keepRest(std::string_view bytes, std::size_t from);

    std::string m_rest;
    std::string m_joined; ///< Data of an event with several data lines.
    std::size_t m_limit;
    std::size_t m_lineStart = 0; ///< In m_rest: where its unfinished line begins.
    std::size_t m_scanned = 0;   ///< In m_rest: up to here no further line end was found.
    bool m_atStart = true;       ///< Nothing was read yet: a byte order mark may come.
    bool m_skipLf = false;       ///< The last byte was a CR: an LF right after it belongs to it.
    bool m_tooLarge = false;
};

} // namespace Gateway
