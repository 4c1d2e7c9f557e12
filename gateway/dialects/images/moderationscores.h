#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "gateway/common/json.h"
#include "gateway/common/requestrecord.h"
#include "gateway/common/result.h"

namespace Gateway {

/// One of OpenAI's categories of harm.
struct HarmCategory
{
    std::string_view name;         ///< "hate/threatening"
    std::string_view member;       ///< What the model is asked for: "hate_threatening".
    bool isOfPictures;             ///< Pictures are judged by it as well as texts.
    std::string_view googleRating; ///< HARM_CATEGORY_… whose rating counts for it; empty: none.
    std::string_view meaning;      ///< For the model.
};

constexpr std::size_t HARM_COUNT = 13;
extern const std::array<HarmCategory, HARM_COUNT> HARM_CATEGORIES;

/// What an input consists of.
struct ModeratedKinds
{
    bool text = false;
    bool image = false;
};

/// The verdict on one input.
class ModerationScores
{
public:
    /// Reads Gemini's answer. Fails with 502 when it is none.
    Result<void> read(std::string_view geminiJson);

    /// Appends the entry of OpenAI's `results`. A category that no part of the input is judged by has 0.
    void appendTo(std::string &out, ModeratedKinds kinds) const;

    const TokenCounts &tokens() const { return m_tokens; }

private:
    Result<void> readVerdict(std::string_view text);
    void readRatings(const json::object &holder);

    std::array<double, HARM_COUNT> m_scores{};
    bool m_isBlocked = false;
    TokenCounts m_tokens;
};

} // namespace Gateway
