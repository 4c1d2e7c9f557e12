#include "gateway/dialects/answerrounds.h"

#include <algorithm>
#include <utility>

#include "gateway/dialects/continuedrequest.h"
#include "gateway/dialects/eventparts.h"
#include "gateway/dialects/usagesum.h"

namespace Gateway {

namespace {

constexpr std::string_view CUT = "MAX_TOKENS";
constexpr std::size_t MOST_SAID = 4u * 1024 * 1024;

json::object textPart(std::string text)
{
    return json::object{{"text", std::move(text)}};
}

bool isBare(const json::value &part)
{
    const json::object *object = part.if_object();
    if (!object)
        return true;
    for (const json::key_value_pair &member : *object) {
        if (member.key() != "thought" && member.key() != "thoughtSignature")
            return false;
    }
    return true;
}

/// The last signature as a part of its own; parts that are left without anything go.
json::array takeSignature(json::array &parts)
{
    json::array taken;
    json::array kept;
    for (json::value &value : parts) {
        json::object *part = value.if_object();
        if (json::value *signature = part ? part->if_contains("thoughtSignature") : nullptr) {
            json::object bare = textPart({});
            bare["thoughtSignature"] = std::move(*signature);
            taken.clear();
            taken.push_back(std::move(bare));
            part->erase("thoughtSignature");
            if (stringAt(*part, "text").empty())
                continue;
        }
        kept.push_back(std::move(value));
    }
    parts = std::move(kept);
    return taken;
}

bool hasParts(json::object *candidate)
{
    const json::array *parts = candidate ? partsOf(*candidate) : nullptr;
    return parts && !parts->empty();
}

} // namespace

void AnswerRounds::setAsked(std::string_view model, std::string_view body)
{
    m_model = model;
    m_asked = body;
}

void AnswerRounds::begin()
{
    if (m_round == 0) {
        m_said.clear();
        m_isSound = true;
        m_responseId.clear();
        m_saidBefore = 0;
    }
    m_said.resize(std::min(m_said.size(), m_saidBefore));
    m_trim.reset();
    if (!m_said.empty())
        m_trim.emplace(m_said);
    m_roundMetadata.clear();
    m_roundUsage = {};
    m_finish.clear();
    m_hasTold = false;
    m_isCut = false;
}

void AnswerRounds::event(std::string_view json, const Tell &tell)
{
    Result<json::object> event = parseJsonObject(json);
    if (!event) {
        m_isSound = false;
        tell(json);
        return;
    }
    noteUsage(*event);
    if (m_round == 0 && m_responseId.empty())
        m_responseId = stringAt(*event, "responseId");
    const json::array *candidates = arrayAt(*event, "candidates");
    m_isSound = m_isSound && !(candidates && candidates->size() > 1);
    json::object *candidate = onlyCandidate(*event);
    const bool isChanged = m_round > 0;
    if (isChanged)
        fitIn(*event, candidate);
    if (candidate)
        note(*candidate);
    const std::string_view finish = candidate ? stringAt(*candidate, "finishReason") : std::string_view();
    if (!finish.empty()) {
        m_finish = finish;
        m_isCut = finish == CUT && makeNext(true);
        if (m_isCut)
            holdEnd(*event, *candidate);
    }
    const bool tellsContent = hasParts(candidate) || (!finish.empty() && !m_isCut);
    m_hasTold = m_hasTold || tellsContent;
    if (!isChanged && (finish.empty() || !m_isCut))
        tell(json);
    else if (tellsContent || !candidate)
        tell(toJson(*event));
}

void AnswerRounds::noteUsage(json::object &event)
{
    const json::object *usage = objectAt(event, "usageMetadata");
    if (!usage)
        return;
    for (const json::key_value_pair &member : *usage)
        m_roundMetadata[member.key()] = member.value();
    m_roundUsage.read(m_roundMetadata);
    if (m_round > 0)
        event["usageMetadata"] = usageSum(m_usage, m_roundMetadata);
}

/// What the model thought of its first round was told; what it thinks of the later ones comes in the middle
/// of the text, where no client looks for thoughts.
void AnswerRounds::fitIn(json::object &event, json::object *candidate)
{
    if (!m_responseId.empty())
        event["responseId"] = m_responseId;
    json::array *parts = candidate ? partsOf(*candidate) : nullptr;
    json::array fitting;
    const auto flush = [&] {
        std::string held = m_trim ? m_trim->finish() : std::string();
        if (!held.empty())
            fitting.push_back(textPart(std::move(held)));
    };
    for (std::size_t i = 0; parts && i < parts->size(); ++i) {
        const GeminiPart part = GeminiPart::read((*parts)[i]);
        if (part.kind == GeminiPart::Kind::Text && part.isThought)
            continue;
        if (part.kind != GeminiPart::Kind::Text) {
            flush();
        } else if (m_trim) {
            const bool isSigned = !part.signature.empty();
            std::string piece = m_trim->feed(part.text);
            if (piece.empty() && !isSigned)
                continue;
            (*parts)[i].get_object()["text"] = std::move(piece);
        }
        fitting.push_back(std::move((*parts)[i]));
    }
    if (candidate && !stringAt(*candidate, "finishReason").empty())
        flush();
    if (parts)
        *parts = std::move(fitting);
    else if (!fitting.empty())
        (*candidate)["content"] = json::object{{"parts", std::move(fitting)}, {"role", "model"}};
}

/// Text can be gone on with; with a call, a picture or code in the answer nobody knows what would come.
void AnswerRounds::note(const json::object &candidate)
{
    const json::object *content = objectAt(candidate, "content");
    const json::array *parts = content ? arrayAt(*content, "parts") : nullptr;
    for (std::size_t i = 0; parts && i < parts->size(); ++i) {
        const GeminiPart part = GeminiPart::read((*parts)[i]);
        if (part.kind != GeminiPart::Kind::Text)
            m_isSound = m_isSound && isBare((*parts)[i]);
        else if (!part.isThought && m_isSound)
            m_said += part.text;
    }
    if (m_said.size() > MOST_SAID) {
        m_isSound = false;
        m_said.clear();
    }
}

/// Takes the end away from the event, and the signature of its text: the last round's signs the whole.
void AnswerRounds::holdEnd(json::object &event, json::object &candidate)
{
    json::object end = event;
    onlyCandidate(end)->erase("content");
    if (json::array *parts = partsOf(candidate)) {
        json::array signature = takeSignature(*parts);
        if (!signature.empty())
            (*onlyCandidate(end))["content"] =
                json::object{{"parts", std::move(signature)}, {"role", "model"}};
    }
    m_cutEnd = toJson(end);
    candidate.erase("finishReason");
    candidate.erase("finishMessage");
}

void AnswerRounds::finish(const Tell &tell)
{
    std::string held = m_trim ? m_trim->finish() : std::string();
    if (held.empty())
        return;
    m_said += held;
    m_hasTold = true;
    json::array parts;
    parts.push_back(textPart(std::move(held)));
    json::array candidates;
    candidates.push_back(
        json::object{{"content", json::object{{"parts", std::move(parts)}, {"role", "model"}}}});
    json::object event;
    event["candidates"] = std::move(candidates);
    if (!m_responseId.empty())
        event["responseId"] = m_responseId;
    tell(toJson(event));
}

bool AnswerRounds::makeNext(bool isCut)
{
    const bool hasLeft = (isCut ? m_limits.truncated : m_limits.broken) > 0;
    if (!hasLeft || !m_isSound || (isCut && m_said.size() == m_saidBefore))
        return false;
    GeminiUsage spent;
    spent.read(usageSum(m_usage, m_roundMetadata));
    PartialAnswer partial;
    partial.said = m_said;
    partial.isCut = isCut;
    if (spent.counts.candidates >= 0 || (!isCut && spent.counts.thoughts >= 0))
        partial.spentTokens = spent.output();
    Result<std::string> next = continuedBody(m_asked, m_model, partial);
    if (!next)
        return false;
    m_next = std::move(*next);
    m_nextSaid = m_said.size();
    return true;
}

void AnswerRounds::goOnAfterCut()
{
    if (m_nextSaid != m_said.size()) // something came after the end
        makeNext(true);
    --m_limits.truncated;
    nextRound();
}

bool AnswerRounds::goOnAfterBreak()
{
    if (!m_finish.empty() || !makeNext(false)) // with a finish reason all had been said
        return false;
    --m_limits.broken;
    m_cutEnd.clear();
    nextRound();
    return true;
}

void AnswerRounds::nextRound()
{
    ++m_round;
    m_body = std::move(m_next);
    m_usage = usageSum(m_usage, m_roundMetadata);
    m_saidBefore = m_said.size();
    begin();
}

} // namespace Gateway
