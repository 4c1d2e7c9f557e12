#pragma once

#include <cstdint>
#include <string>

#include "gateway/pool/breaker.h"
#include "gateway/pool/modelindex.h"
#include "gateway/pool/modelrests.h"
#include "gateway/pool/quotabook.h"

namespace Gateway {

/// All that the pool knows of one model.
struct ModelState
{
    std::string name;         ///< Empty: calls that name no model, or one that there was no room to remember.
    std::uint32_t number = 0; ///< Names it in KeySlot::rankedIn.
    ModelIndex index;
    ModelRests rests; ///< By scope.
    QuotaBook quotas;
    ModelBreaker breaker;
    std::int64_t lastAskedMs = 0; ///< Monotonic.
    bool isServed = false;        ///< Google answered with it once: it is no slip of a client's.
    bool isTold = false;          ///< In the list of models that listeners must look at.
    bool isBreakerDirty = false;  ///< Not yet told by takeModelStates().

    bool isRemembered() const { return !name.empty(); }
};

} // namespace Gateway
