#include <algorithm>

#include "tests/support/fakegemini.h"
#include "tests/support/fakelive.h"

// How a Live session begins at the fake.

namespace TestSupport {

using Gateway::queryValue;
using Gateway::stringAt;

namespace {

constexpr std::string_view LEAD = "/ws/google.ai.generativelanguage.";

bool isKnownTarget(std::string_view path)
{
    const std::size_t dot = path.find('.', LEAD.size());
    const std::string_view version = path.substr(LEAD.size(), dot - LEAD.size());
    const std::string_view method = dot == std::string_view::npos ? "" : path.substr(dot);
    return (version == "v1alpha" || version == "v1beta" || version == "v1") &&
           (method == ".GenerativeService.BidiGenerateContent" ||
            method == ".GenerativeService.BidiGenerateContentConstrained" ||
            method == ".GenerativeService.BidiGenerateMusic");
}

} // namespace

/// Google opens every session and tells in its closing what it thinks of the credential.
void FakeGemini::checkLiveCredential(SeenRequest &seen, LiveSurroundings &around) const
{
    const Credential credential = credentialOf(seen.request);
    const std::string token = queryValue(seen.request.query, "access_token");
    seen.key = credential.key;
    seen.keyPlace = credential.place;
    around.key = credential.key;
    around.refusalCode = 1008;
    const int count = credential.count + (token.empty() ? 0 : 1);
    if (count > 1) {
        around.refusal = "Multiple authentication credentials received. Please pass only one.";
    } else if (count == 0 || credential.place == "bearer" || around.isConstrained == token.empty()) {
        around.refusal = "Method doesn't allow unregistered callers (callers without established identity).";
    } else if (around.isConstrained) {
        const json::object *made = m_resources.find(token);
        seen.keyPlace = "token";
        seen.key = made ? std::string(stringAt(*made, "key")) : std::string();
        around.key = seen.key;
        if (!made)
            around.refusal = "Token has expired or is not known.";
    } else if (!isKnownKey(credential.key)) {
        around.refusalCode = 1007;
        around.refusal = "API key not valid. Please pass a valid API key.";
    }
}

std::optional<HttpPlan> FakeGemini::livePlan(SeenRequest &seen)
{
    if (!seen.request.path.starts_with(LEAD) || !isKnownTarget(seen.request.path))
        return std::nullopt;
    const std::string head = liveHandshake(seen.request);
    if (head.empty())
        return planOf(errorAnswer(400, "WebSocket protocol violation."), seen.request);
    LiveSurroundings around;
    around.isConstrained = seen.request.path.ends_with("Constrained");
    around.isMusic = seen.request.path.ends_with("Music");
    checkLiveCredential(seen, around);
    const auto atTheDoor = std::find_if(m_scripts.begin(), m_scripts.end(), [](const FaultScript &script) {
        return script.model == "handshake" && script.times != 0;
    });
    if (atTheDoor != m_scripts.end()) { // Google's front refuses before there is a session
        const FaultScript script = takeScript(seen.key, "handshake");
        if (const auto refused = refusal(script, seen.key, {}))
            return planOf(*refused, seen.request);
    }
    around.script = [this, key = seen.key](std::string_view model) {
        const std::lock_guard lock(m_mutex);
        return takeScript(key, model);
    };
    around.heard = [this, number = seen.number](std::string_view model, std::string message) {
        const std::lock_guard lock(m_mutex);
        const std::int64_t index = number - m_firstNumber;
        if (index < 0 || index >= static_cast<std::int64_t>(m_seen.size()))
            return;
        SeenRequest &record = m_seen[static_cast<std::size_t>(index)];
        if (!model.empty())
            record.model = model;
        record.messages.push_back(std::move(message));
    };
    around.ownsHandle = [key = seen.key](std::string_view handle) { return handle == "handle-of-" + key; };
    HttpPlan plan;
    plan.status = 101;
    plan.steps.push_back({std::make_shared<const std::string>(head)});
    plan.socket = std::make_shared<FakeLive>(std::move(around));
    return plan;
}

FakeAnswer FakeGemini::makeToken(const ResourceCall &call)
{
    if (!call.request->path.starts_with("/v1alpha/"))
        return errorAnswer(404, "Requested entity was not found.");
    const std::string name = "auth_tokens/fake-" + std::to_string(m_resources.nextNumber());
    m_resources.put(call.key, name, {{"key", call.key}});
    return jsonAnswer(json::object{{"name", name}});
}

} // namespace TestSupport
