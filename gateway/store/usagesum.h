#pragma once

#include "gateway/common/requestrecord.h"
#include "gateway/common/usage.h"
#include "gateway/store/durationcounts.h"
#include "gateway/store/statement.h"

namespace Gateway {

/// Sums of requests as a row of the roll-up has them.
struct UsageSum
{
    UsageSums sums; ///< Percentiles are not told here.
    DurationCounts durations;
    DurationCounts firstBytes;

    void add(const RequestRecord &record);
    void add(const UsageSum &other);
    /// Adds columns of a row, in the order of USAGE_COLUMNS, from `column` on.
    void addRow(Statement &row, int column);
    /// With percentiles.
    UsageSums told() const;
};

constexpr std::string_view USAGE_COLUMNS = "requests, failed, input_tokens, cached_tokens, output_tokens, "
                                           "bytes_in, bytes_out, cost_micro, durations, first_bytes";

} // namespace Gateway
