#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/common/shelf.h"
#include "gateway/dialects/batches/batchrecord.h"

namespace Gateway {

// OpenAI's objects of files and batches (platform.openai.com/docs/api-reference/files, …/batch).

/// What a file's state on the shelf tells.
struct FileFacts
{
    std::string name; ///< As the client called it.
    std::string mime;
    std::int64_t bytes = 0;
    std::string status; ///< OpenAI's word: "uploaded", "processed" or "error".
};
std::string fileFactsJson(const FileFacts &facts);
FileFacts fileFactsOf(std::string_view state);

std::string openAiFile(const ShelfItem &item);
/// {"object":"list","data":[…],"first_id":…,"last_id":…,"has_more":…}; `ids` are those of `objects`.
std::string openAiList(const std::vector<std::string> &objects, const std::vector<std::string> &ids,
                       bool hasMore);
std::string openAiFileDeleted(std::string_view id);

/// What the client asked for in POST /v1/batches.
struct OpenAiBatchOrder
{
    std::string inputFile;
    std::string endpoint;
    std::string metadata; ///< A JSON object; empty for none.
    std::int64_t windowMs = 0;
    std::int64_t outputLifeMs = 0; ///< Of the output's files; 0: not told.
};
/// Fails with the client's 400.
Result<OpenAiBatchOrder> readOpenAiBatch(std::string_view body);

std::string openAiBatch(const BatchRecord &record);

/// "batch_x" → "file-output-x", "file-errors-x".
std::string outputFileOf(std::string_view batchId);
std::string errorFileOf(std::string_view batchId);
/// The batch that "file-output-x" or "file-errors-x" belongs to; empty for other ids.
std::string batchOfFile(std::string_view fileId);

/// Lines of the two files. `number` makes the line's id.
std::string openAiAnswerLine(const BatchRecord &record, std::int64_t number, std::string_view customId,
                             int status, std::string_view body);
/// For a request that got no answer: `code` is "batch_expired" or "batch_cancelled".
std::string openAiNoAnswerLine(const BatchRecord &record, std::int64_t number, std::string_view customId,
                               std::string_view code, std::string_view text);

} // namespace Gateway
