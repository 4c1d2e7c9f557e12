#include <optional>

#include "gateway/dialects/anthropic/anthropic.h"
#include "gateway/dialects/anthropic/messageblocks.h"
#include "gateway/dialects/anthropic/messagesrequest.h"
#include "gateway/dialects/anthropic/messagewriters.h"
#include "gateway/dialects/errors.h"

namespace Gateway {

namespace {

/// The request half and, for each attempt anew, the half of the answer that the request asks for.
class AnthropicMessages final : public Translation
{
public:
    AnthropicMessages(MessagesRequest request, const TranslationContext &context)
        : m_request(std::move(request))
        , m_context(context)
    {
        restart();
    }

    const std::string &model() const override { return m_request.options().model; }
    std::string_view method() const override { return "generateContent"; }
    std::string_view name() const override { return "messages"; }
    bool isStream() const override { return m_request.options().stream; }
    /// Also where the end of a whole answer is looked for here: Gemini need not finish what is cut off.
    bool asksStream() const override { return isStream() || !m_request.options().stops.empty(); }
    bool isComplete() const override { return m_blocks->isCut(); }
    const std::vector<std::string> &wantedSignatures() const override { return m_request.wantedSignatures(); }
    const std::vector<std::string> &wantedMedia() const override { return m_request.wantedMedia(); }

    std::string ignored() const override { return m_request.options().ignored; }
    std::optional<CacheMark> cacheMark() const override { return m_request.cacheMark(); }

    Result<std::string> geminiBody(const TranslationInputs &inputs) override
    {
        return m_request.geminiBody(inputs);
    }

    void restart() override
    {
        m_blocks.emplace(m_request.options(), m_context);
        m_content = ContentWriter();
        m_events = EventWriter();
        m_hasBegun = false;
    }

    Result<std::string> answer(std::string_view geminiJson) override;
    Result<void> event(std::string_view geminiJson, std::string &out) override;
    Result<void> finish(std::string &out) override;
    void breakOff(const Error &error, std::string &out) override;

    const TokenCounts &tokens() const override { return m_blocks->tokens(); }

    std::vector<std::pair<std::string, std::string>> takeSignatures() override
    {
        return m_blocks->takeSignatures();
    }

private:
    void appendHead(std::string &out) const;
    Result<void> finishWhole(std::string &out, bool stream);

    MessagesRequest m_request;
    TranslationContext m_context;
    std::optional<MessageBlocks> m_blocks;
    ContentWriter m_content; ///< Of a whole answer.
    EventWriter m_events;
    std::string m_first; ///< Events of a stream's first answer, until message_start stands before them.
    bool m_hasBegun = false;
};

/// A message up to its content.
void AnthropicMessages::appendHead(std::string &out) const
{
    out += "{\"id\":";
    appendJsonString(out, messageId(m_context));
    out += R"(,"type":"message","role":"assistant","model":)";
    appendJsonString(out, model());
    out += ",\"content\":[";
}

Result<std::string> AnthropicMessages::answer(std::string_view geminiJson)
{
    std::string out;
    out.reserve(geminiJson.size() + 512);
    if (Result<void> added = m_blocks->add(geminiJson, m_content); !added)
        return fail(std::move(added.error()));
    if (Result<void> ended = finishWhole(out, false); !ended)
        return fail(std::move(ended.error()));
    return out;
}

/// `stream`: it came as one.
Result<void> AnthropicMessages::finishWhole(std::string &out, bool stream)
{
    if (Result<void> ended = m_blocks->finish(m_content, stream); !ended)
        return ended;
    appendHead(out);
    out += m_content.json();
    out += "],";
    m_blocks->appendStop(out);
    out += ",\"usage\":";
    m_blocks->appendUsage(out);
    out += '}';
    return {};
}

/// message_start tells the tokens of the question, which come with the first event.
Result<void> AnthropicMessages::event(std::string_view geminiJson, std::string &out)
{
    if (!isStream())
        return m_blocks->add(geminiJson, m_content);
    m_first.clear();
    m_events.setOut(m_hasBegun ? out : m_first);
    if (Result<void> added = m_blocks->add(geminiJson, m_events); !added)
        return added;
    if (std::exchange(m_hasBegun, true))
        return {};
    out += "event: message_start\ndata: {\"type\":\"message_start\",\"message\":";
    appendHead(out);
    out += R"(],"stop_reason":null,"stop_sequence":null,"usage":)";
    m_blocks->appendUsage(out);
    out += "}}\n\n";
    out += m_first;
    return {};
}

Result<void> AnthropicMessages::finish(std::string &out)
{
    if (!isStream())
        return finishWhole(out, true);
    m_events.setOut(out);
    if (Result<void> ended = m_blocks->finish(m_events, true); !ended)
        return ended;
    out += "event: message_delta\ndata: {\"type\":\"message_delta\",\"delta\":{";
    m_blocks->appendStop(out);
    out += "},\"usage\":";
    m_blocks->appendUsage(out);
    out += "}\n\nevent: message_stop\ndata: {\"type\":\"message_stop\"}\n\n";
    return {};
}

void AnthropicMessages::breakOff(const Error &error, std::string &out)
{
    out += "event: error\ndata: ";
    out += errorBody(Dialect::Anthropic, error, m_context.requestId);
    out += "\n\n";
}

} // namespace

Result<std::unique_ptr<Translation>> anthropicMessages(std::string_view body,
                                                       const TranslationContext &context)
{
    Result<MessagesRequest> request =
        MessagesRequest::parse(body, MessagesRequest::Kind::Message, context.findsCacheMark);
    if (!request)
        return fail(std::move(request.error()));
    return std::make_unique<AnthropicMessages>(std::move(*request), context);
}

} // namespace Gateway
