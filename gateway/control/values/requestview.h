#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "gateway/common/requestquery.h"
#include "gateway/common/requestrecord.h"

namespace Gateway {

/// A request as a list shows it.
struct RequestView
{
    std::int64_t seq = 0; ///< Place in the order of their ends; 0 while it is not written yet.
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
    std::int64_t costMicro = -1; ///< Millionths of a US dollar; -1: no price is known.
    std::int64_t bytesIn = 0;
    std::int64_t bytesOut = 0;
};

struct RequestViewPage
{
    std::vector<RequestView> requests;
    std::int64_t next = 0; ///< RequestQuery::before of the next page; 0: this is the last.
};

struct RequestDetail
{
    RequestView request;
    std::vector<AttemptRecord> attempts;
    /// Whether what was sent and answered is kept: heads ("POST /v1/messages" or "200", then lines
    /// "name: value", credentials masked) and bodies, which may be cut.
    bool hasBodies = false;
    std::string requestHead;
    std::string requestBody;
    std::string sentBody; ///< What Google was asked; empty where that is the request's own body.
    std::string responseHead;
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
