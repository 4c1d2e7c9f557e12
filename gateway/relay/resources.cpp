#include "gateway/relay/resources.h"

#include <algorithm>
#include <array>

#include <QByteArray>
#include <QCryptographicHash>

#include "gateway/common/json.h"
#include "gateway/common/text.h"

namespace Gateway {

namespace {

constexpr std::array<std::string_view, 15> COLLECTIONS{
    "files",      "cachedContents", "interactions",   "batches",          "tunedModels",
    "operations", "corpora",        "generatedFiles", "fileSearchStores", "videos",
    "agents",     "environments",   "triggers",       "webhooks",         "voices"};

/// Of these, those whose objects have an "id" without the collection.
constexpr std::array<std::string_view, 6> BARE_IDS{"interactions", "agents",   "environments",
                                                   "triggers",     "webhooks", "voices"};

constexpr std::int64_t DAY_MS = 86'400'000;

bool isCollection(std::string_view word)
{
    return std::find(COLLECTIONS.begin(), COLLECTIONS.end(), word) != COLLECTIONS.end();
}

bool isIdCharacter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == '.';
}

/// "abc:cancel" → "abc".
std::string_view idAtStart(std::string_view text)
{
    std::size_t length = 0;
    while (length < text.size() && isIdCharacter(text[length]))
        ++length;
    return text.substr(0, length);
}

void addOnce(std::vector<std::string> &names, std::string name)
{
    if (std::find(names.begin(), names.end(), name) == names.end())
        names.push_back(std::move(name));
}

/// Adds "collection/id" when `text` begins with one.
void addNameAtStart(std::string_view text, std::vector<std::string> &names)
{
    const std::size_t slash = text.find('/');
    if (slash == std::string_view::npos || !isCollection(text.substr(0, slash)))
        return;
    const std::string_view id = idAtStart(text.substr(slash + 1));
    if (!id.empty())
        addOnce(names, std::string(text.substr(0, slash + 1 + id.size())));
}

/// Every "collection/id" within a path or URL.
void addNamesInPath(std::string_view path, std::vector<std::string> &names)
{
    while (!path.empty()) {
        addNameAtStart(path, names);
        const std::size_t slash = path.find('/');
        if (slash == std::string_view::npos)
            return;
        path.remove_prefix(slash + 1);
    }
}

/// The JSON string value that follows a member name ending at `from` (just behind its closing quote).
std::string_view valueAfter(std::string_view body, std::size_t from)
{
    const std::size_t colon = body.find_first_not_of(" \t\r\n", from);
    if (colon == std::string_view::npos || body[colon] != ':')
        return {};
    const std::size_t quote = body.find_first_not_of(" \t\r\n", colon + 1);
    if (quote == std::string_view::npos || body[quote] != '"')
        return {};
    const std::size_t end = body.find('"', quote + 1);
    return end == std::string_view::npos ? std::string_view() : body.substr(quote + 1, end - quote - 1);
}

/// One quoted string of the body, which starts behind `text`'s quote.
void readString(std::string_view body, std::size_t at, std::vector<std::string> &names)
{
    // Most strings begin with another letter than the names and members that matter.
    if (at >= body.size() || std::string_view("fcibtogup").find(body[at]) == std::string_view::npos)
        return;
    const std::string_view text = body.substr(at, 32);
    for (const std::string_view member : {"fileUri\"", "file_uri\"", "uri\""}) {
        if (text.starts_with(member))
            addNamesInPath(valueAfter(body, at + member.size()), names);
    }
    for (const std::string_view member : {"previous_interaction_id\"", "previousInteractionId\""}) {
        if (!text.starts_with(member))
            continue;
        const std::string_view id = valueAfter(body, at + member.size());
        if (!id.empty())
            addOnce(names, "interactions/" + std::string(id));
    }
    addNameAtStart(body.substr(at, 160), names);
}

void addNamesInBody(std::string_view body, std::vector<std::string> &names)
{
    for (std::size_t quote = body.find('"'); quote != std::string_view::npos;
         quote = body.find('"', quote + 1))
        readString(body, quote + 1, names);
}

void addAnswerName(const json::object &object, std::string_view collection, std::vector<std::string> &names)
{
    const std::string_view name = stringAt(object, "name");
    if (!name.empty())
        addNamesInPath(name, names);
    const std::string_view id = stringAt(object, "id");
    if (!collection.empty() && !id.empty())
        addOnce(names, std::string(collection) + '/' + std::string(id));
}

/// "/v1beta/interactions/x/cancel" → "interactions", when its objects have bare ids; else "".
std::string_view bareCollection(std::string_view path)
{
    const std::size_t version = path.find('/', 1);
    if (version == std::string_view::npos)
        return {};
    const std::string_view collection = path.substr(version + 1, path.find('/', version + 1) - version - 1);
    return std::find(BARE_IDS.begin(), BARE_IDS.end(), collection) == BARE_IDS.end() ? std::string_view()
                                                                                     : collection;
}

/// What an interaction runs on: an agent and an environment, which a user may have made.
void addWorkplace(std::string_view body, std::vector<std::string> &names)
{
    const Result<json::object> parsed = parseJsonObject(body);
    if (!parsed)
        return;
    for (const auto &[member, collection] :
         {std::pair<std::string_view, std::string>("agent", "agents/"), {"environment", "environments/"}}) {
        const std::string_view id = stringAt(*parsed, member);
        if (!id.empty() && id == idAtStart(id))
            addOnce(names, collection + std::string(id));
    }
}

/// The collection of Google's OpenAI-compatible paths: "/v1beta/openai/batches/x" → "batches"; "" elsewhere.
std::string_view openAiCollection(std::string_view path)
{
    constexpr std::string_view BASE = "/openai/";
    const std::size_t at = path.find(BASE);
    if (at == std::string_view::npos)
        return {};
    path.remove_prefix(at + BASE.size());
    return path.substr(0, path.find('/'));
}

/// OpenAI's objects have their names, whole or without the collection, in "id", and files of theirs beside.
void addOpenAiNames(const json::object &object, std::string_view collection, std::vector<std::string> &names)
{
    const std::string_view id = stringAt(object, "id");
    if (!isCollection(collection) || id.empty())
        return;
    if (id.find('/') == std::string_view::npos)
        addOnce(names, std::string(collection) + '/' + std::string(id));
    else
        addNamesInPath(id, names);
    for (const std::string_view member : {"output_file_id", "error_file_id"})
        addNamesInPath(stringAt(object, member), names);
}

} // namespace

