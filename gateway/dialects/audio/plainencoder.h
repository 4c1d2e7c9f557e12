#pragma once

#include "gateway/common/audiolibrary.h"

namespace Gateway {

/// Samples as they are, bare or behind a WAV head: what needs no library.
class PlainEncoder final : public AudioEncoder
{
public:
    /// Whether this can make it: WAV, or PCM of the rate that OpenAI's clients expect, at the speed it has.
    static bool makes(const AudioTarget &target);

    explicit PlainEncoder(const AudioTarget &target);

    Result<void> encode(std::string_view samples, std::string &out) override;
    Result<void> finish(std::string &out) override;

private:
    void begin(std::string &out);

    AudioTarget m_target;
    bool m_begun = false;
};

} // namespace Gateway
