#include "gateway/dialects/responses/responsesitems.h"

#include <algorithm>

#include "gateway/dialects/responses/responsessignature.h"
#include "gateway/dialects/tokenlogprobs.h"

namespace Gateway {

ResponsesItems::ResponsesItems(const ResponsesForm &form, const TranslationContext &context,
                               ResponsesEvents &events)
    : m_form(form)
    , m_events(events)
    , m_calls(context)
{
}

void ResponsesItems::add(const GeminiPart &part, const json::object *logprobs)
{
    using Kind = GeminiPart::Kind;
    if (part.kind == Kind::Text) {
        if (!part.isThought && !part.signature.empty())
            m_textSignature = part.signature;
        if (!part.text.empty())
            part.isThought ? addThought(part.text) : addText(part.text, logprobs);
        return;
    }
    if (part.isThought) // drafts of a picture that follows, code of a thought
        return;
    if (part.kind == Kind::Call)
        addCall(part);
    else if (part.kind == Kind::Code)
        addCode(part);
    else if (part.kind == Kind::CodeResult)
        addCodeResult(part);
    else if (part.kind == Kind::InlineData)
        addImage(part);
}

void ResponsesItems::addThought(std::string_view text)
{
    if (!m_form.summary)
        return;
    if (m_open != Open::Reasoning) {
        close();
        m_itemId = open("rs_", R"("type":"reasoning","summary":[])");
        m_open = Open::Reasoning;
        if (m_events.beginOf("response.reasoning_summary_part.added", m_itemId, m_index))
            m_events.number("summary_index", 0).json("part", R"({"type":"summary_text","text":""})").end();
    }
    m_text += text;
    if (m_events.beginOf("response.reasoning_summary_text.delta", m_itemId, m_index))
        m_events.number("summary_index", 0).text("delta", text).end();
}

void ResponsesItems::addText(std::string_view text, const json::object *logprobs)
{
    m_saidAnything = true;
    if (m_open != Open::Message) {
        close();
        m_itemId = open("msg_", R"("type":"message","status":"in_progress","content":[],"role":"assistant")");
        m_open = Open::Message;
        m_messageStart = m_positions.characters();
        if (m_events.beginOf("response.content_part.added", m_itemId, m_index))
            m_events.number("content_index", 0)
                .json("part", R"({"type":"output_text","annotations":[],"logprobs":[],"text":""})")
                .end();
    }
    m_positions.add(text);
    m_text += text;
    std::string tokens;
    if (m_form.logprobs && logprobs) {
        appendTokenLogprobs(tokens, *logprobs);
        tokens = tokens.substr(1, tokens.size() - 2); // its brackets
    }
    if (m_events.beginOf("response.output_text.delta", m_itemId, m_index))
        m_events.number("content_index", 0).text("delta", text).json("logprobs", '[' + tokens + ']').end();
    if (!tokens.empty())
        m_logprobs += (m_logprobs.empty() ? "" : ",") + tokens;
}

void ResponsesItems::addRefusal(std::string_view text)
{
    close();
    m_saidAnything = true;
    const std::string id =
        open("msg_", R"("type":"message","status":"in_progress","content":[],"role":"assistant")");
    std::string part = R"({"type":"refusal")";
    appendJsonMember(part, "refusal", text);
    part += '}';
    if (m_events.beginOf("response.content_part.added", id, m_index))
        m_events.number("content_index", 0).json("part", R"({"type":"refusal","refusal":""})").end();
    if (m_events.beginOf("response.refusal.delta", id, m_index))
        m_events.number("content_index", 0).text("delta", text).end();
    if (m_events.beginOf("response.refusal.done", id, m_index))
        m_events.number("content_index", 0).text("refusal", text).end();
    if (m_events.beginOf("response.content_part.done", id, m_index))
        m_events.number("content_index", 0).json("part", part).end();
    std::string item = "{\"id\":";
    appendJsonString(item, id);
    item += R"(,"type":"message","status":"completed","content":[)" + part + R"(],"role":"assistant"})";
    tellDone(item);
}

void ResponsesItems::finish(bool isCut)
{
    close(isCut);
    addSearch();
}

/// Begins an item: its id, told with what is known of it.
std::string ResponsesItems::open(std::string_view prefix, std::string_view members)
{
    ++m_index;
    m_text.clear();
    m_logprobs.clear();
    m_logs.clear();
    std::string id = responsesItemId(m_form, prefix, m_index);
    if (!m_events.begin("response.output_item.added"))
        return id;
    std::string item = "{\"id\":";
    appendJsonString(item, id);
    item += ',';
    item += members;
    item += '}';
    m_events.number("output_index", m_index).json("item", item).end();
    return id;
}

void ResponsesItems::close(bool isCut)
{
    const Open was = std::exchange(m_open, Open::None);
    if (was == Open::Reasoning)
        closeReasoning({});
    else if (was == Open::Message)
        closeMessage(isCut);
    else if (was == Open::Code)
        closeCode();
    if (!m_form.encrypted || m_textSignature.empty() || was != Open::Message)
        return;
    addSealed(sealedSignature({}, std::exchange(m_textSignature, {})));
}

void ResponsesItems::closeReasoning(std::string_view sealed)
{
    m_open = Open::None;
    std::string part = R"({"type":"summary_text")";
    appendJsonMember(part, "text", m_text);
    part += '}';
    if (m_events.beginOf("response.reasoning_summary_text.done", m_itemId, m_index))
        m_events.number("summary_index", 0).text("text", m_text).end();
    if (m_events.beginOf("response.reasoning_summary_part.done", m_itemId, m_index))
        m_events.number("summary_index", 0).json("part", part).end();
    std::string item = "{\"id\":";
    appendJsonString(item, m_itemId);
    item += R"(,"type":"reasoning","summary":[)" + part + ']';
    if (!sealed.empty())
        appendJsonMember(item, "encrypted_content", sealed);
    tellDone(item + '}');
}

/// A reasoning item that holds nothing but a signature.
void ResponsesItems::addSealed(std::string_view sealed)
{
    const std::string id = open("rs_", R"("type":"reasoning","summary":[])");
    std::string item = "{\"id\":";
    appendJsonString(item, id);
    item += R"(,"type":"reasoning","summary":[])";
    appendJsonMember(item, "encrypted_content", sealed);
    tellDone(item + '}');
}

/// The sources of the open message, comma-separated; an event for each.
std::string ResponsesItems::annotations()
{
    std::string all;
    int number = 0;
    for (const ChatAnswerSources::Place &place : m_sources.places(m_positions)) {
        if (place.end < m_messageStart)
            continue;
        const std::size_t start = std::max(place.start, m_messageStart) - m_messageStart;
        std::string one = R"({"type":"url_citation","end_index":)";
        one += std::to_string(place.end - m_messageStart);
        one += ",\"start_index\":" + std::to_string(start);
        appendJsonMember(one, "title", place.title);
        appendJsonMember(one, "url", place.url);
        one += '}';
        if (m_events.beginOf("response.output_text.annotation.added", m_itemId, m_index))
            m_events.number("content_index", 0)
                .number("annotation_index", number)
                .json("annotation", one)
                .end();
        all += (number++ == 0 ? "" : ",") + one;
    }
    return all;
}

void ResponsesItems::closeMessage(bool isCut)
{
    std::string part = R"({"type":"output_text","annotations":[)" + annotations();
    part += "],\"logprobs\":[" + m_logprobs + ']';
    appendJsonMember(part, "text", m_text);
    part += '}';
    if (m_events.beginOf("response.output_text.done", m_itemId, m_index))
        m_events.number("content_index", 0)
            .text("text", m_text)
            .json("logprobs", '[' + m_logprobs + ']')
            .end();
    if (m_events.beginOf("response.content_part.done", m_itemId, m_index))
        m_events.number("content_index", 0).json("part", part).end();
    std::string item = "{\"id\":";
    appendJsonString(item, m_itemId);
    item += R"(,"type":"message","status":")";
    item += isCut ? "incomplete" : "completed";
    item += "\",\"content\":[" + part + R"(],"role":"assistant"})";
    tellDone(item);
}

void ResponsesItems::tellDone(std::string_view item)
{
    if (m_events.begin("response.output_item.done"))
        m_events.number("output_index", m_index).json("item", item).end();
    m_output += m_output.empty() ? "" : ",";
    m_output += item;
}

} // namespace Gateway
