#pragma once

#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/common/json.h"

namespace Gateway {

/// The data of each event of an SSE text.
inline std::vector<std::string> sseData(std::string_view text)
{
    std::vector<std::string> out;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (line.ends_with('\r'))
            line.remove_suffix(1);
        if (line.starts_with("data: "))
            out.emplace_back(line.substr(6));
    }
    return out;
}

/// Joins chat.completion.chunk events as a client does, and throws where they break OpenAI's rules: one id
/// throughout, the role in a choice's first delta only, one finish_reason per choice and nothing after it, a
/// tool call's id only in its first delta, usage in a chunk without choices, [DONE] last.
class ChatJoin
{
public:
    explicit ChatJoin(std::string_view sse)
    {
        const std::vector<std::string> events = sseData(sse);
        need(!events.empty() && events.back() == "[DONE]", "[DONE] is not last");
        for (std::size_t i = 0; i + 1 < events.size(); ++i)
            add(parseJson(events[i]).value().as_object());
        for (const auto &[index, choice] : m_choices)
            need(!choice.finish.empty(), "a choice has no finish_reason");
    }

    /// As ChatAnswer's JSON, without `id`, `object`, `created` and `model`.
    json::object completion() const
    {
        json::array choices;
        for (const auto &[index, choice] : m_choices)
            choices.push_back(choiceJson(index, choice));
        json::object out{{"choices", std::move(choices)}};
        if (!m_usage.is_null())
            out["usage"] = m_usage;
        return out;
    }

    std::size_t chunks() const { return m_chunks; }

private:
    struct Choice
    {
        bool hasContent = false;
        json::object message;
        json::array logprobs;
        std::string finish;
        json::value native;
    };

    static void need(bool holds, const char *rule)
    {
        if (!holds)
            throw std::runtime_error(rule);
    }

    void add(const json::object &chunk)
    {
        ++m_chunks;
        need(chunk.at("object") == "chat.completion.chunk", "object");
        const std::string id(chunk.at("id").as_string());
        need(m_id.empty() || m_id == id, "the id changes");
        m_id = id;
        const json::array &choices = chunk.at("choices").as_array();
        if (choices.empty()) {
            need(m_usage.is_null(), "usage twice");
            m_usage = chunk.at("usage");
        }
        for (const json::value &choice : choices)
            addChoice(choice.as_object());
    }

    void addChoice(const json::object &part)
    {
        Choice &choice = m_choices[part.at("index").as_int64()];
        need(choice.finish.empty(), "something follows finish_reason");
        const json::object &delta = part.at("delta").as_object();
        need(delta.contains("role") == choice.message.empty(), "the role is not in the first delta alone");
        for (const json::key_value_pair &member : delta)
            addMember(choice, member.key(), member.value());
        if (const json::object *logprobs = part.at("logprobs").if_object())
            for (const json::value &entry : logprobs->at("content").as_array())
                choice.logprobs.push_back(entry);
        if (part.at("finish_reason").is_string()) {
            need(delta.empty(), "finish_reason has no delta of its own");
            choice.finish = std::string(part.at("finish_reason").as_string());
            if (part.contains("native_finish_reason"))
                choice.native = part.at("native_finish_reason");
        }
    }

    static void addMember(Choice &choice, std::string_view name, const json::value &value)
    {
        json::object &message = choice.message;
        if (name == "tool_calls")
            return addCalls(message, value.as_array());
        if (name == "content" && value.is_null())
            return;
        choice.hasContent = choice.hasContent || name == "content";
        if (name == "images") {
            if (!message.contains(name))
                message[name] = json::array();
            for (const json::value &image : value.as_array())
                message[name].as_array().push_back(image);
        } else if (value.is_string() && message.contains(name)) {
            message[name].as_string() += value.as_string();
        } else {
            message[name] = value;
        }
    }

    static void addCalls(json::object &message, const json::array &deltas)
    {
        if (!message.contains("tool_calls"))
            message["tool_calls"] = json::array();
        json::array &calls = message["tool_calls"].as_array();
        for (const json::value &delta : deltas) {
            const std::size_t index = static_cast<std::size_t>(delta.at("index").as_int64());
            need(index <= calls.size(), "a tool call's index jumps");
            json::object call = delta.as_object();
            call.erase("index");
            need(call.contains("id") == (index == calls.size()),
                 "a tool call's id is not in its first delta");
            if (index == calls.size())
                calls.push_back(std::move(call));
            else
                calls[index].at("function").at("arguments").as_string() +=
                    delta.at("function").at("arguments").as_string();
        }
    }

    static json::value choiceJson(std::int64_t index, const Choice &choice)
    {
        json::object message = choice.message;
        const bool saidElse = message.contains("tool_calls") || message.contains("function_call") ||
                              message.contains("images") || message.contains("audio") ||
                              message.contains("refusal");
        if (!choice.hasContent)
            message["content"] = saidElse ? json::value(nullptr) : json::value("");
        if (!message.contains("refusal"))
            message["refusal"] = nullptr;
        json::object out{{"index", index}, {"message", std::move(message)}, {"finish_reason", choice.finish}};
        out["logprobs"] = choice.logprobs.empty()
                              ? json::value(nullptr)
                              : json::value(json::object{{"content", choice.logprobs}, {"refusal", nullptr}});
        if (!choice.native.is_null())
            out["native_finish_reason"] = choice.native;
        return out;
    }

    std::map<std::int64_t, Choice> m_choices;
    json::value m_usage;
    std::string m_id;
    std::size_t m_chunks = 0;
};

} // namespace Gateway
