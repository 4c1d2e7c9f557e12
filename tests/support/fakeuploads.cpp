#include <algorithm>
#include <cstdlib>
#include <vector>

#include <QByteArray>
#include <QCryptographicHash>

#include "tests/support/fakecheck.h"
#include "tests/support/fakeencoding.h"
#include "tests/support/fakeresources.h"

// Uploads of files: resumable ones in pieces, and those of one request with two parts.

namespace TestSupport {

namespace {

using Gateway::headerValue;
using Gateway::objectAt;
using Gateway::stringAt;

constexpr std::string_view CREATED = "2026-10-01T12:00:00.000000Z";
constexpr std::string_view EXPIRES = "2026-10-03T12:00:00.000000Z";

std::string sha256(std::string_view bytes)
{
    const QByteArray hash = QCryptographicHash::hash(
        QByteArray(bytes.data(), static_cast<qsizetype>(bytes.size())), QCryptographicHash::Sha256);
    return base64Encoded(hash.toStdString());
}

json::object metadataOf(std::string_view text)
{
    const auto parsed = Gateway::parseJsonObject(text);
    return parsed ? camelNames(*parsed).get_object() : json::object();
}

FakeAnswer uploadAnswer(std::string_view status)
{
    FakeAnswer answer;
    answer.contentType = "text/plain; charset=utf-8";
    answer.headers.emplace_back("X-Goog-Upload-Status", status);
    return answer;
}

/// A part of a body as multipart/related has it (RFC 2387).
struct RelatedPart
{
    std::string_view head;
    std::string_view content;
};

/// The parts of `body`, whose first line is the boundary.
std::vector<RelatedPart> relatedParts(std::string_view body)
{
    constexpr std::string_view LINE_END = "\r\n";
    constexpr std::string_view HEAD_END = "\r\n\r\n";
    std::vector<RelatedPart> parts;
    const std::string_view boundary = body.substr(0, std::min(body.find(LINE_END), body.size()));
    const std::string border = std::string(LINE_END) + std::string(boundary);
    for (std::size_t at = boundary.size(); boundary.starts_with("--");) {
        const std::size_t headEnd = body.find(HEAD_END, at);
        const std::size_t end = body.find(border, at);
        if (headEnd == std::string_view::npos || end == std::string_view::npos || headEnd > end)
            return parts;
        const std::size_t from = headEnd + HEAD_END.size();
        parts.push_back({body.substr(at, headEnd - at), body.substr(from, end - from)});
        at = end + border.size();
    }
    return parts;
}

} // namespace

FakeAnswer FakeResources::beginUpload(const ResourceCall &call)
{
    const std::string_view protocol = headerValue(call.request->headers, "x-goog-upload-protocol");
    if (protocol == "resumable")
        return startUpload(call);
    if (protocol == "multipart")
        return wholeUpload(call);
    return errorAnswer(400, "Unknown upload protocol.");
}

FakeAnswer FakeResources::wholeUpload(const ResourceCall &call)
{
    constexpr std::string_view TYPE = "Content-Type: ";
    const std::vector<RelatedPart> parts = relatedParts(call.request->body);
    if (parts.size() != 2)
        return errorAnswer(400, "A multipart upload has one part with metadata and one with the bytes.");
    const std::string id = "upload-" + std::to_string(nextNumber());
    const json::object body = metadataOf(parts[0].content);
    const json::object *file = objectAt(body, "file");
    const std::size_t type = parts[1].head.find(TYPE);
    Upload &upload = m_uploads[id];
    upload.key = call.key;
    upload.file = file ? *file : json::object();
    if (type != std::string_view::npos)
        upload.file["mimeType"] = Gateway::trimmed(parts[1].head.substr(type + TYPE.size()));
    upload.bytes = parts[1].content;
    return finishUpload(call, id);
}

FakeAnswer FakeResources::startUpload(const ResourceCall &call)
{
    const HttpRequest &request = *call.request;
    if (headerValue(request.headers, "x-goog-upload-command") != "start")
        return errorAnswer(400, "A resumable upload must begin with the command 'start'.");
    const std::string id = "upload-" + std::to_string(nextNumber());
    const json::object body = metadataOf(request.body);
    const json::object *file = objectAt(body, "file");
    Upload &upload = m_uploads[id];
    upload.key = call.key;
    upload.file = file ? *file : json::object();
    upload.file["mimeType"] = headerValue(request.headers, "x-goog-upload-header-content-type");
    const std::string url =
        call.origin + "/upload/v1beta/files?upload_id=" + id + "&upload_protocol=resumable";
    FakeAnswer answer = uploadAnswer("active");
    answer.headers.emplace_back("X-Goog-Upload-URL", url);
    answer.headers.emplace_back("X-Goog-Upload-Control-URL", url);
    answer.headers.emplace_back("X-Goog-Upload-Chunk-Granularity", "8388608");
    return answer;
}

FakeAnswer FakeResources::continueUpload(const ResourceCall &call)
{
    const std::string id = Gateway::queryValue(call.request->query, "upload_id");
    const auto found = m_uploads.find(id);
    if (found == m_uploads.end())
        return errorAnswer(404, "Upload not found.");
    Upload &upload = found->second;
    if (!call.key.empty() && call.key != upload.key)
        return errorAnswer(403, "The upload belongs to another project.");
    const std::string_view command = headerValue(call.request->headers, "x-goog-upload-command");
    if (command == "query") {
        FakeAnswer answer = uploadAnswer("active");
        answer.headers.emplace_back("X-Goog-Upload-Size-Received", std::to_string(upload.bytes.size()));
        return answer;
    }
    if (command == "cancel") {
        m_uploads.erase(found);
        return uploadAnswer("cancelled");
    }
    if (command.substr(0, 6) != "upload" && command != "finalize")
        return errorAnswer(400, "Unknown upload command.");
    const std::string offset(headerValue(call.request->headers, "x-goog-upload-offset"));
    if (command != "finalize") {
        if (static_cast<std::size_t>(std::atoll(offset.c_str())) != upload.bytes.size())
            return errorAnswer(400, "The offset does not match the bytes received.");
        upload.bytes += call.request->body;
    }
    return command.find("finalize") == std::string_view::npos ? uploadAnswer("active")
                                                              : finishUpload(call, id);
}

FakeAnswer FakeResources::finishUpload(const ResourceCall &call, const std::string &id)
{
    Upload upload = std::move(m_uploads[id]);
    m_uploads.erase(id);
    std::string name(stringAt(upload.file, "name"));
    if (name.empty())
        name = "files/fake-" + std::to_string(nextNumber());
    json::object file{{"name", name},
                      {"displayName", stringAt(upload.file, "displayName")},
                      {"mimeType", stringAt(upload.file, "mimeType")},
                      {"sizeBytes", std::to_string(upload.bytes.size())},
                      {"createTime", CREATED},
                      {"updateTime", CREATED},
                      {"expirationTime", EXPIRES},
                      {"sha256Hash", sha256(upload.bytes)},
                      {"uri", call.origin + "/v1beta/" + name},
                      {"state", "ACTIVE"},
                      {"source", "UPLOADED"}};
    put(upload.key, name, file);
    m_resources.find(name)->second.bytes = std::move(upload.bytes);
    FakeAnswer answer = jsonAnswer(json::object{{"file", std::move(file)}});
    answer.headers.emplace_back("X-Goog-Upload-Status", "final");
    return answer;
}

} // namespace TestSupport
