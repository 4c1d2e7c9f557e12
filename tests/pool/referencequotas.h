#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "gateway/common/clock.h"
#include "gateway/pool/keypool.h"

namespace Gateway {

/// What KeyPool should make of quotas, projects and overload, said in the simplest way: every request that
/// was sent is kept in a list, and every question walks through it. Keys are always usable and settled here;
/// their own health is ReferencePool's matter.
class ReferenceQuotas
{
public:
    using Place = std::pair<std::string, std::string>; ///< Scope and model.

    struct Sent
    {
        std::int64_t monoMs = 0;
        std::int64_t day = 0;
        Place place;
        std::int64_t requests = 1;
        std::int64_t tokens = 0;
    };

    struct State
    {
        std::map<QuotaKind, LearnedLimit> limits;
        std::int64_t restUntilMs = 0;
        std::int64_t restProbeMs = 0;
        std::int64_t absentUntilMs = 0;
        int absentTries = 0;
        std::int64_t nextProbeMs = 0; ///< Monotonic.
    };

    struct Hand
    {
        std::int64_t minuteRequests = 0;
        std::int64_t dayRequests = 0;
    };

    struct Full
    {
        std::int64_t untilMs = 0; ///< 0: there is room.
        QuotaKind by = QuotaKind::None;
        bool isByHand = false;
    };

    struct Breaker
    {
        int overloads = 0;
        bool isOpen = false;
        std::int64_t openedMs = 0;
        std::int64_t openUntilMs = 0; ///< Monotonic; what the pool drew by lot.
        std::int64_t trialUntilMs = 0;
        int openings = 0;
    };

    /// The keys that may be lent as `kind`; none: `refusal` (without total, invalid, disabled).
    struct Expected
    {
        std::set<KeyId> keys;
        Lease::Kind kind = Lease::Kind::Use;
        Refusal refusal;
    };

    std::map<KeyId, std::string> scopes;
    std::map<std::string, Hand> hands; ///< By scope.
    std::map<Place, State> states;
    std::map<std::string, Breaker> breakers;
    std::vector<Sent> sent;
    std::int64_t wallMs = 0;
    std::int64_t monoMs = 0;
    PacificDay day; ///< Of wallMs.

    Expected acquire(const AcquireRequest &request) const;
    /// After one of `expected` was lent; the number of the request in `sent`.
    std::size_t lent(KeyId key, const AcquireRequest &request, Lease::Kind kind);
    /// What came of the request. A breaker that opens has openUntilMs -1.
    void report(std::size_t number, const Outcome &outcome, Lease::Kind kind, bool isTrial);

    /// The wall clock was set back by `ms`: rests go with it.
    void setBack(std::int64_t ms);

    std::int64_t minuteOf(const Place &place, bool tokens, std::int64_t laterMs = 0) const;
    std::int64_t dayOf(const Place &place, bool tokens) const;
    Full fullFor(const Place &place, std::int64_t tokens) const;

private:
    std::size_t add(Sent one);
    const std::vector<std::size_t> &numbersOf(const Place &place) const;
    std::int64_t roomMs(const Place &place, bool tokens, std::int64_t most) const;
    void learn(const Place &place, const Outcome &outcome);
    void succeeded(const Place &place, Lease::Kind kind);
    void overloaded(Breaker &breaker, std::int64_t sentMs, bool isTrial) const;

    std::map<Place, std::vector<std::size_t>> m_numbers; ///< Of what is in `sent`.
};

} // namespace Gateway
