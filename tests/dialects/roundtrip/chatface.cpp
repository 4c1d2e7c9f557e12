#include "gateway/dialects/openai/openai.h"
#include "tests/dialects/chatjoin.h"
#include "tests/dialects/roundtrip/face.h"
#include "tests/dialects/roundtrip/reply.h"

namespace RoundTrip {

namespace {

json::object google(const std::string &signature)
{
    return {{"google", json::object{{"thought_signature", signature}}}};
}

json::object mediaPart(const Media &media, Dice &dice)
{
    const std::string url = "data:" + media.mime + ";base64," + base64(media.bytes);
    if (media.file.empty() && media.mime.starts_with("image/"))
        return {{"type", "image_url"}, {"image_url", json::object{{"url", url}}}};
    if (!media.file.empty())
        return {{"type", "file"}, {"file", json::object{{"file_id", media.file}}}};
    if (dice.coin())
        return {{"type", "file"},
                {"file", json::object{{"filename", "a.pdf"}, {"file_data", base64(media.bytes)}}}};
    return {{"type", "file"}, {"file", json::object{{"file_data", url}}}};
}

json::object textPart(const std::string &text)
{
    return {{"type", "text"}, {"text", text}};
}

json::object assistant(const Turn &turn, Dice &dice)
{
    json::object message{{"role", "assistant"}, {"content", nullptr}};
    json::array calls;
    for (const Piece &piece : turn.pieces) {
        if (piece.kind == Piece::Kind::Text) {
            message["content"] =
                dice.coin() ? json::value(piece.text) : json::value(json::array{textPart(piece.text)});
            if (!piece.signature.empty())
                message["extra_content"] = google(piece.signature);
            continue;
        }
        json::object call{
            {"id", piece.id},
            {"type", "function"},
            {"function", json::object{{"name", piece.name}, {"arguments", oddJson(piece.args, dice)}}}};
        if (!piece.signature.empty())
            call["extra_content"] = google(piece.signature);
        calls.push_back(std::move(call));
    }
    if (!calls.empty())
        message["tool_calls"] = std::move(calls);
    return message;
}

json::object toolMessage(const Piece &result, Dice &dice)
{
    const std::string text = result.text.empty() ? oddJson(result.args, dice) : result.text;
    json::object message{{"role", "tool"}, {"tool_call_id", result.id}, {"content", text}};
    if (result.resultMedia.empty())
        return message;
    json::array parts{textPart(text)};
    for (const Media &media : result.resultMedia)
        parts.push_back(mediaPart(media, dice));
    message["content"] = std::move(parts);
    return message;
}

void addUser(json::array &messages, const Turn &turn, Dice &dice)
{
    json::array parts;
    for (const Piece &piece : turn.pieces) {
        if (piece.kind == Piece::Kind::Result)
            messages.push_back(toolMessage(piece, dice));
        else
            parts.push_back(piece.kind == Piece::Kind::Text ? textPart(piece.text)
                                                            : mediaPart(piece.media, dice));
    }
    if (parts.empty())
        return;
    const bool isPlain = parts.size() == 1 && parts[0].at("type") == "text" && dice.coin();
    messages.push_back(
        {{"role", "user"}, {"content", isPlain ? parts[0].at("text") : json::value(std::move(parts))}});
}

void addWishes(json::object &request, const Wishes &wishes, Dice &dice)
{
    if (wishes.temperature)
        request["temperature"] = *wishes.temperature;
    if (wishes.topP)
        request["top_p"] = *wishes.topP;
    if (wishes.topK)
        request["top_k"] = *wishes.topK;
    if (wishes.mostTokens)
        request[dice.coin() ? "max_tokens" : "max_completion_tokens"] = *wishes.mostTokens;
    if (wishes.seed)
        request["seed"] = *wishes.seed;
    if (wishes.stops.size() == 1 && dice.coin())
        request["stop"] = wishes.stops.front();
    else if (!wishes.stops.empty())
        request["stop"] = json::array(wishes.stops.begin(), wishes.stops.end());
    if (wishes.answerSchema)
        request["response_format"] = {
            {"type", "json_schema"},
            {"json_schema",
             json::object{{"name", "answer"}, {"strict", true}, {"schema", *wishes.answerSchema}}}};
    if (!wishes.onlyTool.empty())
        request["tool_choice"] = {{"type", "function"},
                                  {"function", json::object{{"name", wishes.onlyTool}}}};
    else if (!wishes.toolMode.empty())
        request["tool_choice"] = wishes.toolMode == "ANY"    ? "required"
                                 : wishes.toolMode == "NONE" ? "none"
                                                             : "auto";
}

class ChatFace final : public Face
{
public:
    Abilities abilities() const override { return {.callsAnywhere = false}; }
    json::object request(const Talk &talk, Dice &dice) const override;
    Gateway::Result<std::unique_ptr<Gateway::Translation>> parse(std::string_view body) const override
    {
        return Gateway::openAiChat(body, {"req_roundtrip", 1700000000});
    }
    void askForAll(json::object &request, bool stream) const override
    {
        request["stream"] = stream;
        if (stream)
            request["stream_options"] = {{"include_usage", true}};
        request["reasoning_effort"] = "low";
    }
    json::object joined(std::string_view stream) const override
    {
        return Gateway::ChatJoin(stream).completion();
    }
    Heard heard(const json::object &answer) const override;
    bool keepsOrder() const override { return false; }
    bool keepsTextSignatures() const override { return true; }
    json::object next(json::object request, const json::object &answer, bool forgetful) const override;
};

json::object ChatFace::request(const Talk &talk, Dice &dice) const
{
    json::array messages;
    for (const std::string &text : talk.system)
        messages.push_back({{"role", dice.coin() ? "system" : "developer"}, {"content", text}});
    for (const Turn &turn : talk.turns) {
        if (turn.isModels)
            messages.push_back(assistant(turn, dice));
        else
            addUser(messages, turn, dice);
    }
    json::object request{{"model", talk.model}, {"messages", std::move(messages)}};
    addFunctionTools(request, talk.tools);
    addWishes(request, talk.wishes, dice);
    return request;
}

Heard ChatFace::heard(const json::object &answer) const
{
    const json::object &choice = answer.at("choices").at(0).as_object();
    const json::object &message = choice.at("message").as_object();
    ReplyLines lines;
    lines.thought(Gateway::stringAt(message, "reasoning_content"));
    lines.text(Gateway::stringAt(message, "content"));
    if (const json::array *calls = Gateway::arrayAt(message, "tool_calls")) {
        for (const json::value &call : *calls) {
            const json::object &function = call.at("function").as_object();
            lines.call(function.at("name").as_string(),
                       json::parse(function.at("arguments").as_string()).as_object());
        }
    }
    const json::object &usage = answer.at("usage").as_object();
    const std::string finish(choice.at("finish_reason").as_string());
    return {lines.take(),
            finish == "content_filter" ? "filter"
            : finish == "tool_calls"   ? "calls"
                                       : finish,
            usage.at("prompt_tokens").as_int64(), usage.at("completion_tokens").as_int64()};
}

json::object ChatFace::next(json::object request, const json::object &answer, bool forgetful) const
{
    json::object message = answer.at("choices").at(0).at("message").as_object();
    json::array &messages = request["messages"].as_array();
    std::vector<std::string> ids;
    if (json::value *calls = message.if_contains("tool_calls")) {
        for (json::value &call : calls->as_array()) {
            ids.emplace_back(call.at("id").as_string());
            if (forgetful)
                call.as_object().erase("extra_content");
        }
    }
    if (forgetful)
        message.erase("extra_content");
    messages.push_back(std::move(message));
    for (const std::string &id : ids)
        messages.push_back({{"role", "tool"}, {"tool_call_id", id}, {"content", "done"}});
    if (ids.empty())
        messages.push_back({{"role", "user"}, {"content", "Go on."}});
    return request;
}

} // namespace

void addFunctionTools(json::object &request, const std::vector<Tool> &tools)
{
    json::array declared;
    for (const Tool &tool : tools) {
        json::object function{{"name", tool.name}, {"parameters", tool.schema}};
        if (!tool.description.empty())
            function["description"] = tool.description;
        declared.push_back({{"type", "function"}, {"function", std::move(function)}});
    }
    if (!declared.empty())
        request["tools"] = std::move(declared);
}

const Face &chatFace()
{
    static const ChatFace FACE;
    return FACE;
}

} // namespace RoundTrip
