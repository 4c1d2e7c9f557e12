#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gateway/common/shelf.h"
#include "gateway/dialects/batches/batchrecord.h"

namespace Gateway {

// Anthropic's objects of files and message batches (platform.claude.com/docs/en/api/files-create,
// …/creating-message-batches).

std::string anthropicFile(const ShelfItem &item);
/// {"data":[…],"has_more":…,"first_id":…,"last_id":…}; `ids` are those of `objects`.
std::string anthropicList(const std::vector<std::string> &objects, const std::vector<std::string> &ids,
                          bool hasMore);
/// `type`: "file_deleted", "message_batch_deleted".
std::string anthropicDeleted(std::string_view id, std::string_view type);

/// `origin`: of the gateway as the client sees it, for the address of the results.
std::string anthropicBatch(const BatchRecord &record, std::string_view origin);

/// Lines of the results; `type` of the last: "canceled", "expired".
std::string anthropicSucceeded(std::string_view customId, std::string_view message);
std::string anthropicErrored(std::string_view customId, const Error &error);
std::string anthropicUnanswered(std::string_view customId, std::string_view type);

/// "2026-11-26T12:00:00Z" of ms since 1970 UTC.
std::string isoTime(std::int64_t ms);

} // namespace Gateway
