#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/common/json.h"
#include "gateway/common/result.h"
#include "gateway/dialects/jsonpath.h"
#include "gateway/dialects/ollama/turnprint.h"
#include "gateway/dialects/requestdraft.h"
#include "gateway/dialects/translation.h"

namespace Gateway {

enum class OllamaCall : std::uint8_t { Chat, Generate };

/// What a request asks of the answer.
struct OllamaOptions
{
    OllamaCall call = OllamaCall::Chat;
    std::string model; ///< Gemini's id, without "models/".
    bool stream = true;
    bool showThoughts = false;
    std::vector<std::string> stops; ///< Stop texts beyond those that Gemini takes.
    TurnPrint print;                ///< Of the turn that the answer belongs to.
    bool keepsTurns = false;        ///< The answer tells a `context` that goes on from `turns`.
    std::string turns;   ///< Earlier turns of a `context` and this one's question, see ollamacontext.h.
    std::string ignored; ///< Runtime options that Gemini has nothing like: "num_ctx, mirostat".
};

/// The request half of POST /api/chat and /api/generate: Ollama's JSON → the body of Gemini's
/// generateContent. Unlike other dialects this one holds a conversation to no rules, as Ollama does not: a
/// tool call without a result and a result without a call are told to the model as what they are.
class OllamaRequest
{
public:
    /// `body` is the client's JSON with something to answer in it; nothing of it is kept by reference. Fails
    /// with the client's 400, whose `param` is a path such as "messages[3].images[0]".
    static Result<OllamaRequest> parse(const json::object &body, std::size_t bodySize, OllamaCall call);

    const OllamaOptions &options() const { return m_options; }
    const std::vector<std::string> &wantedSignatures() const { return m_draft.wantedSignatures(); }
    const std::vector<std::string> &wantedMedia() const { return m_draft.wantedMedia(); }

    /// The body for Gemini; to be called once.
    Result<std::string> geminiBody(const TranslationInputs &inputs) { return m_draft.finish(inputs); }

private:
    Result<void> write(const json::object &body, std::size_t bodySize);

    OllamaOptions m_options;
    RequestDraft m_draft;
};

/// The model a request of this dialect names, as `model` or, in older clients, `name`: Gemini's id without
/// ":latest".
Result<std::string> ollamaModel(const json::object &body);

/// Adds the name of a member to a list as in OllamaOptions::ignored; only a name such as Ollama's options
/// have, since it becomes part of a header.
void addIgnored(std::string &list, std::string_view name);

} // namespace Gateway
