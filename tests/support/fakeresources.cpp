#include "tests/support/fakeresources.h"

#include <algorithm>
#include <cstdlib>

#include "tests/support/fakecheck.h"
#include "tests/support/fakeencoding.h"
#include "tests/support/fakegenerate.h"

namespace TestSupport {

namespace {

using Gateway::stringAt;

constexpr std::size_t USUAL_PAGE = 10;
constexpr std::string_view COLLECTIONS[] = {"files", "cachedContents", "batches"};

std::string collectionOf(std::string_view path)
{
    return std::string(path.substr(0, path.find('/')));
}

} // namespace

json::object bodyOf(const HttpRequest &request)
{
    const auto parsed = Gateway::parseJsonObject(request.body);
    return parsed ? camelNames(*parsed).get_object() : json::object();
}

json::object paged(const json::array &all, std::string_view member, std::string_view query, std::size_t usual)
{
    const auto asked = static_cast<std::size_t>(std::atoll(Gateway::queryValue(query, "pageSize").c_str()));
    const auto from = static_cast<std::size_t>(std::atoll(Gateway::queryValue(query, "pageToken").c_str()));
    const std::size_t begin = std::min(from, all.size());
    const std::size_t end = std::min(all.size(), begin + (asked > 0 ? asked : usual));
    json::object page;
    if (end > begin)
        page[member] = json::array(all.begin() + begin, all.begin() + end);
    if (end < all.size())
        page["nextPageToken"] = std::to_string(end);
    return page;
}

bool FakeResources::owns(std::string_view key, std::string_view name) const
{
    const auto found = m_resources.find(name);
    return found != m_resources.end() && found->second.key == key &&
           std::chrono::steady_clock::now() < found->second.ends;
}

const json::object *FakeResources::find(std::string_view name) const
{
    const auto found = m_resources.find(name);
    return found == m_resources.end() ? nullptr : &found->second.value;
}

void FakeResources::put(std::string_view key, std::string_view name, json::object value)
{
    m_resources.insert_or_assign(std::string(name), Resource{std::string(key), std::move(value)});
}

bool FakeResources::remove(std::string_view name)
{
    const auto found = m_resources.find(name);
    if (found == m_resources.end())
        return false;
    m_resources.erase(found);
    m_batches.erase(std::string(name));
    return true;
}

void FakeResources::clear()
{
    m_resources.clear();
    m_uploads.clear();
    m_batches.clear();
}

std::optional<FakeAnswer> FakeResources::answer(const ResourceCall &call)
{
    const std::string &method = call.request->method;
    if (call.path == "upload/files") {
        const bool isUnderWay = !Gateway::queryValue(call.request->query, "upload_id").empty();
        return isUnderWay ? continueUpload(call) : beginUpload(call);
    }
    if (call.path.starts_with("download/files/") && method == "GET")
        return download(call);
    const std::string collection = collectionOf(call.path);
    const bool isKnown =
        std::find(std::begin(COLLECTIONS), std::end(COLLECTIONS), collection) != std::end(COLLECTIONS);
    const bool isOperation = call.path.find("/operations/") != std::string::npos;
    if (!isKnown && !isOperation)
        return std::nullopt;
    if (call.path == collection) {
        if (method == "GET")
            return listed(call);
        if (method == "POST" && collection == "cachedContents")
            return makeCache(call);
        return errorAnswer(405, "Method not allowed.");
    }
    if (call.path.ends_with(":cancel") && method == "POST") {
        const std::string name = call.path.substr(0, call.path.size() - 7);
        if (!owns(call.key, name))
            return refused(name);
        if (const auto batch = m_batches.find(name); batch != m_batches.end() && batch->second.looks < 2)
            batch->second.state = "BATCH_STATE_CANCELLED";
        return jsonAnswer(json::object());
    }
    if (method == "GET" && collection == "batches" && owns(call.key, call.path))
        return seenBatch(call);
    if (method == "GET")
        return gotten(call);
    if (method == "DELETE")
        return removed(call);
    if (method == "PATCH" && collection == "cachedContents")
        return changeCache(call);
    return errorAnswer(405, "Method not allowed.");
}

FakeAnswer FakeResources::refused(std::string_view name) const
{
    if (name.starts_with("files/"))
        return errorAnswer(403, "You do not have permission to access the File " +
                                    std::string(name.substr(6)) + " or it may not exist.");
    if (name.starts_with("cachedContents/"))
        return errorAnswer(403, "CachedContent not found (or permission denied)");
    return errorAnswer(404, "Requested entity was not found.");
}

FakeAnswer FakeResources::listed(const ResourceCall &call) const
{
    const std::string collection = collectionOf(call.path);
    json::array mine;
    for (const auto &[name, resource] : m_resources) {
        if (resource.key == call.key && name.starts_with(collection + '/'))
            mine.push_back(resource.value);
    }
    const std::string_view member = collection == "batches" ? std::string_view("operations") : collection;
    return jsonAnswer(paged(mine, member, call.request->query, USUAL_PAGE));
}

FakeAnswer FakeResources::gotten(const ResourceCall &call) const
{
    return owns(call.key, call.path) ? jsonAnswer(m_resources.find(call.path)->second.value)
                                     : refused(call.path);
}

FakeAnswer FakeResources::removed(const ResourceCall &call)
{
    if (!owns(call.key, call.path))
        return refused(call.path);
    remove(call.path);
    return jsonAnswer(json::object());
}

FakeAnswer FakeResources::makeBatch(const ResourceCall &call, const FakeModel &model, bool isOfVectors)
{
    const json::object body = bodyOf(*call.request);
    const std::string input = batchInputFile(body);
    if (!input.empty() && !owns(call.key, input))
        return refused(input);
    FakeBatch batch;
    const std::string *text = input.empty() ? nullptr : &m_resources.find(input)->second.bytes;
    if (auto wrong = readFakeBatch(body, model, isOfVectors, text, batch))
        return std::move(*wrong);
    for (const auto &[key, request] : batch.requests) {
        const std::string sent = Gateway::toJson(request);
        const std::size_t at = sent.find("v1beta/files/");
        const std::size_t from = at + std::string_view("v1beta/").size();
        if (at != std::string::npos && !owns(call.key, sent.substr(from, sent.find('"', from) - from)))
            return refused(sent.substr(from, sent.find('"', from) - from));
    }
    const std::string name = "batches/fake-" + std::to_string(nextNumber());
    json::object operation = batchOperation(batch, name, {});
    put(call.key, name, operation);
    m_batches.insert_or_assign(name, std::move(batch));
    return jsonAnswer(operation);
}

/// Each look brings a batch further; what a finished one of a file answered lies in a file of its own.
FakeAnswer FakeResources::seenBatch(const ResourceCall &call)
{
    FakeBatch &batch = m_batches.at(call.path);
    advance(batch);
    std::string file;
    if (batch.isFromFile && batch.state == "BATCH_STATE_SUCCEEDED") {
        file = "files/batch-" + call.path.substr(call.path.find('/') + 1);
        put(call.key, file, {{"name", file}, {"source", "GENERATED"}});
        m_resources.find(file)->second.bytes = batchLines(batch);
    }
    return jsonAnswer(batchOperation(batch, call.path, file));
}

FakeAnswer FakeResources::download(const ResourceCall &call) const
{
    const std::string name = call.path.substr(9, call.path.rfind(':') - 9); // "download/files/abc:download"
    const auto found = m_resources.find(name);
    if (found == m_resources.end() || found->second.key != call.key)
        return refused(name);
    if (stringAt(found->second.value, "source") != "GENERATED")
        return errorAnswer(400, "Only generated files can be downloaded.");
    FakeAnswer answer;
    answer.contentType = "application/octet-stream";
    answer.pieces.push_back({found->second.bytes, 0});
    return answer;
}

FakeAnswer FakeResources::makeOperation(const ResourceCall &call, std::string_view model)
{
    const std::string name =
        "models/" + std::string(model) + "/operations/fake-" + std::to_string(nextNumber());
    put(call.key, name,
        {{"name", name},
         {"done", true},
         {"response", json::object{{"generateVideoResponse", json::object()}}}});
    return jsonAnswer(json::object{{"name", name}});
}

} // namespace TestSupport
