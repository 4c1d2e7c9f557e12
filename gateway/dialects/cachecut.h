#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace Gateway {

/// A body for generateContent as Gemini's explicit caches see it (ai.google.dev/gemini-api/docs/caching): its
/// beginning (systemInstruction, tools, toolConfig and the first turns) may lie in a cache, and what is left
/// goes up beside the cache's name. Borrows the body, which is JSON as translations write it; nothing is
/// parsed.
class CacheCut
{
public:
    /// Nothing when there is nothing to cut: no turns, or a cache of the client's own.
    static std::optional<CacheCut> of(std::string_view body);

    std::size_t turnCount() const { return m_turns.size(); }

    /// Whether what is left may begin with turn number `turn`, from 0: it is the user's, and answers no call
    /// of the model's that would be left behind.
    bool mayBegin(std::size_t turn) const;

    /// Names of the beginnings for `model` with 0, 1, … `turns` turns: equal for equal bytes only.
    std::vector<std::string> prints(std::string_view model, std::size_t turns) const;

    /// What stands before the turns: systemInstruction, tools and toolConfig; each may be empty.
    const std::vector<std::string_view> &settings() const { return m_settings; }
    /// The turns from number `from` to before number `to`, without brackets.
    std::string_view between(std::size_t from, std::size_t to) const;

    /// The body beside the cache `name` ("cachedContents/…") that holds so many turns.
    std::string rest(std::string_view name, std::size_t turns) const;
    /// The body that makes that cache for `model` (without "models/"), which lives for so long.
    std::string cache(std::string_view model, std::size_t turns, std::int64_t ttlMs) const;

private:
    CacheCut();
    bool take(std::string_view name, std::string_view value);
    bool takeTurns(std::string_view list);

    std::vector<std::string_view> m_settings; ///< Values, in the order of their names.
    std::vector<std::string_view> m_turns;
    std::vector<std::string_view> m_others; ///< Whole members: "\"safetySettings\":[…]".
};

} // namespace Gateway
