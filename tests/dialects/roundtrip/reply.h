#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tests/dialects/roundtrip/talk.h"

namespace RoundTrip {

/// Gemini's answer, in parts.
struct Reply
{
    struct Part
    {
        enum class Kind : std::uint8_t { Thought, Text, Call };

        Kind kind = Kind::Text;
        std::string text{};
        std::string id{}; ///< Of a call; may be empty.
        std::string name{};
        json::object args{};
        std::string signature{};
    };

    std::vector<Part> parts;
    std::string finish; ///< Google's word.
    std::int64_t promptTokens = 0;
    std::int64_t cachedTokens = 0; ///< Of the prompt's.
    std::int64_t thoughtTokens = 0;
    std::int64_t answerTokens = 0;
};

/// `isOlder`: of a model that gives no ids. `mixed`: texts may follow calls.
Reply randomReply(bool isOlder, bool mixed, Dice &dice);

/// The answer of generateContent.
json::object wholeJson(const Reply &reply);
/// The same as events of streamGenerateContent, with texts cut and parts gathered at random places. A text's
/// signature comes in an empty text behind it, as Gemini sends it.
std::vector<std::string> eventsOf(const Reply &reply, Dice &dice);

/// The lines that say what an answer holds: neighbouring texts are one.
class ReplyLines
{
public:
    void thought(std::string_view text) { add("thinks ", text); }
    void text(std::string_view text) { add("says ", text); }
    void call(std::string_view name, const json::object &args);
    std::vector<std::string> take();

private:
    void add(std::string_view what, std::string_view text);
    void flush();

    std::vector<std::string> m_lines;
    std::string_view m_what;
    std::string m_text;
};

/// What a client must find; `keepsOrder` as Face::keepsOrder().
std::vector<std::string> replyLines(const Reply &reply, bool keepsOrder);
/// What Gemini must be told of this answer when the conversation goes on: the lines of its turn, as
/// geminiLines() has them, neighbouring texts joined and call ids left out. `signsTexts`: with signatures of
/// texts, not of calls alone.
std::vector<std::string> turnLines(const Reply &reply, bool keepsOrder, bool signsTexts);
/// The lines of the last turn of the model in a request to Gemini, in that form.
std::vector<std::string> lastModelTurn(const json::object &request, bool signsTexts);

} // namespace RoundTrip
