#include "gateway/audio/avlibrary.h"

#include "gateway/audio/avduration.h"
#include "gateway/audio/avencoder.h"

extern "C" {
#include <libavutil/log.h>
}

namespace Gateway {

AvLibrary::AvLibrary()
{
    av_log_set_level(AV_LOG_QUIET); // its failures are told by its callers
}

Result<std::unique_ptr<AudioEncoder>> AvLibrary::encoder(const AudioTarget &target) const
{
    return AvEncoder::make(target);
}

std::optional<double> AvLibrary::duration(std::string_view file) const
{
    return avDuration(file);
}

} // namespace Gateway
