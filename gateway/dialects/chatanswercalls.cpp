#include "gateway/dialects/chatanswercalls.h"

#include <algorithm>

namespace Gateway {

namespace {

/// FNV-1a: only has to spread, and must not change between runs and machines.
std::uint64_t mixed(std::uint64_t hash, std::string_view text)
{
    constexpr std::uint64_t PRIME = 0x100000001b3;
    for (const char byte : text)
        hash = (hash ^ static_cast<unsigned char>(byte)) * PRIME;
    return (hash ^ 0xff) * PRIME;
}

std::string base36(std::uint64_t number)
{
    static constexpr std::string_view DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz";
    std::string out;
    for (int i = 0; i < 13; ++i, number /= 36)
        out += DIGITS[number % 36];
    return out;
}

/// The end of the request id: what differs, and short enough for the 40 characters that OpenAI allows.
std::string_view tailOf(std::string_view requestId)
{
    constexpr std::size_t KEPT = 8;
    const std::string_view tail = requestId.substr(requestId.size() - std::min(KEPT, requestId.size()));
    const bool plain = std::ranges::all_of(tail, [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    });
    return plain ? tail : std::string_view();
}

} // namespace

void appendGoogleSignature(std::string &out, std::string_view signature)
{
    out += "{\"google\":{\"thought_signature\":";
    appendJsonString(out, signature);
    out += "}}";
}

ChatAnswerCalls::ChatAnswerCalls(const TranslationContext &context, std::string_view idHead)
    : m_idHead(std::string(idHead).append(tailOf(context.requestId)))
    , m_seed(mixed(mixed(0xcbf29ce484222325, context.requestId), std::to_string(context.createdSeconds)))
{
}

void ChatAnswerCalls::setResponseId(std::string_view responseId)
{
    if (m_hasResponseId || responseId.empty() || m_made != 0)
        return;
    m_hasResponseId = true;
    m_seed = mixed(m_seed, responseId);
}

void ChatAnswerCalls::appendToolCall(std::string &out, const GeminiPart &part)
{
    const std::string id = takeId(part);
    out += "\"id\":";
    appendJsonString(out, id);
    out += ",\"type\":\"function\",\"function\":";
    appendFunction(out, *part.object);
    if (part.signature.empty())
        return;
    out += ",\"extra_content\":";
    appendGoogleSignature(out, part.signature);
}

std::string ChatAnswerCalls::takeId(const GeminiPart &part)
{
    std::string id = nextId(*part.object);
    if (!part.signature.empty())
        m_signatures.emplace_back(id, part.signature);
    return id;
}

void ChatAnswerCalls::appendFunctionCall(std::string &out, const GeminiPart &part)
{
    appendFunction(out, *part.object, part.signature);
}

std::string ChatAnswerCalls::nextId(const json::object &call)
{
    const std::string_view given = stringAt(call, "id");
    if (!given.empty() && std::ranges::find(m_given, given) == m_given.end())
        return m_given.emplace_back(given);
    return m_idHead + base36(m_seed) + '_' + std::to_string(m_made++);
}

void ChatAnswerCalls::appendFunction(std::string &out, const json::object &call, std::string_view signature)
{
    out += "{\"name\":";
    appendJsonString(out, stringAt(call, "name"));
    out += ",\"arguments\":";
    const json::object *arguments = objectAt(call, "args");
    if (arguments) {
        m_arguments.clear();
        appendJson(m_arguments, call.at("args"));
        appendJsonString(out, m_arguments);
    } else {
        out += "\"{}\"";
    }
    if (!signature.empty()) {
        out += ",\"extra_content\":";
        appendGoogleSignature(out, signature);
    }
    out += '}';
}

} // namespace Gateway
