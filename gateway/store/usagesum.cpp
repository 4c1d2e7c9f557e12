#include "gateway/store/usagesum.h"

#include <algorithm>

namespace Gateway {

namespace {

constexpr int FIRST_FAILED_STATUS = 400;

std::int64_t told(std::int64_t count)
{
    return std::max<std::int64_t>(count, 0);
}

} // namespace

void UsageSum::add(const RequestRecord &record)
{
    ++sums.requests;
    sums.failed += record.status >= FIRST_FAILED_STATUS || !record.error.empty() ? 1 : 0;
    sums.inputTokens += Gateway::told(record.tokens.prompt) + Gateway::told(record.tokens.toolUse);
    sums.cachedTokens += Gateway::told(record.tokens.cached);
    sums.outputTokens += Gateway::told(record.tokens.candidates) + Gateway::told(record.tokens.thoughts);
    sums.bytesIn += record.bytesIn;
    sums.bytesOut += record.bytesOut;
    sums.costMicro += Gateway::told(record.costMicro);
    durations.add(record.durationMs);
    firstBytes.add(record.firstByteMs);
}

void UsageSum::add(const UsageSum &other)
{
    sums.requests += other.sums.requests;
    sums.failed += other.sums.failed;
    sums.inputTokens += other.sums.inputTokens;
    sums.cachedTokens += other.sums.cachedTokens;
    sums.outputTokens += other.sums.outputTokens;
    sums.bytesIn += other.sums.bytesIn;
    sums.bytesOut += other.sums.bytesOut;
    sums.costMicro += other.sums.costMicro;
    durations.add(other.durations);
    firstBytes.add(other.firstBytes);
}

void UsageSum::addRow(Statement &row, int column)
{
    for (std::int64_t *sum : {&sums.requests, &sums.failed, &sums.inputTokens, &sums.cachedTokens,
                              &sums.outputTokens, &sums.bytesIn, &sums.bytesOut, &sums.costMicro})
        *sum += row.integer(column++);
    durations.addEncoded(row.text(column++));
    firstBytes.addEncoded(row.text(column));
}

UsageSums UsageSum::told() const
{
    UsageSums result = sums;
    result.durationP50 = durations.percentile(50);
    result.durationP95 = durations.percentile(95);
    result.firstByteP50 = firstBytes.percentile(50);
    result.firstByteP95 = firstBytes.percentile(95);
    return result;
}

} // namespace Gateway
