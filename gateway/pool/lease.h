#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "gateway/common/keyrow.h"
#include "gateway/common/secret.h"

namespace Gateway {

class PoolCore;

/// What was counted for a lease against its project's quotas.
struct QuotaCharge
{
    std::uint32_t scope = 0; ///< ScopeId
    bool isCounted = false;
    std::int64_t tokens = 0; ///< The estimate.
    std::int64_t atMs = 0;   ///< Monotonic.
    std::int64_t day = 0;    ///< PacificDay::number
};

/// The right to use one key for one attempt. Moves only, so that it is reported at most once; dropped without
/// a report it goes back to the pool as Cancelled. May outlive its pool.
class Lease
{
public:
    /// What the key is lent for.
    enum class Kind : std::uint8_t {
        Use,
        Probe, ///< To see whether a day's quota is really used up; for the borrower like Use.
        Check, ///< A sidelined key, to see whether it works again.
    };

    Lease() = default;
    Lease(Lease &&other) noexcept = default;
    Lease &operator=(Lease &&other) noexcept;
    Lease(const Lease &) = delete;
    Lease &operator=(const Lease &) = delete;
    ~Lease();

    KeyId key = 0;
    Secret secret;
    std::string model; ///< As acquired.
    std::string proxy; ///< URL of the key's own one, empty: as the settings say.
    KeyKind keyKind = KeyKind::Gemini;
    std::string baseUrl; ///< As KeySettings::baseUrl.
    Kind kind = Kind::Use;

private:
    friend class KeyPool;
    friend class PoolCore;

    std::weak_ptr<PoolCore> m_pool; ///< Empty once reported.
    std::uint32_t m_slot = 0;
    std::uint32_t m_incarnation = 0; ///< Tells a replaced key from the one that was lent.
    std::int64_t m_lentMs = 0;       ///< Monotonic.
    bool m_isTrial = false;          ///< Of a model's half-open breaker.
    QuotaCharge m_charge;
};

} // namespace Gateway
