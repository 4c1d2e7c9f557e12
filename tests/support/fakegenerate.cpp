#include "tests/support/fakegenerate.h"

#include <algorithm>
#include <cctype>

#include "tests/support/fakecheck.h"
#include "tests/support/fakeencoding.h"
#include "tests/support/fakespeech.h"

namespace TestSupport {

namespace {

using Gateway::arrayAt;
using Gateway::boolAt;
using Gateway::integerAt;
using Gateway::objectAt;
using Gateway::stringAt;

constexpr std::int64_t MEDIA_TOKENS = 258;
constexpr std::int64_t THOUGHT_TOKENS = 12;
constexpr std::size_t LETTERS_PER_TOKEN = 4;

const json::object &configOf(const GenerateCall &call)
{
    static const json::object NONE;
    const json::object *config = objectAt(call.body, "generationConfig");
    return config ? *config : NONE;
}

std::int64_t textTokens(std::string_view text)
{
    return static_cast<std::int64_t>(text.size() / LETTERS_PER_TOKEN + 1);
}

bool isThinking(const GenerateCall &call)
{
    const json::object *thinking = objectAt(configOf(call), "thinkingConfig");
    if (thinking && (integerAt(*thinking, "thinkingBudget", -1) == 0 ||
                     Gateway::equalsIgnoreCase(stringAt(*thinking, "thinkingLevel"), "minimal")))
        return false;
    return call.model->version >= 25 && !call.model->speaks;
}

bool showsThoughts(const GenerateCall &call)
{
    const json::object *thinking = objectAt(configOf(call), "thinkingConfig");
    return thinking && boolAt(*thinking, "includeThoughts", false) && isThinking(call);
}

bool declares(const json::object &body, std::string_view name)
{
    const json::array *tools = arrayAt(body, "tools");
    for (std::size_t i = 0; tools && i < tools->size(); ++i) {
        const json::array *declarations = arrayAt((*tools)[i].get_object(), "functionDeclarations");
        for (std::size_t k = 0; declarations && k < declarations->size(); ++k) {
            if (stringAt((*declarations)[k].get_object(), "name") == name)
                return true;
        }
    }
    return false;
}

// Mode ANY makes the model call something even when the prompt names nothing: the first that is allowed.
std::vector<OrderedCall> forcedCall(const json::object &body, const json::object &calling)
{
    const json::array *allowed = arrayAt(calling, "allowedFunctionNames");
    const json::array *tools = arrayAt(body, "tools");
    for (std::size_t i = 0; tools && i < tools->size(); ++i) {
        const json::array *declarations = arrayAt((*tools)[i].get_object(), "functionDeclarations");
        for (std::size_t k = 0; declarations && k < declarations->size(); ++k) {
            const json::object &declaration = (*declarations)[k].get_object();
            const json::string name(stringAt(declaration, "name"));
            if (allowed && !allowed->empty() &&
                std::find(allowed->begin(), allowed->end(), name) == allowed->end())
                continue;
            const json::value *schema = declaration.if_contains("parameters");
            if (!schema)
                schema = declaration.if_contains("parametersJsonSchema");
            json::value args = schema ? sampleOf(*schema) : json::value(json::object());
            return {{std::string(name), args.is_object() ? args.get_object() : json::object()}};
        }
    }
    return {};
}

std::vector<OrderedCall> callsOf(const GenerateCall &call)
{
    const json::object *toolConfig = objectAt(call.body, "toolConfig");
    const json::object *calling = toolConfig ? objectAt(*toolConfig, "functionCallingConfig") : nullptr;
    const std::string_view mode = calling ? stringAt(*calling, "mode") : std::string_view();
    if (Gateway::equalsIgnoreCase(mode, "none"))
        return {};
    std::vector<OrderedCall> calls;
    for (const OrderedCall &ordered : call.orders.calls) {
        if (declares(call.body, ordered.name))
            calls.push_back(ordered);
    }
    return calls.empty() && Gateway::equalsIgnoreCase(mode, "any") ? forcedCall(call.body, *calling) : calls;
}

std::string describedParts(const json::array &contents)
{
    std::string text;
    const json::array *parts = arrayAt(contents.back().get_object(), "parts");
    for (const json::value &value : *parts) {
        const json::object &part = value.get_object();
        text += ' ';
        if (const json::object *data = objectAt(part, "inlineData")) {
            text += stringAt(*data, "mimeType");
            text += ':';
            text += std::to_string(base64Decoded(stringAt(*data, "data")).size());
        } else if (const json::object *file = objectAt(part, "fileData")) {
            text += "file:";
            text += stringAt(*file, "mimeType");
        } else if (const json::object *response = objectAt(part, "functionResponse")) {
            text += stringAt(*response, "name");
            text += '=';
            Gateway::appendJson(text, response->at("response"));
        } else {
            text += "text";
        }
    }
    return text;
}

std::string echo(const GenerateCall &call)
{
    const json::array &contents = *arrayAt(call.body, "contents");
    std::string text = "Echo from " + std::string(call.model->id) + ": " + std::to_string(contents.size()) +
                       (contents.size() == 1 ? " turn" : " turns") + ";";
    if (const json::object *system = objectAt(call.body, "systemInstruction")) {
        text += " system";
        for (const json::value &part : *arrayAt(*system, "parts"))
            text += " \"" + std::string(stringAt(part.get_object(), "text")) + "\"";
        text += ";";
    }
    text += " parts" + describedParts(contents) + "; said \"" + call.orders.said + "\".";
    return text;
}

std::size_t utf8Boundary(std::string_view text, std::size_t at)
{
    while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0u) == 0x80u)
        ++at;
    return std::min(at, text.size());
}

