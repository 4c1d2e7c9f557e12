#include "tests/support/fakebatches.h"

#include <algorithm>

#include "tests/support/fakecheck.h"
#include "tests/support/fakeembed.h"
#include "tests/support/fakegenerate.h"
#include "tests/support/fakeprompt.h"

namespace TestSupport {

namespace {

using Gateway::arrayAt;
using Gateway::objectAt;
using Gateway::stringAt;

constexpr std::string_view CREATED = "2026-10-01T12:00:00.000000Z";
constexpr int LOOKS_UNTIL_RUNNING = 1;
constexpr int LOOKS_UNTIL_DONE = 2;

const json::object *inputOf(const json::object &body)
{
    const json::object *batch = objectAt(body, "batch");
    return batch ? objectAt(*batch, "inputConfig") : nullptr;
}

std::optional<FakeAnswer> readLines(std::string_view text, FakeBatch &batch)
{
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        const auto parsed = Gateway::parseJsonObject(text.substr(0, end));
        const json::object *request = parsed ? objectAt(*parsed, "request") : nullptr;
        if (!request || stringAt(*parsed, "key").empty())
            return errorAnswer(400, "The input file has a line that is no {\"key\":…,\"request\":…}.");
        batch.requests.emplace_back(stringAt(*parsed, "key"), camelNames(*request).get_object());
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return std::nullopt;
}

std::optional<FakeAnswer> readInlined(const json::object &input, FakeBatch &batch)
{
    const json::object *outer = objectAt(input, "requests");
    const json::array *list = outer ? arrayAt(*outer, "requests") : nullptr;
    if (!list || list->empty())
        return errorAnswer(400, "* BatchGenerateContentRequest.batch.input_config: input is not specified\n");
    for (const json::value &element : *list) {
        const json::object *request =
            element.is_object() ? objectAt(element.get_object(), "request") : nullptr;
        if (!request)
            return errorAnswer(400, "* batch.input_config.requests.requests.request: must be set\n");
        const json::object *metadata = objectAt(element.get_object(), "metadata");
        batch.requests.emplace_back(metadata ? stringAt(*metadata, "key") : std::string_view(),
                                    camelNames(*request).get_object());
    }
    return std::nullopt;
}

/// The answer to one request: {"response":…} or {"error":…}.
json::object answerTo(const FakeBatch &batch, const json::object &request, std::int64_t number)
{
    const FakeModel &model = *findFakeModel(batch.model);
    const auto bodyOf = [](const FakeAnswer &answer) {
        const auto parsed = Gateway::parseJsonObject(answer.pieces.front().text);
        return parsed ? *parsed : json::object();
    };
    const auto refused = [](std::string_view message) {
        return json::object{{"error", json::object{{"code", 3}, {"message", message}}}};
    };
    if (batch.isOfVectors) {
        const FakeAnswer answer = embedAnswer(Gateway::toJson(request), model, false);
        json::object body = bodyOf(answer);
        return answer.status == 200 ? json::object{{"response", std::move(body)}}
                                    : refused("The text cannot be embedded.");
    }
    GenerateCall call;
    call.model = &model;
    call.body = request;
    call.number = number;
    if (const Fault400 wrong = checkGenerate(model, call.body))
        return refused(*wrong);
    call.orders = promptOrders(*arrayAt(call.body, "contents"));
    if (!call.orders.fault.empty())
        return json::object{
            {"error", json::object{{"code", 13}, {"message", "An internal error occurred."}}}};
    return json::object{{"response", bodyOf(generateAnswer(call))}};
}

std::string orderedEnd(const FakeBatch &batch)
{
    constexpr std::string_view ORDER = "[[batch=";
    std::string text = batch.displayName;
    for (const auto &[key, request] : batch.requests)
        text += Gateway::toJson(request);
    const std::size_t at = text.find(ORDER);
    if (at == std::string::npos)
        return "BATCH_STATE_SUCCEEDED";
    const std::size_t from = at + ORDER.size();
    return "BATCH_STATE_" + text.substr(from, text.find("]]", from) - from);
}

} // namespace

std::string batchInputFile(const json::object &body)
{
    const json::object *input = inputOf(body);
    return input ? std::string(stringAt(*input, "fileName")) : std::string();
}

std::optional<FakeAnswer> readFakeBatch(const json::object &body, const FakeModel &model, bool isOfVectors,
                                        const std::string *fileText, FakeBatch &batch)
{
    const json::object *input = inputOf(body);
    if (!input)
        return errorAnswer(400, "* BatchGenerateContentRequest.batch.input_config: input is not specified\n");
    if (model.embeds != isOfVectors)
        return errorAnswer(404, "models/" + std::string(model.id) + " is not supported for this method.");
    batch.model = model.id;
    batch.displayName = stringAt(*objectAt(body, "batch"), "displayName");
    if (batch.displayName.empty())
        return errorAnswer(400, "* BatchGenerateContentRequest.batch.display_name: must be set\n");
    batch.isOfVectors = isOfVectors;
    batch.isFromFile = fileText != nullptr;
    return fileText ? readLines(*fileText, batch) : readInlined(*input, batch);
}

void advance(FakeBatch &batch)
{
    if (batch.state != "BATCH_STATE_PENDING" && batch.state != "BATCH_STATE_RUNNING")
        return;
    ++batch.looks;
    if (batch.looks >= LOOKS_UNTIL_DONE)
        batch.state = orderedEnd(batch);
    else if (batch.looks >= LOOKS_UNTIL_RUNNING)
        batch.state = "BATCH_STATE_RUNNING";
}

std::string batchLines(const FakeBatch &batch)
{
    std::string lines;
    std::int64_t number = 0;
    for (const auto &[key, request] : batch.requests) {
        json::object answer = answerTo(batch, request, ++number);
        answer["key"] = key;
        lines += Gateway::toJson(answer) + '\n';
    }
    return lines;
}

json::object batchOperation(const FakeBatch &batch, std::string_view name, std::string_view responsesFile)
{
    const bool isDone = batch.state != "BATCH_STATE_PENDING" && batch.state != "BATCH_STATE_RUNNING";
    const bool isGood = batch.state == "BATCH_STATE_SUCCEEDED";
    json::array answers;
    std::int64_t failed = 0;
    if (isGood) {
        std::int64_t number = 0;
        for (const auto &[key, request] : batch.requests) {
            json::object answer = answerTo(batch, request, ++number);
            failed += answer.contains("error") ? 1 : 0;
            answer["metadata"] = json::object{{"key", key}};
            answers.push_back(std::move(answer));
        }
    }
    const auto total = static_cast<std::int64_t>(batch.requests.size());
    json::object stats{{"requestCount", std::to_string(total)}};
    if (isGood) {
        stats["successfulRequestCount"] = std::to_string(total - failed);
        if (failed > 0)
            stats["failedRequestCount"] = std::to_string(failed);
    } else {
        stats["pendingRequestCount"] = std::to_string(total);
    }
    json::object operation{
        {"name", name},
        {"metadata", json::object{{"@type", "type.googleapis.com/google.ai.generativelanguage.v1main."
                                            "GenerateContentBatch"},
                                  {"model", "models/" + batch.model},
                                  {"displayName", batch.displayName},
                                  {"createTime", CREATED},
                                  {"updateTime", CREATED},
                                  {"batchStats", std::move(stats)},
                                  {"state", batch.state},
                                  {"name", name}}}};
    if (isDone)
        operation["done"] = true;
    if (batch.state == "BATCH_STATE_FAILED")
        operation["error"] = json::object{{"code", 13}, {"message", "The batch failed."}};
    if (isGood && responsesFile.empty())
        operation["response"] =
            json::object{{"inlinedResponses", json::object{{"inlinedResponses", std::move(answers)}}}};
    else if (isGood)
        operation["response"] = json::object{{"responsesFile", responsesFile}};
    return operation;
}

} // namespace TestSupport
