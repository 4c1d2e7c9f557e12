#include <map>
#include <stdexcept>

#include "gateway/dialects/responses/responses.h"
#include "tests/dialects/chatjoin.h"
#include "tests/dialects/roundtrip/face.h"
#include "tests/dialects/roundtrip/reply.h"

namespace RoundTrip {

namespace {

json::object mediaPart(const Media &media, Dice &dice)
{
    const std::string url = "data:" + media.mime + ";base64," + base64(media.bytes);
    if (!media.file.empty())
        return {{"type", "input_file"}, {"file_id", media.file}};
    if (media.mime.starts_with("image/"))
        return {{"type", "input_image"}, {"detail", "auto"}, {"image_url", url}};
    if (dice.coin())
        return {{"type", "input_file"}, {"filename", "a.pdf"}, {"file_data", base64(media.bytes)}};
    return {{"type", "input_file"}, {"file_data", url}};
}

json::object textPart(std::string_view type, const std::string &text)
{
    return {{"type", type}, {"text", text}};
}

/// The gateway's form of a signature: of a call, or of the message before it when the id is empty.
json::object reasoning(const std::string &callId, const std::string &signature)
{
    return {{"type", "reasoning"},
            {"summary", json::array()},
            {"encrypted_content", "gb1." + std::to_string(callId.size()) + '.' + callId + signature}};
}

void addModel(json::array &items, const Turn &turn, Dice &dice)
{
    for (const Piece &piece : turn.pieces) {
        if (piece.kind == Piece::Kind::Text) {
            items.push_back({{"type", "message"},
                             {"role", "assistant"},
                             {"content", json::array{textPart("output_text", piece.text)}}});
            if (!piece.signature.empty())
                items.push_back(reasoning({}, piece.signature));
            continue;
        }
        if (!piece.signature.empty())
            items.push_back(reasoning(piece.id, piece.signature));
        items.push_back({{"type", "function_call"},
                         {"call_id", piece.id},
                         {"name", piece.name},
                         {"arguments", oddJson(piece.args, dice)}});
    }
}

json::object resultItem(const Piece &result, Dice &dice)
{
    const std::string text = result.text.empty() ? oddJson(result.args, dice) : result.text;
    json::object item{{"type", "function_call_output"}, {"call_id", result.id}, {"output", text}};
    if (result.resultMedia.empty())
        return item;
    json::array parts{textPart("input_text", text)};
    for (const Media &media : result.resultMedia)
        parts.push_back(mediaPart(media, dice));
    item["output"] = std::move(parts);
    return item;
}

void addUser(json::array &items, const Turn &turn, Dice &dice)
{
    json::array parts;
    for (const Piece &piece : turn.pieces) {
        if (piece.kind == Piece::Kind::Result)
            items.push_back(resultItem(piece, dice));
        else
            parts.push_back(piece.kind == Piece::Kind::Text ? textPart("input_text", piece.text)
                                                            : mediaPart(piece.media, dice));
    }
    if (parts.empty())
        return;
    const bool isPlain = parts.size() == 1 && parts[0].at("type") == "input_text" && dice.coin();
    items.push_back(
        {{"role", "user"}, {"content", isPlain ? parts[0].at("text") : json::value(std::move(parts))}});
}

void addWishes(json::object &request, const Wishes &wishes)
{
    if (wishes.temperature)
        request["temperature"] = *wishes.temperature;
    if (wishes.topP)
        request["top_p"] = *wishes.topP;
    if (wishes.mostTokens)
        request["max_output_tokens"] = *wishes.mostTokens;
    if (wishes.answerSchema)
        request["text"] = {{"format", json::object{{"type", "json_schema"},
                                                   {"name", "answer"},
                                                   {"strict", true},
                                                   {"schema", *wishes.answerSchema}}}};
    if (!wishes.onlyTool.empty())
        request["tool_choice"] = {{"type", "function"}, {"name", wishes.onlyTool}};
    else if (!wishes.toolMode.empty())
        request["tool_choice"] = wishes.toolMode == "ANY"    ? "required"
                                 : wishes.toolMode == "NONE" ? "none"
                                                             : "auto";
}

/// Joins the deltas of a stream and holds them against the items that are told whole.
class ResponsesJoin
{
public:
    explicit ResponsesJoin(std::string_view stream)
    {
        for (const std::string &data : Gateway::sseData(stream))
            add(json::parse(data).as_object());
        need(!m_response.empty(), "the stream has no end");
        need(m_response.at("output").as_array() == m_items, "the items are not those of the whole response");
    }

    const json::object &response() const { return m_response; }

private:
    static void need(bool holds, const char *rule)
    {
        if (!holds)
            throw std::runtime_error(rule);
    }

