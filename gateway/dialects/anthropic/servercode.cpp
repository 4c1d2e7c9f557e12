#include "gateway/dialects/anthropic/servercode.h"

namespace Gateway {

namespace {

constexpr std::string_view TOOL = "code_execution_";
constexpr std::string_view FIRST_VERSION = "20250522";
constexpr std::string_view DOCUMENT = "python3 - <<'";
constexpr std::string_view TOO_LONG = "execution_time_exceeded";

/// A word that is no line of the code.
std::string endMark(std::string_view code)
{
    std::string mark = "EOF";
    while (code.find(mark) != std::string_view::npos)
        mark += '_';
    return mark;
}

std::string commandOf(std::string_view code)
{
    const std::string mark = endMark(code);
    std::string command(DOCUMENT);
    command += mark + "'\n";
    command += code;
    command += code.ends_with('\n') ? "" : "\n";
    return command + mark + '\n';
}

std::optional<std::string> codeOfCommand(std::string_view command)
{
    if (!command.starts_with(DOCUMENT))
        return std::nullopt;
    command.remove_prefix(DOCUMENT.size());
    const std::size_t quote = command.find("'\n");
    if (quote == std::string_view::npos)
        return std::nullopt;
    const std::string end = std::string(command.substr(0, quote)) + '\n';
    std::string_view code = command.substr(quote + 2);
    if (!code.ends_with('\n' + end) && code != end)
        return std::nullopt;
    code.remove_suffix(end.size());
    return std::string(code);
}

void appendText(std::string &out, std::string_view name, std::string_view text)
{
    out += name;
    appendJsonString(out, text);
}

} // namespace

CodeForm codeFormOf(std::string_view toolType)
{
    if (!toolType.starts_with(TOOL))
        return CodeForm::None;
    return toolType.substr(TOOL.size()) == FIRST_VERSION ? CodeForm::Python : CodeForm::Bash;
}

std::string_view codeToolName(CodeForm form)
{
    return form == CodeForm::Python ? "code_execution" : "bash_code_execution";
}

void appendCodeInput(std::string &out, CodeForm form, std::string_view code)
{
    if (form == CodeForm::Python)
        appendText(out, "{\"code\":", code);
    else
        appendText(out, "{\"command\":", commandOf(code));
    out += '}';
}

void appendCodeResult(std::string &out, CodeForm form, std::string_view useId, const json::object &result)
{
    const std::string_view name = codeToolName(form);
    const std::string_view outcome = stringAt(result, "outcome");
    const std::string_view output = stringAt(result, "output");
    const bool isGood = outcome.empty() || outcome == "OUTCOME_OK";
    out.append("{\"type\":\"").append(name).append("_tool_result\",\"tool_use_id\":");
    appendJsonString(out, useId);
    out.append(",\"content\":{\"type\":\"").append(name);
    if (outcome == "OUTCOME_DEADLINE_EXCEEDED") {
        out.append("_tool_result_error\",\"error_code\":\"").append(TOO_LONG).append("\"}}");
        return;
    }
    appendText(out, "_result\",\"stdout\":", isGood ? output : std::string_view());
    appendText(out, ",\"stderr\":", isGood ? std::string_view() : output);
    out += isGood ? ",\"return_code\":0,\"content\":[]}}" : ",\"return_code\":1,\"content\":[]}}";
}

std::optional<std::string> codeOfUse(const json::object &block)
{
    const json::object *input = objectAt(block, "input");
    if (!input)
        return std::nullopt;
    const std::string_view name = stringAt(block, "name");
    if (name == codeToolName(CodeForm::Bash))
        return codeOfCommand(stringAt(*input, "command"));
    const std::string_view code = stringAt(*input, "code");
    if (name != codeToolName(CodeForm::Python) || code.empty())
        return std::nullopt;
    return std::string(code);
}

bool isCodeResult(std::string_view blockType)
{
    return blockType == "code_execution_tool_result" || blockType == "bash_code_execution_tool_result";
}

void appendGeminiResult(std::string &out, const json::object &block, std::string_view id)
{
    const json::object *content = objectAt(block, "content");
    const bool isError = !content || stringAt(*content, "type").ends_with("_error");
    const bool isGood = !isError && integerAt(*content, "return_code", 0) == 0;
    const bool isTooLong = isError && content && stringAt(*content, "error_code") == TOO_LONG;
    std::string output;
    if (content && !isError)
        output.append(stringAt(*content, "stdout")).append(stringAt(*content, "stderr"));
    out += "{\"codeExecutionResult\":{";
    if (!id.empty()) {
        appendText(out, "\"id\":", id);
        out += ',';
    }
    out += "\"outcome\":\"";
    out += isGood ? "OUTCOME_OK" : isTooLong ? "OUTCOME_DEADLINE_EXCEEDED" : "OUTCOME_FAILED";
    appendText(out, "\",\"output\":", output);
    out += "}}";
}

} // namespace Gateway
