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

/// The most that one turn of the windows' loop may compute in a test, ms. The goal is 50 in an optimised
/// build; sanitizers take some fifteen times as long, and what the tests are to find takes seconds.
#if defined(__SANITIZE_ADDRESS__)
inline constexpr double LONGEST_TURN_MS = 1500;
#elif defined(__OPTIMIZE__)
inline constexpr double LONGEST_TURN_MS = 100;
#else
inline constexpr double LONGEST_TURN_MS = 250;
#endif

} // namespace Ui
