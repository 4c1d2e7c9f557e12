#include "gateway/dialects/batches/geminibatch.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "gateway/common/text.h"

namespace Gateway {

namespace {

constexpr std::array<std::string_view, 6> WORDS{"PENDING", "RUNNING",   "SUCCEEDED",
                                                "FAILED",  "CANCELLED", "EXPIRED"};

/// int64 in Google's JSON is a string.
std::int64_t countAt(const json::object &object, std::string_view name)
{
    const std::string_view text = stringAt(object, name);
    std::int64_t count = integerAt(object, name, 0);
    std::from_chars(text.data(), text.data() + text.size(), count);
    return count;
}

/// The outcome: `response` of the operation, or `output` of its metadata.
const json::object *outputOf(const json::object &operation)
{
    if (const json::object *response = objectAt(operation, "response"))
        return response;
    const json::object *metadata = objectAt(operation, "metadata");
    return metadata ? objectAt(*metadata, "output") : nullptr;
}

/// The list lies in an object of the same name.
const json::array *inlinedOf(const json::object &operation)
{
    const json::object *output = outputOf(operation);
    if (!output)
        return nullptr;
    for (const char *name : {"inlinedResponses", "inlinedEmbedContentResponses"}) {
        if (const json::array *list = arrayAt(*output, name))
            return list;
        if (const json::object *inner = objectAt(*output, name))
            return arrayAt(*inner, name) ? arrayAt(*inner, name) : arrayAt(*inner, "inlinedResponses");
    }
    return nullptr;
}

void takeOne(const json::object &element, const TakeAnswer &take)
{
    BatchAnswer answer;
    const json::object *metadata = objectAt(element, "metadata");
    answer.key = stringAt(metadata ? *metadata : element, "key");
    answer.response = objectAt(element, "response");
    answer.error = objectAt(element, "error");
    if (answer.response || answer.error)
        take(answer);
}

void countAnswers(const json::object &operation, GeminiBatch &batch)
{
    const json::object *metadata = objectAt(operation, "metadata");
    if (const json::object *stats = metadata ? objectAt(*metadata, "batchStats") : nullptr) {
        batch.succeeded = countAt(*stats, "successfulRequestCount");
        batch.failed = countAt(*stats, "failedRequestCount");
        return;
    }
    if (const json::array *inlined = inlinedOf(operation)) {
        batch.succeeded = std::count_if(inlined->begin(), inlined->end(), [](const json::value &element) {
            return element.is_object() && objectAt(element.get_object(), "response");
        });
        batch.failed = static_cast<std::int64_t>(inlined->size()) - batch.succeeded;
    }
}

} // namespace

bool isOver(BatchState state)
{
    return state != BatchState::Pending && state != BatchState::Running;
}

std::string_view batchStateWord(BatchState state)
{
    return WORDS[static_cast<std::size_t>(state)];
}

BatchState batchStateOf(std::string_view word)
{
    for (const std::string_view prefix : {"BATCH_STATE_", "JOB_STATE_"}) {
        if (word.starts_with(prefix))
            word.remove_prefix(prefix.size());
    }
    const auto found = std::find(WORDS.begin(), WORDS.end(), word);
    return found == WORDS.end() ? BatchState::Pending : static_cast<BatchState>(found - WORDS.begin());
}

std::string batchLine(std::string_view key, std::string_view request)
{
    std::string line = "{\"key\":";
    appendJsonString(line, key);
    line += ",\"request\":";
    line += request;
    return line += "}\n";
}

std::string inlinedRequest(std::string_view key, std::string_view request)
{
    std::string element = "{\"request\":";
    element += request;
    element += ",\"metadata\":{\"key\":";
    appendJsonString(element, key);
    return element += "}}";
}

std::string batchBody(std::string_view displayName, std::string_view requests, std::string_view fileName)
{
    std::string body = "{\"batch\":{\"displayName\":";
    appendJsonString(body, displayName);
    body += ",\"inputConfig\":{";
    if (fileName.empty()) {
        body += "\"requests\":{\"requests\":[";
        body += requests;
        body += "]}";
    } else {
        body += "\"fileName\":";
        appendJsonString(body, fileName);
    }
    return body += "}}}";
}

Result<GeminiBatch> readGeminiBatch(std::string_view operation)
{
    const Result<json::object> parsed = parseJsonObject(operation);
    const std::string_view name = parsed ? stringAt(*parsed, "name") : std::string_view();
    if (name.empty())
        return fail(502, "bad_gateway", "Gemini's answer is no batch.");
    GeminiBatch batch;
    batch.name = name;
    if (const json::object *metadata = objectAt(*parsed, "metadata"))
        batch.state = batchStateOf(stringAt(*metadata, "state"));
    const json::object *error = objectAt(*parsed, "error");
    if (error)
        batch.error = stringAt(*error, "message");
    if (boolAt(*parsed, "done", false) && !isOver(batch.state))
        batch.state = error ? BatchState::Failed : BatchState::Succeeded;
    if (const json::object *output = outputOf(*parsed))
        batch.responsesFile = stringAt(*output, "responsesFile");
    countAnswers(*parsed, batch);
    return batch;
}

void forEachInlined(std::string_view operation, const TakeAnswer &take)
{
    const Result<json::object> parsed = parseJsonObject(operation);
    const json::array *list = parsed ? inlinedOf(*parsed) : nullptr;
    if (!list)
        return;
    for (const json::value &element : *list) {
        if (const json::object *object = element.if_object())
            takeOne(*object, take);
    }
}

void forEachLineAnswer(std::string_view jsonl, const TakeAnswer &take)
{
    while (!jsonl.empty()) {
        const std::size_t end = std::min(jsonl.find('\n'), jsonl.size());
        const Result<json::object> parsed = parseJsonObject(trimmed(jsonl.substr(0, end)));
        if (parsed)
            takeOne(*parsed, take);
        jsonl.remove_prefix(std::min(end + 1, jsonl.size()));
    }
}

} // namespace Gateway
