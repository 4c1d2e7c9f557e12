#include "gateway/dialects/ollama/ollamaprompt.h"

#include <algorithm>

#include "gateway/dialects/chatrequestfields.h"
#include "gateway/dialects/instructionparts.h"
#include "gateway/dialects/ollama/ollamaconversation.h"

namespace Gateway {

namespace {

using Role = ChatTurns::Role;

/// The template that says no more than the prompt itself.
bool isPlainTemplate(std::string_view text)
{
    std::string bare;
    std::ranges::copy_if(text, std::back_inserter(bare), [](char letter) {
        return letter != ' ' && letter != '\n' && letter != '\t' && letter != '\r';
    });
    return bare.empty() || bare == "{{.Prompt}}";
}

/// Members that ask for what Gemini cannot do; Ollama says the first as well of models that cannot.
Result<void> refuseForms(const json::object &body, const JsonPath &root, std::string_view model)
{
    const Result<std::string_view> suffix = textField(body, "suffix", root);
    if (!suffix)
        return fail(suffix.error());
    if (!suffix->empty())
        return fail(Error{400, "unsupported_parameter",
                          '"' + std::string(model) + "\" does not support insert", "suffix", 0});
    const Result<std::string_view> form = textField(body, "template", root);
    if (!form)
        return fail(form.error());
    if (!isPlainTemplate(*form))
        return refuse(JsonPath(root, "template"),
                      "cannot be honoured: Gemini's models have a form of their own. Send 'system' and "
                      "'prompt'.",
                      "unsupported_parameter");
    return {};
}

} // namespace

OllamaPrompt::OllamaPrompt(RequestDraft &draft, const ModelFamily &family)
    : m_draft(draft)
    , m_family(family)
    , m_turns(draft)
{
}

Result<void> OllamaPrompt::write(const json::object &body, const JsonPath &root, OllamaOptions &options)
{
    if (Result<void> done = refuseForms(body, root, options.model); !done)
        return done;
    if (Result<void> done = readForm(body, root, options); !done)
        return done;
    InstructionParts instruction(m_draft);
    if (m_family.systemInstruction) {
        writeInstruction(instruction);
        instruction.close();
    }
    m_draft.text() += "\"contents\":[";
    m_turns.setRole(Role::User);
    if (!m_family.systemInstruction)
        writeInstruction(m_turns);
    if (Result<void> done = writeContents(body, root); !done)
        return done;
    m_turns.close();
    m_draft.text() += ']';
    return {};
}

Result<void> OllamaPrompt::readForm(const json::object &body, const JsonPath &root, OllamaOptions &options)
{
    const Result<bool> raw = flagField(body, "raw", root);
    if (!raw)
        return fail(raw.error());
    for (const auto &[name, text] : {std::pair("system", &m_system), std::pair("prompt", &m_prompt)}) {
        const Result<std::string_view> given = textField(body, name, root);
        if (!given)
            return fail(given.error());
        *text = *given;
    }
    const Result<const json::array *> context = arrayField(body, "context", root);
    if (!context)
        return fail(context.error());
    const bool hasContext = *context && !(*context)->empty();
    if (*raw && (!m_system.empty() || hasContext || !stringAt(body, "template").empty()))
        return fail(400, "invalid_value", "raw mode does not support template, system, or context");
    if (hasContext) {
        Result<std::vector<OllamaTurn>> turns =
            readOllamaContext(**context, JsonPath(root, "context"), options.turns);
        if (!turns)
            return fail(turns.error());
        m_earlier = std::move(*turns);
    }
    options.keepsTurns = !*raw;
    if (options.keepsTurns && !m_system.empty())
        addOllamaTurn(options.turns, 's', m_system);
    if (options.keepsTurns)
        addOllamaTurn(options.turns, 'u', m_prompt);
    return {};
}

/// The last instruction counts.
void OllamaPrompt::writeInstruction(PartSink &sink)
{
    std::string_view text = m_system;
    for (const OllamaTurn &turn : m_earlier) {
        if (m_system.empty() && turn.role == 's')
            text = turn.text;
    }
    ContentParts(m_draft, sink).writeText(text);
}

Result<void> OllamaPrompt::writeContents(const json::object &body, const JsonPath &root)
{
    ContentParts parts(m_draft, m_turns);
    for (const OllamaTurn &turn : m_earlier) {
        if (turn.role == 's')
            continue;
        m_turns.setRole(turn.role == 'm' ? Role::Model : Role::User);
        parts.writeText(turn.text);
    }
    m_turns.setRole(Role::User);
    if (Result<void> done = writeOllamaImages(body, root, parts); !done)
        return done;
    parts.writeText(m_prompt);
    if (m_turns.partCount() == 0)
        return refuse(JsonPath(root, "prompt"), "holds nothing to answer.");
    return {};
}

} // namespace Gateway
