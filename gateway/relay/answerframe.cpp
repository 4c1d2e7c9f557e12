#include "gateway/relay/answerframe.h"

#include <algorithm>

namespace Gateway {

AnswerFrame::AnswerFrame(AnswerShape shape)
    : m_shape(shape)
{
}

std::string_view AnswerFrame::contentType() const
{
    return m_shape == AnswerShape::Sse ? "text/event-stream" : "application/json; charset=UTF-8";
}

void AnswerFrame::event(std::string_view json, std::string &out)
{
    if (m_shape == AnswerShape::Sse)
        out += "data: ";
    else
        out += m_hasElement ? ",\r\n" : "[";
    m_hasElement = true;
    const std::size_t from = out.size();
    out += json;
    if (m_shape != AnswerShape::Sse)
        return;
    // Line ends are blanks between members: inside a text JSON escapes them.
    std::replace_if(
        out.begin() + static_cast<std::ptrdiff_t>(from), out.end(),
        [](char c) { return c == '\n' || c == '\r'; }, ' ');
    out += "\r\n\r\n";
}

void AnswerFrame::end(std::string &out) const
{
    if (m_shape == AnswerShape::JsonArray)
        out += m_hasElement ? "\n]\n" : "[]\n";
}

} // namespace Gateway
