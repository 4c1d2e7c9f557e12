#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "gateway/common/dialect.h"

namespace Gateway {

/// One try of a request with one key.
struct AttemptRecord
{
    std::int64_t keyId = 0;      ///< 0 when no key was had.
    int status = 0;              ///< HTTP status of the upstream, 0 without an answer.
    std::int64_t startMs = 0;    ///< After the request's start, in ms.
    std::int64_t durationMs = 0; ///< Until the verdict, in ms.
    std::string error;           ///< Reason and message, empty on success.
};

/// Tokens as Gemini's usageMetadata tells them (-1: not told).
struct TokenCounts
{
    std::int64_t prompt = -1;
    std::int64_t candidates = -1; ///< Without thoughts.
    std::int64_t thoughts = -1;
    std::int64_t cached = -1;
    std::int64_t toolUse = -1;
    std::int64_t total = -1;
};

/// One client request from its first byte to its end, with its attempts: one row of the store.
struct RequestRecord
{
    std::string id;          ///< The x-request-id.
    std::int64_t timeMs = 0; ///< Arrival, ms since 1970 UTC.
    std::string token;       ///< Name of the access token, empty when refused.
    Dialect dialect = Dialect::Gemini;
    std::string method; ///< What was asked: "generateContent", "chat.completions", …
    std::string modelAsked;
    std::string modelUsed;
    std::int64_t keyId = 0;        ///< Of the last attempt; 0 when none was made.
    int status = 0;                ///< Told to the client; 499 when it left before an answer.
    std::string error;             ///< Empty on success.
    std::int64_t firstByteMs = -1; ///< From arrival to the first byte of the answer's body, -1 without one.
    std::int64_t durationMs = 0;
    TokenCounts tokens;
    std::int64_t costMicro = -1; ///< By the price table, millionths of a US dollar; -1: no price is known.
    std::int64_t bytesIn = 0;    ///< Request body.
    std::int64_t bytesOut = 0;   ///< Answer body.
    bool streamed = false;
    std::vector<AttemptRecord> attempts;
    /// Only when the setting keeps bodies, cut at its limit. Heads are lines ("POST /v1/messages", "200",
    /// then "name: value"), with every credential masked.
    std::string requestHead;
    std::string requestBody;
    std::string sentBody; ///< What Google was asked, where that is not the client's own body.
    std::string responseHead;
    std::string responseBody;
};

} // namespace Gateway
