#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "gateway/pool/keyhealth.h"
#include "gateway/pool/keypool.h"

namespace Gateway {

/// What KeyPool should do, said in the simplest way: a map of keys that every question walks through. It does
/// not choose among keys that could serve; it says which could.
class ReferencePool
{
public:
    struct RefRest
    {
        std::int64_t untilMs = 0;
        std::int64_t probeMs = 0;
    };

    struct Key
    {
        KeyState health = KeyState::Usable; ///< Never Disabled.
        bool isEnabled = true;
        int failures = 0;
        std::int64_t calls = 0;
        std::int64_t failedCalls = 0;
        std::map<std::string, RefRest> rests;
        std::set<std::uint64_t> tickets;
        bool isBeingChecked = false;
        int life = 0; ///< Grows when the key is added anew.

        KeyState state() const { return isEnabled ? health : KeyState::Disabled; }
    };

    /// What acquire() must come to: one of `keys` lent as `kind`, or, when there is none, `refusal`.
    struct Expected
    {
        std::set<KeyId> keys;
        Lease::Kind kind = Lease::Kind::Use;
        Refusal refusal;
    };

    std::map<KeyId, Key> keys;

    Expected acquire(const AcquireRequest &request, std::int64_t nowMs) const;
    /// After a probe was lent.
    void probed(KeyId key, const std::string &model, std::int64_t nowMs);
    /// Whether the report must have made a change, and of which rests.
    bool report(const Lease &lease, int life, const Outcome &outcome, const HealthRules &rules,
                std::vector<ModelRest> &rests);
    Refusal counts(std::int64_t nowMs) const;
    /// The wall clock was set back by `ms`: rests go with it.
    void setBack(std::int64_t ms);

    /// The end of the rests that keep the key from the model; 0 when none does.
    static std::int64_t restsUntil(const Key &key, const std::string &model, std::int64_t nowMs);

private:
    Refusal numbers(const std::string &model, std::int64_t nowMs) const;
};

} // namespace Gateway
