#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace Gateway {

using ChatId = std::int64_t;

/// A conversation of the built-in chat, without its messages.
struct ChatRow
{
    ChatId id = 0;
    std::string title;
    std::string model;
    std::string system;   ///< What the model is told before all; empty: nothing.
    std::string settings; ///< JSON object of the window's own; empty: none.
    std::int64_t createdMs = 0;
    std::int64_t updatedMs = 0; ///< Its last message, ms since 1970 UTC.

    bool operator==(const ChatRow &) const = default;
};

/// Changes of a conversation; what is absent stays as it is.
struct ChatPatch
{
    std::optional<std::string> title;
    std::optional<std::string> model;
    std::optional<std::string> system;
    std::optional<std::string> settings;
};

/// What one side said.
struct ChatMessage
{
    std::int64_t position = 0; ///< From 0, without gaps.
    std::string role;          ///< "user" or "model".
    std::string model;         ///< That answered.
    std::int64_t createdMs = 0;
    std::int64_t inputTokens = -1;  ///< -1: not told, as for the next two.
    std::int64_t outputTokens = -1; ///< Thoughts included.
    std::int64_t durationMs = -1;
    std::string keyLabel; ///< Label of the key that answered.
    std::string error;    ///< In the words of the one who refused; empty: none.
    std::string text;     ///< What is read, searched and exported.
    /// JSON object {"parts": Gemini's parts, "sources": [{"title", "uri"}], "thought_ms": …}.
    std::string content;

    bool operator==(const ChatMessage &) const = default;
};

struct ChatDetail
{
    ChatRow chat;
    std::vector<ChatMessage> messages; ///< By position.
};

/// Where a page of conversations ends: the last of it. Both 0: before the first.
struct ChatCursor
{
    std::int64_t updatedMs = 0;
    ChatId id = 0;

    bool operator==(const ChatCursor &) const = default;
};

/// A page of conversations, the last used first.
struct ChatQuery
{
    std::string search; ///< Stands in the title or a message; ASCII letters compare without case.
    ChatCursor after;   ///< ChatRowPage::next of the page before.
    int limit = 100;    ///< 1 to 1000.
};

struct ChatRowPage
{
    std::vector<ChatRow> chats;
    ChatCursor next; ///< {}: that was all.
};

} // namespace Gateway
