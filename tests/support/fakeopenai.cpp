#include "tests/support/fakeopenai.h"

#include <vector>

#include "tests/support/fakemodels.h"

namespace TestSupport {

namespace {

using Gateway::stringAt;

constexpr std::int64_t CREATED = 1790000000;

// Google wraps the errors of these paths in an array.
FakeAnswer wrappedError(int status, std::string_view message)
{
    return jsonAnswer(json::array{errorObject(status, message)}, status);
}

json::object modelEntry(const FakeModel &model)
{
    return {{"id", "models/" + std::string(model.id)},
            {"object", "model"},
            {"owned_by", "google"},
            {"display_name", model.name}};
}

json::object chunk(std::string_view id, std::string_view model, json::object delta, json::value finish)
{
    return {
        {"id", id},
        {"object", "chat.completion.chunk"},
        {"created", CREATED},
        {"model", model},
        {"choices", json::array{json::object{
                        {"index", 0}, {"delta", std::move(delta)}, {"finish_reason", std::move(finish)}}}}};
}

json::object usage()
{
    return {{"prompt_tokens", 5}, {"completion_tokens", 2}, {"total_tokens", 10}}; // with three of thoughts
}

FakeAnswer chat(const HttpRequest &request, std::int64_t number)
{
    const auto parsed = Gateway::parseJsonObject(request.body);
    const json::array *messages = parsed ? Gateway::arrayAt(*parsed, "messages") : nullptr;
    if (!messages || messages->empty())
        return wrappedError(400, "Invalid JSON payload received. messages is required.");
    std::string_view model = stringAt(*parsed, "model");
    if (model.starts_with("models/"))
        model.remove_prefix(7);
    if (!findFakeModel(model))
        return wrappedError(404, "models/" + std::string(model) + " is not found for API version v1main.");
    const std::string id = "fake-" + std::to_string(number);
    if (Gateway::boolAt(*parsed, "stream", false)) {
        FakeAnswer answer;
        answer.contentType = "text/event-stream";
        answer.streamed = true;
        std::vector<json::object> events{
            chunk(id, model, {{"role", "assistant"}, {"content", "Hello"}}, nullptr),
            chunk(id, model, {{"content", "."}}, "stop")};
        const json::object *options = Gateway::objectAt(*parsed, "stream_options");
        if (options && Gateway::boolAt(*options, "include_usage", false))
            events.back()["usage"] = usage();
        for (const json::object &event : events)
            answer.pieces.push_back({"data: " + Gateway::toJson(event) + "\n\n", 5});
        answer.pieces.push_back({"data: [DONE]\n\n", 0});
        return answer;
    }
    return jsonAnswer(json::object{
        {"id", id},
        {"object", "chat.completion"},
        {"created", CREATED},
        {"model", model},
        {"choices",
         json::array{json::object{{"index", 0},
                                  {"message", json::object{{"role", "assistant"}, {"content", "Hello."}}},
                                  {"finish_reason", "stop"}}}},
        {"usage", usage()}});
}

FakeAnswer embeddings(const HttpRequest &request)
{
    const auto parsed = Gateway::parseJsonObject(request.body);
    const json::value *input = parsed ? parsed->if_contains("input") : nullptr;
    if (!input)
        return wrappedError(400, "Invalid JSON payload received. input is required.");
    const std::size_t count = input->is_array() ? input->get_array().size() : 1;
    json::array data;
    for (std::size_t i = 0; i < count; ++i)
        data.push_back(json::object{
            {"object", "embedding"}, {"index", i}, {"embedding", json::array{0.25, -0.5, 0.125}}});
    return jsonAnswer(
        json::object{{"object", "list"}, {"data", std::move(data)}, {"model", stringAt(*parsed, "model")}});
}

// Google's batch of OpenAI's form: its id is the whole name, and its input a file of the Gemini API.
FakeAnswer batches(const ResourceCall &call, std::string_view path, FakeResources &resources)
{
    if (path == "batches" && call.request->method == "POST") {
        const auto parsed = Gateway::parseJsonObject(call.request->body);
        const std::string_view file = parsed ? stringAt(*parsed, "input_file_id") : std::string_view();
        if (!resources.owns(call.key, file))
            return wrappedError(403, "You do not have permission to access the File or it may not exist.");
        const std::string name = "batches/fake-" + std::to_string(resources.nextNumber());
        json::object batch{{"id", name},
                           {"object", "batch"},
                           {"endpoint", stringAt(*parsed, "endpoint")},
                           {"input_file_id", file},
                           {"status", "in_progress"},
                           {"created_at", CREATED}};
        resources.put(call.key, name, batch);
        return jsonAnswer(batch);
    }
    std::string_view name = path.substr(path.find("batches/"));
    if (name.starts_with("batches/batches/"))
        name.remove_prefix(8);
    const bool cancels = name.ends_with("/cancel");
    if (cancels)
        name.remove_suffix(7);
    if (!resources.owns(call.key, name))
        return wrappedError(404, "Requested entity was not found.");
    json::object batch = *resources.find(name);
    if (cancels)
        batch["status"] = "cancelling";
    return jsonAnswer(batch);
}

} // namespace

FakeAnswer openAiAnswer(const ResourceCall &call, FakeResources &resources, std::int64_t number)
{
    const HttpRequest &request = *call.request;
    const std::string_view path = std::string_view(call.path).substr(std::string_view("openai/").size());
    if (path == "chat/completions" && request.method == "POST")
        return chat(request, number);
    if (path == "embeddings" && request.method == "POST")
        return embeddings(request);
    if (path == "batches" || path.starts_with("batches/"))
        return batches(call, path, resources);
    if (path == "models" && request.method == "GET") {
        json::array data;
        for (const FakeModel &model : fakeModels())
            data.push_back(modelEntry(model));
        return jsonAnswer(json::object{{"object", "list"}, {"data", std::move(data)}});
    }
    if (path.starts_with("models/")) {
        const FakeModel *model = findFakeModel(path.substr(path.rfind('/') + 1));
        return model ? jsonAnswer(modelEntry(*model)) : wrappedError(404, "Model not found.");
    }
    if (path == "images/generations" && request.method == "POST")
        return jsonAnswer(json::object{{"created", CREATED},
                                       {"data", json::array{json::object{{"b64_json", "aGVsbG8="}}}}});
    return wrappedError(404, "Requested entity was not found.");
}

} // namespace TestSupport
