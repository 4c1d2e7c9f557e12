#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <QObject>

#include "gateway/common/json.h"
#include "gateway/relay/keptobjects.h"

namespace Gateway {

/// Gathers what went before a request: the items of a conversation, or of the responses behind
/// previous_response_id, and items that the input refers to by id. A kept response names all that it goes on
/// from in `chain`, so that they are found together. Kept alive by what it waits for.
class ResponseHistory final : public std::enable_shared_from_this<ResponseHistory>
{
public:
    struct Wanted
    {
        std::string previous;                ///< "resp_…" or empty.
        std::string conversation;            ///< "conv_…" or empty.
        std::vector<std::string> references; ///< Ids of items.
    };
    struct Found
    {
        json::array items;      ///< In the order of the conversation.
        json::array references; ///< In the order they were wanted.
        json::array chain;      ///< Ids of the responses that `items` come from, oldest first.
    };
    using Done = std::function<void(Result<Found>)>;

    /// `objects` and `context` outlive this.
    ResponseHistory(KeptObjects &objects, QObject *context, std::string owner);

    /// Calls `done` once, later. Fails with a 400 or 404 that names what is not there.
    void gather(Wanted wanted, Done done);

private:
    void findPrevious(const std::string &id);
    void findChain(std::vector<std::string> ids);
    bool take(const std::string &id, Result<json::object> kept);
    void findConversation();
    void findReference();
    void finish();

    KeptObjects &m_objects;
    QObject *m_context;
    std::string m_owner;
    Wanted m_wanted;
    Done m_done;
    std::vector<json::object> m_chain; ///< Newest first.
    Found m_found;
};

/// The response that an item's id tells it belongs to, empty when it tells none.
std::string responseOfItem(std::string_view itemId);

} // namespace Gateway
