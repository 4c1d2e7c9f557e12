#include "gateway/dialects/ollama/turnprint.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include <QCryptographicHash>

namespace Gateway {

namespace {

constexpr double LARGEST_WHOLE = 9007199254740992.0; // 2^53: beyond, a double skips whole numbers

void appendSorted(std::string &out, const json::value &value);

void appendMembers(std::string &out, const json::object &object)
{
    std::vector<const json::key_value_pair *> members;
    members.reserve(object.size());
    for (const json::key_value_pair &member : object)
        members.push_back(&member);
    std::ranges::sort(members, {}, [](const json::key_value_pair *m) { return std::string_view(m->key()); });
    out += '{';
    for (const json::key_value_pair *member : members) {
        appendJsonString(out, member->key());
        out += ':';
        appendSorted(out, member->value());
        out += ',';
    }
    out += '}';
}

void appendSorted(std::string &out, const json::value &value)
{
    if (const json::object *object = value.if_object())
        return appendMembers(out, *object);
    if (const json::array *array = value.if_array()) {
        out += '[';
        for (const json::value &element : *array) {
            appendSorted(out, element);
            out += ',';
        }
        out += ']';
        return;
    }
    const double *number = value.if_double();
    if (number && std::abs(*number) <= LARGEST_WHOLE && std::floor(*number) == *number)
        out += std::to_string(static_cast<std::int64_t>(*number));
    else
        appendJson(out, value);
}

} // namespace

void TurnPrint::mix(std::string_view text)
{
    QCryptographicHash hash(QCryptographicHash::Blake2b_256);
    hash.addData(QByteArrayView(m_state.data(), static_cast<qsizetype>(m_state.size())));
    hash.addData(QByteArrayView(text.data(), static_cast<qsizetype>(text.size())));
    m_state = hash.result().toStdString();
}

void TurnPrint::user(std::string_view text)
{
    if (!m_userSpoke)
        m_state.clear();
    m_userSpoke = true;
    mix(text);
}

std::string TurnPrint::call(std::string_view name, const json::object *arguments)
{
    std::string text;
    appendJsonString(text, name);
    if (arguments)
        appendMembers(text, *arguments);
    else
        text += "{}";
    m_userSpoke = false;
    mix(text);
    constexpr qsizetype NAME_BYTES = 16;
    const QByteArray bytes = QByteArray::fromRawData(m_state.data(), NAME_BYTES);
    return "call-print:" + bytes.toHex().toStdString();
}

} // namespace Gateway
