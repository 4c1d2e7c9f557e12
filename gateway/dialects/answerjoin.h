#pragma once

#include <string>

#include "gateway/common/json.h"

namespace Gateway {

/// Puts the events of a Gemini stream together to the answer that generateContent would have given: parts one
/// after the other, texts of one kind as one; of what events repeat, the last counts.
class AnswerJoin
{
public:
    void clear() { m_answer.clear(); }
    bool isEmpty() const { return m_answer.empty(); }

    void add(json::object event);

    /// The answer so far as JSON.
    std::string answer() const { return toJson(m_answer); }

private:
    void addCandidate(json::object candidate);

    json::object m_answer;
};

} // namespace Gateway