std::vector<std::string> namedResources(std::string_view path, std::string_view query, std::string_view body)
{
    std::vector<std::string> names;
    const std::size_t environment = path.find("environments/", 1);
    if (bareCollection(path) == "environments" && environment != std::string_view::npos)
        addNameAtStart(path.substr(environment), names); // what follows are files inside it
    else if (openAiCollection(path).empty())
        addNamesInPath(path, names);
    else
        addNamesInPath(percentDecoded(path), names); // SDKs encode the slash in "batches/x"
    if (path.starts_with("/upload/")) {
        const std::string id = queryValue(query, "upload_id");
        if (!id.empty())
            addOnce(names, "upload/" + id);
        return names; // the body is the file itself
    }
    addNamesInBody(body, names);
    if (!body.empty() && !bareCollection(path).empty())
        addWorkplace(body, names);
    return names;
}

std::vector<std::string> createdResources(std::string_view path, std::string_view answer)
{
    std::vector<std::string> names;
    const Result<json::object> parsed = parseJsonObject(answer);
    if (!parsed)
        return names;
    const std::string_view collection = bareCollection(path);
    addAnswerName(*parsed, collection, names);
    if (const std::string_view name = stringAt(*parsed, "name"); name.starts_with("auth_tokens/"))
        addOnce(names, credentialName(name));
    addOpenAiNames(*parsed, openAiCollection(path), names);
    for (const std::string_view wrapper : {"file", "response", "metadata", "interaction"}) {
        if (const json::object *inner = objectAt(*parsed, wrapper))
            addAnswerName(*inner, wrapper == "interaction" ? "interactions" : "", names);
    }
    return names;
}

std::string credentialName(std::string_view credential)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    hash.addData(QByteArrayView(credential.data(), static_cast<qsizetype>(credential.size())));
    return std::string(CREDENTIAL) + hash.result().toHex().toStdString();
}

std::int64_t ownershipEndMs(std::string_view resource, std::int64_t nowMs)
{
    // Google keeps files for 48 hours and upload sessions for less (ai.google.dev/gemini-api/docs/files).
    if (resource.starts_with("files/") || resource.starts_with("upload/"))
        return nowMs + 3 * DAY_MS;
    if (resource.starts_with(CREDENTIAL)) // a token lives for 20 hours at most, a session's handle for 24
        return nowMs + DAY_MS;
    if (resource.starts_with("interactions/"))
        return nowMs + 60 * DAY_MS;
    return nowMs + 400 * DAY_MS;
}

std::string uploadName(std::string_view uploadUrl)
{
    const std::size_t mark = uploadUrl.find('?');
    if (mark == std::string_view::npos)
        return {};
    const std::string id = queryValue(uploadUrl.substr(mark + 1), "upload_id");
    return id.empty() ? std::string() : "upload/" + id;
}

} // namespace Gateway
