#include "gateway/store/namerepository.h"

namespace Gateway {

namespace {

constexpr std::string_view FIND = "SELECT id FROM names WHERE text = ?";
constexpr std::string_view ADD = "INSERT INTO names (text) VALUES (?) RETURNING id";
constexpr std::string_view COUNT = "SELECT max(id) FROM names";

constexpr std::size_t MAX_LENGTH = 200;
constexpr std::int64_t MAX_WORDS = 50'000;
constexpr std::size_t MAX_CACHED = 10'000;
constexpr std::string_view SHARED_WORD = "…";

/// Cut between characters of UTF-8.
std::string_view shortened(std::string_view text)
{
    if (text.size() <= MAX_LENGTH)
        return text;
    std::size_t length = MAX_LENGTH;
    while (length > 0 && (static_cast<unsigned char>(text[length]) & 0xc0) == 0x80)
        --length;
    return text.substr(0, length);
}

} // namespace

NameRepository::NameRepository(Database &database)
    : m_find(database.prepare(FIND))
    , m_add(database.prepare(ADD))
    , m_count(database.prepare(COUNT))
{
}

Result<std::int64_t> NameRepository::idOf(std::string_view text)
{
    if (text.empty())
        return 0;
    text = shortened(text);
    const auto known = m_cache.find(text);
    if (known != m_cache.end())
        return known->second;
    Result<std::int64_t> id = lookUp(text);
    if (!id)
        return id;
    if (m_cache.size() >= MAX_CACHED)
        m_cache.clear();
    m_cache.emplace(text, *id);
    return id;
}

Result<std::int64_t> NameRepository::lookUp(std::string_view text)
{
    m_find->bindText(0, text);
    Result<std::int64_t> id = m_find->value(0);
    if (!id || *id != 0)
        return id;
    const Result<std::int64_t> count = m_count->value(0);
    if (!count)
        return count;
    if (*count >= MAX_WORDS && text != SHARED_WORD)
        return idOf(SHARED_WORD);
    m_add->bindText(0, text);
    return m_add->value(0);
}

void NameRepository::forgetCache()
{
    m_cache.clear();
}

} // namespace Gateway
