#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/common/result.h"

namespace Gateway {

/// One request of a batch.
struct BatchItem
{
    std::string customId; ///< The client's name for it.
    std::string body;     ///< JSON, as it would be posted by itself.
};

/// Why a line of a batch file is no request.
struct LineFault
{
    std::int64_t line = 0; ///< From 1.
    std::string code;
    std::string text;
    std::string param;
};

struct BatchInput
{
    std::vector<BatchItem> items;
    std::vector<LineFault> faults; ///< The first hundred.
};

/// The lines of a file for OpenAI's batches (platform.openai.com/docs/guides/batch):
/// {"custom_id":…,"method":"POST","url":`endpoint`,"body":{…}}. Empty lines are passed over.
BatchInput readBatchLines(std::string_view jsonl, std::string_view endpoint);

/// The `requests` of Anthropic's message batches
/// (platform.claude.com/docs/en/api/creating-message-batches): {"custom_id":…,"params":{…}}. Fails with the
/// client's 400.
Result<std::vector<BatchItem>> readBatchRequests(std::string_view body);

/// Items as JSONL that readKeptItems() reads again.
std::string keptItems(const std::vector<BatchItem> &items);
std::vector<BatchItem> readKeptItems(std::string_view jsonl);

} // namespace Gateway
