#pragma once

#include <cstdint>
#include <string_view>

#include <tl/expected.hpp>

#include "gateway/pool/keypool.h"
#include "gateway/pool/keytable.h"
#include "gateway/pool/rotation.h"

namespace Gateway {

/// Finds the key for a request, or says why there is none. Not thread-safe.
class KeyChooser
{
public:
    struct Choice
    {
        std::uint32_t slot = 0;
        Lease::Kind kind = Lease::Kind::Use;
    };

    /// `table` must outlive this.
    explicit KeyChooser(KeyTable &table)
        : m_table(table)
    {
    }

    tl::expected<Choice, Refusal> choose(const AcquireRequest &request, std::int64_t nowMs);

    /// The numbers over all models; see KeyPool::counts().
    Refusal counts(std::int64_t nowMs);

private:
    /// What there is for one model.
    struct Scope
    {
        ModelRests *rests = nullptr; ///< Null: nothing rests for it.
        const KeyBitmap *available = nullptr;
    };

    Scope scopeOf(std::string_view model);
    bool endRests(const Scope &scope, std::int64_t nowMs);
    std::uint32_t probe(const Scope &scope, const AcquireRequest &request, std::int64_t nowMs);
    std::uint32_t nextInTurn(const Scope &scope, const AcquireRequest &request);
    tl::expected<Choice, Refusal> chooseOwner(const Scope &scope, const AcquireRequest &request,
                                              std::int64_t nowMs);
    std::int64_t ownerRestsUntil(const Scope &scope, std::uint32_t slot, std::int64_t nowMs);

    Refusal numbers(const Scope &scope) const;
    Refusal refuse(const Scope &scope, const AcquireRequest &request, std::int64_t nowMs) const;
    int triedSettling(const Scope &scope, const AcquireRequest &request) const;
    std::int64_t firstReturnMs(const Scope &scope) const;

    KeyTable &m_table;
    Rotation m_rotation;
};

} // namespace Gateway
