#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "gateway/common/clock.h"
#include "gateway/common/text.h"

namespace Gateway {

/// Writes the heads of answers. One a worker, as it keeps the Date line of the current second.
class AnswerHead
{
public:
    explicit AnswerHead(const Clock &clock);

    /// Appends status line and Date.
    void start(std::string &out, int status);
    /// Appends one header line; one whose value could break the framing is left out.
    static void add(std::string &out, std::string_view name, std::string_view value);
    static void addLength(std::string &out, std::uint64_t bytes);
    /// Appends `headers` without those that belong to this layer (framing, connection, Date, x-request-id,
    /// CORS).
    static void addAll(std::string &out, const Headers &headers);

private:
    const Clock &m_clock;
    std::int64_t m_second = -1;
    std::string m_dateLine;
};

} // namespace Gateway
