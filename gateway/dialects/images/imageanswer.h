#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "gateway/common/json.h"
#include "gateway/common/requestrecord.h"
#include "gateway/common/result.h"

namespace Gateway {

/// A picture as Gemini tells it.
struct DrawnPicture
{
    std::string mime; ///< "image/png"
    std::string data; ///< Base64.
};

/// Tokens of pictures as OpenAI counts them.
struct ImageUsage
{
    std::int64_t input = 0;
    std::int64_t inputImage = 0; ///< Part of the input.
    std::int64_t output = 0;     ///< With thoughts.
    std::int64_t outputImage = 0;

    void add(const ImageUsage &more);
    /// Appends OpenAI's `usage` object.
    void appendTo(std::string &out) const;
};

/// What Gemini answered to a request for one picture, read whole or event by event.
class ImageAnswer
{
public:
    /// Called with each picture that the model made on its way, while it thought.
    using OnDraft = std::function<void(DrawnPicture draft)>;

    /// Reads an answer, or adds an event of a stream. Fails when it is none, or an error of Google's.
    Result<void> read(std::string_view geminiJson, const OnDraft &onDraft = nullptr);

    /// Whether there is a picture. If not, why: 400 "moderation_blocked" when Google's safety system
    /// stopped it, 400 "no_image" when the model only had words, else 502.
    Result<void> check() const;

    const DrawnPicture &picture() const { return m_picture; }
    /// What the model wrote beside it.
    const std::string &words() const { return m_words; }
    const TokenCounts &tokens() const { return m_tokens; }
    const ImageUsage &usage() const { return m_usage; }

private:
    void readPart(const json::value &part, const OnDraft &onDraft);
    void readUsage(const json::object &metadata);

    DrawnPicture m_picture;
    std::string m_words;
    std::string m_finish; ///< Google's finishReason or blockReason.
    std::string m_finishMessage;
    bool m_isBlocked = false; ///< The prompt was blocked.
    TokenCounts m_tokens;
    ImageUsage m_usage;
};

} // namespace Gateway