// What ends a text before its time: a stop sequence, or maxOutputTokens.
std::string shortened(const GenerateCall &call, std::string text, std::string &finish)
{
    if (const json::array *stops = arrayAt(configOf(call), "stopSequences")) {
        for (const json::value &stop : *stops) {
            const std::size_t at = text.find(std::string_view(stop.get_string()));
            text.resize(std::min(at, text.size()));
        }
    }
    const std::int64_t limit = integerAt(configOf(call), "maxOutputTokens", 0);
    if (limit > 0 && textTokens(text) > limit) {
        text.resize(utf8Boundary(text, static_cast<std::size_t>(limit) * LETTERS_PER_TOKEN));
        finish = "MAX_TOKENS";
    }
    return text;
}

json::object usageOf(const GenerateCall &call, std::int64_t candidates)
{
    const std::int64_t prompt = countTokens(call.body);
    const std::int64_t thoughts = isThinking(call) ? THOUGHT_TOKENS : 0;
    json::object usage{{"promptTokenCount", prompt}};
    if (candidates > 0)
        usage["candidatesTokenCount"] = candidates;
    if (candidates > 0 && call.model->speaks)
        usage["candidatesTokensDetails"] =
            json::array{json::object{{"modality", "AUDIO"}, {"tokenCount", candidates}}};
    usage["totalTokenCount"] = prompt + candidates + thoughts;
    if (call.cachedTokens > 0)
        usage["cachedContentTokenCount"] = call.cachedTokens;
    usage["promptTokensDetails"] = json::array{json::object{{"modality", "TEXT"}, {"tokenCount", prompt}}};
    if (thoughts > 0)
        usage["thoughtsTokenCount"] = thoughts;
    return usage;
}

json::object logprobsOf(std::string_view text, std::int64_t top)
{
    json::array chosen;
    json::array best;
    for (const std::string &word : Gateway::splitList(text, " ")) {
        const json::object token{{"token", word}, {"tokenId", 7}, {"logProbability", -0.25}};
        chosen.push_back(token);
        json::array others{token};
        for (std::int64_t i = 1; i < top; ++i)
            others.push_back(json::object{
                {"token", word + std::to_string(i)}, {"tokenId", 7 + i}, {"logProbability", -1.5}});
        best.push_back(json::object{{"candidates", std::move(others)}});
    }
    return {{"topCandidates", std::move(best)}, {"chosenCandidates", std::move(chosen)}};
}

// The parts of one answer, each a chunk of its own when streamed.
struct Script
{
    std::vector<json::object> parts;
    std::string text;
    std::string finish = "STOP";
    std::int64_t tokens = 0;
};

void addText(const GenerateCall &call, Script &script)
{
    const int chunks = std::max(1, call.orders.chunks > 0 ? call.orders.chunks : call.chunks);
    const auto count = static_cast<std::size_t>(call.stream ? chunks : 1);
    const std::size_t step = (script.text.size() + count - 1) / count;
    for (std::size_t at = 0; at < script.text.size();) {
        const std::size_t end = utf8Boundary(script.text, std::min(at + step, script.text.size()));
        script.parts.push_back({{"text", script.text.substr(at, end - at)}});
        at = end;
    }
    if (script.parts.empty())
        script.parts.push_back({{"text", ""}});
    // The signature of a text comes in the last part; in streams in an empty one
    // (ai.google.dev/gemini-api/docs/thought-signatures).
    if (call.model->version >= 30 && isThinking(call)) {
        if (call.stream)
            script.parts.push_back({{"text", ""}});
        script.parts.back()["thoughtSignature"] = signatureFor("text", call.number);
    }
    script.tokens += textTokens(script.text);
}

