#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "gateway/common/json.h"
#include "gateway/common/requestrecord.h"
#include "gateway/common/result.h"

namespace Gateway {

/// One part of a candidate's content (ai.google.dev/api/caching#Part).
struct GeminiPart
{
    enum class Kind : std::uint8_t { Text, Call, InlineData, FileData, Code, CodeResult, Other };

    Kind kind = Kind::Other;
    bool isThought = false;
    std::string_view text;                ///< Of a text part.
    std::string_view signature;           ///< thoughtSignature, empty when none.
    const json::object *object = nullptr; ///< functionCall, inlineData, fileData, … of the other kinds.

    static GeminiPart read(const json::value &part);
};

/// One candidate, or what an event of a stream adds to it. Everything may be absent.
struct GeminiCandidate
{
    int index = 0;
    const json::array *parts = nullptr;
    std::string_view finishReason; ///< Google's word, empty while it goes on.
    std::string_view finishMessage;
    const json::object *grounding = nullptr; ///< groundingMetadata
    const json::object *citations = nullptr; ///< citationMetadata
    const json::object *logprobs = nullptr;  ///< logprobsResult

    static GeminiCandidate read(const json::value &candidate);
};

/// Tokens as usageMetadata tells them; -1 is not told.
struct GeminiUsage
{
    TokenCounts counts;
    std::int64_t promptAudio = -1;
    std::int64_t candidatesAudio = -1;

    /// Takes over what `metadata` tells; the counts of a stream's later event replace the earlier ones.
    void read(const json::object &metadata);

    /// Input with what tools fed to the model. Counted against totalTokenCount: where the parts do not add up
    /// one way, the way they do is believed (tool use within the prompt, thoughts within the candidates).
    std::int64_t input() const;
    /// Output with thoughts.
    std::int64_t output() const;
};

/// An answer of generateContent, or one event of its stream, read in place: the views and pointers live as
/// long as this. Made for the stack; small events need no allocation.
class GeminiAnswer
{
public:
    GeminiAnswer() = default;
    GeminiAnswer(const GeminiAnswer &) = delete;
    GeminiAnswer &operator=(const GeminiAnswer &) = delete;

    /// Fails with 502 when `text` is no JSON object, and with Google's own error when it tells one
    /// (`{"error":…}`, also inside a stream that began with status 200).
    Result<void> read(std::string_view text);

    const json::array *candidates() const { return m_candidates; }
    const json::object *usage() const { return m_usage; }
    std::string_view responseId() const { return m_responseId; }
    /// Why the prompt was blocked ("SAFETY"), empty when it was not. Google answers a blocked prompt with
    /// status 200 and no candidates.
    std::string_view blockReason() const { return m_blockReason; }
    std::string_view blockMessage() const { return m_blockMessage; }
    /// The whole object.
    const json::object &object() const { return m_object; }

private:
    static constexpr std::size_t NEAR_BYTES = 8192;

    alignas(
        std::max_align_t) std::array<unsigned char, NEAR_BYTES> m_near; // Left without a value on purpose.
    json::monotonic_resource m_memory{m_near.data(), m_near.size()};
    json::object m_object{&m_memory};
    const json::array *m_candidates = nullptr;
    const json::object *m_usage = nullptr;
    std::string_view m_responseId;
    std::string_view m_blockReason;
    std::string_view m_blockMessage;
};

} // namespace Gateway
