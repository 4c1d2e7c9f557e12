#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "tests/support/fakeanswer.h"
#include "tests/support/fakebatches.h"

namespace TestSupport {

/// One call on a resource: files, cachedContents, batches, operations, uploads.
struct ResourceCall
{
    const HttpRequest *request = nullptr;
    std::string key;    ///< Upstream key; empty only for uploads under way.
    std::string path;   ///< After the version: "files/abc", "cachedContents", "upload/files".
    std::string origin; ///< "http://127.0.0.1:1234".
};

/// What belongs to a key's project; another key never sees it. Not thread-safe.
class FakeResources
{
public:
    /// Nothing when the path names no resource.
    std::optional<FakeAnswer> answer(const ResourceCall &call);

    /// models/X:batchGenerateContent and models/X:predictLongRunning make an operation.
    FakeAnswer makeBatch(const ResourceCall &call, const FakeModel &model, bool isOfVectors);
    FakeAnswer makeOperation(const ResourceCall &call, std::string_view model);

    /// Whether `key` owns `name` ("files/abc").
    bool owns(std::string_view key, std::string_view name) const;
    /// A generateContent body that names a cache gets what the cache holds, if it is the key's and for the
    /// model; its tokens go to `tokens`. Google's refusal else.
    std::optional<FakeAnswer> useCache(std::string_view key, std::string_view model, json::object &body,
                                       std::int64_t &tokens) const;
    /// A stored member; null when absent.
    const json::object *find(std::string_view name) const;

    /// Keeps `value` as `name` for `key`.
    void put(std::string_view key, std::string_view name, json::object value);
    bool remove(std::string_view name);
    std::int64_t nextNumber() { return ++m_number; }
    void clear();

private:
    struct Resource
    {
        std::string key;
        json::object value;
        std::string bytes = {}; ///< Of a file.
        json::object held = {}; ///< By a cache.
        std::chrono::steady_clock::time_point ends = std::chrono::steady_clock::time_point::max();
    };
    struct Upload
    {
        std::string key;
        json::object file;
        std::string bytes;
    };

    FakeAnswer seenBatch(const ResourceCall &call);
    FakeAnswer download(const ResourceCall &call) const;
    FakeAnswer beginUpload(const ResourceCall &call);
    FakeAnswer startUpload(const ResourceCall &call);
    FakeAnswer wholeUpload(const ResourceCall &call);
    FakeAnswer continueUpload(const ResourceCall &call);
    FakeAnswer finishUpload(const ResourceCall &call, const std::string &id);
    FakeAnswer makeCache(const ResourceCall &call);
    FakeAnswer changeCache(const ResourceCall &call);
    FakeAnswer listed(const ResourceCall &call) const;
    FakeAnswer gotten(const ResourceCall &call) const;
    FakeAnswer removed(const ResourceCall &call);
    FakeAnswer refused(std::string_view name) const;

    std::map<std::string, Resource, std::less<>> m_resources;
    std::map<std::string, Upload, std::less<>> m_uploads;
    std::map<std::string, FakeBatch, std::less<>> m_batches;
    std::int64_t m_number = 0;
};

/// The JSON of a request, names camelCase; empty when it has none.
json::object bodyOf(const HttpRequest &request);

/// Part of a list as pageSize and pageToken ask, with nextPageToken: {"member":[…],"nextPageToken":…}.
json::object paged(const json::array &all, std::string_view member, std::string_view query,
                   std::size_t usual);

} // namespace TestSupport
