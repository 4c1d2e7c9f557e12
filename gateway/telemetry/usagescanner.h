#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "gateway/common/requestrecord.h"
#include "gateway/telemetry/inflatetap.h"

namespace Gateway {

/// Finds the token counts in an answer of Google's that passes by: a JSON object, a JSON array or events,
/// in any split. It parses nothing but the last object of the name that it was told, and that only when
/// asked; it keeps at most 16 KiB.
class UsageScanner
{
public:
    /// The member's name with its quotes: in generateContent's answers and the Live API's messages, and in
    /// those of Google's OpenAI-compatible paths and of interactions.
    static constexpr std::string_view GEMINI = "\"usageMetadata\"";
    static constexpr std::string_view OTHERS = "\"usage\"";

    /// `name`: GEMINI or OTHERS.
    explicit UsageScanner(std::string_view name = GEMINI);

    /// The answer's Content-Encoding, before the first feed(). An unknown one (br, zstd) means no counts.
    void setEncoding(std::string_view encoding);

    void feed(std::string_view bytes);

    /// Of the last such object; all -1 when there was none.
    TokenCounts tokens() const;

private:
    enum class State { Searching, BeforeObject, InObject };

    void scan(std::string_view bytes);
    std::string_view search(std::string_view bytes);
    std::string_view skipToObject(std::string_view bytes);
    std::string_view capture(std::string_view bytes);

    std::size_t findName(std::string_view bytes) const;

    std::string_view m_name;
    std::optional<InflateTap> m_inflate;
    bool m_isUnreadable = false;
    State m_state = State::Searching;
    std::string m_tail;   ///< The end of what was searched, shorter than the name looked for.
    std::string m_object; ///< Being captured.
    std::string m_last;
    int m_depth = 0;
    bool m_isColonSeen = false;
    bool m_isInString = false;
    bool m_isEscaped = false;
};

} // namespace Gateway
