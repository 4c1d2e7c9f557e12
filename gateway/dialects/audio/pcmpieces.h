#pragma once

#include <string>
#include <string_view>

#include "gateway/common/json.h"

namespace Gateway {

/// Puts the pieces of Gemini's speech together: each an inlineData in base64, either samples alone
/// (`audio/L16;codec=pcm;rate=24000`, little-endian whatever RFC 2586 says) or a WAV file of them.
class PcmPieces
{
public:
    /// Takes one inlineData object. Fails with 502 "bad_upstream_answer" when it is no such audio.
    Result<void> add(const json::object &inlineData);

    /// Samples per second; 0 before the first piece.
    int rate() const { return m_rate; }
    /// Bytes of whole samples that wait.
    std::size_t waiting() const { return (m_bytes.size() - m_at) / 2 * 2; }
    /// The next samples, at most `bytes` (even). Valid until the next call.
    std::string_view take(std::size_t bytes);

private:
    Result<void> addWav(std::size_t from);

    std::string m_bytes; ///< May end in half a sample.
    std::size_t m_at = 0;
    int m_rate = 0;
};

} // namespace Gateway
