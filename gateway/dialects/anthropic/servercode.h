#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "gateway/common/json.h"

namespace Gateway {

// Code that the model ran: Gemini's executableCode and codeExecutionResult ⇄ Anthropic's server_tool_use and
// its result (platform.claude.com/docs/en/agents-and-tools/tool-use/code-execution-tool).

/// How the client's code execution tool tells it.
enum class CodeForm : std::uint8_t {
    None,   ///< The client has no such tool.
    Python, ///< code_execution with `code`, as code_execution_20250522 does.
    Bash,   ///< bash_code_execution with `command`, as all later ones do.
};

/// Of a tool's `type`.
CodeForm codeFormOf(std::string_view toolType);

/// The name in a server_tool_use.
std::string_view codeToolName(CodeForm form);

/// Appends the `input` of a server_tool_use. For Bash Gemini's Python stands in a here-document.
void appendCodeInput(std::string &out, CodeForm form, std::string_view code);

/// Appends the block that answers the server_tool_use `useId`. `result` is Gemini's codeExecutionResult.
void appendCodeResult(std::string &out, CodeForm form, std::string_view useId, const json::object &result);

/// The Python of a server_tool_use block in either form; none when it is no code that Gemini could have run.
std::optional<std::string> codeOfUse(const json::object &block);

/// A block that answers such a server_tool_use.
bool isCodeResult(std::string_view blockType);

/// Appends a codeExecutionResult with what such a block tells. `id`: of Gemini's code, empty for none.
void appendGeminiResult(std::string &out, const json::object &block, std::string_view id);

} // namespace Gateway
