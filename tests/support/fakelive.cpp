#include "tests/support/fakelive.h"

#include <algorithm>
#include <charconv>

namespace TestSupport {

namespace {

using Gateway::headerValue;
using Gateway::objectAt;
using Gateway::stringAt;
using Gateway::WsOpcode;

constexpr std::size_t LARGEST = 64u * 1024 * 1024;
constexpr std::string_view LIVE_MODELS[] = {"gemini-3.8-live", "gemini-3.1-flash-live-preview"};
constexpr std::string_view MUSIC_MODELS[] = {"lyria-realtime-exp"};
constexpr std::string_view MEMBERS[] = {"setup",        "clientContent",         "realtimeInput",
                                        "toolResponse", "musicGenerationConfig", "playbackControl"};

int numberIn(std::string_view text)
{
    int number = 0;
    const std::size_t from = std::min(text.find_first_of("0123456789"), text.size());
    std::from_chars(text.data() + from, text.data() + text.size(), number);
    return number;
}

/// The last text of the turns in a clientContent.
std::string lastText(const json::object &content)
{
    const json::array *turns = Gateway::arrayAt(content, "turns");
    if (!turns || turns->empty() || !turns->back().is_object())
        return {};
    const json::array *parts = Gateway::arrayAt(turns->back().get_object(), "parts");
    if (!parts || parts->empty() || !parts->back().is_object())
        return {};
    return std::string(stringAt(parts->back().get_object(), "text"));
}

json::object usage(int turns)
{
    return {{"promptTokenCount", 10 * turns},
            {"responseTokenCount", 4},
            {"totalTokenCount", 10 * turns + 4},
            {"responseTokensDetails", json::array{json::object{{"modality", "TEXT"}, {"tokenCount", 4}}}}};
}

} // namespace

std::string liveHandshake(const HttpRequest &request)
{
    const std::string_view key = headerValue(request.headers, "sec-websocket-key");
    if (request.method != "GET" || headerValue(request.headers, "sec-websocket-version") != "13" ||
        !Gateway::equalsIgnoreCase(headerValue(request.headers, "upgrade"), "websocket") ||
        !Gateway::containsIgnoreCase(headerValue(request.headers, "connection"), "upgrade") ||
        !Gateway::isWsKey(key))
        return {};
    return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
           "Sec-WebSocket-Accept: " +
           Gateway::wsAcceptFor(key) + "\r\n\r\n";
}

FakeLive::FakeLive(LiveSurroundings around)
    : m_around(std::move(around))
    , m_reader(Gateway::WsReader::Sender::Client, LARGEST)
{
}

SocketActor::Reply FakeLive::bytesCame(std::string_view bytes)
{
    m_reply = {};
    if (!m_around.refusal.empty() && !m_isSetUp) {
        m_isSetUp = true;
        close(m_around.refusalCode, m_around.refusal);
        return std::move(m_reply);
    }
    while (m_reply.end == StepEnd::GoOn) {
        switch (m_reader.next(bytes)) {
        case Gateway::WsReader::Event::More:
            return std::move(m_reply);
        case Gateway::WsReader::Event::Message:
            message(m_reader.payload());
            break;
        case Gateway::WsReader::Event::Ping:
            appendWsFrame(m_reply.bytes, WsOpcode::Pong, m_reader.payload(), {});
            break;
        case Gateway::WsReader::Event::Pong:
            sayTurn("pong " + m_reader.payload());
            break;
        case Gateway::WsReader::Event::Closed:
            m_around.heard({}, "close " + std::to_string(m_reader.close().code));
            m_endedWell = true;
            close(m_reader.close().code, m_reader.close().reason);
            break;
        case Gateway::WsReader::Event::Failed:
            close(m_reader.close().code, m_reader.close().reason);
            break;
        }
    }
    return std::move(m_reply);
}

void FakeLive::message(std::string_view text)
{
    const auto parsed = Gateway::parseJsonObject(text);
    if (!parsed || parsed->size() != 1) {
        close(1007, "Invalid JSON payload received.");
        return;
    }
    const std::string_view member = parsed->begin()->key();
    const json::object *content = objectAt(*parsed, member);
    if (!content || std::find(std::begin(MEMBERS), std::end(MEMBERS), member) == std::end(MEMBERS)) {
        close(1007, "Invalid JSON payload received. Unknown name \"" + std::string(member) +
                        "\": Cannot find field.");
        return;
    }
    if ((member == "setup") == m_isSetUp) {
        close(1007, m_isSetUp ? "Setup was sent already." : "The first message must be setup.");
        return;
    }
    std::string_view model = member == "setup" ? stringAt(*content, "model") : std::string_view();
    if (model.starts_with("models/"))
        model.remove_prefix(7);
    m_around.heard(model, std::string(text));
    if (member == "setup")
        setUp(*content);
    else if (member == "clientContent" && !m_around.isMusic)
        order(lastText(*content));
    else if (member == "toolResponse")
        sayTurn("The tool said " + Gateway::toJson(content->at("functionResponses")));
    else if (member == "realtimeInput")
        say({{"serverContent",
              json::object{{"inputTranscription", json::object{{"text", std::to_string(text.size())}}}}}});
    else if (m_around.isMusic)
        say({{"serverContent",
              json::object{
                  {"audioChunks", json::array{json::object{{"data", "AAAA"}, {"mimeType", "audio/l16"}}}}}}});
}

void FakeLive::setUp(const json::object &setup)
{
    std::string model(stringAt(setup, "model"));
    if (!m_around.isConstrained && !model.starts_with("models/")) {
        close(1007, "* BidiGenerateContentRequest.setup.model: unexpected model name format\n");
        return;
    }
    const std::string id = model.empty() ? model : model.substr(7);
    const auto has = [&](const auto &models) {
        return std::find(std::begin(models), std::end(models), id) != std::end(models);
    };
    if (!m_around.isConstrained && !(m_around.isMusic ? has(MUSIC_MODELS) : has(LIVE_MODELS))) {
        close(1008, model + " is not found for API version v1beta, or is not supported for "
                            "bidiGenerateContent. Call ListModels to see the list of available models.");
        return;
    }
    if (fails(m_around.script(id)))
        return;
    if (const json::object *resumption = objectAt(setup, "sessionResumption")) {
        m_resumes = true;
        const std::string_view handle = stringAt(*resumption, "handle");
        if (!handle.empty() && !m_around.ownsHandle(handle)) {
            close(1008, "BidiGenerateContent session not found");
            return;
        }
    }
    if (const json::array *tools = Gateway::arrayAt(setup, "tools"); tools && !tools->empty()) {
        const json::array *functions = Gateway::arrayAt(tools->front().get_object(), "functionDeclarations");
        if (functions && !functions->empty())
            m_tool = stringAt(functions->front().get_object(), "name");
    }
    m_isSetUp = true;
    say({{"setupComplete", json::object()}});
}

/// Google refuses in the closing of a session what it would tell over HTTP. True when it did.
bool FakeLive::fails(const FaultScript &script)
{
    switch (script.fault) {
    case Fault::None:
        return false;
    case Fault::InvalidKey:
        close(1007, "API key not valid. Please pass a valid API key.");
        break;
    case Fault::LeakedKey:
        close(1008, "Your API key was reported as leaked. Please use another API key.");
        break;
    case Fault::SuspendedKey:
        close(1008, "Permission denied: Consumer 'api_key:" + m_around.key + "' has been suspended.");
        break;
    case Fault::MinuteQuota:
    case Fault::BareQuota:
        close(1011, "You exceeded your current quota, please check your plan and billing details.");
        break;
    case Fault::Overloaded:
        close(1011, "The model is overloaded. Please try again later.");
        break;
    case Fault::InternalError:
        close(1011, "Internal error encountered.");
        break;
    case Fault::StallHead:
    case Fault::StallBody:
        break;
    default:
        m_reply.end = StepEnd::Reset;
        break;
    }
    return true;
}

void FakeLive::order(std::string_view text)
{
    if (text.starts_with("use the tool") && !m_tool.empty()) {
        say({{"toolCall", json::object{{"functionCalls",
                                        json::array{json::object{
                                            {"id", "call-1"}, {"name", m_tool}, {"args", json::object()}}}}}},
             {"usageMetadata", usage(++m_turns)}});
    } else if (text.starts_with("close ")) {
        close(numberIn(text), text.substr(std::min(text.find(' ', 6), text.size() - 1) + 1));
    } else if (text == "cut") {
        m_reply.end = StepEnd::Reset;
    } else if (text == "ping") {
        appendWsFrame(m_reply.bytes, WsOpcode::Ping, "are you there", {});
    } else if (text == "broken frame") {
        m_reply.bytes += "\x83\x01x";
    } else if (text.starts_with("flood ")) {
        for (int i = numberIn(text); i > 0; --i)
            say({{"serverContent",
                  json::object{{"modelTurn", json::object{{"filler", std::string(64 * 1024, 'f')}}}}}});
        sayTurn("flooded");
    } else if (text.starts_with("large ")) {
        sayTurn(std::string(static_cast<std::size_t>(numberIn(text)), 'l'));
    } else {
        sayTurn("You said " + std::string(text));
    }
}

void FakeLive::sayTurn(std::string_view text)
{
    const std::size_t half = text.size() / 2;
    for (const std::string_view part : {text.substr(0, half), text.substr(half)})
        say({{"serverContent",
              json::object{
                  {"modelTurn", json::object{{"parts", json::array{json::object{{"text", part}}}}}}}}});
    say({{"serverContent", json::object{{"generationComplete", true}}}});
    say({{"serverContent", json::object{{"turnComplete", true}}}, {"usageMetadata", usage(++m_turns)}});
    if (m_resumes)
        say({{"sessionResumptionUpdate",
              json::object{{"newHandle", "handle-of-" + m_around.key}, {"resumable", true}}}});
}

/// Google sends its JSON in binary frames.
void FakeLive::say(const json::object &message)
{
    appendWsFrame(m_reply.bytes, WsOpcode::Binary, Gateway::toJson(message), {});
}

void FakeLive::close(int code, std::string_view reason)
{
    Gateway::appendWsClose(m_reply.bytes, {code, std::string(reason)}, {});
    m_reply.end = StepEnd::Close;
}

} // namespace TestSupport
