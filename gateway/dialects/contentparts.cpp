#include "gateway/dialects/contentparts.h"

#include "gateway/common/text.h"
#include "gateway/dialects/base64.h"
#include "gateway/dialects/batches/fileids.h"
#include "gateway/dialects/contentpartstypes.h"

namespace Gateway {

namespace {

constexpr std::string_view FILES_ROOT = "https://generativelanguage.googleapis.com/v1beta/";

/// The member `name` of `object`, which must be text.
Result<std::string_view> requiredText(const json::object &object, std::string_view name, const JsonPath &path)
{
    const json::value *member = object.if_contains(name);
    const JsonPath memberPath(path, name);
    if (!member || member->is_null())
        return refuseMissing(memberPath);
    const json::string *text = member->if_string();
    if (!text)
        return refuseKind(memberPath, "a string");
    return std::string_view(*text);
}

/// The member `name` of `part`, which must be an object.
Result<const json::object *> requiredObject(const json::object &part, std::string_view name,
                                            const JsonPath &path)
{
    const json::value *member = part.if_contains(name);
    const JsonPath memberPath(path, name);
    if (!member)
        return refuseMissing(memberPath);
    if (!member->is_object())
        return refuseKind(memberPath, "an object");
    return &member->get_object();
}

/// What a model thought stays with the model; sent back as text it would be taken for an answer.
bool isThought(std::string_view type)
{
    return type == "reasoning" || type == "thinking";
}

/// The index of the last part that is text, or the number of parts when none is.
std::size_t lastTextPart(const json::array &parts)
{
    for (std::size_t i = parts.size(); i-- > 0;) {
        const json::object *part = parts[i].if_object();
        if (part && textOfPart(*part, stringAt(*part, "type")))
            return i;
    }
    return parts.size();
}

/// Up to where the base64 digits go.
void beginInlineData(std::string &out, std::string_view mime)
{
    out += "{\"inlineData\":{\"mimeType\":";
    appendJsonString(out, mime);
    out += ",\"data\":\"";
}

} // namespace

const json::string *textOfPart(const json::object &part, std::string_view type)
{
    if (type != "text" && type != "refusal")
        return nullptr;
    const json::value *text = part.if_contains(type);
    return text ? text->if_string() : nullptr;
}

ContentParts::ContentParts(RequestDraft &draft, PartSink &sink)
    : m_draft(draft)
    , m_sink(sink)
{
}

Result<void> ContentParts::write(const json::value &content, const JsonPath &path, std::string_view signature)
{
    if (const json::string *text = content.if_string()) {
        writeWords(*text, signature);
        return {};
    }
    const json::array *parts = content.if_array();
    if (!parts)
        return refuseKind(path, "a string or an array of parts");
    const std::size_t signedPart = signature.empty() ? parts->size() : lastTextPart(*parts);
    if (!signature.empty() && signedPart == parts->size())
        writeText({}, signature);
    for (std::size_t i = 0; i < parts->size(); ++i) {
        const JsonPath partPath(path, i);
        const json::object *part = (*parts)[i].if_object();
        if (!part)
            return refuseKind(partPath, "an object");
        const Result<std::string_view> type = requiredText(*part, "type", partPath);
        if (!type)
            return fail(type.error());
        if (const json::string *text = textOfPart(*part, *type)) {
            writeWords(*text, i == signedPart ? signature : std::string_view());
            continue;
        }
        if (Result<void> done = writeMedia(*part, *type, partPath); !done)
            return done;
    }
    return {};
}

Result<void> ContentParts::writeSaid(const json::value &content, const JsonPath &path,
                                     std::string_view signature)
{
    m_markdownPictures = true;
    Result<void> written = write(content, path, signature);
    m_markdownPictures = false;
    return written;
}

/// Text, with markdown pictures as parts of their own where that is wanted. What only looks like one stays
/// text.
void ContentParts::writeWords(std::string_view text, std::string_view signature)
{
    MarkdownPicture picture;
    std::string data;
    std::size_t from = 0;
    while (m_markdownPictures && findMarkdownPicture(text, from, picture)) {
        from = picture.end;
        data.clear();
        if (picture.data.empty() || !appendCheckedBase64(data, picture.data))
            continue;
        writeText(trimmed(text.substr(0, picture.begin)));
        m_sink.next();
        beginInlineData(m_draft.text(), picture.mime);
        m_draft.text() += data;
        m_draft.text() += "\"}}";
        text = trimmed(text.substr(picture.end));
        from = 0;
    }
    writeText(text, signature);
}

void ContentParts::writeText(std::string_view text, std::string_view signature)
{
    if (text.empty() && signature.empty())
        return;
    m_sink.next();
    std::string &out = m_draft.text();
    out += "{\"text\":";
    appendJsonString(out, text);
    if (!signature.empty()) {
        out += ",\"thoughtSignature\":";
        appendJsonString(out, signature);
    }
    out += '}';
}

Result<void> ContentParts::writeMedia(const json::object &part, std::string_view type, const JsonPath &path)
{
    if (type == "image_url" || type == "video_url")
        return writeImage(part, type, path);
    if (type == "input_audio")
        return writeAudio(part, path);
    if (type == "file")
        return writeFile(part, path);
    if (isThought(type))
        return {};
    if (type == "text" || type == "refusal")
        return refuseKind(JsonPath(path, type), "a string");
    return refuse(JsonPath(path, "type"),
                  "'" + std::string(type) + "' is not a part that Gemini can be given.", "unsupported_value");
}

/// {"image_url":{"url":…}} and {"video_url":{"url":…}}; a bare string in place of the object passes as well.
Result<void> ContentParts::writeImage(const json::object &part, std::string_view type, const JsonPath &path)
{
    const JsonPath memberPath(path, type);
    if (const json::value *bare = part.if_contains(type); bare && bare->is_string())
        return writeUrl(bare->get_string(), {}, memberPath);
    const Result<const json::object *> image = requiredObject(part, type, path);
    if (!image)
        return fail(image.error());
    const Result<std::string_view> url = requiredText(**image, "url", memberPath);
    if (!url)
        return fail(url.error());
    return writeUrl(*url, {}, JsonPath(memberPath, "url"));
}

Result<void> ContentParts::writeAudio(const json::object &part, const JsonPath &path)
{
    const Result<const json::object *> audio = requiredObject(part, "input_audio", path);
    if (!audio)
        return fail(audio.error());
    const JsonPath audioPath(path, "input_audio");
    const Result<std::string_view> data = requiredText(**audio, "data", audioPath);
    if (!data)
        return fail(data.error());
    const JsonPath dataPath(audioPath, "data");
    if (isDataUrl(*data))
        return writeDataUrl(*data, {}, dataPath);
    const Result<std::string_view> format = requiredText(**audio, "format", audioPath);
    if (!format)
        return fail(format.error());
    const std::string_view mime = audioMime(*format);
    if (mime.empty())
        return refuse(JsonPath(audioPath, "format"),
                      "'" + std::string(*format) + "' is not a known audio format.", "unsupported_value");
    return writeBase64(*data, mime, dataPath);
}

/// `file_data` is a data: URL, or base64 whose type the file's name tells; `file_id` is a file of POST
/// /v1/files or of Gemini's Files API ("files/…" or its URI). `format` may name the MIME type.
Result<void> ContentParts::writeFile(const json::object &part, const JsonPath &path)
{
    const Result<const json::object *> found = requiredObject(part, "file", path);
    if (!found)
        return fail(found.error());
    const json::object &file = **found;
    const JsonPath filePath(path, "file");
    std::string_view mime = stringAt(file, "format");
    if (const json::value *data = file.if_contains("file_data"); data && data->is_string()) {
        const std::string_view text = data->get_string();
        const JsonPath dataPath(filePath, "file_data");
        if (mime.empty())
            mime = mimeOfName(stringAt(file, "filename"));
        return isDataUrl(text) ? writeDataUrl(text, mime, dataPath) : writeBase64(text, mime, dataPath);
    }
    const Result<std::string_view> id = requiredText(file, "file_id", filePath);
    if (!id)
        return fail(id.error());
    if (id->find("://") != std::string_view::npos)
        return writeUrl(*id, mime, JsonPath(filePath, "file_id"));
    const std::string name = geminiFileOf(*id);
    if (name.empty())
        return refuse(JsonPath(filePath, "file_id"),
                      "'" + std::string(*id) +
                          "' is no file that a model can read: neither one of POST /v1/files ('file-…') nor "
                          "of the Gemini API ('files/…').");
    writeFileData(name, mime);
    return {};
}

Result<void> ContentParts::writeUrl(std::string_view url, std::string_view mime, const JsonPath &path)
{
    if (isDataUrl(url))
        return writeDataUrl(url, mime, path);
    if (isForGemini(url)) {
        writeFileData(url, mime);
        return {};
    }
    if (!startsWithIgnoreCase(url, "https://") && !startsWithIgnoreCase(url, "http://"))
        return refuse(path, "must be a data:, http: or https: URL.");
    m_sink.next();
    m_draft.text() += '{';
    m_draft.addMediaHole(url, path.text());
    m_draft.text() += '}';
    return {};
}

Result<void> ContentParts::writeDataUrl(std::string_view url, std::string_view mime, const JsonPath &path)
{
    DataUrl parts;
    if (!readDataUrl(url, parts))
        return refuse(path, "is not a complete data: URL; it has no comma before the data.");
    if (!parts.mime.empty())
        mime = parts.mime;
    if (parts.base64)
        return writeBase64(parts.data, mime, path);
    std::string encoded;
    appendBase64(encoded, percentDecoded(parts.data));
    return writeBase64(encoded, mime.empty() ? "text/plain" : mime, path);
}

Result<void> ContentParts::writeBase64(std::string_view data, std::string_view mime, const JsonPath &path)
{
    if (mime.empty())
        mime = mimeOfBase64(data);
    if (mime.empty())
        return refuse(path, "does not tell its MIME type; give it as a data: URL.");
    if (data.empty())
        return refuse(path, "holds no data.");
    m_sink.next();
    std::string &out = m_draft.text();
    beginInlineData(out, mime);
    if (!appendCheckedBase64(out, data))
        return refuse(path, "is not valid base64.");
    out += "\"}}";
    return {};
}

void ContentParts::writeFileData(std::string_view uri, std::string_view mime)
{
    m_sink.next();
    std::string &out = m_draft.text();
    out += "{\"fileData\":{";
    if (!mime.empty()) {
        out += "\"mimeType\":";
        appendJsonString(out, mime);
        out += ',';
    }
    out += "\"fileUri\":";
    appendJsonString(out, uri.starts_with("files/") ? std::string(FILES_ROOT).append(uri) : std::string(uri));
    out += "}}";
}

} // namespace Gateway
