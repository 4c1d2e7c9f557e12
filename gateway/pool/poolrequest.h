#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "gateway/common/keyrow.h"

namespace Gateway {

/// Why there is no key.
struct Refusal
{
    enum class Why : std::uint8_t {
        Exhausted,  ///< Every key that could serve was tried for this request.
        Resting,    ///< All usable keys rest for this model; `waitMs` to the first.
        NoneUsable, ///< Only keys that are sidelined, disabled or not meant for this call, or none at all.
        Settling,   ///< A key's last change is not durable yet: ask again in a few ms.
        Overloaded, ///< Google has no capacity for the model; `waitMs` until one request may try again.
        Absent,     ///< No usable key's project has the model; `waitMs` until the first is asked again.
    };
    Why why = Why::NoneUsable;
    std::int64_t waitMs = 0; ///< Until the first resting key returns; 0 when none rests.
    int total = 0;
    int invalid = 0;   ///< Sidelined.
    int resting = 0;   ///< Usable, but not now for this model.
    int disabled = 0;  ///< By the user.
    int predicted = 0; ///< Of the resting ones: Google said nothing yet, but a limit is used up by our count.
    int absent = 0;    ///< Usable, but their project does not have the model.
    std::string reason; ///< Overloaded, Absent: Google's words, else empty.
};

/// What to look for.
struct AcquireRequest
{
    std::string_view model{};       ///< Without "models/"; empty when the call names none.
    std::span<const KeyId> tried{}; ///< Keys this request has had already.
    KeyId owner = 0;                ///< Not 0: only this key will do.
    bool otherProject = false;      ///< Rather a key whose project none of the tried ones is of.
    bool lastAttempt = false;     ///< No other attempt can follow: do not probe a resting key with this one.
    std::uint64_t affinity = 0;   ///< Hash of the conversation, which stays on its key while it can; 0: none.
    std::int64_t inputTokens = 0; ///< Estimate of the prompt's size.
    std::span<const std::string> tags{}; ///< The key must carry all of them.
    bool geminiOnly = false;             ///< Only a key of the Gemini API will do.
    std::int64_t maxWaitMs = 0; ///< How long the caller would wait for a key whose limit is used up by our
                                ///< count; only beyond that such a key is tried, once an hour.
};

} // namespace Gateway
