#pragma once

#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

#include "gateway/pool/keypool.h"
#include "gateway/relay/relayparts.h"

namespace Gateway {

/// Hears how a search ends; each function is the search's last act.
class KeySearchListener
{
public:
    virtual ~KeySearchListener() = default;
    virtual void keyFound(Lease lease) = 0;
    /// There is none, and waiting for one makes no sense.
    virtual void noKey(const Refusal &refusal) = 0;
};

/// Finds the next key for one request, one that the request has not tried where there is one.
class KeySearch
{
public:
    /// Calls the function after so many ms, unless the request is over by then.
    using Later = std::function<void(std::int64_t, std::function<void()>)>;

    /// All outlive this.
    KeySearch(const RelayParts &parts, KeySearchListener &listener, Later later);

    /// What is sought. `owner` is the only key that will do, 0 for any.
    void setTarget(std::string_view model, KeyId owner);

    /// Looks for a key now. `isLast`: no further attempt may follow.
    void look(bool isLast);

    /// The key's own fault or quota it was: not asked again for this request.
    void blame(KeyId key) { m_blamed.push_back(key); }

private:
    void refused(const Refusal &refusal);

    const RelayParts &m_parts;
    KeySearchListener &m_listener;
    Later m_later;
    std::string_view m_model;
    KeyId m_owner = 0;
    std::vector<KeyId> m_tried;
    std::vector<KeyId> m_blamed; ///< Of these, those that were to blame.
    int m_settlingWaits = 0;
    bool m_isLast = false;
};

} // namespace Gateway
