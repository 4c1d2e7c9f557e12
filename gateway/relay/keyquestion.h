#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "gateway/common/outcome.h"
#include "gateway/pool/lease.h"
#include "gateway/relay/keyroute.h"
#include "gateway/relay/relayparts.h"
#include "gateway/upstream/upstreamclient.h"

namespace Gateway {

/// One call to Google on the gateway's own behalf that has to go with a certain key. No client waits for it,
/// and a refusal says nothing of what the key can do for clients: only a key that Google does not take at all
/// is told to the pool.
class KeyQuestion final : private UpstreamListener
{
public:
    /// The last act of a question, which may be destroyed then. `status`: 0 without an answer; `body`: as far
    /// as it is not too long.
    using Done = std::function<void(KeyQuestion &question, int status, const std::string &body)>;

    /// Sends `body`, JSON, with `method` to `path` ("/v1beta/…"). `parts` and `options` outlive this. `done`
    /// is never called from in here.
    KeyQuestion(const RelayParts &parts, const RelayOptions &options, Lease lease, std::string_view method,
                std::string_view path, std::string body, Done done);
    ~KeyQuestion() override = default;
    KeyQuestion(const KeyQuestion &) = delete;
    KeyQuestion &operator=(const KeyQuestion &) = delete;

private:
    void upstreamHead(int status, const Headers &headers) override;
    void upstreamBody(std::string_view bytes) override;
    void upstreamEnd(const UpstreamEnd &end) override;
    Outcome judged(bool isComplete) const;

    const RelayParts &m_parts;
    const RelayOptions &m_options;
    Lease m_lease;
    std::string m_body; ///< Borrowed by the call.
    Done m_done;
    std::string m_proxy;
    int m_status = 0;
    Headers m_headers;
    std::string m_answer;
    std::unique_ptr<UpstreamCall> m_call;
};

} // namespace Gateway
