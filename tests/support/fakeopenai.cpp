#include "tests/support/fakeopenai.h"

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
        for (const json::object &event :
             {chunk(id, model, {{"role", "assistant"}, {"content", "Hello"}}, nullptr),
              chunk(id, model, {{"content", "."}}, "stop")})
            answer.pieces.push_back({"data: " + Gateway::toJson(event) + "\n\n", 0});
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
        {"usage", json::object{{"prompt_tokens", 5}, {"completion_tokens", 2}, {"total_tokens", 7}}}});
}

} // namespace

FakeAnswer openAiAnswer(const HttpRequest &request, std::string_view path, std::int64_t number)
{
    if (path == "chat/completions" && request.method == "POST")
        return chat(request, number);
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