    void add(const json::object &event)
    {
        need(m_response.empty(), "something follows the end");
        need(event.at("sequence_number").as_int64() == m_number++, "sequence_number");
        const std::string_view type = Gateway::stringAt(event, "type");
        if (type.ends_with(".delta"))
            m_deltas[event.at("output_index").as_int64()] += event.at("delta").as_string();
        if (type == "response.output_item.done") {
            need(event.at("output_index").as_int64() == static_cast<std::int64_t>(m_items.size()),
                 "output_index");
            const json::object &item = event.at("item").as_object();
            need(textOf(item) == m_deltas[event.at("output_index").as_int64()],
                 "the deltas are not the item's");
            m_items.push_back(item);
        }
        if (type == "response.completed" || type == "response.incomplete")
            m_response = event.at("response").as_object();
    }

    static std::string textOf(const json::object &item)
    {
        const std::string_view type = Gateway::stringAt(item, "type");
        if (type == "function_call")
            return std::string(item.at("arguments").as_string());
        const json::array &parts = item.at(type == "reasoning" ? "summary" : "content").as_array();
        std::string text;
        for (const json::value &part : parts)
            text += part.at(part.as_object().contains("text") ? "text" : "refusal").as_string();
        return text;
    }

    json::array m_items;
    json::object m_response;
    std::map<std::int64_t, std::string> m_deltas;
    std::int64_t m_number = 0;
};

class ResponsesFace final : public Face
{
public:
    Abilities abilities() const override
    {
        return {.callsAnywhere = false, .topK = false, .stops = false, .seed = false};
    }
    json::object request(const Talk &talk, Dice &dice) const override;
    Gateway::Result<std::unique_ptr<Gateway::Translation>> parse(std::string_view body) const override
    {
        return Gateway::openAiResponses(body, {"req_roundtrip", 1700000000});
    }
    void askForAll(json::object &request, bool stream) const override
    {
        request["stream"] = stream;
        request["store"] = false;
        request["include"] = {"reasoning.encrypted_content"};
        request["reasoning"] = {{"effort", "low"}, {"summary", "auto"}};
    }
    json::object joined(std::string_view stream) const override { return ResponsesJoin(stream).response(); }
    Heard heard(const json::object &answer) const override;
    bool keepsOrder() const override { return true; }
    bool returnsOrder() const override { return false; }
    bool keepsTextSignatures() const override { return true; }
    json::object next(json::object request, const json::object &answer, bool forgetful) const override;
};

json::object ResponsesFace::request(const Talk &talk, Dice &dice) const
{
    json::object request{{"model", talk.model}};
    json::array items;
    for (const std::string &text : talk.system) {
        if (!request.contains("instructions") && items.empty() && dice.coin())
            request["instructions"] = text;
        else
            items.push_back({{"role", dice.coin() ? "system" : "developer"}, {"content", text}});
    }
    for (const Turn &turn : talk.turns)
        turn.isModels ? addModel(items, turn, dice) : addUser(items, turn, dice);
    request["input"] = std::move(items);
    json::array tools;
    for (const Tool &tool : talk.tools) {
        json::object function{{"type", "function"}, {"name", tool.name}, {"parameters", tool.schema}};
        if (!tool.description.empty())
            function["description"] = tool.description;
        tools.push_back(std::move(function));
    }
    if (!tools.empty())
        request["tools"] = std::move(tools);
    addWishes(request, talk.wishes);
    return request;
}

Heard ResponsesFace::heard(const json::object &answer) const
{
    ReplyLines lines;
    bool calls = false;
    for (const json::value &value : answer.at("output").as_array()) {
        const json::object &item = value.as_object();
        const std::string_view type = Gateway::stringAt(item, "type");
        if (type == "reasoning") {
            for (const json::value &part : item.at("summary").as_array())
                lines.thought(part.at("text").as_string());
        } else if (type == "message") {
            for (const json::value &part : item.at("content").as_array())
                lines.text(part.at("text").as_string());
        } else {
            calls = true;
            lines.call(item.at("name").as_string(),
                       json::parse(item.at("arguments").as_string()).as_object());
        }
    }
    const json::object *incomplete = Gateway::objectAt(answer, "incomplete_details");
    const std::string_view cut = incomplete ? Gateway::stringAt(*incomplete, "reason") : std::string_view();
    const json::object &usage = answer.at("usage").as_object();
    return {lines.take(),
            cut == "max_output_tokens" ? "length"
            : cut == "content_filter"  ? "filter"
            : calls                    ? "calls"
                                       : "stop",
            usage.at("input_tokens").as_int64(), usage.at("output_tokens").as_int64()};
}

json::object ResponsesFace::next(json::object request, const json::object &answer, bool forgetful) const
{
    json::array &items = request["input"].as_array();
    std::vector<std::string> ids;
    for (const json::value &item : answer.at("output").as_array()) {
        if (item.at("type") == "function_call")
            ids.emplace_back(item.at("call_id").as_string());
        if (!forgetful || item.at("type") != "reasoning")
            items.push_back(item);
    }
    for (const std::string &id : ids)
        items.push_back({{"type", "function_call_output"}, {"call_id", id}, {"output", "done"}});
    if (ids.empty())
        items.push_back({{"role", "user"}, {"content", "Go on."}});
    return request;
}

} // namespace

const Face &responsesFace()
{
    static const ResponsesFace FACE;
    return FACE;
}

} // namespace RoundTrip
