#include "gateway/dialects/batches/anthropicbatches.h"

#include <array>
#include <ctime>

#include "gateway/common/json.h"
#include "gateway/dialects/batches/openaibatches.h"
#include "gateway/dialects/errors.h"

namespace Gateway {

namespace {

json::value timeOrNull(std::int64_t ms)
{
    return ms == 0 ? json::value(nullptr) : json::value(isoTime(ms));
}

/// Once it is over nothing is being processed: what has no answer was cancelled, expired or failed with the
/// whole.
json::object countsOf(const BatchRecord &record)
{
    json::object counts{{"processing", 0},
                        {"succeeded", record.succeeded()},
                        {"errored", record.failed()},
                        {"canceled", 0},
                        {"expired", 0}};
    if (!record.isOver())
        return {{"processing", record.total()},
                {"succeeded", 0},
                {"errored", 0},
                {"canceled", 0},
                {"expired", 0}};
    std::int64_t canceled = 0;
    std::int64_t expired = 0;
    std::int64_t errored = static_cast<std::int64_t>(record.refused.size());
    for (const BatchPart &part : record.parts) {
        const std::int64_t rest = part.total - part.batch.succeeded - part.batch.failed;
        errored += part.batch.failed;
        if (part.batch.state == BatchState::Cancelled)
            canceled += rest;
        else if (part.batch.state == BatchState::Expired)
            expired += rest;
        else
            errored += rest;
    }
    counts["errored"] = errored;
    counts["canceled"] = canceled;
    counts["expired"] = expired;
    return counts;
}

std::string resultLine(std::string_view customId, std::string_view result)
{
    std::string line = "{\"custom_id\":";
    appendJsonString(line, customId);
    line += ",\"result\":";
    line += result;
    return line += "}\n";
}

} // namespace

std::string isoTime(std::int64_t ms)
{
    const std::time_t seconds = ms / 1000;
    std::tm parts{};
    gmtime_r(&seconds, &parts);
    std::array<char, 32> text{};
    const std::size_t size = std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &parts);
    return std::string(text.data(), size);
}

std::string anthropicFile(const ShelfItem &item)
{
    const FileFacts facts = fileFactsOf(item.state);
    return toJson(json::object{{"id", item.id},
                               {"type", "file"},
                               {"filename", facts.name},
                               {"mime_type", facts.mime},
                               {"size_bytes", facts.bytes},
                               {"created_at", isoTime(item.createdMs)},
                               {"downloadable", false}});
}

std::string anthropicList(const std::vector<std::string> &objects, const std::vector<std::string> &ids,
                          bool hasMore)
{
    std::string out = openAiList(objects, ids, hasMore);
    return out.erase(1, std::string_view(R"("object":"list",)").size());
}

std::string anthropicDeleted(std::string_view id, std::string_view type)
{
    return toJson(json::object{{"id", id}, {"type", type}});
}

std::string anthropicBatch(const BatchRecord &record, std::string_view origin)
{
    const std::string_view status =
        record.isOver() ? "ended" : (record.cancelMs != 0 ? "canceling" : "in_progress");
    json::value results;
    if (record.isOver())
        results = std::string(origin) + "/v1/messages/batches/" + record.id + "/results";
    return toJson(json::object{{"id", record.id},
                               {"type", "message_batch"},
                               {"processing_status", status},
                               {"request_counts", countsOf(record)},
                               {"ended_at", timeOrNull(record.endedMs)},
                               {"created_at", isoTime(record.createdMs)},
                               {"expires_at", isoTime(record.expiresMs)},
                               {"archived_at", nullptr},
                               {"cancel_initiated_at", timeOrNull(record.cancelMs)},
                               {"results_url", std::move(results)}});
}

std::string anthropicSucceeded(std::string_view customId, std::string_view message)
{
    return resultLine(customId, std::string(R"({"type":"succeeded","message":)").append(message) + '}');
}

std::string anthropicErrored(std::string_view customId, const Error &error)
{
    return resultLine(customId, R"({"type":"errored","error":)" + errorBody(Dialect::Anthropic, error) + '}');
}

std::string anthropicUnanswered(std::string_view customId, std::string_view type)
{
    return resultLine(customId, toJson(json::object{{"type", type}}));
}

} // namespace Gateway
