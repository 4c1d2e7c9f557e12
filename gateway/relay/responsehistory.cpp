#include "gateway/relay/responsehistory.h"

#include <algorithm>
#include <utility>

#include "gateway/relay/itemlist.h"

namespace Gateway {

namespace {

/// A longer conversation would not fit a model either.
constexpr std::size_t MAX_CHAIN = 2000;

Error previousNotFound(const std::string &id)
{
    return Error{400, "previous_response_not_found", "Previous response with id '" + id + "' not found.",
                 "previous_response_id", 0};
}

void append(json::array &out, const json::array *items)
{
    if (items)
        out.insert(out.end(), items->begin(), items->end());
}

} // namespace

std::string responseOfItem(std::string_view itemId)
{
    const std::size_t from = itemId.find('_');
    const std::size_t to = itemId.rfind('_');
    if (from == std::string_view::npos || to <= from)
        return {};
    return "resp_" + std::string(itemId.substr(from + 1, to - from - 1));
}

ResponseHistory::ResponseHistory(KeptObjects &objects, QObject *context, std::string owner)
    : m_objects(objects)
    , m_context(context)
    , m_owner(std::move(owner))
{
}

void ResponseHistory::gather(Wanted wanted, Done done)
{
    m_wanted = std::move(wanted);
    m_done = std::move(done);
    if (!m_wanted.previous.empty())
        findPrevious(m_wanted.previous);
    else
        findConversation();
}

void ResponseHistory::findPrevious(const std::string &id)
{
    m_objects.find(id, m_owner, m_context, [self = shared_from_this(), id](Result<json::object> kept) {
        const json::object *response = kept ? objectAt(*kept, "response") : nullptr;
        if (!response || self->m_chain.size() >= MAX_CHAIN) {
            self->m_done(fail(previousNotFound(id)));
            return;
        }
        if (const std::string_view status = stringAt(*response, "status");
            status == "queued" || status == "in_progress") {
            self->m_done(fail(Error{400, "previous_response_not_complete",
                                    "Previous response with id '" + id + "' is not complete yet.",
                                    "previous_response_id", 0}));
            return;
        }
        const std::string previous(stringAt(*response, "previous_response_id"));
        self->m_chain.push_back(std::move(*kept));
        if (previous.empty())
            self->findConversation();
        else
            self->findPrevious(previous);
    });
}

void ResponseHistory::findConversation()
{
    std::for_each(m_chain.rbegin(), m_chain.rend(), [this](const json::object &kept) {
        append(m_found.items, arrayAt(kept, "input"));
        append(m_found.items, arrayAt(kept.at("response").get_object(), "output"));
    });
    m_chain.clear();
    const std::string &id = m_wanted.conversation;
    if (id.empty()) {
        findReference();
        return;
    }
    m_objects.find(id, m_owner, m_context, [self = shared_from_this(), id](const Result<json::object> &kept) {
        if (!kept || !kept->contains("conversation")) {
            self->m_done(fail(Error{404, "conversation_not_found",
                                    "Conversation with id '" + id + "' not found.", "conversation", 0}));
            return;
        }
        append(self->m_found.items, arrayAt(*kept, "items"));
        self->findReference();
    });
}

/// One after another: most stand in what was gathered already.
void ResponseHistory::findReference()
{
    const std::size_t next = m_found.references.size();
    if (next == m_wanted.references.size()) {
        finish();
        return;
    }
    const std::string &id = m_wanted.references[next];
    const auto notFound = [id] {
        return fail(Error{404, "item_not_found", "Item with id '" + id + "' not found.", "input", 0});
    };
    const auto known = itemById(m_found.items, id);
    if (known != m_found.items.end()) {
        m_found.references.push_back(*known);
        findReference();
        return;
    }
    const std::string response = responseOfItem(id);
    if (response.empty()) {
        m_done(notFound());
        return;
    }
    m_objects.find(response, m_owner, m_context,
                   [self = shared_from_this(), id, notFound](const Result<json::object> &kept) {
                       json::array items;
                       if (kept) {
                           append(items, arrayAt(*kept, "input"));
                           if (const json::object *made = objectAt(*kept, "response"))
                               append(items, arrayAt(*made, "output"));
                       }
                       const auto found = itemById(items, id);
                       if (found == items.end()) {
                           self->m_done(notFound());
                           return;
                       }
                       self->m_found.references.push_back(*found);
                       self->findReference();
                   });
}

void ResponseHistory::finish()
{
    std::exchange(m_done, nullptr)(std::move(m_found));
}

} // namespace Gateway
