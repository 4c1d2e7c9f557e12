#include "gateway/dialects/answerjoin.h"

#include <utility>

namespace Gateway {

namespace {

json::array &arrayIn(json::object &object, std::string_view name)
{
    json::value &value = object[name];
    return value.is_array() ? value.get_array() : value.emplace_array();
}

json::object &objectIn(json::object &object, std::string_view name)
{
    json::value &value = object[name];
    return value.is_object() ? value.get_object() : value.emplace_object();
}

bool isText(const json::object &part)
{
    const json::value *text = part.if_contains("text");
    return text && text->is_string();
}

/// Texts of one kind are one part; a signature ends it, since it signs what came before.
bool goOnEachOther(const json::object &left, const json::object &right)
{
    return isText(left) && isText(right) && !left.contains("thoughtSignature") &&
           boolAt(left, "thought", false) == boolAt(right, "thought", false);
}

void addParts(json::array &parts, json::array more)
{
    for (json::value &value : more) {
        json::object *part = value.if_object();
        json::object *last = parts.empty() ? nullptr : parts.back().if_object();
        if (!part || !last || !goOnEachOther(*last, *part)) {
            parts.push_back(std::move(value));
            continue;
        }
        last->at("text").get_string() += std::string_view(part->at("text").get_string());
        for (json::key_value_pair &member : *part) {
            if (member.key() != "text")
                (*last)[member.key()] = std::move(member.value());
        }
    }
}

/// Lists that go on from event to event.
void addLists(json::object &into, json::object more)
{
    for (json::key_value_pair &member : more) {
        json::array *list = member.value().if_array();
        if (!list) {
            into[member.key()] = std::move(member.value());
            continue;
        }
        json::array &whole = arrayIn(into, member.key());
        for (json::value &value : *list)
            whole.push_back(std::move(value));
    }
}

void addContent(json::object &content, json::object more)
{
    for (json::key_value_pair &member : more) {
        if (member.key() == "parts" && member.value().is_array())
            addParts(arrayIn(content, "parts"), std::move(member.value().get_array()));
        else
            content[member.key()] = std::move(member.value());
    }
}

} // namespace

void AnswerJoin::add(json::object event)
{
    for (json::key_value_pair &member : event) {
        json::array *candidates = member.value().if_array();
        if (member.key() != "candidates" || !candidates) {
            m_answer[member.key()] = std::move(member.value());
            continue;
        }
        arrayIn(m_answer, "candidates"); // keeps its place in front
        for (json::value &candidate : *candidates) {
            if (json::object *object = candidate.if_object())
                addCandidate(std::move(*object));
        }
    }
}

void AnswerJoin::addCandidate(json::object candidate)
{
    const std::int64_t index = integerAt(candidate, "index", 0);
    json::array &candidates = arrayIn(m_answer, "candidates");
    json::object *known = nullptr;
    for (json::value &value : candidates) {
        if (integerAt(value.get_object(), "index", 0) == index)
            known = &value.get_object();
    }
    if (!known)
        known = &candidates.emplace_back(json::object()).get_object();
    for (json::key_value_pair &member : candidate) {
        json::object *object = member.value().if_object();
        if (member.key() == "content" && object)
            addContent(objectIn(*known, "content"), std::move(*object));
        else if ((member.key() == "citationMetadata" || member.key() == "logprobsResult") && object)
            addLists(objectIn(*known, member.key()), std::move(*object));
        else
            (*known)[member.key()] = std::move(member.value());
    }
}

} // namespace Gateway
