#include "tests/dialects/roundtrip/reply.h"

#include <algorithm>

#include "gateway/common/json.h"
#include "tests/dialects/roundtrip/lines.h"

namespace RoundTrip {

namespace {

using Kind = Reply::Part::Kind;

json::object partJson(const Reply::Part &part, std::string_view text, bool isSigned)
{
    json::object out;
    if (part.kind == Kind::Call) {
        json::object call{{"name", part.name}, {"args", part.args}};
        if (!part.id.empty())
            call["id"] = part.id;
        out["functionCall"] = std::move(call);
    } else {
        out["text"] = text;
        if (part.kind == Kind::Thought)
            out["thought"] = true;
    }
    if (isSigned && !part.signature.empty())
        out["thoughtSignature"] = part.signature;
    return out;
}

json::object usageJson(const Reply &reply)
{
    return {{"promptTokenCount", reply.promptTokens},
            {"cachedContentTokenCount", reply.cachedTokens},
            {"candidatesTokenCount", reply.answerTokens},
            {"thoughtsTokenCount", reply.thoughtTokens},
            {"totalTokenCount", reply.promptTokens + reply.answerTokens + reply.thoughtTokens}};
}

json::object answerJson(json::array parts, const Reply &reply, bool isLast)
{
    json::object candidate{{"index", 0},
                           {"content", json::object{{"role", "model"}, {"parts", std::move(parts)}}}};
    if (isLast)
        candidate["finishReason"] = reply.finish;
    return {{"candidates", json::array{std::move(candidate)}},
            {"usageMetadata", usageJson(reply)},
            {"modelVersion", "gemini"},
            {"responseId", "response-1"}};
}

/// A place within `text` between two characters.
std::size_t cutIn(std::string_view text, Dice &dice)
{
    std::size_t at = dice.below(text.size() + 1);
    while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xc0) == 0x80)
        ++at;
    return at;
}

void addPieces(json::array &out, const Reply::Part &part, Dice &dice)
{
    if (part.kind == Kind::Call) {
        out.push_back(partJson(part, {}, true));
        return;
    }
    std::string_view rest = part.text;
    while (!rest.empty()) {
        const std::size_t cut = dice.coin() ? rest.size() : cutIn(rest, dice);
        out.push_back(partJson(part, rest.substr(0, cut), false));
        rest.remove_prefix(cut);
    }
    if (!part.signature.empty())
        out.push_back(partJson(part, {}, true));
}

/// Texts joined where nothing else stands between, texts first where the order is lost.
std::vector<Reply::Part> told(const Reply &reply, bool keepsOrder)
{
    std::vector<Reply::Part> parts = reply.parts;
    if (!keepsOrder)
        std::ranges::stable_sort(parts, {}, [](const Reply::Part &part) { return part.kind; });
    std::vector<Reply::Part> out;
    for (Reply::Part &part : parts) {
        if (out.empty() || part.kind == Kind::Call || out.back().kind != part.kind) {
            out.push_back(std::move(part));
            continue;
        }
        out.back().text += part.text;
        if (!part.signature.empty())
            out.back().signature = part.signature;
    }
    return out;
}

} // namespace

Reply randomReply(bool isOlder, bool mixed, Dice &dice)
{
    Reply reply;
    if (dice.coin())
        reply.parts.push_back({.kind = Kind::Thought, .text = dice.text()});
    const std::size_t calls = dice.coin() ? 0 : 1 + dice.below(4);
    if (calls == 0 || dice.coin()) {
        reply.parts.push_back({.kind = Kind::Text, .text = dice.text()});
        if (calls == 0 && dice.coin())
            reply.parts.back().signature = base64(dice.bytes(50));
    }
    for (std::size_t i = 0; i < calls; ++i) {
        reply.parts.push_back({.kind = Kind::Call,
                               .id = isOlder ? std::string() : "c" + std::to_string(i) + dice.name(),
                               .name = dice.name(),
                               .args = dice.object()});
        if (i == 0 || dice.oneIn(5))
            reply.parts.back().signature = base64(dice.bytes(50));
        if (mixed && dice.oneIn(5))
            reply.parts.push_back({.kind = dice.coin() ? Kind::Text : Kind::Thought, .text = dice.text()});
    }
    static constexpr auto WORDS = std::to_array<std::string_view>({"STOP", "STOP", "MAX_TOKENS", "SAFETY"});
    reply.finish = calls > 0 ? "STOP" : dice.pick(WORDS);
    reply.promptTokens = static_cast<std::int64_t>(10 + dice.below(10000));
    reply.cachedTokens = static_cast<std::int64_t>(dice.below(10));
    reply.thoughtTokens = static_cast<std::int64_t>(dice.below(1000));
    reply.answerTokens = static_cast<std::int64_t>(1 + dice.below(1000));
    return reply;
}

