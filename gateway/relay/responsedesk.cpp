#include "gateway/relay/responsedesk.h"

#include <algorithm>
#include <utility>

#include "gateway/common/ids.h"
#include "gateway/dialects/responses/responses.h"
#include "gateway/relay/itemlist.h"
#include "gateway/relay/responsedown.h"
#include "gateway/relay/responsereplay.h"

namespace Gateway {

namespace {

constexpr std::string_view JSON = "application/json";
constexpr std::size_t MAX_KEPT_EVENTS = 1024u * 1024; // those of a longer answer are made of it again

std::string tailOf(std::string_view id)
{
    return std::string(id.substr(id.find('_') + 1));
}

Error badField(std::string_view name, std::string_view what)
{
    return Error{400, "invalid_value", std::string(name) + ": " + std::string(what), std::string(name), 0};
}

/// The id in a member that is a text, or an object with an `id`.
Result<std::string> idAt(const json::object &body, std::string_view name)
{
    const json::value *given = body.if_contains(name);
    if (!given || given->is_null())
        return std::string();
    const json::object *object = given->if_object();
    const json::value *id = object ? object->if_contains("id") : given;
    if (!id || !id->is_string() || id->get_string().empty())
        return fail(badField(name, "must be an id."));
    return std::string(id->get_string());
}

bool isReference(const json::value &item)
{
    return item.is_object() && stringAt(item.get_object(), "type") == "item_reference";
}

} // namespace

ResponseDesk::ResponseDesk(DeskHost &host, const RelayParts &parts, QObject *context)
    : m_host(host)
    , m_clock(parts.clock)
    , m_running(parts.running)
    , m_context(context)
    , m_objects(parts.objects, parts.clock)
{
}

void ResponseDesk::create(ClientRequest request, std::unique_ptr<Downstream> down)
{
    start(std::move(request), std::move(down), openAiResponses);
}

void ResponseDesk::countTokens(ClientRequest request, std::unique_ptr<Downstream> down)
{
    start(std::move(request), std::move(down), openAiInputTokens);
}

void ResponseDesk::start(ClientRequest request, std::unique_ptr<Downstream> down, MakeTranslation make)
{
    const auto draft = std::make_shared<Draft>();
    draft->request = std::move(request);
    draft->down = std::move(down);
    draft->make = make;
    draft->request.answerId = makeId("resp_");
    Result<json::object> body = parseJsonObject(draft->request.body);
    if (!body) {
        refuse(draft, body.error());
        return;
    }
    draft->body = std::move(*body);
    Result<ResponseHistory::Wanted> wanted = read(*draft);
    if (!wanted) {
        refuse(draft, wanted.error());
        return;
    }
    if (wanted->previous.empty() && wanted->conversation.empty() && wanted->references.empty()) {
        run(draft);
        return;
    }
    const auto history = std::make_shared<ResponseHistory>(m_objects, m_context, draft->request.owner);
    history->gather(std::move(*wanted), [this, draft](Result<ResponseHistory::Found> found) {
        if (found)
            gathered(draft, std::move(*found));
        else
            refuse(draft, found.error());
    });
}

/// Reads what the translation does not: what went before, and whether the response is kept.
Result<ResponseHistory::Wanted> ResponseDesk::read(Draft &draft) const
{
    json::object &body = draft.body;
    ResponseHistory::Wanted wanted;
    Result<std::string> previous = idAt(body, "previous_response_id");
    Result<std::string> conversation = idAt(body, "conversation");
    if (!previous || !conversation)
        return fail(previous ? conversation.error() : previous.error());
    if (!previous->empty() && !conversation->empty())
        return fail(badField("previous_response_id", "cannot be given together with 'conversation'."));
    wanted.previous = std::move(*previous);
    wanted.conversation = *conversation;
    draft.conversation = std::move(*conversation);
    const bool isCounted = draft.make == &openAiInputTokens;
    draft.isBackground = boolAt(body, "background", false) && !isCounted;
    draft.keeps = boolAt(body, "store", true) && m_objects.areOn() && !isCounted;
    if (draft.isBackground && !draft.keeps)
        return fail(badField("background", "needs 'store', and a gateway that keeps responses "
                                           "(RESPONSE_RETENTION_DAYS)."));
    const json::array *input = arrayAt(body, "input");
    for (std::size_t i = 0; input && i < input->size(); ++i) {
        if (isReference((*input)[i]))
            wanted.references.emplace_back(stringAt((*input)[i].get_object(), "id"));
    }
    return wanted;
}

/// Puts what went before in front, and items where the input only names them.
void ResponseDesk::gathered(const DraftPtr &draft, ResponseHistory::Found found)
{
    json::value &input = draft->body["input"];
    json::array items = std::move(found.items);
    if (const json::string *text = input.if_string())
        draft->own.push_back(json::object({{"role", "user"}, {"content", *text}}));
    if (json::array *own = input.if_array()) {
        auto reference = found.references.begin();
        for (json::value &item : *own) {
            if (isReference(item) && reference != found.references.end())
                item = *reference++;
        }
        draft->own = *own;
    }
    draft->hasOwn = true;
    draft->chain = std::move(found.chain);
    items.insert(items.end(), draft->own.begin(), draft->own.end());
    input = std::move(items);
    draft->request.body = toJson(draft->body);
    run(draft);
}

void ResponseDesk::run(const DraftPtr &draft)
{
    ClientRequest &request = draft->request;
    if (draft->keeps || !draft->conversation.empty()) {
        const json::value given =
            draft->hasOwn ? json::value(std::exchange(draft->own, {})) : draft->body["input"];
        if (Result<json::array> items = normalItems(given, tailOf(request.answerId), "input"))
            draft->own = std::move(*items);
        else {
            refuse(draft, items.error());
            return;
        }
    } else if (draft->make == &openAiResponses && boolAt(draft->body, "store", true)) {
        draft->body["store"] = false; // the answer says what is so
        request.body = toJson(draft->body);
    }
    if (draft->isBackground) {
        runBehind(draft);
        return;
    }
    std::unique_ptr<Downstream> down = std::move(draft->down);
    if (draft->keeps || !draft->conversation.empty()) {
        down = std::make_unique<ResponseDown>(
            std::move(down), [this, draft, owner = request.owner](Result<std::string> response) {
                keep(*draft, owner, std::move(response));
            });
    }
    draft->body.clear();
    m_host.runTranslated(std::move(request), std::move(down), draft->make);
}

/// Answers at once (or streams as long as the client listens) and runs on.
void ResponseDesk::runBehind(const DraftPtr &draft)
{
    ClientRequest &request = draft->request;
    const std::string owner = request.owner;
    const std::string id = request.answerId;
    const Result<std::string> queued =
        queuedResponse(request.body, {request.id, request.arrivedWallMs / 1000, id});
    if (!queued) {
        refuse(draft, queued.error());
        return;
    }
    json::object kept;
    kept["input"] = draft->own;
    kept["chain"] = draft->chain;
    kept["response"] = parseJson(*queued).value();
    kept["response"].as_object()["status"] = "in_progress"; // when it is next asked for
    std::shared_ptr<ResponseLog> log = m_running.begin(id);
    m_objects.put(id, owner, std::move(kept));
    std::unique_ptr<Downstream> client = std::move(draft->down);
    if (!boolAt(draft->body, "stream", false))
        std::exchange(client, nullptr)->send(200, JSON, {}, *queued);
    draft->body.clear();
    auto down = std::make_unique<ResponseDown>(
        std::move(client),
        [this, draft, owner, id, queued = *queued](Result<std::string> response) {
            if (!m_objects.isCancelled(id))
                keep(*draft, owner, response ? *response : failedResponse(queued, response.error()));
            runsNoMore(id, owner);
        },
        [this, id] { return m_objects.isCancelled(id); }, std::move(log));
    m_host.runTranslated(std::move(request), std::move(down), draft->make);
}

/// Its events are kept beside it: few ask for them, and most ask for the response.
void ResponseDesk::runsNoMore(const std::string &id, const std::string &owner)
{
    const std::shared_ptr<ResponseLog> log = m_running.find(id);
    std::string events = log ? log->whole() : std::string();
    if (!events.empty() && events.size() <= MAX_KEPT_EVENTS && !m_objects.isCancelled(id))
        m_objects.put(ResponseReplay::keyOf(id), owner, {{"events", std::move(events)}});
    m_running.end(id);
}

/// What ended without an answer is not kept: the client was told why.
void ResponseDesk::keep(const Draft &draft, const std::string &owner, Result<std::string> response)
{
    Result<json::object> parsed = response ? parseJsonObject(*response) : fail(response.error());
    if (!parsed)
        return;
    const std::string id(stringAt(*parsed, "id"));
    const bool isWhole = stringAt(*parsed, "status") != "failed";
    if (!draft.conversation.empty() && isWhole) {
        json::array items = draft.own;
        if (const json::array *output = arrayAt(*parsed, "output"))
            items.insert(items.end(), output->begin(), output->end());
        addToConversation(draft.conversation, owner, std::move(items));
    }
    if (!draft.keeps)
        return;
    json::object kept;
    kept["input"] = draft.own;
    kept["chain"] = draft.chain;
    kept["response"] = std::move(*parsed);
    m_objects.put(id, owner, std::move(kept));
}

/// Nothing happens where the conversation was deleted meanwhile.
void ResponseDesk::addToConversation(const std::string &id, const std::string &owner, json::array items)
{
    m_objects.change(id, owner, [items = std::move(items)](json::object &kept) {
        json::value &all = kept["items"];
        if (!all.is_array())
            all.emplace_array();
        all.get_array().insert(all.get_array().end(), items.begin(), items.end());
    });
}

void ResponseDesk::refuse(const DraftPtr &draft, const Error &error)
{
    const std::string model(stringAt(draft->body, "model"));
    const auto job = m_host.ownJob(std::move(draft->request), std::move(draft->down));
    job->nameRecord(draft->make == &openAiInputTokens ? "responses.input_tokens" : "responses", model);
    job->refuse(error);
}

} // namespace Gateway
