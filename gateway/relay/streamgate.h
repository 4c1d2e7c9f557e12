#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "gateway/relay/nativerequest.h"

namespace Gateway {

/// Lets the bytes of a passed-through stream by in whole events (SSE) or whole elements (JSON array),
/// unchanged, so that a break can be told between two of them. Holds only the unfinished end.
class StreamGate
{
public:
    explicit StreamGate(AnswerShape shape);

    /// Appends to `out` what is complete now.
    void feed(std::string_view bytes, std::string &out);

    /// What came after the last whole event or element.
    std::string_view rest() const { return m_rest; }

    /// Appends the rest, for a stream that ended well.
    void release(std::string &out);

    /// Appends a last event or element that tells an error, and what closes the stream. `errorJson` is
    /// compact.
    void breakOff(std::string_view errorJson, std::string &out) const;

private:
    std::size_t wholeEvents(std::string_view bytes) const;
    std::size_t wholeElements(std::string_view bytes);

    AnswerShape m_shape;
    std::string m_rest;
    std::size_t m_scanned = 0; ///< Bytes of m_rest that were looked at (JSON array).
    int m_depth = 0;
    bool m_inString = false;
    bool m_escaped = false;
    bool m_opened = false; ///< The array's '[' went by.
    bool m_closed = false; ///< And its ']'.
    bool m_passedElement = false;
};

} // namespace Gateway
