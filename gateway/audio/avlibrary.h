#pragma once

#include "gateway/common/audiolibrary.h"

namespace Gateway {

/// FFmpeg's codecs and containers.
class AvLibrary final : public AudioLibrary
{
public:
    AvLibrary();

    Result<std::unique_ptr<AudioEncoder>> encoder(const AudioTarget &target) const override;
    std::optional<double> duration(std::string_view file) const override;
};

} // namespace Gateway
