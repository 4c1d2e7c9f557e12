// What an assistant message says and calls, as a turn of the model.
#include "gateway/common/text.h"
#include "gateway/dialects/openai/chatrequestmessages.h"
#include "gateway/dialects/toolresponse.h"

namespace Gateway {

namespace {

std::string_view googleSignature(const json::object &holder)
{
    const json::object *extra = objectAt(holder, "extra_content");
    const json::object *google = extra ? objectAt(*extra, "google") : nullptr;
    return google ? stringAt(*google, "thought_signature") : std::string_view();
}

/// Where clients and gateways put the signature of a call: Google's own place first.
std::string_view signatureIn(const json::object &holder)
{
    std::string_view signature = googleSignature(holder);
    if (signature.empty())
        signature = stringAt(holder, "thought_signature");
    const json::object *fields = objectAt(holder, "provider_specific_fields");
    if (signature.empty() && fields)
        signature = stringAt(*fields, "thought_signature");
    return signature;
}

std::string_view signatureOfCall(const json::object &call)
{
    const std::string_view signature = signatureIn(call);
    const json::object *function = objectAt(call, "function");
    return signature.empty() && function ? signatureIn(*function) : signature;
}

/// `arguments` is the text of a JSON object; some clients send the object itself or nothing.
Result<void> appendArguments(std::string &out, const json::object &function, const JsonPath &path)
{
    const json::value *arguments = function.if_contains("arguments");
    const JsonPath argumentsPath(path, "arguments");
    if (!arguments || arguments->is_null()) {
        out += "{}";
        return {};
    }
    if (arguments->is_object()) {
        appendJson(out, *arguments);
        return {};
    }
    const json::string *text = arguments->if_string();
    if (!text)
        return refuseKind(argumentsPath, "a string that holds a JSON object");
    const std::string_view words = trimmed(*text);
    if (words.empty() || words == "null") {
        out += "{}";
        return {};
    }
    const Result<json::value> parsed = parseJson(*text, arguments->storage());
    if (!parsed) {
        const std::string &what = parsed.error().text;
        return refuse(argumentsPath,
                      "is not valid JSON " + what.substr(std::min(what.find("at byte"), what.size())),
                      "invalid_json");
    }
    if (!parsed->is_object())
        return refuse(argumentsPath, "must be the text of a JSON object.");
    appendJson(out, *parsed);
    return {};
}

} // namespace

/// Reasoning (`reasoning_content`) is not sent back: thought signatures stand for it.
Result<void> ChatMessages::writeAssistant(const json::object &message, const JsonPath &path)
{
    m_turns.setRole(ChatTurns::Role::Model);
    if (Result<void> done = writeSaid(message, path); !done)
        return done;
    if (const json::array *images = arrayAt(message, "images")) {
        if (Result<void> done = m_parts.write(*images, JsonPath(path, "images")); !done)
            return done;
    }
    if (const json::value *audio = message.if_contains("audio"); audio && !audio->is_null())
        return refuse(JsonPath(path, "audio"),
                      "cannot be referred to: Gemini keeps no audio of earlier answers.",
                      "unsupported_parameter");
    if (const json::value *calls = message.if_contains("tool_calls"); calls && !calls->is_null()) {
        const JsonPath callsPath(path, "tool_calls");
        return calls->is_array() ? writeCalls(calls->get_array(), callsPath)
                                 : refuseKind(callsPath, "an array");
    }
    if (const json::object *call = objectAt(message, "function_call"))
        return writeLegacyCall(*call, JsonPath(path, "function_call"));
    return {};
}

Result<void> ChatMessages::writeSaid(const json::object &message, const JsonPath &path)
{
    const std::string_view signature = m_family.signatures ? signatureIn(message) : std::string_view();
    const json::value *content = message.if_contains("content");
    if (content && !content->is_null())
        return m_parts.writeSaid(*content, JsonPath(path, "content"), signature);
    m_parts.writeText(stringAt(message, "refusal"), signature);
    return {};
}

/// Of parallel calls Gemini signs the first; signatures are asked for only when that one lacks its own.
Result<void> ChatMessages::writeCalls(const json::array &calls, const JsonPath &path)
{
    bool wantSignature = false;
    for (std::size_t i = 0; i < calls.size(); ++i) {
        const JsonPath callPath(path, i);
        const json::object *call = calls[i].if_object();
        if (!call)
            return refuseKind(callPath, "an object");
        if (i == 0)
            wantSignature = signatureOfCall(*call).empty();
        if (Result<void> done = writeCall(*call, i == 0, wantSignature, callPath); !done)
            return done;
    }
    return {};
}

Result<void> ChatMessages::writeCall(const json::object &call, bool first, bool wantSignature,
                                     const JsonPath &path)
{
    const json::value *type = call.if_contains("type");
    if (type && !type->is_null() && *type != "function")
        return refuse(JsonPath(path, "type"), "must be 'function': Gemini knows no other calls.",
                      "unsupported_value");
    const std::string_view id = stringAt(call, "id");
    const JsonPath idPath(path, "id");
    if (id.empty())
        return refuseMissing(idPath);
    const JsonPath functionPath(path, "function");
    const json::object *function = objectAt(call, "function");
    if (!function)
        return refuseMissing(functionPath);
    if (!m_results.expect(id, stringAt(*function, "name"))) {
        std::string why = "'"; // one `+` after another: g++ 12 sees an overflow that cannot be
        why.append(id).append("' is the id of another call of this message.");
        return refuse(idPath, std::move(why));
    }
    m_turns.next();
    if (Result<void> done = writeFunction(*function, id, functionPath); !done)
        return done;
    const std::string_view known = signatureOfCall(call);
    addCallSignature(m_draft, m_family, known, wantSignature ? id : std::string_view(), first);
    m_draft.text() += '}';
    return {};
}

Result<void> ChatMessages::writeLegacyCall(const json::object &call, const JsonPath &path)
{
    m_results.expect({}, stringAt(call, "name"));
    m_turns.next();
    if (Result<void> done = writeFunction(call, {}, path); !done)
        return done;
    addCallSignature(m_draft, m_family, signatureIn(call), {}, true);
    m_draft.text() += '}';
    return {};
}

Result<void> ChatMessages::writeFunction(const json::object &function, std::string_view id,
                                         const JsonPath &path)
{
    const std::string_view name = stringAt(function, "name");
    if (name.empty())
        return refuseMissing(JsonPath(path, "name"));
    std::string &out = m_draft.text();
    out += "{\"functionCall\":{";
    appendCallName(out, m_family, id, name);
    out += ",\"args\":";
    if (Result<void> done = appendArguments(out, function, path); !done)
        return done;
    out += '}';
    return {};
}

} // namespace Gateway
