#include "gateway/control/local/chatexport.h"

#include <string>
#include <string_view>

#include "gateway/common/json.h"

namespace Gateway {

namespace {

/// A title as a file's name: what systems refuse in names becomes a hyphen.
std::string fileName(std::string_view title, std::string_view ending)
{
    constexpr std::size_t most = 80;
    std::string name;
    for (const char letter : title) {
        const bool isRefused = static_cast<unsigned char>(letter) < ' ' ||
                               std::string_view("\\/:*?\"<>|").find(letter) != std::string_view::npos;
        name += isRefused ? '-' : letter;
    }
    if (name.size() > most) {
        std::size_t end = most;
        while (end > 0 && (static_cast<unsigned char>(name[end]) & 0xC0) == 0x80)
            --end; // not inside a letter
        name.resize(end);
    }
    while (!name.empty() && (name.back() == ' ' || name.back() == '.'))
        name.pop_back();
    while (!name.empty() && (name.front() == ' ' || name.front() == '.'))
        name.erase(0, 1);
    return (name.empty() ? "chat" : name) + std::string(ending);
}

std::string_view nameOfPart(const json::value &part)
{
    const json::object *object = part.if_object();
    const json::object *data = object ? objectAt(*object, "inlineData") : nullptr;
    if (!data)
        return {};
    const std::string_view name = stringAt(*object, "name");
    return name.empty() ? stringAt(*data, "mimeType") : name;
}

void appendExtras(std::string &out, const std::string &content)
{
    const Result<json::object> parsed = parseJsonObject(content);
    if (!parsed)
        return;
    if (const json::array *parts = arrayAt(*parsed, "parts")) {
        for (const json::value &part : *parts) {
            if (const std::string_view name = nameOfPart(part); !name.empty())
                out.append("\n\n*[").append(name).append("]*");
        }
    }
    const json::array *sources = arrayAt(*parsed, "sources");
    int number = 0;
    for (const json::value &source : sources ? *sources : json::array()) {
        const json::object *object = source.if_object();
        if (!object)
            continue;
        const std::string_view uri = stringAt(*object, "uri");
        const std::string_view title = stringAt(*object, "title");
        ++number;
        out.append(number == 1 ? "\n\n" : "\n").append(std::to_string(number)).append(". [");
        out.append(title.empty() ? uri : title).append("](<").append(uri).append(">)");
    }
}

std::string markdownOf(const ChatDetail &detail)
{
    std::string out = "# " + detail.chat.title + "\n";
    if (!detail.chat.system.empty())
        out += "\n> " + detail.chat.system + "\n";
    for (const ChatMessage &message : detail.messages) {
        if (message.role == "user")
            out += "\n## User\n\n";
        else
            out += "\n## " + (message.model.empty() ? "Model" : message.model) + "\n\n";
        out += message.text;
        if (!message.error.empty())
            out += (message.text.empty() ? "*" : "\n\n*") + message.error + "*";
        appendExtras(out, message.content);
        out += '\n';
    }
    return out;
}

/// The column's JSON as JSON; as text when somebody broke it.
json::value nested(const std::string &column)
{
    if (column.empty())
        return json::object();
    Result<json::object> parsed = parseJsonObject(column);
    return parsed ? json::value(std::move(*parsed)) : json::value(column);
}

json::object jsonOf(const ChatMessage &message)
{
    json::object object{{"role", message.role},
                        {"text", message.text},
                        {"content", nested(message.content)},
                        {"created_ms", message.createdMs}};
    if (!message.model.empty())
        object["model"] = message.model;
    if (message.inputTokens >= 0)
        object["input_tokens"] = message.inputTokens;
    if (message.outputTokens >= 0)
        object["output_tokens"] = message.outputTokens;
    if (message.durationMs >= 0)
        object["duration_ms"] = message.durationMs;
    if (!message.keyLabel.empty())
        object["key"] = message.keyLabel;
    if (!message.error.empty())
        object["error"] = message.error;
    return object;
}

std::string jsonText(const ChatDetail &detail)
{
    json::array messages;
    for (const ChatMessage &message : detail.messages)
        messages.push_back(jsonOf(message));
    const ChatRow &chat = detail.chat;
    return toJson(json::object{{"title", chat.title},
                               {"model", chat.model},
                               {"system", chat.system},
                               {"settings", nested(chat.settings)},
                               {"created_ms", chat.createdMs},
                               {"updated_ms", chat.updatedMs},
                               {"messages", std::move(messages)}});
}

} // namespace

ExportedFile exportedChat(const ChatDetail &detail, ChatFormat format)
{
    if (format == ChatFormat::Json)
        return {fileName(detail.chat.title, ".json"), "application/json", jsonText(detail), false};
    return {fileName(detail.chat.title, ".md"), "text/markdown", markdownOf(detail), false};
}

} // namespace Gateway
