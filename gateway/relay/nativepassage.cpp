#include "gateway/relay/nativepassage.h"

#include <algorithm>
#include <charconv>

#include "gateway/common/json.h"
#include "gateway/dialects/errors.h"
#include "gateway/relay/emptiness.h"
#include "gateway/relay/owners.h"
#include "gateway/relay/resources.h"
#include "gateway/telemetry/inflatetap.h"

namespace Gateway {

namespace {

/// Up to here a whole answer is gathered before it goes down.
constexpr std::size_t GATHER_BYTES = 64u * 1024;

/// What was made is named in one of a stream's first events (interaction.created).
constexpr int EVENTS_THAT_NAME = 4;

/// No answer with nothing in it is longer.
constexpr std::size_t LONGEST_EMPTY_ANSWER = 4096;

/// Of Google's headers, those that belong to its connection or are ours to tell.
bool isOwn(std::string_view name)
{
    switch (name.size()) {
    case 4:
        return equalsIgnoreCase(name, "date");
    case 6:
        return equalsIgnoreCase(name, "server");
    case 7:
        return equalsIgnoreCase(name, "alt-svc");
    case 10:
        return equalsIgnoreCase(name, "connection") || equalsIgnoreCase(name, "keep-alive") ||
               equalsIgnoreCase(name, "set-cookie");
    case 12:
        return equalsIgnoreCase(name, "x-request-id") || equalsIgnoreCase(name, "content-type");
    case 14:
        return equalsIgnoreCase(name, "content-length");
    case 17:
        return equalsIgnoreCase(name, "transfer-encoding");
    default:
        return startsWithIgnoreCase(name, "access-control-");
    }
}

/// The JSON of the first event in `events` ("data: {…}\r\n\r\n…"), or of the first element of an array
/// ("[{…}").
std::string_view dataOf(std::string_view events)
{
    if (!events.starts_with("data:"))
        return trimmed(events.substr(std::min(events.find('{'), events.size())));
    const std::size_t end = std::min(events.find("\n\n"), events.find("\r\n\r\n"));
    return trimmed(events.substr(5, end == std::string_view::npos ? end : end - 5));
}

std::string_view usageNameOf(AnswerWords words)
{
    return words == AnswerWords::Gemini ? UsageScanner::GEMINI : UsageScanner::OTHERS;
}

Dialect dialectOf(AnswerWords words)
{
    return words == AnswerWords::OpenAi ? Dialect::OpenAi : Dialect::Gemini;
}

/// The error event of interactions, whose errors have a shape of their own.
std::string interactionError(const Error &error)
{
    return toJson(json::object{{"event_type", "error"},
                               {"error", json::object{{"code", error.code}, {"message", error.text}}}});
}

CallKind kindOf(std::string_view method)
{
    if (method == "generateContent" || method == "streamGenerateContent" || method == OPENAI_CHAT)
        return CallKind::Chat;
    return method == "countTokens" ? CallKind::Count : CallKind::Other;
}

} // namespace

NativePassage::NativePassage(const ClientRequest &request, NativeRequest native, KeyedMemory &owners,
                             const Clock &clock, NativeBody body)
    : m_request(request)
    , m_native(std::move(native))
    , m_body(std::move(body))
    , m_kind(kindOf(m_native.method))
    , m_owners(owners)
    , m_clock(clock)
    , m_gate(m_native.shape)
{
}

bool NativePassage::mayChangeModel() const
{
    // A generateContentRequest inside countTokens names its model once more.
    return m_native.namesModel && m_native.resources.empty() &&
           (m_kind == CallKind::Chat ||
            (m_kind == CallKind::Count &&
             m_request.body.find("\"generateContentRequest\"") == std::string::npos));
}

Result<void> NativePassage::changeModel(const std::string &model)
{
    Result<void> written = m_body.write(m_request.body, m_native, model);
    if (written)
        Gateway::changeModel(m_native, model);
    return written;
}

UpstreamRequest NativePassage::upstream() const
{
    UpstreamRequest up;
    up.method = m_request.method;
    up.url = m_native.url;
    up.headers = &m_request.headers;
    up.keyIsBearer = m_native.words == AnswerWords::OpenAi;
    up.body = m_body.text(m_request.body);
    up.hasBody = m_request.method != "GET" && m_request.method != "HEAD" &&
                 (!m_request.body.empty() || m_request.method != "DELETE");
    return up;
}

std::optional<AnswerShape> NativePassage::geminiShape() const
{
    // An answer of chosen fields, or in another format, has not all that is looked for.
    const std::string alt = queryValue(m_request.query, "alt");
    const bool isPartial = !queryValue(m_request.query, "fields").empty() ||
                           !queryValue(m_request.query, "$fields").empty() ||
                           (!alt.empty() && alt != "sse" && alt != "json");
    if (m_native.words != AnswerWords::Gemini || isPartial)
        return std::nullopt;
    return m_native.shape;
}

void NativePassage::open(int status, const Headers &headers, KeyId key)
{
    m_head = PassageHead{};
    m_head.status = status;
    m_head.contentType = headerValue(headers, "content-type");
    m_key = key;
    m_gathered.clear();
    m_eventsSeen = 0;
    m_hasTold = m_native.words != AnswerWords::Gemini; // what is empty is known in Gemini's words only
    m_flowing = false;
    m_gate = StreamGate(m_native.shape);
    m_plain = true;
    m_usage = UsageScanner(usageNameOf(m_native.words));
    for (const auto &[name, value] : headers)
        takeHeader(name, value);
    const bool isEvents = startsWithIgnoreCase(m_head.contentType, "text/event-stream");
    const bool isJson = startsWithIgnoreCase(m_head.contentType, "application/json");
    m_framed = m_plain && ((m_native.shape == AnswerShape::Sse && isEvents) ||
                           (m_native.shape == AnswerShape::JsonArray && isJson));
}

void NativePassage::takeHeader(const std::string &name, const std::string &value)
{
    if (equalsIgnoreCase(name, "content-length")) {
        std::from_chars(value.data(), value.data() + value.size(), m_head.contentLength);
        return;
    }
    if (isOwn(name))
        return;
    if (equalsIgnoreCase(name, "content-encoding") && !equalsIgnoreCase(value, "identity")) {
        m_plain = false;
        m_usage.setEncoding(value);
    }
    if (equalsIgnoreCase(name, "x-goog-upload-url") || equalsIgnoreCase(name, "x-goog-upload-control-url") ||
        equalsIgnoreCase(name, "location")) {
        const std::string session = uploadName(value);
        if (!session.empty())
            m_owners.put(session, std::to_string(m_key), ownershipEndMs(session, m_clock.nowMs()));
        m_head.headers.emplace_back(name, rewrittenUploadUrl(value));
        return;
    }
    m_head.headers.emplace_back(name, value);
}

std::string NativePassage::rewrittenUploadUrl(std::string_view url) const
{
    const std::size_t scheme = url.find("://");
    if (scheme == std::string_view::npos)
        return std::string(url);
    const std::size_t path = url.find('/', scheme + 3);
    const std::string_view target = path == std::string_view::npos ? std::string_view("/") : url.substr(path);
    const std::size_t mark = target.find('?');
    std::string rewritten = m_request.origin;
    rewritten += target.substr(0, mark);
    if (mark != std::string_view::npos) {
        const std::string query = queryWithout(target.substr(mark + 1), "key");
        if (!query.empty())
            rewritten += '?' + query;
    }
    return rewritten;
}

PassageHead NativePassage::earlyHead() const
{
    PassageHead early;
    early.contentType =
        m_native.shape == AnswerShape::Sse ? "text/event-stream" : "application/json; charset=UTF-8";
    return early;
}

std::optional<AnswerFault> NativePassage::bytes(std::string_view bytes, std::string &out)
{
    m_usage.feed(bytes);
    if (m_framed) {
        const std::size_t before = out.size();
        m_gate.feed(bytes, out);
        noteContent(std::string_view(out).substr(before));
        if (m_native.hasSideEffects && m_eventsSeen < EVENTS_THAT_NAME)
            rememberFromEvents(std::string_view(out).substr(before));
        // Inside a text Google escapes the quotes, so this word means a member of that name.
        if (std::string_view(out).substr(before).find("\"error\"") == std::string_view::npos)
            return std::nullopt;
        return faultFrom(before, out);
    }
    if (m_flowing) {
        out += bytes;
        return std::nullopt;
    }
    m_gathered += bytes;
    const bool isJson = startsWithIgnoreCase(m_head.contentType, "application/json");
    if ((isStream() && !isJson) || m_gathered.size() > GATHER_BYTES) {
        m_flowing = true;
        m_hasTold = true;
        out += m_gathered;
        m_gathered.clear();
    }
    return std::nullopt;
}

std::optional<AnswerFault> NativePassage::faultFrom(std::size_t at, std::string &out) const
{
    while (at < out.size()) {
        if (std::optional<AnswerFault> fault = faultIn(std::string_view(out).substr(at))) {
            out.resize(at); // what came before it is good
            return fault;
        }
        const std::size_t next = out.find("\ndata:", at);
        if (next == std::string::npos)
            break;
        at = next + 1;
    }
    return std::nullopt;
}

std::optional<AnswerFault> NativePassage::faultIn(std::string_view event) const
{
    constexpr std::size_t ERROR_WITHIN = 64; // an error event begins with its "error" member
    if (event.substr(0, ERROR_WITHIN).find("\"error\"") == std::string_view::npos)
        return std::nullopt;
    const std::string_view json = dataOf(event);
    const Result<json::object> parsed = parseJsonObject(json);
    if (!parsed || !parsed->if_contains("error"))
        return std::nullopt;
    const json::object *error = objectAt(*parsed, "error");
    const int status = error ? static_cast<int>(integerAt(*error, "code", 500)) : 500;
    return AnswerFault{errorFromGemini(status, json), std::string(json)};
}

std::optional<AnswerFault> NativePassage::finish(std::string &out)
{
    if (!m_framed) {
        if (m_gathered.size() > LONGEST_EMPTY_ANSWER)
            m_hasTold = true;
        else
            noteContent(inflated(m_gathered, headerValue(m_head.headers, "content-encoding"), GATHER_BYTES));
        out += m_gathered;
        rememberOwners();
        return std::nullopt;
    }
    const std::string_view tail = trimmed(m_gate.rest());
    if (m_native.shape == AnswerShape::Sse &&
        tail.starts_with('{')) // Google tells some errors without "data:"
        return AnswerFault{errorFromGemini(500, tail), std::string(tail)};
    noteContent(m_gate.rest());
    m_gate.release(out);
    return std::nullopt;
}

void NativePassage::noteContent(std::string_view json)
{
    if (m_kind == CallKind::Chat && !m_hasTold)
        m_hasTold = tellsSomething(json);
}

void NativePassage::rememberOwners()
{
    if (!m_native.hasSideEffects || m_gathered.empty())
        return;
    const std::string_view encoding = headerValue(m_head.headers, "content-encoding");
    rememberNamed(inflated(m_gathered, encoding, GATHER_BYTES * 16));
}

void NativePassage::rememberFromEvents(std::string_view events)
{
    for (std::size_t at = 0; at < events.size() && m_eventsSeen < EVENTS_THAT_NAME;) {
        const std::size_t data = events.find("data:", at);
        if (data == std::string_view::npos)
            return;
        ++m_eventsSeen;
        rememberNamed(dataOf(events.substr(data)));
        at = data + 1;
    }
}

void NativePassage::rememberNamed(std::string_view json)
{
    for (std::string &name : createdResources(m_native.path, json)) {
        const std::int64_t until = ownershipEndMs(name, m_clock.nowMs());
        const bool isCredential = name.starts_with(CREDENTIAL);
        m_owners.put(std::move(name), ownerText(m_key, isCredential ? m_request.tokenName : ""), until);
    }
}

bool NativePassage::breakOff(const Error &error, std::string &out)
{
    if (!m_framed && m_flowing)
        return false;
    if (m_native.words == AnswerWords::Interactions && m_native.shape == AnswerShape::Sse) {
        out += "event: error\n";
        m_gate.breakOff(interactionError(error), out);
        return true;
    }
    m_gate.breakOff(errorBody(dialectOf(m_native.words), error, m_request.id), out);
    return true;
}

TokenCounts NativePassage::tokens()
{
    return m_usage.tokens();
}

} // namespace Gateway
