#pragma once

#include <functional>
#include <memory>
#include <string>

#include "gateway/common/outcome.h"
#include "gateway/pool/lease.h"
#include "gateway/relay/relayparts.h"
#include "gateway/upstream/upstreamclient.h"

namespace Gateway {

/// How a key is asked whether it works.
struct KeyProbeCall
{
    std::string googleHost;
    std::string model;
    /// False: GET of the model, which counts against no quota and still needs a key that Google takes. True:
    /// one token is generated, which also tells a region or a billing that is refused.
    bool generates = false;
    ClassifierOptions classifier;
};

/// What one key's check brought.
struct KeyCheckResult
{
    KeyId key = 0;
    bool isAccepted = false; ///< Google takes the key, though perhaps not now (a quota).
    OutcomeKind kind = OutcomeKind::Success;
    int status = 0;          ///< HTTP; 0 without an answer.
    std::int64_t tookMs = 0; ///< From sending to the end of the answer.
    std::string reason;      ///< Google's machine word, or ours: "NOT_CHECKED".
    std::string text;        ///< Google's own words; empty when all is well.
};

/// One question about one key. Reports the lease: a good answer puts a sidelined key back, a refusal
/// sidelines it.
class KeyProbe final : private UpstreamListener
{
public:
    /// `done` is the probe's last act and may destroy it. `parts` and `call` outlive the probe.
    using Done = std::function<void(KeyProbe &probe, const KeyCheckResult &result)>;

    KeyProbe(const RelayParts &parts, const KeyProbeCall &call, Lease lease, Done done);
    ~KeyProbe() override = default;
    KeyProbe(const KeyProbe &) = delete;
    KeyProbe &operator=(const KeyProbe &) = delete;

private:
    void upstreamHead(int status, const Headers &headers) override;
    void upstreamBody(std::string_view bytes) override;
    void upstreamEnd(const UpstreamEnd &end) override;
    Outcome judged(const UpstreamEnd &end) const;

    const RelayParts &m_parts;
    const KeyProbeCall &m_call;
    Lease m_lease;
    Done m_done;
    std::string m_url;
    std::string m_proxy;
    std::int64_t m_sentMs = 0;
    std::unique_ptr<UpstreamCall> m_running;
    int m_status = 0;
    Headers m_headers;
    std::string m_body;
};

} // namespace Gateway
