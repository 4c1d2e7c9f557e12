#include "gateway/dialects/responses/responsesreplay.h"

#include <algorithm>
#include <array>
#include <initializer_list>

#include "gateway/dialects/responses/responsesevents.h"

namespace Gateway {

namespace {

constexpr std::string_view EVENT_END = "\n\n";
constexpr std::array<std::string_view, 4> ENDS{"response.completed", "response.incomplete", "response.failed",
                                               "error"};

/// Writes what belongs to one item.
class ItemReplay
{
public:
    ItemReplay(ResponsesEvents &events, const json::object &item, int index)
        : m_events(events)
        , m_item(item)
        , m_id(stringAt(item, "id"))
        , m_index(index)
    {
    }

    void write()
    {
        writeAdded();
        const std::string_view type = stringAt(m_item, "type");
        if (type == "message")
            forEachOf("content", [this](const json::object &part, int number) { writePart(part, number); });
        else if (type == "reasoning")
            forEachOf("summary",
                      [this](const json::object &part, int number) { writeSummary(part, number); });
        else if (type == "function_call")
            writeText("response.function_call_arguments", "arguments", true);
        else if (type == "custom_tool_call")
            writeText("response.custom_tool_call_input", "input");
        else if (type == "code_interpreter_call")
            writeCode();
        else if (type == "image_generation_call")
            writeSteps("response.image_generation_call.", {"in_progress", "generating", "completed"});
        else if (type == "web_search_call")
            writeSteps("response.web_search_call.", {"in_progress", "searching", "completed"});
        m_events.begin("response.output_item.done");
        m_events.number("output_index", m_index).json("item", toJson(m_item)).end();
    }

private:
    /// The item as it began: nothing in it yet.
    void writeAdded()
    {
        json::object begun = m_item;
        for (const std::string_view name : {"content", "summary", "outputs"}) {
            if (begun.contains(name))
                begun[name] = json::array();
        }
        for (const std::string_view name : {"arguments", "input", "code"}) {
            if (begun.contains(name))
                begun[name] = "";
        }
        for (const std::string_view name : {"encrypted_content", "output_format", "action"})
            begun.erase(name);
        if (begun.contains("result"))
            begun["result"] = nullptr;
        if (begun.contains("status"))
            begun["status"] = "in_progress";
        m_events.begin("response.output_item.added");
        m_events.number("output_index", m_index).json("item", toJson(begun)).end();
    }

    template <typename Write>
    void forEachOf(std::string_view list, Write write)
    {
        const json::array *parts = arrayAt(m_item, list);
        for (std::size_t i = 0; parts && i < parts->size(); ++i) {
            if (const json::object *part = (*parts)[i].if_object())
                write(*part, static_cast<int>(i));
        }
    }

    void writePart(const json::object &part, int number)
    {
        const bool isRefusal = stringAt(part, "type") == "refusal";
        const std::string_view member = isRefusal ? "refusal" : "text";
        const std::string_view text = stringAt(part, member);
        const std::string kind = isRefusal ? "response.refusal" : "response.output_text";
        const auto begin = [&](std::string_view type) {
            m_events.beginOf(type, m_id, m_index);
            m_events.number("content_index", number);
        };
        json::object begun = part;
        begun[member] = "";
        for (const std::string_view list : {"annotations", "logprobs"}) {
            if (begun.contains(list))
                begun[list] = json::array();
        }
        const json::value *logprobs = part.if_contains("logprobs");
        const std::string tokens = logprobs ? toJson(*logprobs) : std::string("[]");
        begin("response.content_part.added");
        m_events.json("part", toJson(begun)).end();
        begin(kind + ".delta");
        m_events.text("delta", text);
        if (!isRefusal)
            m_events.json("logprobs", tokens);
        m_events.end();
        writeAnnotations(part, number);
        begin(kind + ".done");
        m_events.text(member, text);
        if (!isRefusal)
            m_events.json("logprobs", tokens);
        m_events.end();
        begin("response.content_part.done");
        m_events.json("part", toJson(part)).end();
    }

    void writeAnnotations(const json::object &part, int number)
    {
        const json::array *annotations = arrayAt(part, "annotations");
        for (std::size_t i = 0; annotations && i < annotations->size(); ++i) {
            m_events.beginOf("response.output_text.annotation.added", m_id, m_index);
            m_events.number("content_index", number)
                .number("annotation_index", static_cast<int>(i))
                .json("annotation", toJson((*annotations)[i]))
                .end();
        }
    }

