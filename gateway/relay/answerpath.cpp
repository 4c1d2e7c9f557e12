#include "gateway/relay/answerpath.h"

#include <utility>

#include "gateway/common/json.h"
#include "gateway/relay/relayparts.h"

namespace Gateway {

namespace {

constexpr std::string_view WHOLE = ":generateContent";
constexpr std::string_view STREAM = ":streamGenerateContent";

/// The URL of the same call with `method` in place of `old`, and without or with "alt=sse".
std::string urlFor(std::string_view url, std::string_view old, std::string_view method, bool isSse)
{
    const std::size_t mark = std::min(url.find('?'), url.size());
    std::string made(url.substr(0, mark));
    if (made.ends_with(old))
        made.replace(made.size() - old.size(), old.size(), method);
    std::string query = mark < url.size() ? queryWithout(url.substr(mark + 1), "alt") : std::string();
    if (isSse)
        query += query.empty() ? "alt=sse" : "&alt=sse";
    return query.empty() ? made : made + '?' + query;
}

/// What tells of bytes that are not Google's any more.
bool isOfBytes(std::string_view name)
{
    return equalsIgnoreCase(name, "content-type") || equalsIgnoreCase(name, "content-length") ||
           equalsIgnoreCase(name, "content-encoding") || equalsIgnoreCase(name, "content-disposition");
}

} // namespace

std::shared_ptr<AnswerPath> AnswerPath::make(const RelayOptions &options, const Passage &passage,
                                             const Clock &clock, Pacer::Later later, PathListener &job)
{
    const StreamOptions &streams = options.streams;
    if (streams.isPlain() || passage.kind() != CallKind::Chat)
        return nullptr;
    const std::optional<AnswerShape> shape = passage.geminiShape();
    if (!shape)
        return nullptr;
    Form form = Form::Same;
    if (*shape != AnswerShape::Whole && streams.fakes(passage.model()))
        form = Form::Faked;
    else if (*shape == AnswerShape::Whole && streams.gathers)
        form = Form::Gathered;
    const bool smooths = streams.smooths && *shape != AnswerShape::Whole;
    const bool goesOn =
        streams.truncatedRounds > 0 || (streams.brokenRounds > 0 && *shape != AnswerShape::Whole);
    if (form == Form::Same && !smooths && !goesOn)
        return nullptr;
    return std::shared_ptr<AnswerPath>(
        new AnswerPath(form, *shape, !passage.passesErrorsThrough(), streams, clock, std::move(later), job));
}

AnswerPath::AnswerPath(Form form, AnswerShape shape, bool asksAgainForCalls, const StreamOptions &options,
                       const Clock &clock, Pacer::Later later, PathListener &job)
    : m_form(form)
    , m_shape(shape)
    , m_asksAgainForCalls(asksAgainForCalls)
    , m_job(job)
    , m_frame(shape)
{
    if (options.smooths && shape != AnswerShape::Whole)
        m_pacer.emplace(options.pace, clock, std::move(later), static_cast<PacerListener &>(*this));
    // A whole answer that breaks off was not told: it is asked for anew.
    const AnswerRounds::Limits limits{options.truncatedRounds, isWhole() ? 0 : options.brokenRounds};
    if (limits.truncated > 0 || limits.broken > 0)
        m_rounds.emplace(limits);
}

UpstreamRequest AnswerPath::reworded(UpstreamRequest request, std::string_view model)
{
    if (isGoingOn())
        request.body = m_rounds->body();
    else if (m_rounds)
        m_rounds->setAsked(model, request.body);
    const bool asksWhole = m_form == Form::Faked || (m_form == Form::Same && isWhole());
    m_url = asksWhole ? urlFor(request.url, STREAM, WHOLE, false) : urlFor(request.url, WHOLE, STREAM, true);
    request.url = m_url;
    request.decode = asksWhole; // compression would only delay events
    if (request.headers) {
        m_headers = *request.headers;
        std::erase_if(m_headers,
                      [](const auto &header) { return equalsIgnoreCase(header.first, "accept-encoding"); });
        request.headers = &m_headers;
    }
    return request;
}

void AnswerPath::attemptAnswered(RelayAttempt &attempt, int status, const Headers &headers)
{
    m_attempt = &attempt;
    m_hasEnded = false;
    m_fault.reset();
    m_reader = AnswerReader(headerValue(headers, "content-type"));
    m_out.clear();
    if (m_pacer)
        m_pacer->clear();
    if (!isGoingOn()) {
        m_frame = AnswerFrame(m_shape);
        m_joinBefore.clear();
    }
    m_join = m_joinBefore;
    m_onlyEvent.clear();
    if (m_rounds)
        m_rounds->begin();
    Headers told = headers;
    std::erase_if(told, [](const auto &header) { return isOfBytes(header.first); });
    told.emplace_back("Content-Type", m_frame.contentType());
    m_job.attemptAnswered(attempt, status, told);
}

void AnswerPath::attemptBytes(RelayAttempt &attempt, std::string_view bytes)
{
    const auto self = shared_from_this(); // whatever the job does with what it is told
    std::optional<AnswerFault> fault = m_reader.feed(bytes, [this](std::string_view json) { take(json); });
    if (m_attempt != &attempt)
        return;
    if (!fault)
        fault = std::exchange(m_fault, std::nullopt);
    if (fault)
        failWith(*fault);
    else
        deliver();
}

void AnswerPath::attemptEnded(RelayAttempt &attempt)
{
    const auto self = shared_from_this();
    m_hasEnded = m_attempt == &attempt;
    std::optional<AnswerFault> fault = m_reader.finish([this](std::string_view json) { take(json); });
    if (m_attempt != &attempt)
        return;
    if (!fault)
        fault = std::exchange(m_fault, std::nullopt);
    if (!fault && m_rounds && m_rounds->isBroken())
        fault = AnswerFault{Error{502, "bad_upstream_answer", "Gemini's answer has no end.", {}, 0}, {}};
    if (!fault && m_rounds)
        m_rounds->finish([this](std::string_view told) { pass(told); });
    if (m_attempt != &attempt)
        return;
    if (fault)
        failWith(*fault);
    else if (m_pacer)
        m_pacer->end();
    else
        toldAll();
}

/// What came before the fault is good.
void AnswerPath::failWith(const AnswerFault &fault)
{
    attemptFailed(*m_attempt, m_attempt->failureOf(fault));
}

void AnswerPath::attemptFailed(RelayAttempt &attempt, AttemptFailure failure)
{
    const auto self = shared_from_this();
    if (m_attempt == &attempt) {
        if (m_rounds)
            m_rounds->finish([this](std::string_view told) { pass(told); });
        if (m_pacer)
            m_pacer->release();
        deliver();
        if (m_attempt != &attempt)
            return;
    }
    m_job.attemptFailed(attempt, std::move(failure));
}

void AnswerPath::take(std::string_view json)
{
    if (!m_attempt || m_fault)
        return;
    m_fault = AnswerReader::faultIn(json);
    if (!m_fault && m_asksAgainForCalls && m_form == Form::Faked)
        m_fault = AnswerReader::brokenCallIn(json);
    if (m_fault)
        return;
    if (m_rounds)
        m_rounds->event(json, [this](std::string_view told) { pass(told); });
    else
        pass(json);
}

void AnswerPath::pass(std::string_view json)
{
    if (m_pacer)
        m_pacer->add(json);
    else
        tell(json);
}

void AnswerPath::pacedEvent(std::string_view json)
{
    tell(json);
}

void AnswerPath::tell(std::string_view json)
{
    if (!isWhole()) {
        m_frame.event(json, m_out);
        return;
    }
    m_onlyEvent = m_join.isEmpty() ? json : std::string_view();
    if (Result<json::object> event = parseJsonObject(json))
        m_join.add(std::move(*event));
}

void AnswerPath::deliver()
{
    if (m_out.empty() || !m_attempt)
        return;
    const std::string out = std::exchange(m_out, {});
    m_job.attemptBytes(*m_attempt, out);
}

void AnswerPath::toldAll()
{
    RelayAttempt *attempt = m_attempt;
    if (!attempt)
        return;
    const bool isCut = m_rounds && m_rounds->isCut();
    if (!isCut)
        close();
    deliver();
    if (m_attempt != attempt)
        return;
    if (isCut)
        m_job.answerCut(*attempt);
    else
        m_job.attemptEnded(*attempt);
}

/// What ends the passage's answer; a whole one in Google's own bytes where it came as one.
void AnswerPath::close()
{
    if (!isWhole())
        m_frame.end(m_out);
    else
        m_out = m_onlyEvent.empty() ? m_join.answer() : m_onlyEvent;
}

void AnswerPath::goOnAfterCut()
{
    m_joinBefore = m_join;
    m_rounds->goOnAfterCut();
}

std::string AnswerPath::cutEnd()
{
    if (!isWaiting() || m_rounds->cutEnd().empty())
        return {};
    m_join = m_joinBefore;
    tell(m_rounds->cutEnd());
    close();
    return std::exchange(m_out, {});
}

std::optional<std::int64_t> AnswerPath::inputTokens() const
{
    return m_rounds ? std::optional(m_rounds->inputTokens()) : std::nullopt;
}

void AnswerPath::pacedFull(bool isFull)
{
    if (!m_attempt || m_hasEnded)
        return;
    if (isFull)
        m_attempt->pause();
    else if (!m_isClientSlow)
        m_attempt->resume();
}

void AnswerPath::pause()
{
    m_isClientSlow = true;
    if (m_pacer)
        m_pacer->hold();
    if (m_attempt && !m_hasEnded)
        m_attempt->pause();
}

void AnswerPath::resume()
{
    m_isClientSlow = false;
    if (m_pacer)
        m_pacer->go();
    if (m_attempt && !m_hasEnded && !(m_pacer && m_pacer->isFull()))
        m_attempt->resume();
}

void AnswerPath::forget(const RelayAttempt &attempt)
{
    if (m_attempt != &attempt)
        return;
    m_attempt = nullptr;
    m_out.clear();
    if (m_pacer)
        m_pacer->clear();
}

} // namespace Gateway
