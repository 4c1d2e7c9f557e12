#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/dialects/translation.h"
#include "tests/dialects/roundtrip/talk.h"

namespace RoundTrip {

/// What a client finds in an answer.
struct Heard
{
    std::vector<std::string> lines; ///< As replyLines().
    std::string finish;             ///< "stop", "length", "filter", "calls".
    std::int64_t input = 0;         ///< Tokens.
    std::int64_t output = 0;
};

/// A client of one dialect: writes requests and reads answers as that dialect's own documentation has them.
class Face
{
public:
    virtual ~Face() = default;

    virtual Abilities abilities() const = 0;
    /// The request of `talk`, with what Wishes has for it; whatever it leaves open is chosen by `dice`.
    virtual json::object request(const Talk &talk, Dice &dice) const = 0;
    virtual Gateway::Result<std::unique_ptr<Gateway::Translation>> parse(std::string_view body) const = 0;

    /// Asks for a stream and for thoughts.
    virtual void askForAll(json::object &request, bool stream) const = 0;
    /// A streamed answer as the whole one would be; throws where it breaks the dialect's rules.
    virtual json::object joined(std::string_view stream) const = 0;
    virtual Heard heard(const json::object &answer) const = 0;
    /// Whether texts and calls are told in the order Gemini has them; else texts first.
    virtual bool keepsOrder() const = 0;
    /// Whether they go back to Gemini in that order.
    virtual bool returnsOrder() const { return keepsOrder(); }
    /// Whether a text's own signature, which Gemini asks for but does without, always comes back.
    virtual bool keepsTextSignatures() const = 0;
    /// The next request: the answer as it came and results of its calls, or a word of the user's. `forgetful`
    /// clients send back nothing but what OpenAI and its like have: no signatures.
    virtual json::object next(json::object request, const json::object &answer, bool forgetful) const = 0;
};

/// `tools` in the form that OpenAI's chats and Ollama share.
void addFunctionTools(json::object &request, const std::vector<Tool> &tools);

const Face &chatFace();
const Face &responsesFace();
const Face &anthropicFace();
const Face &ollamaFace();

} // namespace RoundTrip
