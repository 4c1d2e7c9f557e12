#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gateway/common/json.h"
#include "gateway/dialects/functiondeclarations.h"
#include "gateway/dialects/jsonpath.h"
#include "gateway/dialects/modelfamily.h"
#include "gateway/dialects/openai/chatrequest.h"
#include "gateway/dialects/openai/chatrequestgoogle.h"

namespace Gateway {

/// `tools`, `tool_choice` and their forerunners `functions`, `function_call` → Gemini's `tools` and
/// `toolConfig` (platform.openai.com/docs/api-reference/chat/create,
/// ai.google.dev/gemini-api/docs/function-calling). A tool with `strict` makes Gemini keep to the schemas
/// (mode VALIDATED).
class ChatTools
{
public:
    /// All must outlive this.
    ChatTools(const json::object &body, const ChatGoogle &google, const ModelFamily &family);

    /// Appends `,"tools":[…],"toolConfig":{…}` as far as given; tells `options` what was declared.
    Result<void> append(std::string &out, ChatOptions &options);

private:
    Result<void> readTools();
    Result<void> readFunctions(ChatOptions &options);
    Result<void> addFunction(const json::object &function, const JsonPath &path);
    Result<void> readChoice();
    Result<void> readChoiceObject(const json::object &choice, const JsonPath &path);
    Result<void> readAllowed(const json::object &choice, const JsonPath &path);
    Result<void> readWord(std::string_view word, const JsonPath &path);
    Result<void> allow(std::string_view name, const JsonPath &path);
    Result<void> appendGoogleTools(std::string &out, ChatOptions &options);
    Result<void> appendConfig(std::string &out);
    void appendMode(std::string &out) const;

    const json::object &m_body;
    const ChatGoogle &m_google;
    const ModelFamily &m_family;
    const JsonPath m_root;
    FunctionDeclarations m_functions;
    bool m_strict = false;
    bool m_mixes = false;    ///< Functions and Google's tools.
    std::string_view m_mode; ///< Empty: not said.
    std::vector<std::string_view> m_allowed;
};

} // namespace Gateway
