#include "gateway/dialects/batches/batchrecord.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace Gateway {

namespace {

json::array partsJson(const std::vector<BatchPart> &parts)
{
    json::array list;
    for (const BatchPart &part : parts)
        list.push_back(json::object{{"name", part.batch.name},
                                    {"model", part.model},
                                    {"state", batchStateWord(part.batch.state)},
                                    {"total", part.total},
                                    {"owner", part.owner},
                                    {"succeeded", part.batch.succeeded},
                                    {"failed", part.batch.failed},
                                    {"error", part.batch.error},
                                    {"responsesFile", part.batch.responsesFile}});
    return list;
}

BatchPart partOf(const json::object &object)
{
    BatchPart part;
    part.total = integerAt(object, "total", 0);
    part.batch.name = stringAt(object, "name");
    part.model = stringAt(object, "model");
    part.owner = stringAt(object, "owner");
    part.batch.state = batchStateOf(stringAt(object, "state"));
    part.batch.succeeded = integerAt(object, "succeeded", 0);
    part.batch.failed = integerAt(object, "failed", 0);
    part.batch.error = stringAt(object, "error");
    part.batch.responsesFile = stringAt(object, "responsesFile");
    return part;
}

RefusedItem refusedOf(const json::object &object)
{
    return {std::string(stringAt(object, "key")),
            Error{static_cast<int>(integerAt(object, "status", 400)), std::string(stringAt(object, "code")),
                  std::string(stringAt(object, "text")), std::string(stringAt(object, "param")), 0}};
}

template <typename Take>
void forEachObject(const json::object &object, std::string_view name, const Take &take)
{
    const json::array *list = arrayAt(object, name);
    if (!list)
        return;
    for (const json::value &element : *list) {
        if (const json::object *inner = element.if_object())
            take(*inner);
    }
}

} // namespace

std::int64_t BatchRecord::total() const
{
    return std::accumulate(parts.begin(), parts.end(), static_cast<std::int64_t>(refused.size()),
                           [](std::int64_t sum, const BatchPart &part) { return sum + part.total; });
}

std::int64_t BatchRecord::succeeded() const
{
    return std::accumulate(
        parts.begin(), parts.end(), std::int64_t{0},
        [](std::int64_t sum, const BatchPart &part) { return sum + part.batch.succeeded; });
}

std::int64_t BatchRecord::failed() const
{
    return std::accumulate(parts.begin(), parts.end(), static_cast<std::int64_t>(refused.size()),
                           [](std::int64_t sum, const BatchPart &part) { return sum + part.batch.failed; });
}

BatchState BatchRecord::state() const
{
    if (!faults.empty())
        return BatchState::Failed;
    BatchState state = BatchState::Succeeded;
    for (const BatchPart &part : parts) {
        if (!Gateway::isOver(part.batch.state))
            return part.batch.state;
        state = std::max(state, part.batch.state);
    }
    return state;
}

std::string batchRecordJson(const BatchRecord &record)
{
    json::array refused;
    for (const RefusedItem &item : record.refused)
        refused.push_back(json::object{{"key", item.customId},
                                       {"status", item.error.status},
                                       {"code", item.error.code},
                                       {"text", item.error.text},
                                       {"param", item.error.param}});
    json::array faults;
    for (const LineFault &fault : record.faults)
        faults.push_back(json::object{
            {"line", fault.line}, {"code", fault.code}, {"text", fault.text}, {"param", fault.param}});
    return toJson(json::object{{"expires", record.expiresMs},
                               {"endpoint", record.endpoint},
                               {"input", record.inputFile},
                               {"metadata", record.metadata},
                               {"outputLife", record.outputLifeMs},
                               {"cancelled", record.cancelMs},
                               {"ended", record.endedMs},
                               {"parts", partsJson(record.parts)},
                               {"refused", std::move(refused)},
                               {"faults", std::move(faults)}});
}

BatchRecord batchRecordOf(std::string_view id, std::int64_t createdMs, std::string_view json)
{
    BatchRecord record;
    record.id = id;
    record.createdMs = createdMs;
    const Result<json::object> parsed = parseJsonObject(json);
    if (!parsed)
        return record;
    record.expiresMs = integerAt(*parsed, "expires", 0);
    record.endpoint = stringAt(*parsed, "endpoint");
    record.inputFile = stringAt(*parsed, "input");
    record.metadata = stringAt(*parsed, "metadata");
    record.outputLifeMs = integerAt(*parsed, "outputLife", 0);
    record.cancelMs = integerAt(*parsed, "cancelled", 0);
    record.endedMs = integerAt(*parsed, "ended", 0);
    forEachObject(*parsed, "parts",
                  [&record](const json::object &part) { record.parts.push_back(partOf(part)); });
    forEachObject(*parsed, "refused",
                  [&record](const json::object &item) { record.refused.push_back(refusedOf(item)); });
    forEachObject(*parsed, "faults", [&record](const json::object &fault) {
        record.faults.push_back({integerAt(fault, "line", 0), std::string(stringAt(fault, "code")),
                                 std::string(stringAt(fault, "text")),
                                 std::string(stringAt(fault, "param"))});
    });
    return record;
}

} // namespace Gateway
