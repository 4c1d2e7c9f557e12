#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace Gateway {

/// The resources of one key's project that a request names, as they are remembered: "files/abc",
/// "cachedContents/abc", "interactions/abc", "batches/abc", "tunedModels/abc", "upload/ID", …: from the path,
/// the upload_id of the query, and the strings of a JSON body that refer to one (fileUri, cachedContent,
/// previous_interaction_id, …). Works on the bytes, no JSON tree is built.
std::vector<std::string> namedResources(std::string_view path, std::string_view query, std::string_view body);

/// The resources that a successful answer to `method path` made or showed. `answer` is Google's JSON (plain
/// bytes).
std::vector<std::string> createdResources(std::string_view path, std::string_view answer);

/// How such names of credentials begin.
constexpr std::string_view CREDENTIAL = "credential/";

/// The name under which the owner of a credential of Google's is remembered (an ephemeral token, the handle
/// of a session): a hash, so that the text itself is nowhere kept.
std::string credentialName(std::string_view credential);

/// How long the owner of `resource` is remembered after `nowMs`, in ms since 1970 UTC.
std::int64_t ownershipEndMs(std::string_view resource, std::int64_t nowMs);

/// The name under which an upload session is remembered, from the URL of an X-Goog-Upload-URL header; empty
/// when it has no upload_id.
std::string uploadName(std::string_view uploadUrl);

} // namespace Gateway
