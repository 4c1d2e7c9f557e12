#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/common/result.h"
#include "gateway/dialects/batches/batchinput.h"
#include "gateway/dialects/batches/geminibatch.h"

namespace Gateway {

/// Gemini's batches have one model each, so a client's batch is one or several of them.
struct BatchPart
{
    GeminiBatch batch;
    std::string model;
    std::int64_t total = 0; ///< Requests.
    std::string owner = {}; ///< The key it belongs to, as it is remembered.
};

/// A request that never went to Gemini.
struct RefusedItem
{
    std::string customId;
    Error error;
};

/// What the gateway remembers of a client's batch.
struct BatchRecord
{
    std::string id;
    std::int64_t createdMs = 0;
    std::int64_t expiresMs = 0;    ///< When the client's window ends.
    std::string endpoint;          ///< OpenAI's: "/v1/chat/completions".
    std::string inputFile;         ///< OpenAI's.
    std::string metadata;          ///< OpenAI's, a JSON object; empty for none.
    std::int64_t outputLifeMs = 0; ///< OpenAI's, of the output's files; 0: not told.
    std::int64_t cancelMs = 0;     ///< When the client asked to cancel; 0: never.
    std::int64_t endedMs = 0;      ///< When it was seen to be over; 0: it runs.
    std::vector<BatchPart> parts;
    std::vector<RefusedItem> refused;
    std::vector<LineFault> faults; ///< Of its input: it never ran.

    std::int64_t total() const;
    std::int64_t succeeded() const;
    /// Failed one by one, refused ones among them.
    std::int64_t failed() const;
    bool isOver() const { return endedMs != 0; }
    /// What the whole is: running as long as a part runs; the worst of their ends.
    BatchState state() const;
};

/// All but id and createdMs, which stand beside it.
std::string batchRecordJson(const BatchRecord &record);
BatchRecord batchRecordOf(std::string_view id, std::int64_t createdMs, std::string_view json);

} // namespace Gateway
