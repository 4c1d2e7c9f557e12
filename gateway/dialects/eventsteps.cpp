#include "gateway/dialects/eventsteps.h"

#include <algorithm>
#include <utility>

#include "gateway/dialects/eventparts.h"

namespace Gateway {

namespace {

/// What every event of a stream repeats.
constexpr std::string_view REPEATED[] = {"modelVersion", "responseId", "createTime"};

bool isText(const json::value &part)
{
    const json::object *object = part.if_object();
    const json::value *text = object ? object->if_contains("text") : nullptr;
    return text && text->is_string() && !text->get_string().empty();
}

std::string_view textOf(const json::value &part)
{
    return part.get_object().at("text").get_string();
}

} // namespace

EventSteps::EventSteps(std::string_view json)
    : m_bytes(json.size())
{
    Result<json::object> event = parseJsonObject(json);
    if (event) {
        m_event = std::move(*event);
        cut();
    }
    if (m_letters != 0)
        return;
    m_whole = json;
    m_event.clear();
    m_parts.clear();
    m_groups.clear();
}

/// Log probabilities tell of the letters of their event: it must stay whole.
void EventSteps::cut()
{
    json::object *candidate = onlyCandidate(m_event);
    json::array *parts = candidate ? partsOf(*candidate) : nullptr;
    if (!parts || candidate->contains("logprobsResult"))
        return;
    m_parts = std::move(*parts);
    for (std::size_t i = 0; i < m_parts.size(); ++i) {
        const bool goesOn = i > 0 && !isText(m_parts[i]) && !isText(m_parts[i - 1]);
        if (goesOn) {
            m_groups.back().to = i + 1;
            continue;
        }
        m_groups.push_back({i, i + 1, Graphemes(isText(m_parts[i]) ? textOf(m_parts[i]) : "")});
        m_letters += m_groups.back().letters.count();
    }
}

std::string EventSteps::take(std::size_t letters)
{
    if (m_groups.empty()) {
        m_isOver = true;
        return std::move(m_whole);
    }
    const Group &group = m_groups[m_group];
    json::array parts;
    if (group.letters.count() != 0) {
        parts = textStep(std::max<std::size_t>(letters, 1));
    } else {
        for (std::size_t i = group.from; i < group.to; ++i)
            parts.push_back(std::move(m_parts[i]));
        ++m_group;
    }
    m_isOver = m_group == m_groups.size();
    return told(std::move(parts), m_isOver);
}

json::array EventSteps::textStep(std::size_t letters)
{
    const Group &group = m_groups[m_group];
    const std::size_t step = std::min(letters, group.letters.count() - m_told);
    const std::size_t from = group.letters.bytesOf(m_told);
    const std::size_t to = group.letters.bytesOf(m_told + step);
    m_told += step;
    m_letters -= step;
    const bool isLast = m_told == group.letters.count();
    json::object part;
    for (const json::key_value_pair &member : m_parts[group.from].get_object()) {
        if (member.key() == "text")
            part["text"] = textOf(m_parts[group.from]).substr(from, to - from);
        else if (isLast || member.key() != "thoughtSignature")
            part[member.key()] = member.value();
    }
    if (isLast) {
        m_told = 0;
        ++m_group;
    }
    json::array parts;
    parts.push_back(std::move(part));
    return parts;
}

std::string EventSteps::told(json::array parts, bool isLast)
{
    if (isLast) {
        *partsOf(*onlyCandidate(m_event)) = std::move(parts);
        return toJson(m_event);
    }
    const json::object &whole = *onlyCandidate(m_event);
    json::object candidate{{"content", json::object{{"parts", std::move(parts)}, {"role", "model"}}}};
    if (const json::value *index = whole.if_contains("index"))
        candidate["index"] = *index;
    json::array candidates;
    candidates.push_back(std::move(candidate));
    json::object event;
    event["candidates"] = std::move(candidates);
    for (const std::string_view name : REPEATED) {
        if (const json::value *value = m_event.if_contains(name))
            event[name] = *value;
    }
    return toJson(event);
}

} // namespace Gateway
