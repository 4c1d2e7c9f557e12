#pragma once

#include <string_view>

#include "gateway/common/requestrecord.h"
#include "gateway/common/result.h"

namespace Gateway {

/// What a named access token allows its requests, and what they used. Asked by the relay, where model and
/// usage are known. Thread-safe.
class Allowance
{
public:
    virtual ~Allowance() = default;

    /// Counts a request that is about to run, or says why it may not: 403 for the model (without "models/";
    /// empty: it names none), 429 with `retryAfterMs` for a limit. What still runs is not counted in advance:
    /// requests that run at the same time may together pass a limit of tokens or money.
    virtual Result<void> admit(std::string_view model) = 0;

    /// Whether only some models may be used.
    virtual bool limitsModels() const = 0;
    virtual bool allowsModel(std::string_view model) const = 0;

    /// Whether nothing is limited that a credential made by Google for the client would step round.
    virtual bool isUnlimited() const = 0;

    /// What an admitted request used, from its record; once.
    virtual void settle(const RequestRecord &record) = 0;
};

} // namespace Gateway
