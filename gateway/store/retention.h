#pragma once

#include <chrono>
#include <cstdint>

#include "gateway/store/storeworker.h"

namespace Gateway {

struct RetentionOptions
{
    std::int64_t days = 0; ///< Of request records; 0: no limit by age.
    std::int64_t rows = 0; ///< Likewise by number.
    std::chrono::milliseconds interval{60'000};
    std::chrono::milliseconds pause{50}; ///< Between two steps of one round.
};

/// Deletes what is too old or too much, a small step at a time, so that no change of a key waits long behind
/// it. Used in the store's thread.
class Retention
{
public:
    explicit Retention(RetentionOptions options);

    void setLimits(std::int64_t days, std::int64_t rows);
    /// From the start to the first step: the start itself is not slowed down.
    std::chrono::milliseconds firstDelay() const;
    /// Does one step; returns the time until the next.
    std::chrono::milliseconds step(StoreWorker &worker);

    /// Rows a step deletes at most.
    static constexpr std::int64_t STEP_ROWS = 1000;

private:
    enum class Task : std::uint8_t {
        Age,
        Rows,
        Blocks,
        Owners,
        Signatures,
        Shelf,
        Objects,
        Rests,
        Deleted,
        Quotas,
        Audit,
        Sums,
        Space,
        End
    };

    /// True when the task has more to do.
    Result<bool> runTask(StoreWorker &worker);
    Result<bool> dropByAge(StoreWorker &worker);
    Result<bool> dropByRows(StoreWorker &worker);
    Result<bool> wipeDeleted(StoreWorker &worker);
    Result<bool> giveSpaceBack(StoreWorker &worker);

    RetentionOptions m_options;
    Task m_task = Task::Age;
    bool m_hasDropped = false; ///< Requests, in this round.
};

} // namespace Gateway
