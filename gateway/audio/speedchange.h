#pragma once

#include <memory>
#include <string>
#include <string_view>

struct sonicStreamStruct;

namespace Gateway {

/// Makes speech quicker or slower in the same pitch, piece by piece (the sonic library). Samples are 16 bits
/// each, signed, in this computer's byte order, one channel.
class SpeedChange
{
public:
    /// `rate` in Hz; `speed`: so many times as fast.
    SpeedChange(int rate, double speed);
    ~SpeedChange();
    SpeedChange(const SpeedChange &) = delete;
    SpeedChange &operator=(const SpeedChange &) = delete;

    /// What is ready after these samples; it lags behind by some hundredths of a second.
    std::string changed(std::string_view samples);
    /// The rest.
    std::string rest();

private:
    std::string ready();

    sonicStreamStruct *m_stream;
};

} // namespace Gateway
