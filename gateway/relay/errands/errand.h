#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <QObject>

#include "gateway/common/dialect.h"
#include "gateway/relay/collectingdown.h"
#include "gateway/relay/modelnames.h"
#include "gateway/relay/relayjob.h"
#include "gateway/relay/relayparts.h"

namespace Gateway {

/// A question to Google that serves a client's request.
struct GoogleCall
{
    std::string method; ///< "GET", "POST", "DELETE".
    std::string path;   ///< "/v1beta/batches/abc".
    std::string query = {};
    Headers headers = {};
    std::string body = {};
    /// It goes with the key that owns these, beside what path and body name.
    std::vector<std::string> owned = {};
    std::string requestId = {}; ///< Of the client's request.
    std::vector<std::string> keyTags = {};
    ModelParametersPtr parameters = {};
};

/// Asks Google with a key that fits and calls `done` later, in the relay's thread and while the relay lives;
/// the attempts go into the record of `whole`, which may be over.
using AskGoogle = std::function<void(const std::weak_ptr<RelayJob> &whole, GoogleCall call,
                                     std::function<void(CollectedAnswer)> done)>;

/// What an errand needs of its relay, which outlives it.
struct ErrandParts
{
    const RelayParts &parts;
    const RelayOptions &options;
    ModelNames &names;
    QObject *context;
    AskGoogle ask;
};

/// A client's request that takes several questions, to Google and to the shelf. Kept alive by what it waits
/// for; its answer is its job's.
class Errand : public std::enable_shared_from_this<Errand>
{
public:
    Errand(ErrandParts parts, const std::shared_ptr<RelayJob> &job, Dialect dialect);
    virtual ~Errand() = default;
    Errand(const Errand &) = delete;
    Errand &operator=(const Errand &) = delete;

protected:
    using Uploaded = std::function<void(Result<std::string> file)>;
    using Answered = std::function<void(CollectedAnswer answer)>;
    using Item = std::function<void(ShelfItem item)>;

    const RelayParts &parts() const { return m_parts.parts; }
    const RelayOptions &options() const { return m_parts.options; }
    ModelNames &names() const { return m_parts.names; }
    QObject *context() const { return m_parts.context; }
    const ErrandParts &surroundings() const { return m_parts; }
    Dialect dialect() const { return m_dialect; }
    bool isOpenAi() const { return m_dialect == Dialect::OpenAi; }
    /// Null once the client has its answer or left.
    std::shared_ptr<RelayJob> job() const;
    const std::string &owner() const { return m_owner; }
    /// The access token's; may be null.
    const ModelParametersPtr &parameters() const { return m_parameters; }
    std::int64_t nowMs() const { return m_parts.parts.clock.nowMs(); }

    void refuse(const Error &error);
    void answer(std::string_view body, std::string_view contentType = "application/json; charset=utf-8");

    /// Also when the client has left: what was begun is brought to an end.
    void ask(GoogleCall call, Answered done);
    /// Gives a file to Gemini's Files API and answers with Google's JSON of it. `owned`: what it will be used
    /// with.
    void upload(std::string_view name, std::string_view mime, std::string bytes,
                std::vector<std::string> owned, Uploaded done);
    /// The caller's item of that id; without one the request ends with 404 `missing`.
    void find(const std::string &id, Error missing, Item done);
    void put(ShelfItem item, std::function<void()> done);
    /// Runs `step` again and again until it returns false, other requests in between.
    void inSteps(std::function<bool()> step);

private:
    void sendUpload(const CollectedAnswer &started, std::string bytes, const Uploaded &done);

    ErrandParts m_parts;
    std::weak_ptr<RelayJob> m_job;
    Dialect m_dialect;
    std::string m_owner;
    std::string m_requestId;
    std::vector<std::string> m_keyTags;
    ModelParametersPtr m_parameters;
};

/// Whether Google did what was asked.
inline bool isGood(const CollectedAnswer &answer)
{
    return answer.status >= 200 && answer.status < 300;
}

/// What Google's refusal tells.
Error refusalOf(const CollectedAnswer &answer);

} // namespace Gateway
