#pragma once

#include <string_view>

#include "gateway/common/json.h"
#include "gateway/dialects/chatrequestturns.h"
#include "gateway/dialects/contentparts.h"
#include "gateway/dialects/jsonpath.h"
#include "gateway/dialects/modelfamily.h"
#include "gateway/dialects/ollama/ollamacalls.h"
#include "gateway/dialects/ollama/turnprint.h"

namespace Gateway {

/// Writes a conversation: `messages` → `systemInstruction` and `contents`. Instructions before the first
/// other message are the system instruction; later ones stay in their place as words of the user's.
class OllamaConversation
{
public:
    /// `print` is that of the last turn in the end.
    OllamaConversation(RequestDraft &draft, const ModelFamily &family, TurnPrint &print);

    /// Appends the members to the draft, which stands inside the outermost object of `body`'s translation.
    Result<void> write(const json::object &body, const JsonPath &root);

private:
    Result<void> writeInstructions(const json::array &messages, std::size_t count, const JsonPath &path,
                                   PartSink &sink);
    Result<void> writeMessage(const json::object &message, std::size_t index, const JsonPath &messages);
    Result<void> writeUser(const json::object &message, const JsonPath &path);
    Result<void> writeAssistant(const json::object &message, const JsonPath &path);
    Result<void> writeCalls(const json::array &calls, const JsonPath &path);

    RequestDraft &m_draft;
    const ModelFamily &m_family;
    TurnPrint &m_print;
    ChatTurns m_turns;
    ContentParts m_parts;
    OllamaCalls m_calls;
};

/// Writes `images`, a list of pictures in base64 (data: URLs pass as well).
Result<void> writeOllamaImages(const json::object &holder, const JsonPath &path, ContentParts &parts);

} // namespace Gateway
