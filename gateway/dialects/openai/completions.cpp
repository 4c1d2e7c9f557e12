// POST /v1/completions, the API before chat: its prompt is asked as one message of the user.
#include <algorithm>
#include <optional>

#include "gateway/dialects/chatanswerfinish.h"
#include "gateway/dialects/chatrequestfields.h"
#include "gateway/dialects/errors.h"
#include "gateway/dialects/geminianswer.h"
#include "gateway/dialects/openai/chatanswerpieces.h"
#include "gateway/dialects/openai/chatrequest.h"
#include "gateway/dialects/openai/openai.h"

namespace Gateway {

namespace {

constexpr std::size_t MAX_FIRST_BLOCK = 1 << 20;

/// Members that mean the same in a chat.
constexpr std::string_view SAME[] = {
    "model", "stream",           "stream_options",    "temperature", "top_p",      "n",      "stop",
    "seed",  "presence_penalty", "frequency_penalty", "logit_bias",  "max_tokens", "google", "extra_body",
};

Result<std::string_view> promptOf(const json::object &body)
{
    const JsonPath root;
    const JsonPath path(root, "prompt");
    const json::value *prompt = givenField(body, "prompt");
    if (!prompt)
        return refuseMissing(path);
    if (const json::array *list = prompt->if_array()) {
        if (list->size() != 1 || !list->front().is_string())
            return refuse(path, "may be one text: Gemini takes no tokens and one prompt at a time.",
                          "unsupported_value");
        prompt = &list->front();
    }
    const json::string *text = prompt->if_string();
    if (!text)
        return refuseKind(path, "a string");
    if (text->empty())
        return refuse(path, "must not be empty.");
    return std::string_view(*text);
}

/// What Gemini has nothing like is refused; a member that asks for nothing is not.
Result<void> checkUnsupported(const json::object &body)
{
    const JsonPath root;
    const Result<std::string_view> suffix = textField(body, "suffix", root);
    if (!suffix)
        return fail(suffix.error());
    const Result<bool> echo = flagField(body, "echo", root);
    if (!echo)
        return fail(echo.error());
    const Result<std::optional<std::int64_t>> logprobs = wholeField(body, "logprobs", root);
    if (!logprobs)
        return fail(logprobs.error());
    const Result<std::optional<std::int64_t>> best = wholeField(body, "best_of", root);
    if (!best)
        return fail(best.error());
    std::string_view asked;
    if (!suffix->empty())
        asked = "suffix";
    else if (*echo)
        asked = "echo";
    else if (logprobs->has_value())
        asked = "logprobs";
    else if (best->value_or(1) > integerAt(body, "n", 1))
        asked = "best_of";
    if (asked.empty())
        return {};
    return refuse(JsonPath(root, asked), "cannot be honoured: Gemini has nothing like it.",
                  "unsupported_parameter");
}

class OpenAiCompletions final : public Translation
{
public:
    OpenAiCompletions(ChatRequest request, TranslationContext context)
        : m_request(std::move(request))
        , m_context(std::move(context))
    {
        m_head = "{\"id\":";
        std::string_view tail = m_context.requestId;
        if (tail.starts_with("req_"))
            tail.remove_prefix(std::string_view("req_").size());
        appendJsonString(m_head, "cmpl-" + std::string(tail));
        m_head += ",\"object\":\"text_completion\",\"created\":" + std::to_string(m_context.createdSeconds);
        m_head += ",\"model\":";
        appendJsonString(m_head, m_request.model());
        m_head += ",\"choices\":[";
    }

    const std::string &model() const override { return m_request.model(); }
    std::string_view method() const override { return "generateContent"; }
    std::string_view name() const override { return "completions"; }
    bool isStream() const override { return m_request.isStream(); }
    const std::vector<std::string> &wantedSignatures() const override { return m_request.wantedSignatures(); }
    const std::vector<std::string> &wantedMedia() const override { return m_request.wantedMedia(); }
    Result<std::string> geminiBody(const TranslationInputs &inputs) override
    {
        return m_request.geminiBody(inputs);
    }

    void restart() override
    {
        m_choices.clear();
        m_usage = {};
    }
    Result<std::string> answer(std::string_view geminiJson) override;
    Result<void> event(std::string_view geminiJson, std::string &out) override;
    Result<void> finish(std::string &out) override;
    void breakOff(const Error &error, std::string &out) override
    {
        const std::string body = errorBody(Dialect::OpenAi, error);
        out += isStream() ? "data: " + body + "\n\n" : body;
    }

    const TokenCounts &tokens() const override { return m_usage.counts; }
    std::vector<std::pair<std::string, std::string>> takeSignatures() override { return {}; }

private:
    struct Choice
    {
        int index = 0;
        std::string text; ///< Of a whole answer.
        bool saidAnything = false;
        ChatFinish finish;
    };

    template <typename Tell>
    Result<void> read(std::string_view geminiJson, const Tell &tell);
    Choice &choiceAt(int index);
    Result<void> check() const;
    static void appendChoice(std::string &out, const Choice &choice, std::string_view text, bool ends);

