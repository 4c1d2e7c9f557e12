#include "gateway/dialects/batches/openaibatches.h"

#include <algorithm>
#include <array>

#include "gateway/common/json.h"
#include "gateway/dialects/batches/fileids.h"

namespace Gateway {

namespace {

constexpr std::string_view BATCH = "batch_";
constexpr std::int64_t DAY_MS = 86'400'000;
constexpr std::int64_t SHORTEST_OUTPUT_S = 3600;
constexpr std::int64_t LONGEST_OUTPUT_S = 2'592'000;
constexpr std::size_t MOST_METADATA = 16;
constexpr std::array<std::string_view, 3> ENDPOINTS{"/v1/chat/completions", "/v1/embeddings",
                                                    "/v1/responses"};

json::value secondsOrNull(std::int64_t ms)
{
    return ms == 0 ? json::value(nullptr) : json::value(ms / 1000);
}

tl::unexpected<Error> refuseField(std::string_view name, std::string text)
{
    return fail(Error{400, "invalid_value", std::move(text), std::string(name), 0});
}

std::string_view openAiStatus(const BatchRecord &record)
{
    if (!record.faults.empty())
        return "failed";
    if (!record.isOver())
        return record.cancelMs != 0 ? "cancelling" : "in_progress";
    switch (record.state()) {
    case BatchState::Failed:
        return "failed";
    case BatchState::Cancelled:
        return "cancelled";
    case BatchState::Expired:
        return "expired";
    default:
        return "completed";
    }
}

json::value errorsOf(const BatchRecord &record)
{
    json::array data;
    for (const LineFault &fault : record.faults)
        data.push_back(
            json::object{{"code", fault.code},
                         {"line", fault.line == 0 ? json::value(nullptr) : json::value(fault.line)},
                         {"message", fault.text},
                         {"param", fault.param.empty() ? json::value(nullptr) : json::value(fault.param)}});
    for (const BatchPart &part : record.parts) {
        if (!part.batch.error.empty())
            data.push_back(json::object{{"code", "batch_failed"},
                                        {"line", nullptr},
                                        {"message", part.batch.error},
                                        {"param", nullptr}});
    }
    if (data.empty())
        return nullptr;
    return json::object{{"object", "list"}, {"data", std::move(data)}};
}

Result<std::string> readMetadata(const json::object &body)
{
    const json::value *value = body.if_contains("metadata");
    if (!value || value->is_null())
        return std::string();
    const json::object *metadata = value->if_object();
    const bool isSound = metadata && metadata->size() <= MOST_METADATA &&
                         std::all_of(metadata->begin(), metadata->end(),
                                     [](const auto &entry) { return entry.value().is_string(); });
    if (!isSound)
        return refuseField("metadata", "'metadata' must be an object of at most 16 strings.");
    return toJson(*metadata);
}

Result<std::int64_t> readOutputLife(const json::object &body)
{
    const json::value *value = body.if_contains("output_expires_after");
    if (!value || value->is_null())
        return 0;
    const json::object *after = value->if_object();
    const std::int64_t seconds = after ? integerAt(*after, "seconds", 0) : 0;
    if (seconds < SHORTEST_OUTPUT_S || seconds > LONGEST_OUTPUT_S)
        return refuseField("output_expires_after",
                           "'output_expires_after.seconds' must be between 3600 and 2592000.");
    return seconds * 1000;
}

std::string line(const BatchRecord &record, std::int64_t number, std::string_view customId,
                 std::string_view response, std::string_view error)
{
    const std::string id = "batch_req_" + record.id.substr(std::min(BATCH.size(), record.id.size())) + '_' +
                           std::to_string(number);
    std::string out = "{\"id\":\"" + id + "\",\"custom_id\":";
    appendJsonString(out, customId);
    out += ",\"response\":";
    out += response;
    out += ",\"error\":";
    out += error;
    return out += "}\n";
}

} // namespace

std::string fileFactsJson(const FileFacts &facts)
{
    return toJson(json::object{
        {"name", facts.name}, {"mime", facts.mime}, {"bytes", facts.bytes}, {"status", facts.status}});
}

FileFacts fileFactsOf(std::string_view state)
{
    FileFacts facts;
    if (const Result<json::object> parsed = parseJsonObject(state)) {
        facts.name = stringAt(*parsed, "name");
        facts.mime = stringAt(*parsed, "mime");
        facts.bytes = integerAt(*parsed, "bytes", 0);
        facts.status = stringAt(*parsed, "status");
    }
    return facts;
}

std::string openAiFile(const ShelfItem &item)
{
    const FileFacts facts = fileFactsOf(item.state);
    json::object file{{"id", item.id},          {"object", "file"},
                      {"bytes", facts.bytes},   {"created_at", item.createdMs / 1000},
                      {"filename", facts.name}, {"purpose", item.label},
                      {"status", facts.status}};
    if (item.expiresMs != 0)
        file["expires_at"] = item.expiresMs / 1000;
    return toJson(file);
}

std::string openAiList(const std::vector<std::string> &objects, const std::vector<std::string> &ids,
                       bool hasMore)
{
    std::string out = "{\"object\":\"list\",\"data\":[";
    for (const std::string &object : objects) {
        if (&object != &objects.front())
            out += ',';
        out += object;
    }
    out += "],\"first_id\":";
    out += ids.empty() ? "null" : toJson(json::string(ids.front()));
    out += ",\"last_id\":";
    out += ids.empty() ? "null" : toJson(json::string(ids.back()));
    out += ",\"has_more\":";
    return out += hasMore ? "true}" : "false}";
}

std::string openAiFileDeleted(std::string_view id)
{
    return toJson(json::object{{"id", id}, {"object", "file"}, {"deleted", true}});
}

Result<OpenAiBatchOrder> readOpenAiBatch(std::string_view text)
{
    const Result<json::object> body = parseJsonObject(text);
    if (!body)
        return fail(body.error());
    OpenAiBatchOrder order;
    order.inputFile = stringAt(*body, "input_file_id");
    if (order.inputFile.empty())
        return refuseField("input_file_id", "Missing required parameter: 'input_file_id'.");
    order.endpoint = stringAt(*body, "endpoint");
    if (std::find(ENDPOINTS.begin(), ENDPOINTS.end(), order.endpoint) == ENDPOINTS.end())
        return refuseField("endpoint", "'endpoint' must be '/v1/chat/completions', '/v1/responses' or "
                                       "'/v1/embeddings'; Gemini has no batches of other requests.");
    if (stringAt(*body, "completion_window") != "24h")
        return refuseField("completion_window", "'completion_window' must be '24h'.");
    order.windowMs = DAY_MS;
    Result<std::string> metadata = readMetadata(*body);
    if (!metadata)
        return fail(std::move(metadata.error()));
    order.metadata = std::move(*metadata);
    const Result<std::int64_t> life = readOutputLife(*body);
    if (!life)
        return fail(life.error());
    order.outputLifeMs = *life;
    return order;
}

std::string openAiBatch(const BatchRecord &record)
{
    const std::string_view status = openAiStatus(record);
    const bool isDone = status == "completed" || status == "expired" || status == "cancelled";
    const std::int64_t missing = record.total() - record.succeeded() - record.failed();
    const bool hasErrors = isDone && (record.failed() > 0 || missing > 0);
    const auto endedAs = [&](std::string_view word) {
        return status == word ? secondsOrNull(record.endedMs != 0 ? record.endedMs : record.createdMs)
                              : json::value(nullptr);
    };
    const auto fileOrNull = [](bool is, const std::string &id) {
        return is ? json::value(id) : json::value(nullptr);
    };
    json::value metadata;
    if (const Result<json::object> own = parseJsonObject(record.metadata))
        metadata = *own;
    return toJson(json::object{
        {"id", record.id},
        {"object", "batch"},
        {"endpoint", record.endpoint},
        {"errors", errorsOf(record)},
        {"input_file_id", record.inputFile},
        {"completion_window", "24h"},
        {"status", status},
        {"output_file_id", fileOrNull(isDone && record.succeeded() > 0, outputFileOf(record.id))},
        {"error_file_id", fileOrNull(hasErrors, errorFileOf(record.id))},
        {"created_at", record.createdMs / 1000},
        {"in_progress_at", record.faults.empty() ? secondsOrNull(record.createdMs) : json::value(nullptr)},
        {"expires_at", secondsOrNull(record.expiresMs)},
        {"finalizing_at", endedAs("completed")},
        {"completed_at", endedAs("completed")},
        {"failed_at", endedAs("failed")},
        {"expired_at", endedAs("expired")},
        {"cancelling_at", secondsOrNull(record.cancelMs)},
        {"cancelled_at", endedAs("cancelled")},
        {"request_counts", json::object{{"total", record.total()},
                                        {"completed", record.succeeded()},
                                        {"failed", record.failed()}}},
        {"metadata", std::move(metadata)}});
}

std::string outputFileOf(std::string_view batchId)
{
    return std::string(OUTPUT_FILE).append(batchId.substr(BATCH.size()));
}

std::string errorFileOf(std::string_view batchId)
{
    return std::string(ERROR_FILE).append(batchId.substr(BATCH.size()));
}

std::string batchOfFile(std::string_view fileId)
{
    for (const std::string_view prefix : {OUTPUT_FILE, ERROR_FILE}) {
        if (fileId.starts_with(prefix))
            return std::string(BATCH).append(fileId.substr(prefix.size()));
    }
    return {};
}

std::string openAiAnswerLine(const BatchRecord &record, std::int64_t number, std::string_view customId,
                             int status, std::string_view body)
{
    std::string response = "{\"status_code\":" + std::to_string(status) + ",\"request_id\":\"req_" +
                           record.id.substr(std::min(BATCH.size(), record.id.size())) + '_' +
                           std::to_string(number) + "\",\"body\":";
    response += body;
    response += '}';
    return line(record, number, customId, response, "null");
}

std::string openAiNoAnswerLine(const BatchRecord &record, std::int64_t number, std::string_view customId,
                               std::string_view code, std::string_view text)
{
    return line(record, number, customId, "null", toJson(json::object{{"code", code}, {"message", text}}));
}

} // namespace Gateway
