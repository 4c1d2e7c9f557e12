#include "gateway/dialects/audio/plainencoder.h"

namespace Gateway {

namespace {

constexpr int OPENAI_RATE = 24'000;           // platform.openai.com/docs/guides/text-to-speech: of "pcm"
constexpr std::uint32_t ENDLESS = 0xffffffff; // players then read to the end

void appendNumber(std::string &out, std::uint32_t value, int bytes)
{
    for (int i = 0; i < bytes; ++i)
        out += static_cast<char>(value >> (8 * i));
}

void appendWavHead(std::string &out, std::uint32_t rate)
{
    out += "RIFF";
    appendNumber(out, ENDLESS, 4);
    out += "WAVEfmt ";
    appendNumber(out, 16, 4); // what follows up to "data"
    appendNumber(out, 1, 2);  // PCM
    appendNumber(out, 1, 2);  // channels
    appendNumber(out, rate, 4);
    appendNumber(out, rate * 2, 4); // bytes a second
    appendNumber(out, 2, 2);        // bytes a sample
    appendNumber(out, 16, 2);       // bits a sample
    out += "data";
    appendNumber(out, ENDLESS, 4);
}

} // namespace

bool PlainEncoder::makes(const AudioTarget &target)
{
    if (target.speed != 1)
        return false;
    return target.format == AudioFormat::Wav ||
           (target.format == AudioFormat::Pcm && target.rate == OPENAI_RATE);
}

PlainEncoder::PlainEncoder(const AudioTarget &target)
    : m_target(target)
{
}

void PlainEncoder::begin(std::string &out)
{
    if (!m_begun && m_target.format == AudioFormat::Wav)
        appendWavHead(out, static_cast<std::uint32_t>(m_target.rate));
    m_begun = true;
}

Result<void> PlainEncoder::encode(std::string_view samples, std::string &out)
{
    begin(out);
    out += samples;
    return {};
}

Result<void> PlainEncoder::finish(std::string &out)
{
    begin(out);
    return {};
}

} // namespace Gateway
