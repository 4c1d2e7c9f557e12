#pragma once

#include "gateway/relay/errands/batchreader.h"

namespace Gateway {

/// /v1/batches of OpenAI and /v1/messages/batches of Anthropic, by method and what of the path follows.
class BatchErrand final : public BatchReader
{
public:
    using BatchReader::BatchReader;

    /// `id`: of the batch, empty for all; `action`: "cancel", "results" or empty.
    void run(const std::string &id, std::string_view action);

private:
    void make();
    void makeOpenAi();
    void makeAnthropic();
    void list();
    void listed(std::vector<ShelfItem> items, bool hasMore);
    void show(BatchRecord record);
    void cancel(BatchRecord record);
    void erase(BatchRecord record);
    void results(BatchRecord record, const std::string &content);
    Error missing(std::string_view id) const;
    BatchRecord newRecord(std::string_view idPrefix) const;
};

} // namespace Gateway
