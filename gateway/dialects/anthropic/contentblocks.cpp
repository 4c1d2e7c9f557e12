#include "gateway/dialects/anthropic/contentblocks.h"

#include "gateway/common/text.h"
#include "gateway/dialects/batches/fileids.h"
#include "gateway/dialects/chatrequestfields.h"

namespace Gateway {

namespace {

constexpr std::string_view PDF = "application/pdf";

void appendLine(std::string &out, std::string_view line)
{
    if (line.empty())
        return;
    if (!out.empty() && !out.ends_with('\n'))
        out += '\n';
    out += line;
}

/// A document's name and what the client says about it, before its content.
std::string titleOf(const json::object &block)
{
    std::string title;
    appendLine(title, stringAt(block, "title"));
    appendLine(title, stringAt(block, "context"));
    if (!title.empty())
        title += '\n';
    return title;
}

Result<const json::object *> sourceOf(const json::object &block, const JsonPath &path)
{
    Result<const json::object *> source = objectField(block, "source", path);
    if (source && !*source)
        return refuseMissing(JsonPath(path, "source"));
    return source;
}

/// Calls `visit` for each block of a list.
template <typename Visit>
Result<void> forEachBlock(const json::array &blocks, const JsonPath &path, Visit visit)
{
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        const JsonPath blockPath(path, i);
        const json::object *block = blocks[i].if_object();
        if (!block)
            return refuseKind(blockPath, "an object");
        if (Result<void> done = visit(*block, blockPath); !done)
            return done;
    }
    return {};
}

Result<void> appendDocument(std::string &out, const json::object &block, const JsonPath &path)
{
    const Result<const json::object *> source = sourceOf(block, path);
    if (!source)
        return fail(source.error());
    const std::string_view kind = stringAt(**source, "type");
    if (kind != "text" && kind != "content")
        return {};
    appendLine(out, titleOf(block));
    const JsonPath sourcePath(path, "source");
    if (kind == "text") {
        const Result<std::string_view> data = neededText(**source, "data", sourcePath);
        if (!data)
            return fail(data.error());
        appendLine(out, *data);
        return {};
    }
    if (const json::array *blocks = arrayAt(**source, "content"))
        return forEachBlock(*blocks, JsonPath(sourcePath, "content"),
                            [&out](const json::object &inner, const JsonPath &innerPath) {
                                return appendWords(out, inner, innerPath);
                            });
    const Result<std::string_view> text = neededText(**source, "content", sourcePath);
    if (!text)
        return fail(text.error());
    appendLine(out, *text);
    return {};
}

Result<void> appendSearchResult(std::string &out, const json::object &block, const JsonPath &path)
{
    appendLine(out, stringAt(block, "title"));
    appendLine(out, stringAt(block, "source"));
    const Result<const json::array *> content = arrayField(block, "content", path);
    if (!content)
        return fail(content.error());
    if (!*content)
        return {};
    return forEachBlock(**content, JsonPath(path, "content"),
                        [&out](const json::object &inner, const JsonPath &innerPath) {
                            return appendWords(out, inner, innerPath);
                        });
}

} // namespace

Result<void> appendWords(std::string &out, const json::object &block, const JsonPath &path)
{
    const std::string_view type = stringAt(block, "type");
    if (type == "document")
        return appendDocument(out, block, path);
    if (type == "search_result")
        return appendSearchResult(out, block, path);
    if (type != "text")
        return {};
    const Result<std::string_view> text = neededText(block, "text", path);
    if (!text)
        return fail(text.error());
    appendLine(out, *text);
    return {};
}

ContentBlocks::ContentBlocks(RequestDraft &draft, PartSink &sink)
    : m_parts(draft, sink)
{
}

void ContentBlocks::writeText(std::string_view text, std::string_view signature)
{
    m_parts.writeText(text, signature);
}

Result<void> ContentBlocks::write(const json::object &block, const JsonPath &path)
{
    const Result<std::string_view> type = neededText(block, "type", path);
    if (!type)
        return fail(type.error());
    if (*type == "text") {
        const Result<std::string_view> text = neededText(block, "text", path);
        if (!text)
            return fail(text.error());
        writeText(*text);
        return {};
    }
    std::string words;
    if (Result<void> done = appendWords(words, block, path); !done)
        return done;
    if (words.empty() && *type == "document")
        words = titleOf(block);
    writeText(words);
    return *type == "search_result" ? Result<void>() : writeMedia(block, path);
}

Result<void> ContentBlocks::writeMedia(const json::object &block, const JsonPath &path)
{
    const std::string_view type = stringAt(block, "type");
    if (type == "text" || type == "search_result" || type == "tool_reference")
        return {};
    if (type != "image" && type != "document")
        return refuse(JsonPath(path, "type"),
                      "'" + std::string(type) + "' is not a block that Gemini can be given here.",
                      "unsupported_value");
    const Result<const json::object *> source = sourceOf(block, path);
    if (!source)
        return fail(source.error());
    const JsonPath sourcePath(path, "source");
    if (stringAt(**source, "type") != "content" || type == "image")
        return writeSource(**source, type, sourcePath);
    const json::array *blocks = arrayAt(**source, "content");
    if (!blocks)
        return {};
    return forEachBlock(*blocks, JsonPath(sourcePath, "content"),
                        [this](const json::object &inner, const JsonPath &innerPath) {
                            return writeMedia(inner, innerPath);
                        });
}

/// {"type":"base64","media_type":…,"data":…}, {"type":"url","url":…} or {"type":"file","file_id":…}; a file
/// is one of Gemini's Files API.
Result<void> ContentBlocks::writeSource(const json::object &source, std::string_view type,
                                        const JsonPath &path)
{
    const Result<std::string_view> kind = neededText(source, "type", path);
    if (!kind)
        return fail(kind.error());
    if (*kind == "text" && type == "document")
        return {};
    if (*kind == "base64") {
        const Result<std::string_view> data = neededText(source, "data", path);
        if (!data)
            return fail(data.error());
        const Result<std::string_view> mime = neededText(source, "media_type", path);
        if (!mime)
            return fail(mime.error());
        return m_parts.writeBase64(*data, *mime, JsonPath(path, "data"));
    }
    const std::string_view mime = type == "document" ? PDF : std::string_view();
    if (*kind == "url") {
        const Result<std::string_view> url = neededText(source, "url", path);
        return url ? m_parts.writeUrl(*url, mime, JsonPath(path, "url")) : fail(url.error());
    }
    if (*kind != "file")
        return refuse(JsonPath(path, "type"), "must be 'base64', 'url', 'file' or, in a document, 'text' or "
                                              "'content'.");
    const Result<std::string_view> id = neededText(source, "file_id", path);
    if (!id)
        return fail(id.error());
    const std::string name = geminiFileOf(*id);
    if (name.empty())
        return refuse(JsonPath(path, "file_id"),
                      "'" + std::string(*id) +
                          "' is no file that a model can read: neither one of POST /v1/files ('file-…') nor "
                          "of the Gemini API ('files/…').");
    m_parts.writeFileData(name,
                          name == *id ? mime : std::string_view()); // Google knows an uploaded one's type
    return {};
}

} // namespace Gateway
