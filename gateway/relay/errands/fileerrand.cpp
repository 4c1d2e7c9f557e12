#include "gateway/relay/errands/fileerrand.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "gateway/common/ids.h"
#include "gateway/common/json.h"
#include "gateway/common/multipart.h"
#include "gateway/dialects/batches/anthropicbatches.h"
#include "gateway/dialects/batches/fileids.h"
#include "gateway/dialects/batches/openaibatches.h"
#include "gateway/dialects/contentpartstypes.h"
#include "gateway/relay/admission.h"
#include "gateway/relay/errands/batchmaking.h"
#include "gateway/relay/errands/listpage.h"
#include "gateway/upstream/mimesniff.h"

namespace Gateway {

namespace {

constexpr std::int64_t GEMINI_FILE_LIFE_MS = 48LL * 3'600'000; // ai.google.dev/gemini-api/docs/files
constexpr int USUAL_OPENAI_PAGE = 10'000;
constexpr int LONGEST_PAGE = 10'000;
constexpr int USUAL_ANTHROPIC_PAGE = 20;
constexpr int LONGEST_ANTHROPIC_PAGE = 1000;
constexpr std::string_view LINES = "application/jsonl";
constexpr std::array<std::string_view, 5> PURPOSES{"assistants", "batch", "evals", "user_data", "vision"};

bool isGemini(std::string_view id)
{
    return !geminiFileOf(id).empty();
}

std::string mimeOf(const FormField &file)
{
    const std::string_view told =
        trimmed(std::string_view(file.contentType).substr(0, file.contentType.find(';')));
    if (!told.empty() && !equalsIgnoreCase(told, "application/octet-stream"))
        return std::string(told);
    std::string mime(mimeOfName(file.fileName));
    if (mime.empty())
        mime = sniffedMimeType(file.content);
    if (mime.empty())
        mime = file.content.find('\0') == std::string_view::npos ? "text/plain" : "application/octet-stream";
    return mime;
}

/// OpenAI's expires_after[anchor]=created_at, expires_after[seconds]=…; 0 when not told.
Result<std::int64_t> lifeOf(const std::vector<FormField> &form)
{
    const std::string_view text = formText(form, "expires_after[seconds]");
    if (text.empty())
        return 0;
    std::int64_t seconds = 0;
    std::from_chars(text.data(), text.data() + text.size(), seconds);
    if (seconds < 3600 || seconds > 2'592'000)
        return fail(Error{400, "invalid_value", "'expires_after.seconds' must be between 3600 and 2592000.",
                          "expires_after", 0});
    return seconds * 1000;
}

std::string_view stateWord(std::string_view json)
{
    if (json.find("\"PROCESSING\"") != std::string_view::npos)
        return "uploaded";
    return json.find("\"FAILED\"") != std::string_view::npos ? "error" : "processed";
}

} // namespace

Error FileErrand::missing(std::string_view id)
{
    return {404, "file_not_found", "No such File object: " + std::string(id), "id", 0};
}

std::string FileErrand::told(const ShelfItem &item) const
{
    return isOpenAi() ? openAiFile(item) : anthropicFile(item);
}

void FileErrand::run(const std::string &id, bool wantsContent)
{
    const std::shared_ptr<RelayJob> asked = job();
    const std::string &method = asked->request().method;
    if (const Result<void> admitted = admit(asked->request(), {}); !admitted) {
        refuse(admitted.error());
        return;
    }
    if (id.empty()) {
        if (method == "POST")
            take();
        else
            list();
        return;
    }
    open(id, [this, method, wantsContent](ShelfItem item) {
        if (wantsContent)
            content(item);
        else if (method == "DELETE")
            erase(item);
        else
            show(std::move(item));
    });
}

void FileErrand::take()
{
    const std::shared_ptr<RelayJob> asked = job();
    const ClientRequest &request = asked->request();
    const Result<std::vector<FormField>> form =
        readMultipart(headerValue(request.headers, "content-type"), request.body);
    if (!form) {
        refuse(form.error());
        return;
    }
    const FormField *file = fieldAt(*form, "file");
    if (!file || file->content.empty()) {
        refuse(
            {400, "invalid_value", file ? "The file is empty." : "The form has no field 'file'.", "file", 0});
        return;
    }
    const std::string purpose = isOpenAi() ? std::string(formText(*form, "purpose")) : "user_data";
    if (std::find(PURPOSES.begin(), PURPOSES.end(), purpose) == PURPOSES.end()) {
        refuse({400, "invalid_value",
                "'purpose' must be one of 'assistants', 'batch', 'evals', 'user_data' and 'vision'.",
                "purpose", 0});
        return;
    }
    const Result<std::int64_t> life = lifeOf(*form);
    if (!life) {
        refuse(life.error());
        return;
    }
    if (purpose == "batch")
        keepLines(file->fileName, file->content, *life);
    else
        sendToGemini(file->fileName, mimeOf(*file), std::string(file->content), purpose, *life);
}

void FileErrand::keepLines(std::string name, std::string_view bytes, std::int64_t lifeMs)
{
    ShelfItem item;
    item.id = makeId(KEPT_FILE);
    item.kind = ShelfItem::FILE;
    item.owner = owner();
    item.label = "batch";
    item.createdMs = nowMs();
    item.expiresMs = item.createdMs + (lifeMs != 0 ? lifeMs : BATCH_LIFE_MS);
    item.state = fileFactsJson(
        {std::move(name), std::string(LINES), static_cast<std::int64_t>(bytes.size()), "processed"});
    std::string body = told(item);
    item.content = bytes;
    put(std::move(item), [this, body = std::move(body)] { answer(body); });
}

void FileErrand::sendToGemini(std::string name, std::string mime, std::string bytes, std::string purpose,
                              std::int64_t lifeMs)
{
    const auto size = static_cast<std::int64_t>(bytes.size());
    const std::string called = name;
    const std::string type = mime;
    upload(called, type, std::move(bytes), {},
           [this, name = std::move(name), mime = std::move(mime), purpose = std::move(purpose), lifeMs,
            size](const Result<std::string> &file) mutable {
               const Result<json::object> parsed = file ? parseJsonObject(*file) : fail(file.error());
               if (!parsed) {
                   refuse(parsed.error());
                   return;
               }
               ShelfItem item;
               item.id = fileIdOf(stringAt(*parsed, "name"));
               item.kind = ShelfItem::FILE;
               item.owner = owner();
               item.label = std::move(purpose);
               item.createdMs = nowMs();
               item.expiresMs = item.createdMs +
                                (lifeMs != 0 ? std::min(lifeMs, GEMINI_FILE_LIFE_MS) : GEMINI_FILE_LIFE_MS);
               item.state =
                   fileFactsJson({std::move(name), std::move(mime), size, std::string(stateWord(*file))});
               put(item, [this, item] { answer(told(item)); });
           });
}

void FileErrand::list()
{
    const std::shared_ptr<RelayJob> asked = job();
    const Result<ListPage> page =
        readListPage(dialect(), asked->request().query, isOpenAi() ? USUAL_OPENAI_PAGE : USUAL_ANTHROPIC_PAGE,
                     isOpenAi() ? LONGEST_PAGE : LONGEST_ANTHROPIC_PAGE);
    if (!page) {
        refuse(page.error());
        return;
    }
    ShelfQuery query = page->query;
    query.kind = ShelfItem::FILE;
    query.owner = owner();
    parts().shelf.list(query, context(),
                       [self = shared_from_this(), this, page = *page](Result<std::vector<ShelfItem>> items) {
                           if (!items) {
                               refuse(items.error());
                               return;
                           }
                           const bool hasMore = trimPage(page, *items);
                           std::vector<std::string> objects;
                           std::vector<std::string> ids;
                           for (const ShelfItem &item : *items) {
                               objects.push_back(told(item));
                               ids.push_back(item.id);
                           }
                           answer(isOpenAi() ? openAiList(objects, ids, hasMore)
                                             : anthropicList(objects, ids, hasMore));
                       });
}

void FileErrand::show(ShelfItem item)
{
    FileFacts facts = fileFactsOf(item.state);
    if (!isGemini(item.id) || facts.status == "processed") {
        answer(told(item));
        return;
    }
    ask({"GET", "/v1beta/" + geminiFileOf(item.id)},
        [this, item = std::move(item), facts = std::move(facts)](const CollectedAnswer &google) mutable {
            if (!isGood(google)) {
                refuse(refusalOf(google));
                return;
            }
            facts.status = stateWord(google.body);
            item.state = fileFactsJson(facts);
            parts().shelf.setState(item.id, item.state);
            answer(told(item));
        });
}

void FileErrand::content(const ShelfItem &item)
{
    if (isGemini(item.id))
        refuse({400,
                "invalid_request",
                "Files that were uploaded for models cannot be downloaded again: Google gives none of them "
                "back.",
                {},
                0});
    else
        answer(item.content, LINES);
}

void FileErrand::erase(const ShelfItem &item)
{
    const std::string id = item.id;
    if (!isGemini(id)) {
        erased(id);
        return;
    }
    ask({"DELETE", "/v1beta/" + geminiFileOf(id)}, [this, id](const CollectedAnswer &google) {
        // Google answers 403 for what is no more.
        if (isGood(google) || google.status == 403 || google.status == 404)
            erased(id);
        else
            refuse(refusalOf(google));
    });
}

void FileErrand::erased(const std::string &id)
{
    parts().shelf.remove(id, context(), [self = shared_from_this(), this, id](const Result<void> &done) {
        if (done)
            answer(isOpenAi() ? openAiFileDeleted(id) : anthropicDeleted(id, "file_deleted"));
        else
            refuse(done.error());
    });
}

} // namespace Gateway