void addCalls(const GenerateCall &call, const std::vector<OrderedCall> &calls, Script &script)
{
    for (std::size_t i = 0; i < calls.size(); ++i) {
        json::object made{{"name", calls[i].name}, {"args", calls[i].args}};
        if (call.model->version >= 30)
            made["id"] = "fc" + std::to_string(call.number) + "-" + std::to_string(i);
        json::object part{{"functionCall", std::move(made)}};
        // Of parallel calls only the first is signed.
        if (call.model->version >= 30 && i == 0)
            part["thoughtSignature"] = signatureFor(calls[i].name, call.number);
        script.parts.push_back(std::move(part));
        script.tokens += textTokens(Gateway::toJson(calls[i].args)) + 2;
    }
}

bool hasTool(const GenerateCall &call, std::string_view name)
{
    const json::array *tools = arrayAt(call.body, "tools");
    return tools && std::any_of(tools->begin(), tools->end(), [name](const json::value &tool) {
               return tool.is_object() && tool.get_object().contains(name);
           });
}

void addCode(const GenerateCall &call, Script &script)
{
    json::object code{{"executableCode", json::object{{"language", "PYTHON"}, {"code", "print(6 * 7)\n"}}}};
    if (call.model->version >= 30)
        code["thoughtSignature"] = signatureFor("code", call.number);
    script.parts.push_back(std::move(code));
    script.parts.push_back(
        {{"codeExecutionResult", json::object{{"outcome", "OUTCOME_OK"}, {"output", "42\n"}}}});
}

json::object groundingOf(std::string_view text)
{
    const auto source = [](const char *letter) {
        return json::object{{"web", json::object{{"uri", std::string("https://example.org/") + letter},
                                                 {"title", std::string("Page ") + letter}}}};
    };
    const json::object segment{{"startIndex", 0}, {"endIndex", 4}, {"text", text.substr(0, 4)}};
    const json::object support{{"segment", segment}, {"groundingChunkIndices", json::array{0, 1}}};
    return {{"webSearchQueries", json::array{"what is it"}},
            {"groundingChunks", json::array{source("a"), source("b")}},
            {"groundingSupports", json::array{support}}};
}

Script scriptOf(const GenerateCall &call)
{
    Script script;
    if (call.model->speaks) {
        script.parts = speechParts(call);
        script.tokens = speechTokens(call);
        return script;
    }
    if (showsThoughts(call))
        script.parts.push_back({{"text", "**Thinking**\n\nThe prompt wants an echo.\n"}, {"thought", true}});
    const std::vector<OrderedCall> calls = callsOf(call);
    if (!calls.empty()) {
        addCalls(call, calls, script);
        return script;
    }
    if (call.orders.code && hasTool(call, "codeExecution"))
        addCode(call, script);
    script.text = shortened(call, generatedText(call), script.finish);
    addText(call, script);
    if (call.orders.image || (call.model->draws && !call.orders.noImage)) {
        const json::object picture{{"mimeType", "image/png"}, {"data", base64Encoded(onePixelPng())}};
        for (int i = 0; i < call.orders.drafts; ++i)
            script.parts.push_back({{"inlineData", picture}, {"thought", true}});
        script.parts.push_back({{"inlineData", picture}});
        script.tokens += MEDIA_TOKENS;
    }
    return script;
}

json::object frame(const GenerateCall &call, json::object usage)
{
    return {{"usageMetadata", std::move(usage)},
            {"modelVersion", call.model->id},
            {"responseId", "fake-" + std::to_string(call.number)}};
}

json::object withCandidates(const GenerateCall &call, const json::array &parts, const Script &script,
                            bool isLast)
{
    json::array candidates;
    const std::int64_t count = integerAt(configOf(call), "candidateCount", 1);
    for (std::int64_t i = 0; i < count; ++i) {
        json::object candidate{{"content", json::object{{"parts", parts}, {"role", "model"}}}};
        if (isLast) {
            candidate["finishReason"] = script.finish;
            if (call.orders.found && hasTool(call, "googleSearch"))
                candidate["groundingMetadata"] = groundingOf(script.text);
            if (boolAt(configOf(call), "responseLogprobs", false)) {
                candidate["avgLogprobs"] = -0.25;
                candidate["logprobsResult"] =
                    logprobsOf(script.text, integerAt(configOf(call), "logprobs", 1));
            }
        }
        candidate["index"] = i;
        candidates.push_back(std::move(candidate));
    }
    json::object body{{"candidates", std::move(candidates)}};
    const std::int64_t tokens = isLast ? script.tokens * count : 0;
    for (auto &member : frame(call, usageOf(call, tokens)))
        body[member.key()] = member.value();
    return body;
}

