#pragma once

#include <array>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "gateway/common/json.h"

namespace RoundTrip {

namespace json = boost::json;

/// Random choices that are the same for the same seed on every machine.
class Dice
{
public:
    explicit Dice(std::uint64_t seed)
        : m_engine(seed)
    {
    }

    /// 0 to `count` - 1.
    std::size_t below(std::size_t count) { return static_cast<std::size_t>(m_engine() % count); }
    bool oneIn(std::size_t count) { return below(count) == 0; }
    bool coin() { return oneIn(2); }

    template <typename List>
    const auto &pick(const List &list)
    {
        return list[below(std::size(list))];
    }

    template <typename List>
    void shuffle(List &list)
    {
        for (std::size_t i = list.size(); i > 1; --i)
            std::swap(list[i - 1], list[below(i)]);
    }

    /// Words of many scripts and what is likely to be mistaken for something: quotes, escapes, line ends of
    /// all kinds, characters beyond the first plane, control characters, marks of JSON, SSE and markdown.
    /// Never empty, never only blanks.
    std::string text();
    /// A name as functions and properties have it.
    std::string name();
    std::string bytes(std::size_t most);
    /// An object such as a tool's arguments or results are.
    json::object object(int depth = 0);

private:
    json::value value(int depth);

    std::mt19937_64 m_engine;
};

/// `value` as some client might write it: blanks between the tokens, characters escaped or not.
std::string oddJson(const json::value &value, Dice &dice);

std::string base64(const std::string &bytes);
/// What `text` encodes, in the standard alphabet or that of URLs.
std::string unbase64(std::string_view text);

} // namespace RoundTrip
