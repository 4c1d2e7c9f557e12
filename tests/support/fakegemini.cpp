#include "tests/support/fakegemini.h"

#include <algorithm>
#include <chrono>

#include "tests/support/fakecheck.h"
#include "tests/support/fakeembed.h"
#include "tests/support/fakeinteractions.h"
#include "tests/support/fakelive.h"
#include "tests/support/fakeopenai.h"

namespace TestSupport {

namespace {

using Gateway::headerValue;
using Gateway::queryValue;
using Gateway::stringAt;

constexpr std::string_view CONTROL = "/__control/";
constexpr std::string_view VERSIONS[] = {"/v1beta/", "/v1/", "/v1alpha/"};
constexpr std::size_t USUAL_MODELS = 50;
/// Vertex AI in express mode; its keys begin with "vertex-" here.
constexpr std::string_view VERTEX = "publishers/google/";

// What follows the version: "models/x:generateContent"; uploads keep "upload/" in front. Empty: no API path.
std::string apiPath(std::string_view path)
{
    std::string prefix;
    if (path.starts_with("/upload/")) {
        prefix = "upload/";
        path.remove_prefix(7);
    }
    if (path.starts_with("/download/")) {
        prefix = "download/";
        path.remove_prefix(9);
    }
    for (const std::string_view version : VERSIONS) {
        if (path.starts_with(version))
            return prefix + Gateway::percentDecoded(path.substr(version.size()));
    }
    return {};
}

std::string modelOf(std::string_view path, std::string_view body)
{
    std::string named;
    if (path.starts_with("openai/") || path == "interactions") {
        const auto parsed = Gateway::parseJsonObject(body);
        named = parsed ? std::string(stringAt(*parsed, "model")) : std::string();
        if (!named.starts_with("models/"))
            return named;
        path = named;
    }
    if (!path.starts_with("models/"))
        return {};
    path.remove_prefix(7);
    return std::string(path.substr(0, path.find_first_of(":/")));
}

FakeAnswer notFound()
{
    return FakeAnswer{
        404, "text/html; charset=UTF-8", {}, {{"<title>Error 404 (Not Found)!!1</title>\n", 0}}, false};
}

FakeAnswer missingModel(std::string_view model, std::string_view method)
{
    return errorAnswer(
        404, "models/" + std::string(model) +
                 " is not found for API version v1beta, or is not supported for " + std::string(method) +
                 ". Call ListModels to see the list of available models and their supported methods.");
}

// What Vertex AI does not take where the Gemini API does.
std::optional<FakeAnswer> vertexRefusal(std::string_view path, const HttpRequest &request)
{
    const std::string_view method = path.substr(path.rfind(':') + 1);
    if (method != "generateContent" && method != "streamGenerateContent" && method != "countTokens")
        return notFound();
    const auto parsed = Gateway::parseJsonObject(request.body);
    if (!parsed)
        return std::nullopt;
    for (const std::string_view member : {"store", "generateContentRequest"}) {
        if (parsed->contains(member))
            return errorAnswer(400, "Invalid JSON payload received. Unknown name \"" + std::string(member) +
                                        "\": Cannot find field.");
    }
    const json::array *contents = Gateway::arrayAt(*parsed, "contents");
    for (const json::value &content : contents ? *contents : json::array()) {
        const std::string_view role = stringAt(content.get_object(), "role");
        if (role != "user" && role != "model")
            return errorAnswer(400, "Please use a valid role: user, model.");
    }
    return std::nullopt;
}

// A refusal where a stream was asked: an event of it, or an array.
void asStream(FakeAnswer &answer, bool sse)
{
    if (answer.pieces.empty() || !answer.contentType.starts_with("application/json"))
        return;
    std::string &text = answer.pieces.front().text;
    if (!sse) {
        text = "[" + text + "]";
    } else if (answer.status == 200) {
        text = "data: " + text + "\r\n\r\n";
        answer.contentType = "text/event-stream";
        answer.streamed = true;
    }
}

} // namespace

FakeGemini::FakeGemini(Options options)
    : m_options(std::move(options))
    , m_keys(m_options.keys.begin(), m_options.keys.end())
{
}

FakeGemini::~FakeGemini()
{
    for (const auto &loop : m_loops)
        loop->stop();
    for (std::thread &thread : m_threads)
        thread.join();
}

bool FakeGemini::start()
{
    if (m_options.canned)
        makeCanned();
    m_port = m_options.port;
    for (int i = 0; i < m_options.workers; ++i) {
        auto loop = std::make_unique<HttpLoop>(
            [this](HttpRequest request) { return handle(std::move(request)); },
            [this](std::int64_t record, std::int64_t bytes, bool early) { finished(record, bytes, early); },
            m_connections);
        if (m_options.canned) {
            loop->setShortcut([this](std::string_view head) -> const HttpPlan * {
                const std::string_view target = head.substr(0, head.find("\r\n"));
                if (target.find(":streamGenerateContent") != std::string_view::npos)
                    return &m_cannedStream;
                return target.find(":generateContent") != std::string_view::npos ? &m_cannedAnswer : nullptr;
            });
        }
        m_port = loop->listen(m_port);
        if (m_port == 0)
            return false;
        m_loops.push_back(std::move(loop));
    }
    for (const auto &loop : m_loops)
        m_threads.emplace_back([&runs = *loop] { runs.run(); });
    return true;
}

std::string FakeGemini::url() const
{
    return "http://127.0.0.1:" + std::to_string(m_port);
}

void FakeGemini::makeCanned()
{
    GenerateCall call;
    call.model = findFakeModel("gemini-3.6-flash");
    call.body = {
        {"contents", json::array{json::object{{"parts", json::array{json::object{{"text", "Hello"}}}}}}}};
    call.orders.text = "Hello! How can I help you today?";
    m_cannedAnswer = planOf(generateAnswer(call), {});
    joinSteps(m_cannedAnswer);

    // Every event but the last is one writing of the same step; its text begins with the stamp.
    call.stream = call.sse = true;
    call.orders.text =
        std::string(STAMP_NUMBER, '0') + ':' + std::string(STAMP_TIME, '0') + " and some words more.";
    call.orders.chunks = 1;
    FakeAnswer answer = generateAnswer(call);
    m_cannedStream = planOf(answer, {});
    HttpStep &event = m_cannedStream.steps[1];
    event.stampAt = event.bytes->find(call.orders.text);
    event.repeat = m_options.chunks;
    event.delayMs = m_options.chunkDelayMs;
}

void FakeGemini::script(FaultScript script)
{
    const std::lock_guard lock(m_mutex);
    m_scripts.push_back(std::move(script));
}

void FakeGemini::reset()
{
    const std::lock_guard lock(m_mutex);
    m_scripts.clear();
    m_firstNumber += static_cast<std::int64_t>(m_seen.size());
    m_seen.clear();
    m_resources.clear();
}

void FakeGemini::setKeys(std::vector<std::string> keys)
{
    const std::lock_guard lock(m_mutex);
    m_keys = {keys.begin(), keys.end()};
}

void FakeGemini::dropIdle(bool reset)
{
    for (const auto &loop : m_loops)
        loop->dropIdle(reset);
}

std::vector<SeenRequest> FakeGemini::requests() const
{
    const std::lock_guard lock(m_mutex);
    return m_seen;
}

bool FakeGemini::waitForRequests(std::size_t count, int timeoutMs) const
{
    for (int waited = 0;; ++waited) {
        {
            const std::lock_guard lock(m_mutex);
            if (m_seen.size() >= count)
                return true;
        }
        if (waited >= timeoutMs)
            return false;
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
}

bool FakeGemini::waitForEnd(std::size_t index, int timeoutMs) const
{
    for (int waited = 0;; ++waited) {
        {
            const std::lock_guard lock(m_mutex);
            if (m_seen.size() > index && m_seen[index].endedNs != 0)
                return true;
        }
        if (waited >= timeoutMs)
            return false;
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
}

void FakeGemini::finished(std::int64_t record, std::int64_t bytes, bool early)
{
    const std::lock_guard lock(m_mutex);
    const std::int64_t index = record - m_firstNumber;
    if (index < 0 || index >= static_cast<std::int64_t>(m_seen.size()))
        return;
    SeenRequest &seen = m_seen[static_cast<std::size_t>(index)];
    seen.endedNs = monotonicNs();
    seen.bytesOut = bytes;
    seen.closedEarly = early;
}

HttpPlan FakeGemini::handle(HttpRequest request)
{
    if (request.path.starts_with(CONTROL)) {
        HttpPlan answer = planOf(control(request), request);
        joinSteps(answer);
        return answer;
    }
    SeenRequest seen;
    seen.request = std::move(request);
    seen.arrivedNs = monotonicNs();
    const std::lock_guard lock(m_mutex);
    seen.number = m_firstNumber + static_cast<std::int64_t>(m_seen.size());
    HttpPlan answer = plan(seen);
    answer.record = seen.number;
    seen.status = answer.status;
    m_seen.push_back(std::move(seen));
    return answer;
}

FakeGemini::Credential FakeGemini::credentialOf(const HttpRequest &request)
{
    Credential credential;
    const auto take = [&](std::string_view value, std::string_view place) {
        if (value.empty())
            return;
        ++credential.count;
        credential.key = value;
        credential.place = place;
    };
    for (const auto &[name, value] : request.headers) {
        if (Gateway::equalsIgnoreCase(name, "x-goog-api-key"))
            take(value, "header");
        else if (Gateway::equalsIgnoreCase(name, "authorization"))
            take(Gateway::startsWithIgnoreCase(value, "bearer ") ? std::string_view(value).substr(7) : value,
                 "bearer");
    }
    take(queryValue(request.query, "key"), "query");
    return credential;
}

bool FakeGemini::isKnownKey(std::string_view key) const
{
    return m_options.anyKey || m_keys.contains(key);
}

std::optional<FakeAnswer> FakeGemini::refuseCredential(const Credential &credential,
                                                       std::string_view path) const
{
    const bool isOpenAi = path.starts_with("openai/");
    if (credential.count > 1)
        return errorAnswer(400, "Multiple authentication credentials received. Please pass only one.");
    if (credential.count == 0)
        return errorAnswer(
            403, "Method doesn't allow unregistered callers (callers without established identity). "
                 "Please use API Key or other form of API consumer identity to call this API.");
    if (credential.place == "bearer" && !isOpenAi)
        return errorAnswer(
            401,
            "Request had invalid authentication credentials. Expected OAuth 2 access token, login "
            "cookie or other valid authentication credential.",
            {errorInfo("ACCESS_TOKEN_TYPE_UNSUPPORTED")});
    if (!isKnownKey(credential.key)) {
        FaultScript invalid;
        invalid.fault = Fault::InvalidKey;
        return refusal(invalid, credential.key, {});
    }
    return std::nullopt;
}

FaultScript FakeGemini::takeScript(std::string_view key, std::string_view model)
{
    for (FaultScript &script : m_scripts) {
        if (script.times == 0 || (script.key != "*" && script.key != key) ||
            (script.model != "*" && script.model != model))
            continue;
        if (script.times > 0)
            --script.times;
        return script;
    }
    return {};
}

HttpPlan FakeGemini::plan(SeenRequest &seen)
{
    if (std::optional<HttpPlan> live = livePlan(seen))
        return std::move(*live);
    std::string path = apiPath(seen.request.path);
    const bool isVertex = path.starts_with(VERTEX);
    if (isVertex)
        path.erase(0, VERTEX.size());
    const Credential credential = credentialOf(seen.request);
    seen.key = credential.key;
    seen.keyPlace = credential.place;
    seen.model = modelOf(path, seen.request.body);
    Fault fault = Fault::None;
    FakeAnswer answer;
    // The id of an upload under way is its own credential.
    const bool isUpload = path == "upload/files" && !queryValue(seen.request.query, "upload_id").empty();
    const bool sse = queryValue(seen.request.query, "alt") == "sse";
    if (path.empty()) {
        answer = notFound();
    } else if (auto refused =
                   isUpload && credential.count == 0 ? std::nullopt : refuseCredential(credential, path)) {
        answer = std::move(*refused);
    } else if (credential.key.starts_with("vertex-") != isVertex) { // each API knows its own keys only
        FaultScript invalid;
        invalid.fault = Fault::InvalidKey;
        answer = *refusal(invalid, seen.key, {});
    } else if (auto foreign = isVertex ? vertexRefusal(path, seen.request) : std::nullopt) {
        answer = std::move(*foreign);
    } else {
        const FaultScript script = takeScript(seen.key, seen.model);
        fault = script.fault;
        if (auto scripted = refusal(script, seen.key, seen.model)) {
            answer = std::move(*scripted);
            if (path.ends_with(":streamGenerateContent"))
                asStream(answer, sse);
        } else {
            answer = route(seen, path, fault);
        }
    }
    spoilAnswer(answer, fault);
    HttpPlan made = planOf(answer, seen.request);
    breakPlan(made, fault);
    if (fault == Fault::StallHead || fault == Fault::CloseBeforeHead || fault == Fault::ResetBeforeHead)
        made.status = 0;
    joinSteps(made);
    return made;
}

FakeAnswer FakeGemini::route(const SeenRequest &seen, std::string_view path, Fault &fault)
{
    ResourceCall call{&seen.request, seen.key, std::string(path), {}};
    call.origin = "http://" + std::string(headerValue(seen.request.headers, "host"));
    if (path == "auth_tokens" && seen.request.method == "POST")
        return makeToken(call);
    if (path.starts_with("openai/"))
        return openAiAnswer(call, m_resources, seen.number);
    if (path == "interactions" || path.starts_with("interactions/"))
        return interactionsAnswer(call, m_resources, m_options.chunkDelayMs);
    if (path == "tunedModels" && seen.request.method == "GET")
        return jsonAnswer(json::object());
    if (path == "models" && seen.request.method == "GET") {
        json::array all;
        for (const FakeModel &model : fakeModels())
            all.push_back(modelJson(model));
        return jsonAnswer(paged(all, "models", seen.request.query, USUAL_MODELS));
    }
    const std::size_t colon = path.find(':');
    if (path.starts_with("models/") && colon != std::string_view::npos && seen.request.method == "POST")
        return modelMethod(seen, path.substr(colon + 1), fault);
    if (auto answer = m_resources.answer(call))
        return std::move(*answer);
    if (path.starts_with("models/") && seen.request.method == "GET") {
        const FakeModel *model = findFakeModel(seen.model);
        return model ? jsonAnswer(modelJson(*model)) : missingModel(seen.model, "GetModel");
    }
    return notFound();
}

FakeAnswer FakeGemini::modelMethod(const SeenRequest &seen, std::string_view method, Fault &fault)
{
    const FakeModel *model = findFakeModel(seen.model);
    if (!model || model->interactsOnly)
        return missingModel(seen.model, method);
    ResourceCall call{&seen.request, seen.key, {}, {}};
    if (method == "batchGenerateContent" || method == "asyncBatchEmbedContent")
        return m_resources.makeBatch(call, *model, method == "asyncBatchEmbedContent");
    if (method == "predictLongRunning")
        return m_resources.makeOperation(call, seen.model);
    if (method == "embedContent" || method == "batchEmbedContents")
        return model->embeds ? embedAnswer(seen.request.body, *model, method == "batchEmbedContents")
                             : missingModel(seen.model, method);
    if (method == "countTokens")
        return countAnswer(seen.request.body, *model);
    const bool isStream = method == "streamGenerateContent";
    if ((isStream || method == "generateContent") && !model->embeds)
        return generate(seen, *model, isStream, fault);
    return missingModel(seen.model, method);
}

// Files and caches a request names must be the key's own. Nothing when they are.
std::optional<FakeAnswer> FakeGemini::checkOwned(const SeenRequest &seen, GenerateCall &call)
{
    if (auto refused = m_resources.useCache(seen.key, seen.model, call.body, call.cachedTokens))
        return refused;
    for (const json::value &content : *Gateway::arrayAt(call.body, "contents")) {
        for (const json::value &part : *Gateway::arrayAt(content.get_object(), "parts")) {
            const json::object *file = Gateway::objectAt(part.get_object(), "fileData");
            const std::string_view uri = file ? stringAt(*file, "fileUri") : std::string_view();
            const std::size_t at = uri.rfind("files/");
            if (at != std::string_view::npos && !m_resources.owns(seen.key, uri.substr(at)))
                return errorAnswer(403, "You do not have permission to access the File " +
                                            std::string(uri.substr(at + 6)) + " or it may not exist.");
        }
    }
    return std::nullopt;
}

FakeAnswer FakeGemini::generate(const SeenRequest &seen, const FakeModel &model, bool stream, Fault &fault)
{
    GenerateCall call;
    call.model = &model;
    call.stream = stream;
    call.sse = queryValue(seen.request.query, "alt") == "sse";
    call.chunks = m_options.chunks;
    call.chunkDelayMs = m_options.chunkDelayMs;
    call.number = seen.number;
    const auto refuse = [&](FakeAnswer answer) {
        if (stream)
            asStream(answer, call.sse);
        return answer;
    };
    const auto parsed = Gateway::parseJsonObject(seen.request.body);
    if (!parsed)
        return refuse(errorAnswer(400, "Invalid JSON payload received. " + parsed.error().text));
    call.body = camelNames(*parsed).get_object();
    if (const Fault400 wrong = checkGenerate(model, call.body))
        return refuse(errorAnswer(400, *wrong));
    if (auto refused = checkOwned(seen, call))
        return refuse(std::move(*refused));
    call.orders = promptOrders(*Gateway::arrayAt(call.body, "contents"));
    if (const auto ordered = faultByName(call.orders.fault); ordered && fault == Fault::None) {
        fault = *ordered;
        FaultScript script;
        script.fault = fault;
        if (auto refused = refusal(script, seen.key, seen.model))
            return refuse(std::move(*refused));
    }
    return generateAnswer(call);
}

} // namespace TestSupport
