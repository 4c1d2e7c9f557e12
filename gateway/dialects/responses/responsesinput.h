#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "gateway/common/json.h"
#include "gateway/dialects/jsonpath.h"

namespace Gateway {

/// `instructions` and the items of `input` → chat messages. Calls that stand in a row are one message of the
/// assistant; their results follow it wherever they stand among the items.
class ResponsesInput
{
public:
    explicit ResponsesInput(json::storage_ptr storage);

    /// Fails with the client's 400.
    Result<void> read(const json::object &body);

    json::array takeMessages() { return std::move(m_messages); }
    /// Where each message came from: "input[3]".
    std::vector<std::string> takePlaces() { return std::move(m_places); }

private:
    Result<void> gatherResults(const json::array &items, const JsonPath &path);
    Result<void> readItem(const json::object &item, const JsonPath &path);
    Result<void> readMessage(const json::object &item, const JsonPath &path);
    Result<void> readCall(const json::object &item, const JsonPath &path, bool custom);
    Result<void> readReasoning(const json::object &item);
    Result<json::value> contentOf(const json::value &content, const JsonPath &path) const;
    Result<json::value> partOf(const json::object &part, const JsonPath &path) const;
    void readImageCall(const json::object &item, const JsonPath &path);
    void readCodeCall(const json::object &item, const JsonPath &path);
    void addBesideCalls(json::value content);
    json::object &assistant(const JsonPath &path);
    Result<void> closeCalls();
    void add(json::object message, const JsonPath &path);

    struct Output
    {
        const json::object *item = nullptr;
        std::size_t index = 0;
        bool used = false;
    };

    json::storage_ptr m_storage;
    json::array m_messages;
    std::vector<std::string> m_places;
    std::unordered_map<std::string_view, Output> m_outputs;
    std::unordered_map<std::string, std::string> m_signatures; ///< Call id → signature, from reasoning items.
    std::string m_textSignature;                               ///< For the assistant's next words.
    std::vector<std::string_view> m_open; ///< Calls of the last message that wait for their results.
    std::size_t m_assistant = 0;          ///< One more than the place of the message that may grow; 0: none.
};

} // namespace Gateway
