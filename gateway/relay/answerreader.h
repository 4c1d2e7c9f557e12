#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "gateway/relay/passage.h"
#include "gateway/upstream/ssereader.h"

namespace Gateway {

/// Reads what Google answers to a chat as events, each one JSON object: those of a stream as they come, a
/// whole answer as one event at its end.
class AnswerReader
{
public:
    using Visit = std::function<void(std::string_view json)>;

    /// By the answer's Content-Type: a stream of events, or one JSON value.
    explicit AnswerReader(std::string_view contentType = {});

    bool isStream() const { return m_isStream; }

    /// Visits what is complete now; a fault when it grew too large.
    std::optional<AnswerFault> feed(std::string_view bytes, const Visit &visit);
    /// The answer ended well: visits the rest. A fault when a whole answer is none.
    std::optional<AnswerFault> finish(const Visit &visit);

    /// The error that an event tells in place of an answer.
    static std::optional<AnswerFault> faultIn(std::string_view json);
    /// Every candidate ended with a call that Google threw away (isBrokenCall()).
    static std::optional<AnswerFault> brokenCallIn(std::string_view json);

private:
    bool m_isStream;
    SseReader m_events;
    std::string m_whole;
};

} // namespace Gateway
