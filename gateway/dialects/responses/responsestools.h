#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gateway/common/json.h"
#include "gateway/dialects/jsonpath.h"
#include "gateway/dialects/modelfamily.h"
#include "gateway/dialects/responses/responsesform.h"

namespace Gateway {

/// `tools` and `tool_choice` of the Responses API → those of a chat. A custom tool is told as a function with
/// the one text `input`, the tools of a namespace by both names joined; web search and the code interpreter
/// are Google's own. Tools that OpenAI runs and Gemini has not are refused by name.
class ResponsesTools
{
public:
    /// `chat` gets the members; both outlive this.
    ResponsesTools(const json::object &body, const ModelFamily &family, json::object &chat);

    /// Fails with the client's 400.
    Result<void> read();

    const std::vector<std::string> &customTools() const { return m_custom; }
    const std::vector<NamespacedTool> &namespacedTools() const { return m_namespaced; }
    /// Which of the request's tools each chat tool is.
    const std::vector<std::size_t> &places() const { return m_places; }
    /// What was left out, empty when nothing.
    const std::string &warning() const { return m_warning; }

private:
    Result<void> readTool(const json::object &tool, const JsonPath &path);
    Result<void> readNamespace(const json::object &tool, const JsonPath &path);
    Result<void> readBuiltIn(const json::object &tool, const JsonPath &path);
    void addFunction(const json::object &tool, std::size_t index, std::string_view space = {});
    void addCustom(const json::object &tool, std::size_t index, std::string_view space = {});
    void addTool(json::object function, std::size_t index);
    void addBuiltIn();
    Result<void> readChoice();
    Result<void> readChoiceObject(const json::object &choice, const JsonPath &path);
    Result<void> readAllowed(const json::object &choice, const JsonPath &path);
    void setChoice(json::value choice);
    void warn(std::string_view text);

    const json::object &m_body;
    const ModelFamily &m_family;
    json::object &m_chat;
    const JsonPath m_root;
    json::array m_tools;
    std::vector<std::size_t> m_places;
    std::vector<std::string> m_custom;
    std::vector<NamespacedTool> m_namespaced;
    std::string m_warning;
    bool m_searches = false;
    bool m_runsCode = false;
    bool m_makesImages = false;
};

} // namespace Gateway
