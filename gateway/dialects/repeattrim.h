#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace Gateway {

/// Takes from the beginning of a text what repeats the end of the text before it. Only an exact repeat that
/// is long counts: a short one, or one of few different letters (a ruled line, an indentation), may be meant.
class RepeatTrim
{
public:
    static constexpr std::size_t LEAST_BYTES = 24;
    static constexpr std::size_t LEAST_DIFFERENT = 8; ///< Bytes.
    static constexpr std::size_t MOST_BYTES = 1024;

    explicit RepeatTrim(std::string_view before);

    /// The text's next piece → what of the text is to be told now; what could be a repeat is held back.
    std::string feed(std::string_view piece);
    /// No more comes → what was held back and is no repeat.
    std::string finish();

private:
    bool mayRepeatMore() const;
    std::size_t repeated() const;

    std::string m_before; ///< Its last MOST_BYTES.
    std::string m_held;
    bool m_isDone = false;
};

} // namespace Gateway