json::object blocked(const GenerateCall &call)
{
    json::object body{
        {"promptFeedback",
         json::object{{"blockReason", call.orders.block},
                      {"safetyRatings", json::array{json::object{{"category", "HARM_CATEGORY_HARASSMENT"},
                                                                 {"probability", "HIGH"}}}}}}};
    for (auto &member : frame(call, usageOf(call, 0)))
        body[member.key()] = member.value();
    return body;
}

// Finish reasons that leave nothing: the candidate has no content at all.
bool isContentless(std::string_view finish)
{
    return !finish.empty() && finish != "STOP" && finish != "MAX_TOKENS" && finish != "OTHER";
}

json::object contentless(const GenerateCall &call)
{
    json::object candidate{{"finishReason", call.orders.finish}, {"index", 0}};
    if (call.orders.finish == "MALFORMED_FUNCTION_CALL")
        candidate["finishMessage"] = "Malformed function call: print(default_api.f(";
    json::object body{{"candidates", json::array{std::move(candidate)}}};
    for (auto &member : frame(call, usageOf(call, 0)))
        body[member.key()] = member.value();
    return body;
}

std::vector<json::object> bodiesOf(const GenerateCall &call)
{
    if (!call.orders.block.empty())
        return {blocked(call)};
    if (isContentless(call.orders.finish))
        return {contentless(call)};
    Script script = scriptOf(call);
    if (!call.orders.finish.empty())
        script.finish = call.orders.finish;
    std::vector<json::object> bodies;
    if (!call.stream) {
        json::array parts;
        for (json::object &part : script.parts)
            parts.push_back(std::move(part));
        bodies.push_back(withCandidates(call, parts, script, true));
        return bodies;
    }
    for (std::size_t i = 0; i < script.parts.size(); ++i)
        bodies.push_back(withCandidates(call, {script.parts[i]}, script, i + 1 == script.parts.size()));
    return bodies;
}

} // namespace

std::string sseEvent(const json::value &data)
{
    return "data: " + Gateway::toJson(data) + "\r\n\r\n";
}

std::string generatedText(const GenerateCall &call)
{
    const json::object &config = configOf(call);
    if (stringAt(config, "responseMimeType") == "application/json" && call.orders.text.empty()) {
        const json::value *schema = config.if_contains("responseSchema");
        if (!schema)
            schema = config.if_contains("responseJsonSchema");
        return Gateway::toJson(schema ? sampleOf(*schema) : json::value{{"echo", call.orders.said}});
    }
    if (call.orders.size > 0) {
        const int chunks = std::max(1, call.orders.chunks > 0 ? call.orders.chunks : call.chunks);
        return fillerText(call.orders.size * static_cast<std::size_t>(chunks));
    }
    return call.orders.text.empty() ? echo(call) : call.orders.text;
}

std::int64_t countTokens(const json::object &body)
{
    std::int64_t tokens = 0;
    const auto addParts = [&](const json::object &content) {
        const json::array *parts = arrayAt(content, "parts");
        for (std::size_t i = 0; parts && i < parts->size(); ++i) {
            const json::object &part = (*parts)[i].get_object();
            const bool isMedia = part.contains("inlineData") || part.contains("fileData");
            tokens += isMedia ? MEDIA_TOKENS : textTokens(Gateway::toJson(part));
        }
    };
    if (const json::array *contents = arrayAt(body, "contents")) {
        for (const json::value &content : *contents)
            addParts(content.get_object());
    }
    if (const json::object *system = objectAt(body, "systemInstruction"))
        addParts(*system);
    if (const json::array *tools = arrayAt(body, "tools"))
        tokens += textTokens(Gateway::toJson(*tools));
    return tokens;
}

FakeAnswer generateAnswer(const GenerateCall &call)
{
    const std::vector<json::object> bodies = bodiesOf(call);
    if (!call.stream)
        return jsonAnswer(bodies.front());
    FakeAnswer answer;
    answer.streamed = true;
    if (call.sse) {
        answer.contentType = "text/event-stream";
        answer.headers.emplace_back("Content-Disposition", "attachment");
    }
    const double delayMs = call.orders.delayMs >= 0 ? call.orders.delayMs : call.chunkDelayMs;
    for (std::size_t i = 0; i < bodies.size(); ++i) {
        std::string text =
            call.sse ? sseEvent(bodies[i]) : (i == 0 ? "[" : ",\r\n") + Gateway::toJson(bodies[i]) + "\n";
        if (!call.sse && i + 1 == bodies.size())
            text += "]\n";
        answer.pieces.push_back({std::move(text), i == 0 ? 0 : delayMs});
    }
    return answer;
}

} // namespace TestSupport
