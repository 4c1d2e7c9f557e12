#pragma once

#include <string>
#include <string_view>

#include "gateway/common/json.h"
#include "gateway/dialects/anthropic/messagesrequest.h"
#include "gateway/dialects/functiondeclarations.h"
#include "gateway/dialects/jsonpath.h"
#include "gateway/dialects/modelfamily.h"

namespace Gateway {

/// `tools` and `tool_choice` → Gemini's `tools` and `toolConfig`
/// (platform.claude.com/docs/en/agents-and-tools/tool-use, ai.google.dev/gemini-api/docs/function-calling).
/// Anthropic's web_search is Google's search, web_fetch its URL context, code_execution its own; a tool with
/// `strict` makes Gemini keep to the schemas (mode VALIDATED).
class MessagesTools
{
public:
    /// Both must outlive this.
    MessagesTools(const json::object &body, const ModelFamily &family);

    /// Appends `,"tools":[…],"toolConfig":{…}` as far as given.
    Result<void> append(std::string &out, MessagesOptions &options);

private:
    Result<void> readTools();
    Result<void> readTool(const json::object &tool, const JsonPath &path);
    Result<void> addFunction(const json::object &tool, const JsonPath &path);
    Result<void> readChoice(MessagesOptions &options);
    Result<void> choose(std::string_view type, const json::object &choice, const JsonPath &path);
    void leaveServerToolsOut(MessagesOptions &options);
    void addServerTool(std::string_view geminiName);
    void appendConfig(std::string &out);
    void appendMode(std::string &out) const;

    const json::object &m_body;
    const ModelFamily &m_family;
    const JsonPath m_root;
    FunctionDeclarations m_functions;
    std::string m_serverTools;           ///< Gemini's own tools, comma-separated.
    std::vector<std::string_view> m_own; ///< Names that the client gave those.
    CodeForm m_codeForm = CodeForm::None;
    bool m_strict = false;
    std::string_view m_mode;    ///< Empty: not said.
    std::string_view m_allowed; ///< The one function to call.
};

} // namespace Gateway
