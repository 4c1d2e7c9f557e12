#include "gateway/dialects/images/imagepictures.h"

#include <span>

#include "gateway/dialects/batches/fileids.h"
#include "gateway/dialects/chatrequestfields.h"

namespace Gateway {

namespace {

constexpr std::size_t MOST_SOURCES = 16; // OpenAI's limit

} // namespace

Result<void> ImagePictures::write(const json::object &body, ImageCall call)
{
    const JsonPath root;
    const std::string_view name = givenField(body, "images") ? "images" : "image";
    const JsonPath path(root, name);
    const json::value *given = givenField(body, name);
    if (!given)
        return refuseMissing(JsonPath(root, "image"));
    const json::array *list = given->if_array();
    const std::size_t count = list ? list->size() : 1;
    const std::size_t most = call == ImageCall::Variation ? 1 : MOST_SOURCES;
    if (count == 0 || count > most)
        return refuse(path, most == 1 ? "must be one picture." : "must be 1 to 16 pictures.");
    for (std::size_t i = 0; i < count; ++i) {
        Result<void> done = list ? writeOne((*list)[i], JsonPath(path, i)) : writeOne(*given, path);
        if (!done)
            return done;
    }
    const json::value *mask = givenField(body, "mask");
    m_hasMask = mask != nullptr && call == ImageCall::Edit;
    return m_hasMask ? writeOne(*mask, JsonPath(root, "mask")) : Result<void>();
}

Result<void> ImagePictures::writeOne(const json::value &picture, const JsonPath &path)
{
    if (const json::string *url = picture.if_string())
        return m_parts.writeUrl(*url, {}, path);
    const json::object *object = picture.if_object();
    if (!object)
        return refuseKind(path, "an object with 'image_url' or 'file_id'");
    const Result<std::string_view> id = textField(*object, "file_id", path);
    if (!id)
        return fail(id.error());
    if (!id->empty()) {
        const std::string file = geminiFileOf(*id);
        if (file.empty())
            return refuse(JsonPath(path, "file_id"),
                          "'" + std::string(*id) +
                              "' is neither a file of POST /v1/files ('file-…') nor of the Gemini API.");
        m_namesFiles = true;
        m_parts.writeFileData(file, {});
        return {};
    }
    const Result<std::string_view> url = neededText(*object, "image_url", path);
    if (!url)
        return fail(url.error());
    return m_parts.writeUrl(*url, {}, JsonPath(path, "image_url"));
}

} // namespace Gateway
