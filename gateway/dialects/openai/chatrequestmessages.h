#pragma once

#include <string_view>

#include "gateway/common/json.h"
#include "gateway/dialects/chatrequestturns.h"
#include "gateway/dialects/contentparts.h"
#include "gateway/dialects/jsonpath.h"
#include "gateway/dialects/modelfamily.h"
#include "gateway/dialects/openai/chatrequestresults.h"

namespace Gateway {

/// Writes a conversation: `messages` → `systemInstruction` and `contents`. A conversation that ends with an
/// assistant message goes on as it is: older models continue it, those that do not say so themselves.
class ChatMessages
{
public:
    ChatMessages(RequestDraft &draft, const ModelFamily &family);

    /// Appends the members to the draft, which stands inside the outermost object.
    Result<void> write(const json::array &messages, const JsonPath &path);

private:
    Result<void> writeSystem(const json::array &messages, const JsonPath &path, PartSink &sink);
    Result<void> writeMessage(const json::object &message, const JsonPath &path);
    Result<void> writeUser(const json::object &message, const JsonPath &path);
    Result<void> writeAssistant(const json::object &message, const JsonPath &path);
    Result<void> writeSaid(const json::object &message, const JsonPath &path);
    Result<void> writeCalls(const json::array &calls, const JsonPath &path);
    Result<void> writeCall(const json::object &call, bool first, bool wantSignature, const JsonPath &path);
    Result<void> writeLegacyCall(const json::object &call, const JsonPath &path);
    Result<void> writeFunction(const json::object &function, std::string_view id, const JsonPath &path);

    RequestDraft &m_draft;
    const ModelFamily &m_family;
    ChatTurns m_turns;
    ContentParts m_parts;
    ToolResults m_results;
};

} // namespace Gateway
