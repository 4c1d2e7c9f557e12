#pragma once

#include "gateway/common/requestrecord.h"

namespace TestSupport {

/// The record of request `number` from a log of millions: four models, `keys` keys (from id 1), a failure in
/// a thousand, the token "rare" once in 50,000.
inline Gateway::RequestRecord sampleRecord(std::int64_t number, std::int64_t keys, std::int64_t timeMs)
{
    static const std::string models[] = {"gemini-2.5-flash", "gemini-2.5-pro", "gemini-3-flash",
                                         "gemini-3-pro"};
    Gateway::RequestRecord record;
    record.id = "req_0123456789abcdefghijklmn";
    record.timeMs = timeMs;
    record.token = number % 50'000 == 7 ? "rare" : "default";
    record.method = "generateContent";
    record.modelAsked = models[number % 4];
    record.modelUsed = record.modelAsked;
    record.keyId = 1 + number % keys;
    record.status = number % 1000 == 0 ? 503 : 200;
    record.error = record.status == 200 ? "" : "UNAVAILABLE: The model is overloaded.";
    record.firstByteMs = 3;
    record.durationMs = 8 + number % 500;
    record.tokens = {120 + number % 1000, 400, -1, -1, -1, 520 + number % 1000};
    record.bytesIn = 2000 + number % 1000;
    record.bytesOut = 3000;
    record.attempts.push_back({record.keyId, record.status, 0, record.durationMs, record.error});
    return record;
}

} // namespace TestSupport
