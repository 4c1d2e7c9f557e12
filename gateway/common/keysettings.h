#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace Gateway {

/// What Google's tier of a key's project is known to be; learned from quota names or set by the user.
enum class KeyTier : std::uint8_t { Unknown = 0, Free = 1, Paid = 2 };

/// Which of Google's APIs a key is for.
enum class KeyKind : std::uint8_t {
    Gemini = 0, ///< The Gemini API (AI Studio).
    Vertex = 1  ///< Vertex AI in express mode: generates and counts, has no files, caches and the like.
};

/// Where a Vertex key is used unless it has a base URL of its own.
constexpr std::string_view VERTEX_BASE_URL = "https://aiplatform.googleapis.com/v1";

/// What a user says of a key; all of it can be edited.
struct KeySettings
{
    std::string label;
    std::string note;
    std::vector<std::string> tags; ///< Sorted, each once.
    std::string project; ///< Keys of one Google project share one allowance; empty: a project of its own.
    int priority = 0;    ///< Higher ones are used first by the strategy `priority`; -1000 to 1000.
    int weight = 100;    ///< Share of the requests with the strategy `weighted`; 1 to 10,000.
    bool enabled = true; ///< False: never lent, health kept as it is.
    std::vector<std::string> allowedModels; ///< Names or patterns with `*`; empty: all.
    std::vector<std::string> deniedModels;  ///< Likewise; wins over `allowedModels`.
    std::string proxy;                      ///< URL of its own proxy; empty: as the settings say.
    std::int64_t minuteRequests = 0;        ///< Limits per model set by hand; 0: only what Google said.
    std::int64_t minuteTokens = 0;          ///< Input tokens.
    std::int64_t dayRequests = 0;
    KeyTier tier = KeyTier::Unknown;
    KeyKind kind = KeyKind::Gemini;
    /// Where it is used, without "/" at the end. Empty: GOOGLE_API_HOST, and VERTEX_BASE_URL for Vertex,
    /// whose own one has the version at its end.
    std::string baseUrl;

    bool operator==(const KeySettings &) const = default;
};

/// Whether the key may be used for `model` (without "models/"; empty: a call that names none).
bool isModelAllowed(const KeySettings &settings, std::string_view model);

} // namespace Gateway
