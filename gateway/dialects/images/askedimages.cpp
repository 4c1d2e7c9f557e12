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
    if (!startsWithIgnoreCase(field.contentType, "image/"))
        return mimeOfName(field.fileName);
    return equalsIgnoreCase(field.contentType, "image/jpg") ? std::string_view("image/jpeg")
                                                            : std::string_view(field.contentType);
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

std::string jsonOfForm(const std::vector<FormField> &form, std::size_t size)
{
    std::string out = "{";
    std::string pictures;
    out.reserve(size / 3 * 4 + size / 16);
    for (const FormField &field : form) {
        if (isPicture(field.name)) {
            pictures += pictures.empty() ? "" : ",";
            appendPicture(pictures, field);
        } else if (field.name == "mask") {
            appendName(out, field.name);
            appendPicture(out, field);
        } else {
            // "svg[model]" is a member of "svg", which is all that the translation asks about
            appendName(out, std::string_view(field.name).substr(0, field.name.find('[')));
            appendText(out, field.name, field.fileName.empty() ? field.content : field.fileName);
        }
    }
    if (!pictures.empty()) {
        appendName(out, "images");
        out += '[' + pictures + ']';
    }
    return out + '}';
}

bool wantsUrl(std::string_view model, std::string_view format, bool isStream)
{
    const bool isOlder = model.starts_with("dall-e"); // these told URLs unless asked not to
    return !isStream && (format == "url" || (format.empty() && isOlder));
}

Result<AskedImages> readForm(std::string_view contentType, std::string_view body)
{
    const Result<std::vector<FormField>> form = readMultipart(contentType, body);
    if (!form)
        return fail(form.error());
    AskedImages asked;
    asked.body = jsonOfForm(*form, body.size());
    asked.model = formText(*form, "model");
    asked.wantsUrl =
        wantsUrl(asked.model, formText(*form, "response_format"), formText(*form, "stream") == "true");
    return asked;
}

} // namespace

Result<AskedImages> readAskedImages(std::string_view contentType, std::string_view body)
{
    if (startsWithIgnoreCase(contentType, "multipart/form-data"))
        return readForm(contentType, body);
    json::monotonic_resource memory;
    const Result<json::object> call = parseJsonObject(body, &memory);
    if (!call)
        return fail(call.error());
    const json::value *model = call->if_contains("model");
    if (model && !model->is_null() && !model->is_string())
        return refuseKind(JsonPath(JsonPath(), "model"), "a string");
    AskedImages asked;
    asked.body = body;
    asked.model = stringAt(*call, "model");
    asked.wantsUrl =
        wantsUrl(asked.model, stringAt(*call, "response_format"), boolAt(*call, "stream", false));
    return asked;
}

} // namespace Gateway
