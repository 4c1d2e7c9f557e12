#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/common/requestrecord.h"
#include "gateway/common/result.h"

namespace Gateway {

/// What a million tokens cost, in millionths of a US dollar.
struct TokenPrices
{
    std::int64_t input = 0;
    std::int64_t cached = 0; ///< Of the input, what came from a context cache.
    std::int64_t output = 0; ///< Thoughts are output.

    bool operator==(const TokenPrices &) const = default;
};

struct PriceRow
{
    std::string model; ///< A name or a pattern with `*`.
    TokenPrices prices;
    std::int64_t longFrom = 0; ///< Prompts over so many tokens cost `longPrices`; 0: there are none.
    TokenPrices longPrices;
    std::string note;

    bool operator==(const PriceRow &) const = default;
};

/// What Google's models cost. Immutable once shared. Of the rows that match a model the one with the longest
/// pattern counts (characters other than `*`), and its very name before a pattern.
class PriceTable
{
public:
    PriceTable() = default;
    /// A later row replaces an earlier one of the same pattern.
    explicit PriceTable(const std::vector<PriceRow> &rows);

    /// The prices this program comes with (resources/prices.json).
    static PriceTable builtIn();

    /// The built-in prices with a user's over them.
    static PriceTable withUserRows(const std::vector<PriceRow> &rows);

    const std::vector<PriceRow> &rows() const { return m_rows; }
    std::string toJson() const;

    /// Null when no row matches. `model`: without "models/".
    const PriceRow *find(std::string_view model) const;

    /// In millionths of a US dollar, rounded; -1 when the model has no price or no token was told.
    std::int64_t costMicro(std::string_view model, const TokenCounts &tokens) const;

private:
    std::vector<PriceRow> m_rows; ///< Longest pattern first.
};

/// Reads a price file, the form that PriceTable::toJson() writes: {"models": [{"model", "input", "output",
/// …}]}, in US dollars. 400 with the row's place when one makes no sense.
Result<std::vector<PriceRow>> parsePriceRows(std::string_view json);

using PriceTablePtr = std::shared_ptr<const PriceTable>;

} // namespace Gateway