    void writeSummary(const json::object &part, int number)
    {
        const std::string_view text = stringAt(part, "text");
        const auto begin = [&](std::string_view type) {
            m_events.beginOf(type, m_id, m_index);
            m_events.number("summary_index", number);
        };
        begin("response.reasoning_summary_part.added");
        m_events.json("part", R"({"type":"summary_text","text":""})").end();
        begin("response.reasoning_summary_text.delta");
        m_events.text("delta", text).end();
        begin("response.reasoning_summary_text.done");
        m_events.text("text", text).end();
        begin("response.reasoning_summary_part.done");
        m_events.json("part", toJson(part)).end();
    }

    void writeText(const std::string &kind, std::string_view member, bool namesTool = false)
    {
        const std::string_view text = stringAt(m_item, member);
        m_events.beginOf(kind + ".delta", m_id, m_index);
        m_events.text("delta", text).end();
        m_events.beginOf(kind + ".done", m_id, m_index);
        if (namesTool)
            m_events.text("name", stringAt(m_item, "name"));
        m_events.text(member, text).end();
    }

    void writeCode()
    {
        writeSteps("response.code_interpreter_call.", {"in_progress"});
        writeText("response.code_interpreter_call_code", "code");
        writeSteps("response.code_interpreter_call.", {"interpreting", "completed"});
    }

    void writeSteps(const std::string &kind, std::initializer_list<std::string_view> steps)
    {
        for (const std::string_view step : steps) {
            m_events.beginOf(kind + std::string(step), m_id, m_index);
            m_events.end();
        }
    }

    ResponsesEvents &m_events;
    const json::object &m_item;
    std::string_view m_id;
    int m_index;
};

/// What was cancelled has no event of its own: it is one that is not all there would have been.
std::string_view endOf(const json::object &response)
{
    const std::string_view status = stringAt(response, "status");
    if (status == "completed")
        return "response.completed";
    return status == "failed" ? "response.failed" : "response.incomplete";
}

void appendEnd(ResponsesEvents &events, const json::object &response)
{
    events.begin(endOf(response));
    events.json("response", toJson(response)).end();
}

} // namespace

std::string replayedResponse(const json::object &response)
{
    std::string out;
    ResponsesEvents events;
    events.setOut(&out);
    json::object begun = response;
    begun["status"] = "in_progress";
    begun["output"] = json::array();
    for (const std::string_view name : {"usage", "error", "incomplete_details", "completed_at"}) {
        if (begun.contains(name))
            begun[name] = nullptr;
    }
    for (const std::string_view type : {"response.created", "response.in_progress"}) {
        events.begin(type);
        events.json("response", toJson(begun)).end();
    }
    const json::array *output = arrayAt(response, "output");
    for (std::size_t i = 0; output && i < output->size(); ++i) {
        if (const json::object *item = (*output)[i].if_object())
            ItemReplay(events, *item, static_cast<int>(i)).write();
    }
    appendEnd(events, response);
    return out;
}

std::string eventsFrom(std::string_view events, std::size_t from, const json::object &response)
{
    std::size_t number = 0;
    std::size_t begin = 0;
    std::size_t wanted = from == 0 ? 0 : events.size();
    for (std::size_t end = events.find(EVENT_END); end != std::string_view::npos;
         end = events.find(EVENT_END, begin)) {
        begin = end + EVENT_END.size();
        if (++number == from)
            wanted = begin;
    }
    std::string out(events.substr(wanted, begin - std::min(begin, wanted)));
    if (endsResponse(out))
        return out;
    ResponsesEvents end;
    end.skipTo(static_cast<std::int64_t>(std::max(number, from)));
    end.setOut(&out);
    appendEnd(end, response);
    return out;
}

bool endsResponse(std::string_view events)
{
    constexpr std::string_view NAME = "event: ";
    if (!events.ends_with(EVENT_END))
        return false;
    const std::size_t before = events.rfind(EVENT_END, events.size() - EVENT_END.size() - 1);
    std::string_view last =
        before == std::string_view::npos ? events : events.substr(before + EVENT_END.size());
    if (!last.starts_with(NAME))
        return false;
    last = last.substr(NAME.size(), last.find('\n') - NAME.size());
    return std::find(ENDS.begin(), ENDS.end(), last) != ENDS.end();
}

} // namespace Gateway
