#include "gateway/relay/responsehistory.h"

#include <algorithm>
#include <utility>

#include "gateway/relay/itemlist.h"
#include "gateway/relay/responsereplay.h"

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
        if (!self->take(id, std::move(kept)))
            return;
        const json::object &last = self->m_chain.back();
        std::vector<std::string> chain;
        if (const json::array *ids = arrayAt(last, "chain")) {
            for (auto earlier = ids->rbegin(); earlier != ids->rend(); ++earlier) {
                if (earlier->is_string())
                    chain.emplace_back(earlier->get_string());
            }
        }
        const std::string previous(stringAt(last.at("response").get_object(), "previous_response_id"));
        if (!chain.empty())
            self->findChain(std::move(chain));
        else if (!previous.empty()) // kept by a gateway that wrote no chains
            self->findPrevious(previous);
        else
            self->findConversation();
    });
}

/// `ids`: newest first.
void ResponseHistory::findChain(std::vector<std::string> ids)
{
    m_objects.findAll(ids, m_owner, m_context,
                      [self = shared_from_this(), ids](std::vector<Result<json::object>> found) {
                          for (std::size_t i = 0; i < found.size(); ++i) {
                              if (!self->take(ids[i], std::move(found[i])))
                                  return;
                          }
                          const json::object &first = self->m_chain.back().at("response").get_object();
                          const std::string previous(stringAt(first, "previous_response_id"));
                          previous.empty() ? self->findConversation() : self->findPrevious(previous);
                      });
}

/// One more of the chain; false when it is none and all is over.
bool ResponseHistory::take(const std::string &id, Result<json::object> kept)
{
    const json::object *response = kept ? objectAt(*kept, "response") : nullptr;
    if (!response || m_chain.size() >= MAX_CHAIN) {
        m_done(fail(previousNotFound(id)));
        return false;
    }
    if (isUnderWay(*response)) {
        m_done(fail(Error{400, "previous_response_not_complete",
                          "Previous response with id '" + id + "' is not complete yet.",
                          "previous_response_id", 0}));
        return false;
    }
    m_chain.push_back(std::move(*kept));
    return true;
}

void ResponseHistory::findConversation()
{
    std::for_each(m_chain.rbegin(), m_chain.rend(), [this](const json::object &kept) {
        m_found.chain.push_back(kept.at("response").at("id"));
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
