#pragma once

#include <ctime>

namespace Ui {

/// What this thread has computed, ms: what other processes take away does not count.
inline double computedMs()
{
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

} // namespace Ui
