#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "gateway/common/keyrow.h"

namespace Gateway {

/// Whose allowance: the slot of a key without a project, or PROJECT_BIT and the number of a project.
using ScopeId = std::uint32_t;

/// Limits per model that a user set.
struct HandLimits
{
    std::int64_t minuteRequests = 0; ///< 0: none.
    std::int64_t minuteTokens = 0;
    std::int64_t dayRequests = 0;

    bool isEmpty() const { return minuteRequests == 0 && minuteTokens == 0 && dayRequests == 0; }
    /// The smaller of both counts.
    void tighten(const KeySettings &settings);
    bool operator==(const HandLimits &) const = default;
};

/// What holds for a scope whatever the model.
struct ScopeState
{
    std::uint16_t rests = 0;   ///< Models it rests for, as Google said.
    std::uint16_t entries = 0; ///< Models with a rest of any kind.
    std::uint32_t usable = 0;  ///< Members that are neither sidelined nor disabled.
    KeyTier handTier = KeyTier::Unknown;
    KeyTier learnedTier = KeyTier::Unknown;
    std::int64_t learnedTierMs = 0;
    HandLimits hand;

    /// The user knows better.
    KeyTier tier() const { return handTier == KeyTier::Unknown ? learnedTier : handTier; }
};

/// Which keys share their quotas. Keys are named by their slot.
class ScopeTable
{
public:
    static constexpr ScopeId PROJECT_BIT = 0x8000'0000;
    static constexpr bool isProject(ScopeId scope) { return (scope & PROJECT_BIT) != 0; }

    /// The scope of a project, made if need be.
    ScopeId projectOf(std::string_view name);

    /// A slot's own scope starts anew, for the key `id`.
    void resetOwn(std::uint32_t slot, KeyId id);
    void join(std::uint32_t slot, ScopeId scope);
    void leave(std::uint32_t slot, ScopeId scope);

    ScopeState &at(ScopeId scope);
    const ScopeState &at(ScopeId scope) const;
    /// quotaScope()
    std::string nameOf(ScopeId scope) const;

    /// Calls `visit(slot)` for each member until it returns true; whether one did.
    template <typename Visit>
    bool anyMember(ScopeId scope, Visit visit) const
    {
        if (!isProject(scope))
            return visit(scope);
        for (const std::uint32_t slot : m_projects[scope & ~PROJECT_BIT].members) {
            if (visit(slot))
                return true;
        }
        return false;
    }

private:
    struct Own
    {
        KeyId id = 0;
        ScopeState state;
    };
    struct Project
    {
        std::string name;
        ScopeState state;
        std::vector<std::uint32_t> members;
    };

    std::vector<Own> m_own; ///< By slot.
    std::vector<Project> m_projects;
    std::unordered_map<std::string, ScopeId> m_byName;
};

} // namespace Gateway
