#include "tests/support/fakeinteractions.h"

#include <utility>
#include <vector>

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

/// The events of a finished interaction behind the one with the id `after` (empty: all); each has an id.
FakeAnswer streamed(const json::object &interaction, double delayMs, std::string_view after = {})
{
    json::object begun = interaction;
    begun.erase("steps");
    begun.erase("usage");
    begun["status"] = "in_progress";
    const std::string text(stringAt(interaction.at("steps").at(0).at("content").at(0).get_object(), "text"));
    const std::size_t half = text.size() / 2;
    std::vector<std::pair<std::string_view, json::object>> events{
        {"interaction.created", {{"interaction", begun}}},
        {"step.start", {{"index", 0}, {"step", json::object{{"type", "model_output"}}}}}};
    for (const std::string &part : {text.substr(0, half), text.substr(half)})
        events.push_back(
            {"step.delta", {{"index", 0}, {"delta", json::object{{"type", "text"}, {"text", part}}}}});
    events.push_back({"step.stop", {{"index", 0}}});
    json::object ended = interaction;
    ended["status"] = "completed";
    events.push_back({"interaction.completed", {{"interaction", ended}}});

    FakeAnswer answer;
    answer.contentType = "text/event-stream";
    answer.streamed = true;
    bool goes = after.empty();
    for (std::size_t i = 0; i < events.size(); ++i) {
        const std::string id = std::string(stringAt(interaction, "id")) + "-event-" + std::to_string(i);
        events[i].second["event_id"] = id;
        if (goes)
            answer.pieces.push_back({event(events[i].first, events[i].second), delayMs});
        goes = goes || id == after;
    }
    if (!goes)
        return interactionError(400, "invalid_request", "There is no event " + std::string(after) + ".");
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
    const bool isBackground = Gateway::boolAt(*parsed, "background", false);
    const bool isKept = Gateway::boolAt(*parsed, "store", true);
    if (isBackground && !isKept)
        return interactionError(400, "invalid_request", "background needs store.");
    if (isBackground)
        interaction["status"] = "in_progress";
    if (isKept)
        resources.put(call.key, "interactions/" + id, interaction);
    if (Gateway::boolAt(*parsed, "stream", false))
        return streamed(interaction, delayMs);
    if (isBackground)
        interaction.erase("steps");
    return jsonAnswer(interaction);
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
    const json::object interaction = *resources.find(name);
    const std::string &query = call.request->query;
    if (!cancels && Gateway::queryValue(query, "stream") == "true")
        return streamed(interaction, chunkDelayMs, Gateway::queryValue(query, "last_event_id"));
    json::object later =
        interaction; // what runs in the background has come to its end when it is asked for anew
    later["status"] = cancels ? "cancelled" : "completed";
    resources.put(call.key, name, later);
    json::object told = cancels ? later : interaction;
    if (stringAt(told, "status") != "completed")
        told.erase("steps");
    return jsonAnswer(told);
}

} // namespace TestSupport
