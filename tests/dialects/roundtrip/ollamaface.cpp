#include <stdexcept>

#include "gateway/dialects/ollama/ollama.h"
#include "tests/dialects/roundtrip/face.h"
#include "tests/dialects/roundtrip/reply.h"

namespace RoundTrip {

namespace {

json::object assistant(const Turn &turn)
{
    json::object message{{"role", "assistant"}, {"content", ""}};
    json::array calls;
    for (const Piece &piece : turn.pieces) {
        if (piece.kind == Piece::Kind::Text)
            message["content"] = piece.text;
        else
            calls.push_back({{"id", piece.id},
                             {"function", json::object{{"name", piece.name}, {"arguments", piece.args}}}});
    }
    if (!calls.empty())
        message["tool_calls"] = std::move(calls);
    return message;
}

/// A message holds its pictures before its text, so that each of a user's pieces is a message of its own.
void addUser(json::array &messages, const Turn &turn, Dice &dice)
{
    for (const Piece &piece : turn.pieces) {
        if (piece.kind == Piece::Kind::Text) {
            messages.push_back({{"role", "user"}, {"content", piece.text}});
        } else if (piece.kind == Piece::Kind::Media) {
            messages.push_back(
                {{"role", "user"}, {"content", ""}, {"images", json::array{base64(piece.media.bytes)}}});
        } else {
            json::object message{{"role", "tool"}, {"tool_name", piece.name}, {"tool_call_id", piece.id}};
            message["content"] = piece.text.empty() ? oddJson(piece.args, dice) : piece.text;
            json::array images;
            for (const Media &media : piece.resultMedia)
                images.emplace_back(base64(media.bytes));
            if (!images.empty())
                message["images"] = std::move(images);
            messages.push_back(std::move(message));
        }
    }
}

json::object optionsOf(const Wishes &wishes)
{
    json::object options;
    if (wishes.temperature)
        options["temperature"] = *wishes.temperature;
    if (wishes.topP)
        options["top_p"] = *wishes.topP;
    if (wishes.topK)
        options["top_k"] = *wishes.topK;
    if (wishes.mostTokens)
        options["num_predict"] = *wishes.mostTokens;
    if (wishes.seed)
        options["seed"] = *wishes.seed;
    if (!wishes.stops.empty())
        options["stop"] = json::array(wishes.stops.begin(), wishes.stops.end());
    return options;
}

class OllamaFace final : public Face
{
public:
    Abilities abilities() const override
    {
        return {.documents = false,
                .files = false,
                .modelSignatures = false,
                .textSignatures = false,
                .callsAnywhere = false,
                .toolChoice = false};
    }
    json::object request(const Talk &talk, Dice &dice) const override;
    Gateway::Result<std::unique_ptr<Gateway::Translation>> parse(std::string_view body) const override
    {
        return Gateway::ollamaChat(body, {"req_roundtrip", 1700000000});
    }
    void askForAll(json::object &request, bool stream) const override
    {
        request["stream"] = stream;
        request["think"] = true;
        request.erase("options");
    }
    json::object joined(std::string_view stream) const override;
    Heard heard(const json::object &answer) const override;
    bool keepsOrder() const override { return false; }
    bool keepsTextSignatures() const override { return false; }
    json::object next(json::object request, const json::object &answer, bool forgetful) const override;
};

json::object OllamaFace::request(const Talk &talk, Dice &dice) const
{
    json::array messages;
    for (const std::string &text : talk.system)
        messages.push_back({{"role", "system"}, {"content", text}});
    for (const Turn &turn : talk.turns) {
        if (turn.isModels)
            messages.push_back(assistant(turn));
        else
            addUser(messages, turn, dice);
    }
    json::object request{{"model", talk.model}, {"messages", std::move(messages)}};
    addFunctionTools(request, talk.tools);
    request["options"] = optionsOf(talk.wishes);
    if (talk.wishes.answerSchema)
        request["format"] = *talk.wishes.answerSchema;
    return request;
}

/// As Ollama's own clients join a stream: texts are added up, calls gathered, the rest is the last line's.
json::object OllamaFace::joined(std::string_view stream) const
{
    json::object whole;
    std::string content;
    std::string thinking;
    json::array calls;
    while (!stream.empty()) {
        if (!whole.empty())
            throw std::runtime_error("something follows the line that is done");
        const std::size_t end = stream.find('\n');
        if (end == std::string_view::npos)
            throw std::runtime_error("a line does not end");
        json::object line = json::parse(stream.substr(0, end)).as_object();
        stream.remove_prefix(end + 1);
        const json::object &message = line.at("message").as_object();
        content += Gateway::stringAt(message, "content");
        thinking += Gateway::stringAt(message, "thinking");
        if (const json::array *more = Gateway::arrayAt(message, "tool_calls"))
            calls.insert(calls.end(), more->begin(), more->end());
        if (line.at("done").as_bool())
            whole = std::move(line);
    }
    json::object message{{"role", "assistant"}, {"content", content}};
    if (!thinking.empty())
        message["thinking"] = thinking;
    if (!calls.empty())
        message["tool_calls"] = std::move(calls);
    whole["message"] = std::move(message);
    return whole;
}

Heard OllamaFace::heard(const json::object &answer) const
{
    const json::object &message = answer.at("message").as_object();
    ReplyLines lines;
    lines.thought(Gateway::stringAt(message, "thinking"));
    lines.text(Gateway::stringAt(message, "content"));
    const json::array *calls = Gateway::arrayAt(message, "tool_calls");
    if (calls) {
        for (const json::value &call : *calls) {
            const json::object &function = call.at("function").as_object();
            lines.call(function.at("name").as_string(), function.at("arguments").as_object());
        }
    }
    // Ollama has one word for an answer that ended and one that calls.
    std::string finish(answer.at("done_reason").as_string());
    if (finish == "stop" && calls)
        finish = "calls";
    return {lines.take(), finish == "content_filter" ? "filter" : finish,
            answer.at("prompt_eval_count").as_int64(), answer.at("eval_count").as_int64()};
}

/// A forgetful client is one of those that know no call ids.
json::object OllamaFace::next(json::object request, const json::object &answer, bool forgetful) const
{
    json::object message = answer.at("message").as_object();
    json::array &messages = request["messages"].as_array();
    json::array results;
    if (json::value *calls = message.if_contains("tool_calls")) {
        for (json::value &value : calls->as_array()) {
            json::object &call = value.as_object();
            json::object result{
                {"role", "tool"}, {"tool_name", call.at("function").at("name")}, {"content", "done"}};
            if (forgetful)
                call.erase("id");
            else
                result["tool_call_id"] = call.at("id");
            results.push_back(std::move(result));
        }
    }
    messages.push_back(std::move(message));
    if (results.empty())
        results.push_back({{"role", "user"}, {"content", "Go on."}});
    for (json::value &result : results)
        messages.push_back(std::move(result));
    return request;
}

} // namespace

const Face &ollamaFace()
{
    static const OllamaFace FACE;
    return FACE;
}

} // namespace RoundTrip
