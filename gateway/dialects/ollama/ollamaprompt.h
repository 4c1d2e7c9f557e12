#pragma once

#include <string_view>
#include <vector>

#include "gateway/common/json.h"
#include "gateway/dialects/chatrequestturns.h"
#include "gateway/dialects/contentparts.h"
#include "gateway/dialects/jsonpath.h"
#include "gateway/dialects/modelfamily.h"
#include "gateway/dialects/ollama/ollamacontext.h"
#include "gateway/dialects/ollama/ollamarequest.h"

namespace Gateway {

/// Writes the request of /api/generate: `system`, `context`, `prompt` and `images` → `systemInstruction` and
/// `contents`. A raw prompt is the user's words as they are. `suffix` and a `template` of the client's are
/// refused: Gemini fills no gaps and has a form of its own.
class OllamaPrompt
{
public:
    OllamaPrompt(RequestDraft &draft, const ModelFamily &family);

    /// Appends the members to the draft, which stands inside the outermost object of `body`'s translation.
    Result<void> write(const json::object &body, const JsonPath &root, OllamaOptions &options);

private:
    Result<void> readForm(const json::object &body, const JsonPath &root, OllamaOptions &options);
    void writeInstruction(PartSink &sink);
    Result<void> writeContents(const json::object &body, const JsonPath &root);

    RequestDraft &m_draft;
    const ModelFamily &m_family;
    ChatTurns m_turns;
    std::vector<OllamaTurn> m_earlier;
    std::string_view m_system;
    std::string_view m_prompt;
};

} // namespace Gateway
