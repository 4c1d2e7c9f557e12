#include "gateway/dialects/openai/chatrequest.h"

#include <algorithm>

#include "gateway/common/json.h"
#include "gateway/dialects/chatrequestfields.h"
#include "gateway/dialects/modelfamily.h"
#include "gateway/dialects/modelname.h"
#include "gateway/dialects/openai/chatrequestconfig.h"
#include "gateway/dialects/openai/chatrequestgoogle.h"
#include "gateway/dialects/openai/chatrequestmessages.h"
#include "gateway/dialects/openai/tools.h"

namespace Gateway {

namespace {

constexpr std::size_t MAX_FIRST_BLOCK = 1 << 20;

Result<std::string> readModel(const json::object &body, const JsonPath &root)
{
    const JsonPath path(root, "model");
    const Result<std::string_view> given = textField(body, "model", root);
    if (!given)
        return fail(given.error());
    if (given->empty())
        return refuseMissing(path);
    const std::string_view model = modelIdOf(*given);
    if (model.empty())
        return refuse(path, "is not the name of a model.");
    return std::string(model);
}

Result<void> readStreaming(const json::object &body, const JsonPath &root, ChatOptions &options)
{
    const Result<bool> stream = flagField(body, "stream", root);
    if (!stream)
        return fail(stream.error());
    options.stream = *stream;
    const Result<const json::object *> more = objectField(body, "stream_options", root);
    if (!more)
        return fail(more.error());
    if (!*more)
        return {};
    const Result<bool> usage = flagField(**more, "include_usage", JsonPath(root, "stream_options"));
    if (!usage)
        return fail(usage.error());
    options.includeUsage = *usage && options.stream;
    return {};
}

Result<void> writeMessages(const json::object &body, const JsonPath &root, const ModelFamily &family,
                           RequestDraft &draft)
{
    const JsonPath path(root, "messages");
    const Result<const json::array *> messages = arrayField(body, "messages", root);
    if (!messages)
        return fail(messages.error());
    if (!*messages)
        return refuseMissing(path);
    return ChatMessages(draft, family).write(**messages, path);
}

/// Members of Gemini's request that OpenAI knows nothing of, and the tier, which both know. OpenAI's "auto"
/// and "default" are Google's standard, which needs no word.
Result<void> writeRest(const json::object &body, const JsonPath &root, const ChatGoogle &google,
                       std::string &out)
{
    for (const std::string_view name : {"safety_settings", "cached_content", "labels", "store"}) {
        const json::value *value = google.find(name);
        if (!value)
            continue;
        out += ",\"" + camelCase(name) + "\":";
        appendJson(out, *value);
    }
    const Result<std::string_view> given = textField(body, "service_tier", root);
    if (!given)
        return fail(given.error());
    const json::value *own = google.find("service_tier");
    if (own) {
        out += ",\"serviceTier\":";
        appendJson(out, *own);
    } else if (*given == "flex" || *given == "priority") {
        out += ",\"serviceTier\":";
        appendJsonString(out, *given);
    }
    return {};
}

} // namespace

Result<ChatRequest> ChatRequest::parse(std::string_view text)
{
    // The tree lives no longer than this function; one allocation holds it in most cases.
    json::monotonic_resource memory(std::min(text.size() * 2, MAX_FIRST_BLOCK) + 4096);
    const Result<json::object> parsed = parseJsonObject(text, &memory);
    if (!parsed)
        return fail(parsed.error());
    return read(*parsed, text.size());
}

Result<ChatRequest> ChatRequest::read(const json::object &body, std::size_t bodySize)
{
    const JsonPath root;
    ChatRequest request;
    Result<std::string> model = readModel(body, root);
    if (!model)
        return fail(model.error());
    request.m_options.model = std::move(*model);
    if (Result<void> done = request.write(body, root, bodySize); !done)
        return fail(done.error());
    return request;
}

Result<void> ChatRequest::write(const json::object &body, const JsonPath &root, std::size_t bodySize)
{
    const ModelFamily family = ModelFamily::of(m_options.model);
    if (Result<void> done = readStreaming(body, root, m_options); !done)
        return done;
    const Result<ChatGoogle> google = ChatGoogle::read(body);
    if (!google)
        return fail(google.error());
    ChatConfig config(body, *google, family);
    if (Result<void> done = config.read(m_options); !done)
        return done;
    std::string &out = m_draft.text();
    out.reserve(bodySize + 512);
    out += '{';
    if (Result<void> done = writeMessages(body, root, family, m_draft); !done)
        return done;
    if (Result<void> done = ChatTools(body, *google, family).append(out, m_options); !done)
        return done;
    config.append(out);
    if (Result<void> done = writeRest(body, root, *google, out); !done)
        return done;
    out += '}';
    return {};
}

} // namespace Gateway