    ChatRequest m_request;
    TranslationContext m_context;
    std::string m_head;
    std::vector<Choice> m_choices;
    GeminiUsage m_usage;
};

OpenAiCompletions::Choice &OpenAiCompletions::choiceAt(int index)
{
    const auto found = std::ranges::find(m_choices, index, &Choice::index);
    if (found != m_choices.end())
        return *found;
    m_choices.emplace_back().index = index;
    return m_choices.back();
}

/// Calls `tell` with each text and its choice.
template <typename Tell>
Result<void> OpenAiCompletions::read(std::string_view geminiJson, const Tell &tell)
{
    GeminiAnswer gemini;
    if (Result<void> done = gemini.read(geminiJson); !done)
        return done;
    if (gemini.usage())
        m_usage.read(*gemini.usage());
    if (!gemini.blockReason().empty() && m_choices.empty())
        choiceAt(0).finish = {std::string(gemini.blockReason()), std::string(gemini.blockMessage()), true};
    for (std::size_t i = 0; gemini.candidates() && i < gemini.candidates()->size(); ++i) {
        const GeminiCandidate candidate = GeminiCandidate::read((*gemini.candidates())[i]);
        Choice &choice = choiceAt(candidate.index);
        if (!candidate.finishReason.empty())
            choice.finish = {std::string(candidate.finishReason), std::string(candidate.finishMessage),
                             false};
        for (std::size_t k = 0; candidate.parts && k < candidate.parts->size(); ++k) {
            const GeminiPart part = GeminiPart::read((*candidate.parts)[k]);
            if (part.kind != GeminiPart::Kind::Text || part.isThought || part.text.empty())
                continue;
            choice.saidAnything = true;
            tell(choice, part.text);
        }
    }
    return {};
}

Result<void> OpenAiCompletions::check() const
{
    if (m_choices.empty())
        return fail(502, "empty_upstream_answer", "Gemini ended without an answer.");
    if (isStream() && std::ranges::any_of(m_choices, [](const Choice &c) { return c.finish.reason.empty(); }))
        return fail(502, "incomplete_upstream_answer", "Gemini ended before the answer was complete.");
    if (std::ranges::all_of(m_choices, [](const Choice &c) { return isBrokenCall(c.finish); }))
        return fail(brokenCallError(m_choices.front().finish));
    return {};
}

void OpenAiCompletions::appendChoice(std::string &out, const Choice &choice, std::string_view text, bool ends)
{
    out += "{\"text\":";
    appendJsonString(out, text);
    out += ",\"index\":" + std::to_string(choice.index);
    out += ",\"logprobs\":null,\"finish_reason\":";
    if (ends)
        appendJsonString(out, chatFinishReason(choice.finish, false, {}));
    else
        out += "null";
    out += '}';
}

Result<std::string> OpenAiCompletions::answer(std::string_view geminiJson)
{
    restart();
    Result<void> done = read(geminiJson, [](Choice &choice, std::string_view text) { choice.text += text; });
    if (done)
        done = check();
    if (!done)
        return fail(done.error());
    std::string out = m_head;
    for (const Choice &choice : m_choices) {
        out += &choice == &m_choices.front() ? "" : ",";
        appendChoice(out, choice, choice.text, true);
    }
    out += "],\"usage\":";
    appendChatUsage(out, m_usage);
    return out + '}';
}

Result<void> OpenAiCompletions::event(std::string_view geminiJson, std::string &out)
{
    return read(geminiJson, [this, &out](const Choice &choice, std::string_view text) {
        out += "data: " + m_head;
        appendChoice(out, choice, text, false);
        out += "]}\n\n";
    });
}

Result<void> OpenAiCompletions::finish(std::string &out)
{
    if (Result<void> done = check(); !done)
        return done;
    for (const Choice &choice : m_choices) {
        out += "data: " + m_head;
        appendChoice(out, choice, {}, true);
        out += "]}\n\n";
    }
    if (m_request.includeUsage()) {
        out += "data: " + m_head + "],\"usage\":";
        appendChatUsage(out, m_usage);
        out += "}\n\n";
    }
    out += "data: [DONE]\n\n";
    return {};
}

} // namespace

Result<std::unique_ptr<Translation>> openAiCompletions(std::string_view body,
                                                       const TranslationContext &context)
{
    // The trees live no longer than this function; one allocation holds them in most cases.
    json::monotonic_resource memory(std::min(body.size() * 3, MAX_FIRST_BLOCK) + 4096);
    const Result<json::object> parsed = parseJsonObject(body, &memory);
    if (!parsed)
        return fail(parsed.error());
    if (Result<void> done = checkUnsupported(*parsed); !done)
        return fail(done.error());
    const Result<std::string_view> prompt = promptOf(*parsed);
    if (!prompt)
        return fail(prompt.error());
    json::object chat(&memory);
    for (const std::string_view name : SAME) {
        if (const json::value *value = givenField(*parsed, name))
            chat.emplace(name, *value);
    }
    json::object message({{"role", "user"}, {"content", *prompt}}, &memory);
    chat.emplace("messages", json::array({std::move(message)}, &memory));
    Result<ChatRequest> request = ChatRequest::read(chat, body.size());
    if (!request)
        return fail(std::move(request.error()));
    return std::make_unique<OpenAiCompletions>(std::move(*request), context);
}

} // namespace Gateway
