#include "gateway/dialects/openai/chatrequestmessages.h"

#include <algorithm>

#include "gateway/dialects/instructionparts.h"

namespace Gateway {

namespace {

using Role = ChatTurns::Role;

bool isSystem(std::string_view role)
{
    return role == "system" || role == "developer";
}

bool isResult(std::string_view role)
{
    return role == "tool" || role == "function";
}

/// Every message must be an object with a known role.
Result<void> checkRoles(const json::array &messages, const JsonPath &path)
{
    if (messages.empty())
        return refuse(path, "must hold at least one message.");
    for (std::size_t i = 0; i < messages.size(); ++i) {
        const JsonPath messagePath(path, i);
        const json::object *message = messages[i].if_object();
        if (!message)
            return refuseKind(messagePath, "an object");
        const json::value *role = message->if_contains("role");
        const JsonPath rolePath(messagePath, "role");
        if (!role)
            return refuseMissing(rolePath);
        const std::string_view word = stringAt(*message, "role");
        if (word != "user" && word != "assistant" && !isSystem(word) && !isResult(word))
            return refuse(rolePath, "must be one of 'system', 'developer', 'user', 'assistant', 'tool', "
                                    "'function'.");
    }
    return {};
}

} // namespace

ChatMessages::ChatMessages(RequestDraft &draft, const ModelFamily &family)
    : m_draft(draft)
    , m_family(family)
    , m_turns(draft)
    , m_parts(draft, m_turns)
    , m_results(draft, m_turns, family)
{
}

Result<void> ChatMessages::write(const json::array &messages, const JsonPath &path)
{
    if (Result<void> done = checkRoles(messages, path); !done)
        return done;
    // Contents must not be empty, so that instructions alone are asked as a question.
    const bool apart = m_family.systemInstruction &&
                       std::any_of(messages.begin(), messages.end(), [](const json::value &message) {
                           return !isSystem(stringAt(message.get_object(), "role"));
                       });
    InstructionParts system(m_draft);
    if (apart) {
        if (Result<void> done = writeSystem(messages, path, system); !done)
            return done;
        system.close();
    }
    m_draft.text() += "\"contents\":[";
    m_turns.setRole(Role::User);
    if (Result<void> done = apart ? Result<void>() : writeSystem(messages, path, m_turns); !done)
        return done;
    for (std::size_t i = 0; i < messages.size(); ++i) {
        const json::object &message = messages[i].get_object();
        const std::string_view role = stringAt(message, "role");
        if (isSystem(role))
            continue;
        if (!isResult(role)) {
            if (Result<void> done = m_results.finish(path); !done)
                return done;
        }
        if (Result<void> done = writeMessage(message, JsonPath(path, i)); !done)
            return done;
    }
    if (Result<void> done = m_results.finish(path); !done)
        return done;
    if (m_turns.partCount() == 0)
        return refuse(path, "hold nothing to answer.");
    m_turns.close();
    m_draft.text() += ']';
    return {};
}

/// Instructions stand anywhere in the conversation; Gemini has one place for them, where they keep their
/// order.
Result<void> ChatMessages::writeSystem(const json::array &messages, const JsonPath &path, PartSink &sink)
{
    ContentParts parts(m_draft, sink);
    for (std::size_t i = 0; i < messages.size(); ++i) {
        const json::object &message = messages[i].get_object();
        if (!isSystem(stringAt(message, "role")))
            continue;
        const JsonPath messagePath(path, i);
        const JsonPath contentPath(messagePath, "content");
        const json::value *content = message.if_contains("content");
        if (!content)
            return refuseMissing(contentPath);
        const json::array *list = content->if_array();
        for (std::size_t k = 0; list && k < list->size(); ++k) {
            const json::object *part = (*list)[k].if_object();
            if (!part || !textOfPart(*part, stringAt(*part, "type")))
                return refuse(JsonPath(contentPath, k), "must be text: instructions can be nothing else.");
        }
        if (Result<void> done = parts.write(*content, contentPath); !done)
            return done;
    }
    return {};
}

Result<void> ChatMessages::writeMessage(const json::object &message, const JsonPath &path)
{
    const std::string_view role = stringAt(message, "role");
    if (isResult(role))
        return m_results.take(message, path);
    return role == "user" ? writeUser(message, path) : writeAssistant(message, path);
}

Result<void> ChatMessages::writeUser(const json::object &message, const JsonPath &path)
{
    const JsonPath contentPath(path, "content");
    const json::value *content = message.if_contains("content");
    if (!content || content->is_null())
        return refuseMissing(contentPath);
    m_turns.setRole(Role::User);
    const int before = m_turns.partCount();
    if (Result<void> done = m_parts.write(*content, contentPath); !done)
        return done;
    // A turn of the user without words is still a turn: without it the model would be asked to go on. Gemini
    // refuses the empty text, so that it gets a space.
    if (m_turns.partCount() == before && !m_turns.isOpen(Role::User)) {
        m_turns.next();
        m_draft.text() += "{\"text\":\" \"}";
    }
    return {};
}

} // namespace Gateway