json::object wholeJson(const Reply &reply)
{
    json::array parts;
    for (const Reply::Part &part : reply.parts)
        parts.push_back(partJson(part, part.text, true));
    return answerJson(std::move(parts), reply, true);
}

std::vector<std::string> eventsOf(const Reply &reply, Dice &dice)
{
    json::array pieces;
    for (const Reply::Part &part : reply.parts)
        addPieces(pieces, part, dice);
    std::vector<std::string> events;
    json::array gathered;
    for (json::value &piece : pieces) {
        gathered.push_back(std::move(piece));
        if (dice.coin())
            events.push_back(oddJson(answerJson(std::exchange(gathered, {}), reply, false), dice));
    }
    events.push_back(oddJson(answerJson(std::move(gathered), reply, true), dice));
    return events;
}

void ReplyLines::add(std::string_view what, std::string_view text)
{
    if (text.empty())
        return;
    if (what != m_what)
        flush();
    m_what = what;
    m_text += text;
}

void ReplyLines::flush()
{
    if (!m_text.empty())
        m_lines.push_back(std::string(m_what) + json::serialize(json::string(m_text)));
    m_text.clear();
}

void ReplyLines::call(std::string_view name, const json::object &args)
{
    flush();
    m_lines.push_back("calls " + std::string(name) + ' ' + plainJson(args));
}

std::vector<std::string> ReplyLines::take()
{
    flush();
    return std::exchange(m_lines, {});
}

std::vector<std::string> replyLines(const Reply &reply, bool keepsOrder)
{
    ReplyLines lines;
    for (const Reply::Part &part : told(reply, keepsOrder)) {
        if (part.kind == Kind::Thought)
            lines.thought(part.text);
        else if (part.kind == Kind::Text)
            lines.text(part.text);
        else
            lines.call(part.name, part.args);
    }
    return lines.take();
}

std::vector<std::string> turnLines(const Reply &reply, bool keepsOrder, bool signsTexts)
{
    Reply said = reply;
    std::erase_if(said.parts, [](const Reply::Part &part) { return part.kind == Kind::Thought; });
    std::vector<std::string> lines;
    for (const Reply::Part &part : told(said, keepsOrder)) {
        if (part.kind == Kind::Text)
            lines.push_back(textLine("model", part.text, signsTexts ? part.signature : std::string()));
        else
            lines.push_back(callLine({}, part.name, part.args, part.signature));
    }
    return lines;
}

std::vector<std::string> lastModelTurn(const json::object &request, bool signsTexts)
{
    Reply reply;
    for (const json::value &content : request.at("contents").as_array()) {
        if (content.at("role") != "model")
            continue;
        reply.parts.clear();
        for (const json::value &value : content.at("parts").as_array()) {
            const json::object &part = value.as_object();
            const std::string signature(Gateway::stringAt(part, "thoughtSignature"));
            if (const json::object *call = Gateway::objectAt(part, "functionCall"))
                reply.parts.push_back({.kind = Kind::Call,
                                       .name = std::string(call->at("name").as_string()),
                                       .args = call->at("args").as_object(),
                                       .signature = signature});
            else
                reply.parts.push_back({.kind = Kind::Text,
                                       .text = std::string(part.at("text").as_string()),
                                       .signature = signature});
        }
    }
    return turnLines(reply, true, signsTexts);
}

} // namespace RoundTrip
