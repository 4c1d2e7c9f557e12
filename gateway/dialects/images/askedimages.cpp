// A call for pictures as it comes: JSON, or a form with files.
#include <algorithm>
#include <charconv>

#include "gateway/common/json.h"
#include "gateway/common/multipart.h"
#include "gateway/common/text.h"
#include "gateway/dialects/base64.h"
#include "gateway/dialects/contentpartstypes.h"
#include "gateway/dialects/images/images.h"
#include "gateway/dialects/jsonpath.h"

namespace Gateway {

namespace {

constexpr std::string_view NUMBERS[] = {"n", "partial_images", "output_compression", "frame_count",
                                        "frame_duration_ms"};

bool isPicture(std::string_view name)
{
    return name == "image" || name == "images" || name.starts_with("image[") || name.starts_with("images[");
}

bool isUrl(std::string_view text)
{
    return isDataUrl(text) || startsWithIgnoreCase(text, "http://") || startsWithIgnoreCase(text, "https://");
}

std::string_view mimeOf(const FormField &field)
{
    if (startsWithIgnoreCase(field.contentType, "image/"))
        return field.contentType;
    return mimeOfName(field.fileName);
}

/// `{"image_url":"data:image/png;base64,…"}`
void appendPicture(std::string &out, const FormField &field)
{
    out += "{\"image_url\":";
    if (field.fileName.empty() && isUrl(field.content)) {
        appendJsonString(out, field.content);
    } else {
        std::string head = "data:";
        head += mimeOf(field);
        appendJsonString(out, head + ";base64,");
        out.pop_back();
        appendBase64(out, field.content);
        out += '"';
    }
    out += '}';
}

/// A form has but texts: what is a number or a flag in JSON becomes one; a text that is none stays, and is
/// refused like any other.
void appendText(std::string &out, std::string_view name, std::string_view text)
{
    std::int64_t number = 0;
    const char *end = text.data() + text.size();
    const bool isNumber = std::ranges::find(NUMBERS, name) != std::end(NUMBERS) &&
                          std::from_chars(text.data(), end, number).ptr == end && !text.empty();
    const bool isFlag = name == "stream" && (text == "true" || text == "false");
    if (isNumber)
        out += std::to_string(number);
    else if (isFlag)
        out += text;
    else
        appendJsonString(out, text);
}

void appendName(std::string &out, std::string_view name)
{
    out += out.size() > 1 ? "," : "";
    appendJsonString(out, name);
    out += ':';
}

Result<std::string> jsonOfForm(std::string_view contentType, std::string_view body)
{
    const Result<std::vector<FormField>> form = readMultipart(contentType, body);
    if (!form)
        return fail(form.error());
    std::string out = "{";
    std::string pictures;
    out.reserve(body.size() / 3 * 4 + body.size() / 16);
    for (const FormField &field : *form) {
        if (isPicture(field.name)) {
            pictures += pictures.empty() ? "" : ",";
            appendPicture(pictures, field);
        } else if (field.name == "mask") {
            appendName(out, field.name);
            appendPicture(out, field);
        } else {
            appendName(out, field.name);
            appendText(out, field.name, field.fileName.empty() ? field.content : field.fileName);
        }
    }
    if (!pictures.empty()) {
        appendName(out, "images");
        out += '[' + pictures + ']';
    }
    return out + '}';
}

} // namespace

Result<AskedImages> readAskedImages(std::string_view contentType, std::string_view body)
{
    AskedImages asked;
    if (startsWithIgnoreCase(contentType, "multipart/form-data")) {
        Result<std::string> made = jsonOfForm(contentType, body);
        if (!made)
            return fail(std::move(made.error()));
        asked.body = std::move(*made);
    } else {
        asked.body = body;
    }
    json::monotonic_resource memory;
    const Result<json::object> call = parseJsonObject(asked.body, &memory);
    if (!call)
        return fail(call.error());
    const JsonPath root;
    const json::value *model = call->if_contains("model");
    if (model && !model->is_null() && !model->is_string())
        return refuseKind(JsonPath(root, "model"), "a string");
    asked.model = stringAt(*call, "model");
    const std::string_view format = stringAt(*call, "response_format");
    const bool isOlder = asked.model.starts_with("dall-e");
    asked.wantsUrl = !boolAt(*call, "stream", false) && (format == "url" || (format.empty() && isOlder));
    return asked;
}

} // namespace Gateway
