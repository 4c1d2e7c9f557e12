#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "gateway/relay/keptobjects.h"
#include "gateway/relay/preparation.h"
#include "gateway/relay/relayjob.h"
#include "gateway/relay/responsehistory.h"
#include "gateway/relay/runningresponses.h"

namespace Gateway {

/// What the desk asks of the relay it works for.
class DeskHost
{
public:
    virtual ~DeskHost() = default;
    /// Runs a request whose body is complete.
    virtual void runTranslated(ClientRequest request, std::unique_ptr<Downstream> down,
                               MakeTranslation make) = 0;
    /// A request that the gateway answers itself; the caller ends the job.
    virtual std::shared_ptr<RelayJob> ownJob(ClientRequest request, std::unique_ptr<Downstream> down) = 0;
};

/// OpenAI's Responses API beyond the translation of one request: keeps responses and conversations, puts what
/// went before in front of a request that names it, runs requests in the background and tells their events
/// again. One for each relay, in
/// its thread.
class ResponseDesk
{
public:
    /// All outlive this.
    ResponseDesk(DeskHost &host, const RelayParts &parts, QObject *context);

    void setDays(std::int64_t days) { m_objects.setDays(days); }

    /// POST /v1/responses.
    void create(ClientRequest request, std::unique_ptr<Downstream> down);
    /// POST /v1/responses/input_tokens.
    void countTokens(ClientRequest request, std::unique_ptr<Downstream> down);
    /// GET and DELETE /v1/responses/ID, POST …/cancel, GET …/input_items.
    void object(ClientRequest request, std::unique_ptr<Downstream> down);
    /// Everything under /v1/conversations.
    void conversation(ClientRequest request, std::unique_ptr<Downstream> down);

private:
    /// A request while what went before is gathered.
    struct Draft
    {
        ClientRequest request;
        std::unique_ptr<Downstream> down;
        json::object body;
        json::array own;     ///< Items of this request, with ids once they are to be kept.
        bool hasOwn = false; ///< The body holds more than those.
        json::array chain;   ///< Ids of the responses it goes on from, oldest first.
        std::string conversation;
        MakeTranslation make = nullptr;
        bool keeps = false;
        bool isBackground = false;
    };
    using DraftPtr = std::shared_ptr<Draft>;
    using Act = std::function<void(RelayJob &job, json::object &kept)>;

    void start(ClientRequest request, std::unique_ptr<Downstream> down, MakeTranslation make);
    Result<ResponseHistory::Wanted> read(Draft &draft) const;
    void gathered(const DraftPtr &draft, ResponseHistory::Found found);
    void run(const DraftPtr &draft);
    void runBehind(const DraftPtr &draft);
    void runsNoMore(const std::string &id, const std::string &owner);
    void keep(const Draft &draft, const std::string &owner, Result<std::string> response);
    void addToConversation(const std::string &id, const std::string &owner, json::array items);
    void refuse(const DraftPtr &draft, const Error &error);

    /// Finds what the path names and acts on it; refuses when there is none.
    void onKept(const std::shared_ptr<RelayJob> &job, const std::string &id, std::string_view what, Act act);
    void onResponse(RelayJob &job, std::string_view rest, const std::string &id, json::object &kept,
                    const std::shared_ptr<ResponseLog> &log);
    void show(RelayJob &job, const std::string &id, const json::object &kept,
              const std::shared_ptr<ResponseLog> &log);
    void cancel(RelayJob &job, const std::string &id, json::object &kept);
    void createConversation(RelayJob &job);
    void onConversation(RelayJob &job, std::string_view rest, const std::string &id, json::object &kept);
    void addItems(RelayJob &job, const std::string &id);
    void onItem(RelayJob &job, std::string_view item, const std::string &id, json::object &kept);

    DeskHost &m_host;
    const Clock &m_clock;
    RunningResponses &m_running;
    QObject *m_context;
    KeptObjects m_objects;
};

} // namespace Gateway
