#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

#include "gateway/common/json.h"
#include "gateway/common/text.h"

namespace Gateway {

/// Joins the events of a streamed message as Anthropic's SDKs do, and throws where they break its rules: the
/// event's name is its type, message_start first, blocks one after the other with rising indexes, deltas only
/// for the open block and of its kind, one message_delta after the blocks, message_stop last.
class MessageJoin
{
public:
    explicit MessageJoin(std::string_view sse)
    {
        while (!sse.empty()) {
            const std::size_t end = sse.find("\n\n");
            need(end != std::string_view::npos, "an event does not end");
            addEvent(sse.substr(0, end));
            sse.remove_prefix(end + 2);
        }
        need(m_stopped, "message_stop is missing");
    }

    /// The message as a whole answer tells it.
    const json::object &message() const { return m_message; }
    /// Of the message_start.
    const json::object &firstUsage() const { return m_firstUsage; }

private:
    static void need(bool holds, const char *what)
    {
        if (!holds)
            throw std::runtime_error(what);
    }

    void addEvent(std::string_view event)
    {
        const std::size_t line = event.find('\n');
        need(event.starts_with("event: ") && line != std::string_view::npos, "an event has no name");
        const std::string_view name = event.substr(7, line - 7);
        const std::string_view data = event.substr(line + 1);
        need(data.starts_with("data: "), "an event has no data");
        const json::object json = parseJsonObject(data.substr(6)).value();
        need(stringAt(json, "type") == name, "an event is not called after its type");
        need(!m_stopped, "something follows message_stop");
        need(m_message.empty() == (name == "message_start"), "message_start is not first, or not alone");
        add(name, json);
    }

    void add(std::string_view name, const json::object &event)
    {
        if (name == "message_start") {
            m_message = event.at("message").as_object();
            m_firstUsage = m_message.at("usage").as_object();
            need(m_message.at("content").as_array().empty(), "message_start has content");
        } else if (name == "content_block_start") {
            start(event);
        } else if (name == "content_block_delta") {
            delta(event);
        } else if (name == "content_block_stop") {
            stop(event);
        } else if (name == "message_delta") {
            need(!m_isOpen && !m_ended, "message_delta at the wrong time");
            m_ended = true;
            for (const json::key_value_pair &member : event.at("delta").as_object())
                m_message[member.key()] = member.value();
            m_message["usage"] = event.at("usage");
        } else {
            need(name == "message_stop" && m_ended, "message_stop at the wrong time");
            m_stopped = true;
        }
    }

    json::array &content() { return m_message.at("content").as_array(); }

    void start(const json::object &event)
    {
        need(!m_isOpen && !m_ended, "a block begins inside another");
        need(integerAt(event, "index", -1) == static_cast<std::int64_t>(content().size()), "a wrong index");
        m_isOpen = true;
        m_input.clear();
        content().push_back(event.at("content_block"));
    }

    void delta(const json::object &event)
    {
        need(m_isOpen && integerAt(event, "index", -1) == static_cast<std::int64_t>(content().size()) - 1,
             "a delta of no open block");
        const json::object &delta = event.at("delta").as_object();
        json::object &block = content().back().as_object();
        const std::string_view kind = stringAt(delta, "type");
        const std::string type(stringAt(block, "type"));
        if (kind == "input_json_delta") {
            need(type == "tool_use" || type == "server_tool_use", "input for no tool");
            m_input += stringAt(delta, "partial_json");
            return;
        }
        if (kind == "citations_delta") {
            need(type == "text", "a citation outside a text");
            json::value &list = block["citations"];
            if (list.is_null())
                list.emplace_array();
            list.get_array().push_back(delta.at("citation"));
            return;
        }
        const std::string_view member = kind.substr(0, kind.size() - std::string_view("_delta").size());
        need(member == type || (member == "signature" && type == "thinking"), "a delta of another kind");
        need(member != "signature" || stringAt(block, "signature").empty(), "two signatures");
        block[member] = std::string(stringAt(block, member)) + std::string(stringAt(delta, member));
    }

    void stop(const json::object &event)
    {
        need(m_isOpen && integerAt(event, "index", -1) == static_cast<std::int64_t>(content().size()) - 1,
             "no open block ends");
        m_isOpen = false;
        if (!m_input.empty())
            content().back().as_object()["input"] = parseJson(m_input).value();
    }

    json::object m_message;
    json::object m_firstUsage;
    std::string m_input;
    bool m_isOpen = false;
    bool m_ended = false;
    bool m_stopped = false;
};

} // namespace Gateway
