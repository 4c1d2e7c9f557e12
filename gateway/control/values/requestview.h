#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "gateway/common/requestrecord.h"

namespace Gateway {

/// Which recorded requests are wanted; all conditions hold together, an absent one lets all through.
struct RequestFilter
{
    std::int64_t fromMs = 0; ///< Arrived then or later, ms since 1970 UTC.
    std::int64_t toMs = 0;   ///< Arrived before; 0: until now.
    int statusFrom = 0;      ///< Both bounds belong to the range; 0 and 0: any.
    int statusTo = 0;
    bool isFailed = false;  ///< Status 400 and above, or an error.
    bool isRetried = false; ///< More than one attempt.
    std::string model;      ///< Asked or used.
    std::int64_t keyId = 0;
    std::string token; ///< Its name.
    std::optional<Dialect> dialect;
    std::int64_t minDurationMs = 0;
    std::string errorText;   ///< Stands in the error, without case.
    std::string id;          ///< The x-request-id.
    std::int64_t before = 0; ///< Newest first: only rows before this place (RequestPage::next).
    std::int64_t limit = 100;
};

/// A request as a list shows it.
struct RequestView
{
    std::int64_t seq = 0; ///< Place in the order of their ends.
    std::string id;
    std::int64_t timeMs = 0;
    std::string token;
    Dialect dialect = Dialect::Gemini;
    std::string method;
    std::string modelAsked;
    std::string modelUsed;
    std::int64_t keyId = 0;
    std::string keyLabel; ///< Label or masked text of the key; empty when it is gone.
    int status = 0;
    std::string error;
    int attempts = 0;
    bool streamed = false;
    std::int64_t firstByteMs = -1; ///< -1: none.
    std::int64_t durationMs = 0;
    TokenCounts tokens;
    std::int64_t cost = -1; ///< In millionths of a dollar; -1: no price is known.
    std::int64_t bytesIn = 0;
    std::int64_t bytesOut = 0;
};

struct RequestPage
{
    std::vector<RequestView> requests;
    std::int64_t next = 0; ///< RequestFilter::before of the next page; 0: this is the last.
};

struct RequestDetail
{
    RequestView request;
    std::vector<AttemptRecord> attempts;
    bool hasBodies = false;
    std::string requestBody;
    std::string responseBody;
};

/// Which records go: `seqs`, or all that arrived before `beforeMs`.
struct RequestDeletion
{
    std::vector<std::int64_t> seqs;
    std::int64_t beforeMs = 0;
};

struct DeletedCount
{
    std::int64_t count = 0;
};

} // namespace Gateway
