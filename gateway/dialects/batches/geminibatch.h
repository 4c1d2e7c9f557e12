#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/common/json.h"

namespace Gateway {

/// How far a batch is.
enum class BatchState : std::uint8_t { Pending, Running, Succeeded, Failed, Cancelled, Expired };

/// What Gemini tells of a batch (ai.google.dev/gemini-api/docs/batch-api).
struct GeminiBatch
{
    std::string name; ///< "batches/abc".
    BatchState state = BatchState::Pending;
    std::int64_t succeeded = 0; ///< Requests.
    std::int64_t failed = 0;
    std::string error;         ///< Why the whole failed.
    std::string responsesFile; ///< "files/abc"; empty where the answers stand in the operation.
};

bool isOver(BatchState state);
std::string_view batchStateWord(BatchState state);
BatchState batchStateOf(std::string_view word);

/// One request as it goes into a batch: a line of a file, or an element of `requests`.
std::string batchLine(std::string_view key, std::string_view request);
std::string inlinedRequest(std::string_view key, std::string_view request);

/// The body of models/X:batchGenerateContent and :asyncBatchEmbedContent: with `requests` (elements joined by
/// commas), or with a file of lines when `fileName` is not empty.
std::string batchBody(std::string_view displayName, std::string_view requests, std::string_view fileName);

/// The operation that making and asking for a batch bring. A 502 when it is none.
Result<GeminiBatch> readGeminiBatch(std::string_view operation);

/// One answer within a batch; one of both is set.
struct BatchAnswer
{
    std::string key;
    const json::object *response = nullptr;
    const json::object *error = nullptr; ///< A google.rpc.Status.
};
using TakeAnswer = std::function<void(const BatchAnswer &answer)>;

/// The answers that stand in an operation, or in the lines of a responses file.
void forEachInlined(std::string_view operation, const TakeAnswer &take);
void forEachLineAnswer(std::string_view jsonl, const TakeAnswer &take);

} // namespace Gateway
