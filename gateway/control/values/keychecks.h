#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "gateway/common/keyrow.h"

namespace Gateway {

enum class CheckScope : std::uint8_t { Selected, All, Failing };

struct CheckRequest
{
    CheckScope scope = CheckScope::Selected;
    std::vector<KeyId> ids; ///< Selected: these.
};

enum class CheckVerdict : std::uint8_t {
    Good,    ///< Google answered.
    Limited, ///< The key is good, but a quota is used up.
    Refused, ///< Google does not take the key.
    Unclear, ///< No answer, or trouble that says nothing of the key.
};

struct CheckResult
{
    KeyId id = 0;
    CheckVerdict verdict = CheckVerdict::Unclear;
    std::string code; ///< Google's machine word, e.g. "API_KEY_INVALID".
    std::string text; ///< Google's own words.
    std::int64_t durationMs = 0;
};

/// One run of checks; a finished one is kept until the next run starts.
struct CheckProgress
{
    std::string id;
    int total = 0;
    int done = 0;
    int good = 0; ///< Good and limited ones.
    int bad = 0;  ///< Refused and unclear ones.
    bool isRunning = false;
    bool isCancelled = false;
    std::vector<CheckResult> results; ///< In the order they came.
};

} // namespace Gateway
