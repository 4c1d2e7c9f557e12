#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "gateway/common/text.h"

namespace TestSupport {

/// A request as it came over one connection.
struct HttpRequest
{
    std::string method;
    std::string path;  ///< Still percent-encoded.
    std::string query; ///< Without '?'.
    Gateway::Headers headers;
    std::string body;
    std::int64_t connection = 0;
};

/// What happens to the connection once a step's bytes are out.
enum class StepEnd : std::uint8_t { GoOn, Close, Reset, Stall };

/// One write of an answer.
struct HttpStep
{
    std::shared_ptr<const std::string> bytes;
    double delayMs = 0; ///< Before each writing; repeats keep the pace of the first.
    int repeat = 1;
    /// Where each writing puts "SSSSSSSSSS:NNNNNNNNNNNNNNNNNNNN": its number from 0, CLOCK_MONOTONIC in ns.
    std::size_t stampAt = std::string::npos;
    StepEnd end = StepEnd::GoOn;
};

class SocketActor;

/// An answer as the wire sees it; after the last step the connection is kept.
struct HttpPlan
{
    std::vector<HttpStep> steps;
    int status = 0;           ///< For the record only.
    std::int64_t record = -1; ///< Handed back when the answer is over.
    /// Not null: HTTP is over behind the answer, and the record is handed back with the connection's end.
    std::shared_ptr<SocketActor> socket{};
};

/// Digits of a stamp, see HttpStep::stampAt.
constexpr std::size_t STAMP_NUMBER = 10;
constexpr std::size_t STAMP_TIME = 20;
constexpr std::size_t STAMP_SIZE = STAMP_NUMBER + 1 + STAMP_TIME;

/// CLOCK_MONOTONIC in ns.
std::int64_t monotonicNs();

} // namespace TestSupport
