#pragma once

#include <string>
#include <string_view>

#include "gateway/relay/nativerequest.h"

namespace Gateway {

/// Writes events as Google would frame them: server-sent events, or the elements of a JSON array.
class AnswerFrame
{
public:
    /// `shape` is a stream's.
    explicit AnswerFrame(AnswerShape shape);

    /// "text/event-stream", "application/json".
    std::string_view contentType() const;

    /// Appends one event; `json` is its data.
    void event(std::string_view json, std::string &out);
    /// Appends what closes the stream.
    void end(std::string &out) const;

private:
    AnswerShape m_shape;
    bool m_hasElement = false;
};

} // namespace Gateway
