#include "gateway/audio/speedchange.h"

#include <new>

#include <sonic.h>

namespace Gateway {

SpeedChange::SpeedChange(int rate, double speed)
    : m_stream(sonicCreateStream(rate, 1))
{
    if (!m_stream)
        throw std::bad_alloc();
    sonicSetSpeed(m_stream, static_cast<float>(speed));
}

SpeedChange::~SpeedChange()
{
    sonicDestroyStream(m_stream);
}

std::string SpeedChange::changed(std::string_view samples)
{
    std::string aligned(samples); // the library reads whole numbers and may not be handed a const
    const int count = static_cast<int>(aligned.size() / sizeof(short));
    if (!sonicWriteShortToStream(m_stream, reinterpret_cast<short *>(aligned.data()), count))
        throw std::bad_alloc();
    return ready();
}

std::string SpeedChange::rest()
{
    if (!sonicFlushStream(m_stream))
        throw std::bad_alloc();
    return ready();
}

std::string SpeedChange::ready()
{
    const int count = sonicSamplesAvailable(m_stream);
    std::string samples(static_cast<std::size_t>(count) * sizeof(short), '\0');
    sonicReadShortFromStream(m_stream, reinterpret_cast<short *>(samples.data()), count);
    return samples;
}

} // namespace Gateway
