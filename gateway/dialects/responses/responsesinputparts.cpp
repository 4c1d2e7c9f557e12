// What items hold, as the content of chat messages.
#include "gateway/dialects/chatrequestfields.h"
#include "gateway/dialects/responses/responsesinput.h"

namespace Gateway {

Result<json::value> ResponsesInput::contentOf(const json::value &content, const JsonPath &path) const
{
    if (content.is_string())
        return json::value(content, m_storage);
    const json::array *parts = content.if_array();
    if (!parts)
        return refuseKind(path, "a string or an array of parts");
    json::array out(m_storage);
    for (std::size_t i = 0; i < parts->size(); ++i) {
        const JsonPath partPath(path, i);
        const json::object *part = (*parts)[i].if_object();
        if (!part)
            return refuseKind(partPath, "an object");
        Result<json::value> told = partOf(*part, partPath);
        if (!told)
            return told;
        out.push_back(std::move(*told));
    }
    return json::value(std::move(out));
}

/// input_text, output_text, input_image, input_file, … → a part of a chat message.
Result<json::value> ResponsesInput::partOf(const json::object &part, const JsonPath &path) const
{
    const std::string_view type = stringAt(part, "type");
    json::object out(m_storage);
    if (type == "input_text" || type == "output_text" || type == "text") {
        const Result<std::string_view> text = textField(part, "text", path);
        if (!text)
            return fail(text.error());
        out.emplace("type", "text");
        out.emplace("text", *text);
        return json::value(std::move(out));
    }
    const std::string_view fileId = stringAt(part, "file_id");
    if (type == "input_image" && fileId.empty()) {
        const json::value *url = givenField(part, "image_url");
        if (!url)
            return refuseMissing(JsonPath(path, "image_url"));
        out.emplace("type", "image_url");
        out.emplace("image_url", *url);
        return json::value(std::move(out));
    }
    if (type == "input_image" || type == "input_file") {
        const std::string_view url = stringAt(part, "file_url");
        const bool isByUrl = !url.empty() && fileId.empty() && !part.contains("file_data");
        out.emplace("type", isByUrl ? "image_url" : "file");
        isByUrl ? out.emplace("image_url", url) : out.emplace("file", part);
        return json::value(std::move(out));
    }
    if (type == "input_audio" || type == "refusal")
        return json::value(part, m_storage);
    if (type.empty())
        return refuseMissing(JsonPath(path, "type"));
    return refuse(JsonPath(path, "type"),
                  "'" + std::string(type) + "' is not a part that Gemini can be given.", "unsupported_value");
}

/// A picture the model made is shown to it again.
void ResponsesInput::readImageCall(const json::object &item, const JsonPath &path)
{
    const std::string_view data = stringAt(item, "result");
    if (data.empty())
        return;
    const std::string_view format = stringAt(item, "output_format");
    std::string url = "data:image/";
    url += format.empty() ? std::string_view("png") : format;
    url += ";base64,";
    url += data;
    json::object part({{"type", "image_url"}, {"image_url", url}}, m_storage);
    json::object message({{"role", "assistant"}}, m_storage);
    message.emplace("images", json::array({std::move(part)}, m_storage));
    add(std::move(message), path);
}

/// Code that ran and what it printed, as text: Gemini takes such parts only with its own run in the answer.
void ResponsesInput::readCodeCall(const json::object &item, const JsonPath &path)
{
    std::string text = "```python\n" + std::string(stringAt(item, "code")) + "\n```\n";
    const json::array *outputs = arrayAt(item, "outputs");
    for (std::size_t i = 0; outputs && i < outputs->size(); ++i) {
        const json::object *output = (*outputs)[i].if_object();
        if (output && stringAt(*output, "type") == "logs")
            text += "```text\n" + std::string(stringAt(*output, "logs")) + "\n```\n";
    }
    add({{{"role", "assistant"}, {"content", text}}, m_storage}, path);
}

} // namespace Gateway
