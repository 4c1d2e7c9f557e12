#include "gateway/dialects/cachecut.h"

#include <algorithm>
#include <array>

#include <QCryptographicHash>

#include "gateway/common/json.h"
#include "gateway/common/jsonwalk.h"

namespace Gateway {

namespace {

constexpr std::array<std::string_view, 3> SETTINGS{"systemInstruction", "tools", "toolConfig"};
constexpr std::string_view MODELS = "models/";

void add(QCryptographicHash &hash, std::string_view text)
{
    const std::uint64_t size = text.size(); // so that no two rows of texts look alike
    hash.addData(QByteArrayView(reinterpret_cast<const char *>(&size), sizeof(size)));
    hash.addData(QByteArrayView(text.data(), static_cast<qsizetype>(text.size())));
}

void addMember(std::string &out, std::string_view name, std::string_view value)
{
    if (value.empty())
        return;
    out += ",\"";
    out += name;
    out += "\":";
    out += value;
}

} // namespace

CacheCut::CacheCut()
    : m_settings(SETTINGS.size())
{
}

std::optional<CacheCut> CacheCut::of(std::string_view body)
{
    CacheCut cut;
    std::size_t at = 1;
    if (!body.starts_with('{'))
        return std::nullopt;
    while (at < body.size() && body[at] == '"') {
        const std::size_t behind = jsonStringEnd(body, at);
        if (behind >= body.size() || body[behind] != ':')
            return std::nullopt;
        const std::size_t size = jsonValueLength(body.substr(behind + 1), body.size());
        const std::string_view name = body.substr(at + 1, behind - at - 2);
        if (!cut.take(name, body.substr(behind + 1, size)))
            return std::nullopt;
        const bool isSetting = std::ranges::find(SETTINGS, name) != SETTINGS.end() || name == "contents";
        if (!isSetting)
            cut.m_others.push_back(body.substr(at, behind + 1 + size - at));
        at = behind + 1 + size + 1; // behind the comma, or the last brace
    }
    return at == body.size() && !cut.m_turns.empty() ? std::optional(std::move(cut)) : std::nullopt;
}

bool CacheCut::take(std::string_view name, std::string_view value)
{
    if (name == "cachedContent")
        return false;
    if (name == "contents")
        return takeTurns(value);
    const auto setting = std::ranges::find(SETTINGS, name);
    if (setting != SETTINGS.end())
        m_settings[static_cast<std::size_t>(setting - SETTINGS.begin())] = value;
    return true;
}

bool CacheCut::takeTurns(std::string_view list)
{
    std::size_t at = 1;
    while (at < list.size() && list[at] == '{') {
        const std::size_t size = jsonValueLength(list.substr(at), list.size());
        m_turns.push_back(list.substr(at, size));
        at += size + 1;
    }
    return at == list.size();
}

bool CacheCut::mayBegin(std::size_t turn) const
{
    return turn < m_turns.size() && m_turns[turn].starts_with(R"({"role":"user",)") &&
           m_turns[turn].find(R"("functionResponse":)") == std::string_view::npos; // in a text it is escaped
}

/// A chain: each name is made of the one before it and one more turn.
std::vector<std::string> CacheCut::prints(std::string_view model, std::size_t turns) const
{
    QCryptographicHash hash(QCryptographicHash::Blake2b_256);
    add(hash, model);
    for (const std::string_view setting : m_settings)
        add(hash, setting);
    std::vector<std::string> prints{hash.result().toStdString()};
    for (std::size_t i = 0; i < std::min(turns, m_turns.size()); ++i) {
        hash.reset();
        add(hash, prints.back());
        add(hash, m_turns[i]);
        prints.push_back(hash.result().toStdString());
    }
    return prints;
}

std::string_view CacheCut::between(std::size_t from, std::size_t to) const
{
    if (from >= to || to > m_turns.size())
        return {};
    const char *begin = m_turns[from].data();
    const std::string_view last = m_turns[to - 1];
    return {begin, static_cast<std::size_t>(last.data() + last.size() - begin)};
}

std::string CacheCut::rest(std::string_view name, std::size_t turns) const
{
    std::string out = "{\"cachedContent\":";
    appendJsonString(out, name);
    out += ",\"contents\":[";
    out += between(turns, m_turns.size());
    out += ']';
    for (const std::string_view member : m_others) {
        out += ',';
        out += member;
    }
    out += '}';
    return out;
}

std::string CacheCut::cache(std::string_view model, std::size_t turns, std::int64_t ttlMs) const
{
    std::string out = "{\"model\":";
    appendJsonString(out, model.starts_with("tunedModels/") ? std::string(model)
                                                            : std::string(MODELS) + std::string(model));
    if (turns > 0)
        addMember(out, "contents", '[' + std::string(between(0, turns)) + ']');
    for (std::size_t i = 0; i < SETTINGS.size(); ++i)
        addMember(out, SETTINGS[i], m_settings[i]);
    out += ",\"ttl\":\"" + std::to_string(ttlMs / 1000) + "s\"}";
    return out;
}

} // namespace Gateway
