#include "gateway/relay/translatedpassage.h"

#include "gateway/relay/emptiness.h"

namespace Gateway {

namespace {

constexpr std::int64_t SIGNATURE_LIFE_MS = 30LL * 86'400'000; // how long a conversation may be resumed
constexpr std::size_t MAX_WHOLE_ANSWER = 256u * 1024 * 1024;
constexpr std::size_t LONGEST_EMPTY_ANSWER = 4096; // no answer with nothing in it is longer
constexpr int BAD_ANSWER = 502;

const Headers JSON_HEADERS{{"Content-Type", "application/json"}};

/// A model id in a path: everything but slashes is escaped where needed.
std::string pathOfModel(const std::string &model)
{
    std::string path = model.starts_with("tunedModels/") ? "" : "models/";
    std::size_t from = 0;
    while (true) {
        const std::size_t slash = model.find('/', from);
        path += percentEncoded(std::string_view(model).substr(from, slash - from));
        if (slash == std::string::npos)
            return path;
        path += '/';
        from = slash + 1;
    }
}

} // namespace

std::int64_t signatureEndMs(std::int64_t nowMs)
{
    return nowMs + SIGNATURE_LIFE_MS;
}

TranslatedPassage::TranslatedPassage(Wording wording, Reword reword, std::string_view googleHost,
                                     KeyedMemory &signatures, const Clock &clock, std::int64_t arrivedMs)
    : m_translation(std::move(wording.translation))
    , m_body(std::move(wording.body))
    , m_reword(std::move(reword))
    , m_googleHost(googleHost)
    , m_signatures(signatures)
    , m_clock(clock)
    , m_arrivedMs(arrivedMs)
{
    setUrl();
    tellTime();
}

void TranslatedPassage::tellTime()
{
    m_translation->setTime({m_clock.nowMs(), m_clock.monotonicMs() - m_arrivedMs});
}

void TranslatedPassage::setUrl()
{
    m_url = m_googleHost;
    m_url += "/v1beta/";
    m_url += pathOfModel(m_translation->model());
    m_url += ':';
    m_url += m_translation->asksStream() ? std::string_view("streamGenerateContent?alt=sse")
                                         : m_translation->method();
}

CallKind TranslatedPassage::kind() const
{
    const std::string_view method = m_translation->method();
    if (method == "countTokens")
        return CallKind::Count;
    return method == "generateContent" ? CallKind::Chat : CallKind::Other;
}

Result<void> TranslatedPassage::changeModel(const std::string &model)
{
    Result<Wording> wording = m_reword(model);
    if (!wording)
        return tl::unexpected<Error>(std::move(wording.error()));
    m_translation = std::move(wording->translation);
    m_body = std::move(wording->body);
    setUrl();
    tellTime();
    return {};
}

const std::string &TranslatedPassage::model() const
{
    return m_translation->model();
}

std::string_view TranslatedPassage::name() const
{
    return m_translation->name();
}

std::optional<AnswerShape> TranslatedPassage::geminiShape() const
{
    // What ends as soon as it has all that it wants is asked for as it needs it.
    if (!m_translation->isChat() || m_translation->asksStream() != isStream())
        return std::nullopt;
    return isStream() ? AnswerShape::Sse : AnswerShape::Whole;
}

bool TranslatedPassage::isStream() const
{
    return m_translation->isStream();
}

UpstreamRequest TranslatedPassage::upstream() const
{
    UpstreamRequest up;
    up.method = "POST";
    up.url = m_url;
    up.headers = &JSON_HEADERS;
    up.body = m_body;
    up.hasBody = true;
    up.decode = !m_translation->asksStream(); // compression would only delay events
    return up;
}

void TranslatedPassage::open(int, const Headers &, KeyId)
{
    m_head = earlyHead();
    m_gathered.clear();
    m_received = 0;
    m_hasTold = false;
    m_reader = SseReader();
    m_translation->restart();
}

PassageHead TranslatedPassage::earlyHead() const
{
    PassageHead head;
    head.contentType = isStream() ? m_translation->streamContentType() : m_translation->contentType();
    if (isStream())
        head.headers.emplace_back("Cache-Control", "no-cache");
    if (const std::string_view warning = m_translation->warning(); !warning.empty())
        head.headers.emplace_back("X-Gateway-Warning", warning);
    return head;
}

std::optional<AnswerFault> TranslatedPassage::bytes(std::string_view bytes, std::string &out)
{
    m_received += bytes.size();
    if (!isStream() && m_received > MAX_WHOLE_ANSWER)
        return AnswerFault{Error{BAD_ANSWER, "answer_too_large", "Gemini's answer is too large.", {}, 0}, {}};
    if (!m_translation->asksStream()) {
        m_gathered += bytes;
        return std::nullopt;
    }
    tellTime();
    std::optional<AnswerFault> fault;
    const bool fits = m_reader.feed(bytes, [&](std::string_view, std::string_view data) {
        if (fault || m_translation->isComplete())
            return;
        m_hasTold = m_hasTold || tellsSomething(data);
        const Result<void> told = m_translation->event(data, out);
        if (!told)
            fault = AnswerFault{told.error(), std::string(data)};
    });
    if (!fits && !fault)
        fault =
            AnswerFault{Error{BAD_ANSWER, "event_too_large", "One event of Gemini is too large.", {}, 0}, {}};
    keepSignatures();
    return fault;
}

std::optional<AnswerFault> TranslatedPassage::more(std::string &out)
{
    if (const Result<void> done = m_translation->more(out); !done)
        return AnswerFault{done.error(), {}};
    return std::nullopt;
}

std::optional<AnswerFault> TranslatedPassage::finish(std::string &out)
{
    tellTime();
    if (!m_translation->asksStream()) {
        m_hasTold = m_gathered.size() > LONGEST_EMPTY_ANSWER || tellsSomething(m_gathered);
        Result<std::string> answer = m_translation->answer(m_gathered);
        keepSignatures();
        if (!answer)
            return AnswerFault{answer.error(), {}};
        out += *answer;
        return std::nullopt;
    }
    const std::string_view tail = trimmed(m_reader.rest());
    if (!tail.empty() &&
        !m_translation->isComplete()) { // an event without its empty line, or an error told without "data:"
        const std::string_view data = tail.starts_with("data:") ? trimmed(tail.substr(5)) : tail;
        m_hasTold = m_hasTold || tellsSomething(data);
        if (const Result<void> told = m_translation->event(data, out); !told)
            return AnswerFault{told.error(), std::string(data)};
    }
    const Result<void> finished = m_translation->finish(out);
    keepSignatures();
    if (!finished)
        return AnswerFault{finished.error(), {}};
    return std::nullopt;
}

bool TranslatedPassage::breakOff(const Error &error, std::string &out)
{
    if (!m_translation->tellsBreaks())
        return false;
    m_translation->breakOff(error, out);
    return true;
}

TokenCounts TranslatedPassage::tokens()
{
    return m_translation->tokens();
}

void TranslatedPassage::keepSignatures()
{
    for (auto &[callId, signature] : m_translation->takeSignatures())
        m_signatures.put(std::move(callId), std::move(signature), signatureEndMs(m_clock.nowMs()));
}

} // namespace Gateway
