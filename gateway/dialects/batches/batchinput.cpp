#include "gateway/dialects/batches/batchinput.h"

#include <algorithm>
#include <unordered_set>
#include <utility>

#include "gateway/common/json.h"
#include "gateway/common/text.h"

namespace Gateway {

namespace {

constexpr std::size_t MOST_FAULTS = 100;
constexpr std::size_t MOST_LINES = 50'000; // platform.openai.com/docs/guides/batch
constexpr std::size_t MOST_REQUESTS =
    100'000; // platform.claude.com/docs/en/build-with-claude/batch-processing
constexpr std::size_t LONGEST_CUSTOM_ID = 64; // likewise

using Ids = std::unordered_set<std::string>;

template <typename Read>
void forEachLine(std::string_view text, const Read &read)
{
    for (std::int64_t number = 1; !text.empty(); ++number) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        if (const std::string_view line = trimmed(text.substr(0, end)); !line.empty())
            read(number, line);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
}

/// Fills `item`, or says what is wrong.
bool readLine(std::string_view line, std::string_view endpoint, Ids &ids, BatchItem &item, LineFault &fault)
{
    const auto refuse = [&fault](std::string code, std::string text, std::string param) {
        fault.code = std::move(code);
        fault.text = std::move(text);
        fault.param = std::move(param);
        return false;
    };
    const Result<json::object> parsed = parseJsonObject(line);
    if (!parsed)
        return refuse("invalid_json_line", "This line is not valid JSON: " + parsed.error().text, {});
    item.customId = stringAt(*parsed, "custom_id");
    if (item.customId.empty())
        return refuse("missing_required_parameter", "'custom_id' is missing.", "custom_id");
    if (!ids.insert(item.customId).second)
        return refuse("duplicate_custom_id", "The custom_id '" + item.customId + "' occurs twice.",
                      "custom_id");
    const std::string_view method = stringAt(*parsed, "method");
    if (!method.empty() && !equalsIgnoreCase(method, "POST"))
        return refuse("invalid_method", "'method' must be POST.", "method");
    if (stringAt(*parsed, "url") != endpoint)
        return refuse("mismatched_endpoint",
                      "'url' must be the batch's endpoint, '" + std::string(endpoint) + "'.", "url");
    const json::object *body = objectAt(*parsed, "body");
    if (!body)
        return refuse("missing_required_parameter", "'body' must be an object.", "body");
    item.body = toJson(*body);
    return true;
}

tl::unexpected<Error> refuseRequest(std::size_t index, std::string_view member, std::string_view why)
{
    const std::string param = "requests." + std::to_string(index) + '.' + std::string(member);
    return fail(Error{400, "invalid_request", param + ": " + std::string(why), param, 0});
}

bool isCustomId(std::string_view id)
{
    return !id.empty() && id.size() <= LONGEST_CUSTOM_ID && std::all_of(id.begin(), id.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
               c == '_';
    });
}

} // namespace

BatchInput readBatchLines(std::string_view jsonl, std::string_view endpoint)
{
    BatchInput input;
    Ids ids;
    forEachLine(jsonl, [&](std::int64_t number, std::string_view line) {
        BatchItem item;
        LineFault fault{number, {}, {}, {}};
        if (readLine(line, endpoint, ids, item, fault))
            input.items.push_back(std::move(item));
        else if (input.faults.size() < MOST_FAULTS)
            input.faults.push_back(std::move(fault));
    });
    if (input.items.empty() && input.faults.empty())
        input.faults.push_back({0, "empty_file", "The input file holds no requests.", {}});
    if (input.items.size() > MOST_LINES)
        input.faults.push_back({0,
                                "too_many_tasks",
                                "The input file holds more than " + std::to_string(MOST_LINES) + " requests.",
                                {}});
    return input;
}

Result<std::vector<BatchItem>> readBatchRequests(std::string_view body)
{
    const Result<json::object> parsed = parseJsonObject(body);
    if (!parsed)
        return fail(parsed.error());
    const json::array *requests = arrayAt(*parsed, "requests");
    if (!requests || requests->empty() || requests->size() > MOST_REQUESTS)
        return fail(Error{400, "invalid_request",
                          "requests: must be a list of 1 to " + std::to_string(MOST_REQUESTS) + " requests.",
                          "requests", 0});
    std::vector<BatchItem> items;
    Ids ids;
    for (std::size_t i = 0; i < requests->size(); ++i) {
        const json::object *request = (*requests)[i].if_object();
        const std::string_view id = request ? stringAt(*request, "custom_id") : std::string_view();
        if (!isCustomId(id))
            return refuseRequest(i, "custom_id", "must be 1 to 64 letters, digits, '-' or '_'.");
        if (!ids.emplace(id).second)
            return refuseRequest(i, "custom_id", "'" + std::string(id) + "' occurs twice.");
        const json::object *params = objectAt(*request, "params");
        if (!params)
            return refuseRequest(i, "params", "must be an object.");
        items.push_back({std::string(id), toJson(*params)});
    }
    return items;
}

std::string keptItems(const std::vector<BatchItem> &items)
{
    std::string kept;
    for (const BatchItem &item : items) {
        kept += "{\"custom_id\":";
        appendJsonString(kept, item.customId);
        kept += ",\"body\":" + item.body + "}\n";
    }
    return kept;
}

std::vector<BatchItem> readKeptItems(std::string_view jsonl)
{
    std::vector<BatchItem> items;
    forEachLine(jsonl, [&items](std::int64_t, std::string_view line) {
        const Result<json::object> parsed = parseJsonObject(line);
        const json::object *body = parsed ? objectAt(*parsed, "body") : nullptr;
        if (body)
            items.push_back({std::string(stringAt(*parsed, "custom_id")), toJson(*body)});
    });
    return items;
}

} // namespace Gateway
