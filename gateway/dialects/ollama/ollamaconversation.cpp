#include "gateway/dialects/ollama/ollamaconversation.h"

#include "gateway/common/text.h"
#include "gateway/dialects/chatrequestfields.h"
#include "gateway/dialects/contentpartstypes.h"
#include "gateway/dialects/instructionparts.h"

namespace Gateway {

namespace {

using Role = ChatTurns::Role;

bool hasRole(const json::value &message, std::string_view role)
{
    return equalsIgnoreCase(stringAt(message.get_object(), "role"), role);
}

/// Every message must be an object with a known role and, if it has content, a text as such.
Result<void> checkMessages(const json::array &messages, const JsonPath &path)
{
    for (std::size_t i = 0; i < messages.size(); ++i) {
        const JsonPath messagePath(path, i);
        const json::object *message = messages[i].if_object();
        if (!message)
            return refuseKind(messagePath, "an object");
        const Result<std::string_view> role = neededText(*message, "role", messagePath);
        if (!role)
            return fail(role.error());
        bool isKnown = false;
        for (const std::string_view word : {"system", "user", "assistant", "tool"})
            isKnown = isKnown || equalsIgnoreCase(*role, word);
        if (!isKnown)
            return refuse(JsonPath(messagePath, "role"), "must be 'system', 'user', 'assistant' or 'tool'.");
        if (const Result<std::string_view> text = textField(*message, "content", messagePath); !text)
            return fail(text.error());
    }
    return {};
}

std::size_t leadingInstructions(const json::array &messages)
{
    std::size_t count = 0;
    while (count < messages.size() && hasRole(messages[count], "system"))
        ++count;
    return count < messages.size() ? count : 0; // alone they are asked as a question
}

} // namespace

Result<void> writeOllamaImages(const json::object &holder, const JsonPath &path, ContentParts &parts)
{
    const Result<const json::array *> images = arrayField(holder, "images", path);
    if (!images)
        return fail(images.error());
    const JsonPath listPath(path, "images");
    for (std::size_t i = 0; *images && i < (*images)->size(); ++i) {
        const JsonPath imagePath(listPath, i);
        const json::string *data = (**images)[i].if_string();
        if (!data)
            return refuseKind(imagePath, "a picture in base64");
        Result<void> written =
            isDataUrl(*data) ? parts.writeUrl(*data, {}, imagePath) : parts.writeBase64(*data, {}, imagePath);
        if (!written)
            return written;
    }
    return {};
}

OllamaConversation::OllamaConversation(RequestDraft &draft, const ModelFamily &family, TurnPrint &print)
    : m_draft(draft)
    , m_family(family)
    , m_print(print)
    , m_turns(draft)
    , m_parts(draft, m_turns)
    , m_calls(draft, m_turns, family)
{
}

Result<void> OllamaConversation::write(const json::object &body, const JsonPath &root)
{
    const JsonPath path(root, "messages");
    const json::array &messages = body.at("messages").get_array();
    if (Result<void> done = checkMessages(messages, path); !done)
        return done;
    const std::size_t start = leadingInstructions(messages);
    InstructionParts instruction(m_draft);
    if (m_family.systemInstruction) {
        if (Result<void> done = writeInstructions(messages, start, path, instruction); !done)
            return done;
        instruction.close();
    }
    m_draft.text() += "\"contents\":[";
    m_turns.setRole(Role::User);
    if (!m_family.systemInstruction) {
        if (Result<void> done = writeInstructions(messages, start, path, m_turns); !done)
            return done;
    }
    for (std::size_t i = start; i < messages.size(); ++i) {
        if (Result<void> done = writeMessage(messages[i].get_object(), i, path); !done)
            return done;
    }
    if (Result<void> done = m_calls.finish(path); !done)
        return done;
    if (m_turns.partCount() == 0)
        return refuse(path, "hold nothing to answer.");
    m_turns.close();
    m_draft.text() += ']';
    return {};
}

Result<void> OllamaConversation::writeInstructions(const json::array &messages, std::size_t count,
                                                   const JsonPath &path, PartSink &sink)
{
    ContentParts parts(m_draft, sink);
    for (std::size_t i = 0; i < count; ++i) {
        const Result<std::string_view> text =
            textField(messages[i].get_object(), "content", JsonPath(path, i));
        if (!text)
            return fail(text.error());
        parts.writeText(*text);
    }
    return {};
}

Result<void> OllamaConversation::writeMessage(const json::object &message, std::size_t index,
                                              const JsonPath &messages)
{
    const JsonPath path(messages, index);
    const std::string_view role = stringAt(message, "role");
    if (equalsIgnoreCase(role, "tool")) {
        m_print.other();
        m_calls.take(message, index);
        return {};
    }
    if (equalsIgnoreCase(role, "assistant")) {
        // Pieces of a stream that a client kept as messages of their own are one turn; results end it.
        Result<void> answered = m_calls.hasResults() ? m_calls.finish(messages) : Result<void>();
        return answered ? writeAssistant(message, path) : answered;
    }
    if (Result<void> done = m_calls.finish(messages); !done)
        return done;
    return writeUser(message, path);
}

Result<void> OllamaConversation::writeUser(const json::object &message, const JsonPath &path)
{
    const std::string_view text = stringAt(message, "content");
    if (equalsIgnoreCase(stringAt(message, "role"), "user"))
        m_print.user(text);
    m_turns.setRole(Role::User);
    const int before = m_turns.partCount();
    if (Result<void> done = writeOllamaImages(message, path, m_parts); !done)
        return done;
    m_parts.writeText(text);
    // A turn of the user without words is still a turn: without it the model would be asked to go on. Gemini
    // refuses the empty text, so that it gets a space.
    if (m_turns.partCount() == before && !m_turns.isOpen(Role::User))
        m_parts.writeText(" ");
    return {};
}

/// What the model thought is not sent back: thought signatures stand for it.
Result<void> OllamaConversation::writeAssistant(const json::object &message, const JsonPath &path)
{
    m_print.other();
    m_turns.setRole(Role::Model);
    if (const json::value *content = givenField(message, "content")) {
        if (Result<void> done = m_parts.writeSaid(*content, JsonPath(path, "content"), {}); !done)
            return done;
    }
    if (Result<void> done = writeOllamaImages(message, path, m_parts); !done)
        return done;
    const Result<const json::array *> calls = arrayField(message, "tool_calls", path);
    if (!calls)
        return fail(calls.error());
    return *calls ? writeCalls(**calls, JsonPath(path, "tool_calls")) : Result<void>();
}

Result<void> OllamaConversation::writeCalls(const json::array &calls, const JsonPath &path)
{
    for (std::size_t i = 0; i < calls.size(); ++i) {
        const JsonPath callPath(path, i);
        const json::object *call = calls[i].if_object();
        if (!call)
            return refuseKind(callPath, "an object");
        const JsonPath functionPath(callPath, "function");
        const Result<const json::object *> function = objectField(*call, "function", callPath);
        if (!function)
            return fail(function.error());
        if (!*function)
            return refuseMissing(functionPath);
        const Result<std::string_view> name = neededText(**function, "name", functionPath);
        if (!name)
            return fail(name.error());
        if (name->empty())
            return refuseMissing(JsonPath(functionPath, "name"));
        const Result<const json::object *> arguments = objectField(**function, "arguments", functionPath);
        if (!arguments)
            return fail(arguments.error());
        m_calls.write({stringAt(*call, "id"), *name, *arguments}, m_print.call(*name, *arguments));
    }
    return {};
}

} // namespace Gateway
