#include "tests/support/fakeinteractions.h"

#include "tests/support/fakemodels.h"

namespace TestSupport {

namespace {

using Gateway::stringAt;

constexpr std::string_view CREATED = "2026-10-01T12:00:00Z";

FakeAnswer interactionError(int status, std::string_view code, std::string_view message)
{
    return jsonAnswer(json::object{{"error", json::object{{"code", code}, {"message", message}}}}, status);
}

json::object textStep(std::string_view text)
{
    return {{"type", "model_output"},
            {"content", json::array{json::object{{"type", "text"}, {"text", text}}}}};
}

std::string event(std::string_view type, json::object body)
{
    body["event_type"] = type;
    return "event: " + std::string(type) + "\ndata: " + Gateway::toJson(body) + "\n\n";
}

FakeAnswer streamed(const json::object &interaction, std::string_view text, double delayMs)
{
    json::object begun = interaction;
    begun.erase("steps");
    begun.erase("usage");
    begun["status"] = "in_progress";
    FakeAnswer answer;
    answer.contentType = "text/event-stream";
    answer.streamed = true;
    answer.pieces.push_back({event("interaction.created", {{"interaction", begun}}), 0});
    answer.pieces.push_back(
        {event("step.start", {{"index", 0}, {"step", json::object{{"type", "model_output"}}}}), 0});
    const std::size_t half = text.size() / 2;
    for (const std::string_view part : {text.substr(0, half), text.substr(half)})
        answer.pieces.push_back(
            {event("step.delta", {{"index", 0}, {"delta", json::object{{"type", "text"}, {"text", part}}}}),
             delayMs});
    answer.pieces.push_back({event("step.stop", {{"index", 0}}), 0});
    answer.pieces.push_back({event("interaction.completed", {{"interaction", interaction}}), 0});
    answer.pieces.push_back({"data: [DONE]\n\n", 0});
    return answer;
}

FakeAnswer create(const ResourceCall &call, FakeResources &resources, double delayMs)
{
    const auto parsed = Gateway::parseJsonObject(call.request->body);
    if (!parsed || !parsed->contains("input"))
        return interactionError(400, "invalid_request", "The request has no input.");
    const std::string_view model = stringAt(*parsed, "model");
    if (!parsed->contains("agent") && !findFakeModel(model))
        return interactionError(404, "not_found", "Model " + std::string(model) + " was not found.");
    const std::string_view previous = stringAt(*parsed, "previous_interaction_id");
    if (!previous.empty() && !resources.owns(call.key, "interactions/" + std::string(previous)))
        return interactionError(404, "not_found", "Interaction " + std::string(previous) + " was not found.");
    const std::string id = "fake-interaction-" + std::to_string(resources.nextNumber());
    const std::string text = "Echo: " + Gateway::toJson(parsed->at("input"));
    json::object interaction{
        {"id", id},
        {"object", "interaction"},
        {"model", model},
        {"status", "completed"},
        {"created", CREATED},
        {"updated", CREATED},
        {"steps", json::array{textStep(text)}},
        {"usage", json::object{{"total_input_tokens", 5}, {"total_output_tokens", 7}, {"total_tokens", 12}}}};
    if (!previous.empty())
        interaction["previous_interaction_id"] = previous;
    if (Gateway::boolAt(*parsed, "store", true))
        resources.put(call.key, "interactions/" + id, interaction);
    return Gateway::boolAt(*parsed, "stream", false) ? streamed(interaction, text, delayMs)
                                                     : jsonAnswer(interaction);
}

} // namespace

FakeAnswer interactionsAnswer(const ResourceCall &call, FakeResources &resources, double chunkDelayMs)
{
    const std::string &method = call.request->method;
    if (call.path == "interactions") {
        if (method == "POST")
            return create(call, resources, chunkDelayMs);
        return interactionError(405, "invalid_request", "Method not allowed.");
    }
    std::string name = call.path;
    const bool cancels = name.ends_with("/cancel");
    if (cancels)
        name.resize(name.size() - 7);
    if (!resources.owns(call.key, name))
        return interactionError(404, "not_found", "Interaction was not found.");
    if (method == "DELETE") {
        resources.remove(name);
        return jsonAnswer(json::object());
    }
    json::object interaction = *resources.find(name);
    if (cancels)
        interaction["status"] = "cancelled";
    return jsonAnswer(interaction);
}

} // namespace TestSupport
