#include "gateway/dialects/anthropic/anthropic.h"
#include "tests/dialects/messagejoin.h"
#include "tests/dialects/roundtrip/face.h"
#include "tests/dialects/roundtrip/reply.h"

namespace RoundTrip {

namespace {

json::object mediaBlock(const Media &media)
{
    const std::string_view type = media.mime.starts_with("image/") ? "image" : "document";
    json::object source{{"type", "base64"}, {"media_type", media.mime}, {"data", base64(media.bytes)}};
    if (!media.file.empty())
        source = {{"type", "file"}, {"file_id", media.file}};
    return {{"type", type}, {"source", std::move(source)}};
}

json::object textBlock(const std::string &text)
{
    return {{"type", "text"}, {"text", text}};
}

json::object resultBlock(const Piece &result, Dice &dice)
{
    // An error's words are told as they are.
    const std::string text = !result.text.empty() ? result.text
                             : result.isError     ? json::serialize(result.args)
                                                  : oddJson(result.args, dice);
    json::object block{{"type", "tool_result"}, {"tool_use_id", result.id}, {"content", text}};
    if (!result.resultMedia.empty() || dice.oneIn(3)) {
        json::array blocks{textBlock(text)};
        for (const Media &media : result.resultMedia)
            blocks.push_back(mediaBlock(media));
        block["content"] = std::move(blocks);
    }
    if (result.isError || dice.oneIn(4))
        block["is_error"] = result.isError;
    return block;
}

json::array userBlocks(const Turn &turn, Dice &dice)
{
    json::array blocks;
    for (const Piece &piece : turn.pieces) {
        if (piece.kind == Piece::Kind::Result)
            blocks.push_back(resultBlock(piece, dice));
        else
            blocks.push_back(piece.kind == Piece::Kind::Text ? textBlock(piece.text)
                                                             : mediaBlock(piece.media));
    }
    return blocks;
}

json::array modelBlocks(const Turn &turn, Dice &dice)
{
    json::array blocks;
    for (const Piece &piece : turn.pieces) {
        if (!piece.signature.empty() && dice.coin())
            blocks.push_back({{"type", "redacted_thinking"}, {"data", "gemini:" + piece.signature}});
        else if (!piece.signature.empty())
            blocks.push_back({{"type", "thinking"},
                              {"thinking", dice.text()},
                              {"signature", "gemini:" + piece.signature}});
        if (piece.kind == Piece::Kind::Text)
            blocks.push_back(textBlock(piece.text));
        else
            blocks.push_back(
                {{"type", "tool_use"}, {"id", piece.id}, {"name", piece.name}, {"input", piece.args}});
    }
    return blocks;
}

void addWishes(json::object &request, const Wishes &wishes)
{
    request["max_tokens"] = wishes.mostTokens.value_or(1000);
    if (wishes.temperature)
        request["temperature"] = *wishes.temperature;
    if (wishes.topP)
        request["top_p"] = *wishes.topP;
    if (wishes.topK)
        request["top_k"] = *wishes.topK;
    if (!wishes.stops.empty())
        request["stop_sequences"] = json::array(wishes.stops.begin(), wishes.stops.end());
    if (wishes.answerSchema)
        request["output_config"] = {
            {"format", json::object{{"type", "json_schema"}, {"schema", *wishes.answerSchema}}}};
    if (!wishes.onlyTool.empty())
        request["tool_choice"] = {{"type", "tool"}, {"name", wishes.onlyTool}};
    else if (!wishes.toolMode.empty())
        request["tool_choice"] = {{"type", wishes.toolMode == "ANY"    ? "any"
                                           : wishes.toolMode == "NONE" ? "none"
                                                                       : "auto"}};
}

class AnthropicFace final : public Face
{
public:
    /// Its stop sequences are looked for by the gateway, and cut an answer.
    Abilities abilities() const override { return {.resultErrors = true, .stops = false, .seed = false}; }
    json::object request(const Talk &talk, Dice &dice) const override;
    Gateway::Result<std::unique_ptr<Gateway::Translation>> parse(std::string_view body) const override
    {
        return Gateway::anthropicMessages(body, {"req_roundtrip", 1700000000});
    }
    void askForAll(json::object &request, bool stream) const override
    {
        request["stream"] = stream;
        request["max_tokens"] = 60000;
        request["thinking"] = {{"type", "enabled"}, {"budget_tokens", 2048}};
        request.erase("temperature");
        request.erase("top_k");
        request.erase("tool_choice");
    }
    json::object joined(std::string_view stream) const override
    {
        return Gateway::MessageJoin(stream).message();
    }
    Heard heard(const json::object &answer) const override;
    bool keepsOrder() const override { return true; }
    bool keepsTextSignatures() const override { return false; }
    json::object next(json::object request, const json::object &answer, bool forgetful) const override;
};

json::object AnthropicFace::request(const Talk &talk, Dice &dice) const
{
    json::object request{{"model", talk.model}};
    json::array system;
    for (const std::string &text : talk.system)
        system.push_back(textBlock(text));
    if (system.size() == 1 && dice.coin())
        request["system"] = talk.system.front();
    else if (!system.empty())
        request["system"] = std::move(system);
    json::array messages;
    for (const Turn &turn : talk.turns) {
        json::array blocks = turn.isModels ? modelBlocks(turn, dice) : userBlocks(turn, dice);
        const bool isPlain = blocks.size() == 1 && blocks[0].at("type") == "text" && dice.coin();
        messages.push_back({{"role", turn.isModels ? "assistant" : "user"},
                            {"content", isPlain ? blocks[0].at("text") : json::value(std::move(blocks))}});
    }
    request["messages"] = std::move(messages);
    json::array tools;
    for (const Tool &tool : talk.tools) {
        json::object function{{"name", tool.name}, {"input_schema", tool.schema}};
        if (!tool.description.empty())
            function["description"] = tool.description;
        tools.push_back(std::move(function));
    }
    if (!tools.empty())
        request["tools"] = std::move(tools);
    addWishes(request, talk.wishes);
    return request;
}

Heard AnthropicFace::heard(const json::object &answer) const
{
    ReplyLines lines;
    for (const json::value &value : answer.at("content").as_array()) {
        const json::object &block = value.as_object();
        const std::string_view type = Gateway::stringAt(block, "type");
        if (type == "thinking")
            lines.thought(block.at("thinking").as_string());
        else if (type == "text")
            lines.text(block.at("text").as_string());
        else if (type == "tool_use")
            lines.call(block.at("name").as_string(), block.at("input").as_object());
    }
    const json::object &usage = answer.at("usage").as_object();
    const std::string reason(answer.at("stop_reason").as_string());
    return {lines.take(),
            reason == "max_tokens" ? "length"
            : reason == "refusal"  ? "filter"
            : reason == "tool_use" ? "calls"
                                   : "stop",
            usage.at("input_tokens").as_int64() + usage.at("cache_read_input_tokens").as_int64(),
            usage.at("output_tokens").as_int64()};
}

json::object AnthropicFace::next(json::object request, const json::object &answer, bool forgetful) const
{
    json::array said;
    json::array results;
    for (const json::value &block : answer.at("content").as_array()) {
        if (block.at("type") == "tool_use")
            results.push_back(
                {{"type", "tool_result"}, {"tool_use_id", block.at("id")}, {"content", "done"}});
        if (!forgetful || !block.at("type").as_string().ends_with("thinking"))
            said.push_back(block);
    }
    if (results.empty())
        results.push_back(textBlock("Go on."));
    json::array &messages = request["messages"].as_array();
    messages.push_back({{"role", "assistant"}, {"content", std::move(said)}});
    messages.push_back({{"role", "user"}, {"content", std::move(results)}});
    return request;
}

} // namespace

const Face &anthropicFace()
{
    static const AnthropicFace FACE;
    return FACE;
}

} // namespace RoundTrip
