#include "gateway/dialects/audio/pcmpieces.h"

#include <algorithm>
#include <charconv>

#include "gateway/common/text.h"
#include "gateway/dialects/base64.h"

namespace Gateway {

namespace {

constexpr int USUAL_RATE = 24'000; // ai.google.dev/gemini-api/docs/speech-generation
constexpr int LEAST_RATE = 8'000;
constexpr int MOST_RATE = 192'000;

tl::unexpected<Error> noSpeech(const std::string &what)
{
    return fail(502, "bad_upstream_answer", "Gemini answered with audio that is no speech: " + what + '.');
}

/// "24000" of "audio/L16;codec=pcm;rate=24000".
int rateOf(std::string_view mime)
{
    constexpr std::string_view RATE = "rate=";
    for (const std::string &parameter : splitList(mime, ";")) {
        if (!startsWithIgnoreCase(parameter, RATE))
            continue;
        int rate = 0;
        const char *begin = parameter.data() + RATE.size();
        std::from_chars(begin, parameter.data() + parameter.size(), rate);
        return rate;
    }
    return USUAL_RATE;
}

std::uint32_t littleEndian(std::string_view bytes, std::size_t at, int count)
{
    std::uint32_t value = 0;
    for (int i = count; i-- > 0;)
        value = value << 8 | static_cast<unsigned char>(bytes[at + static_cast<std::size_t>(i)]);
    return value;
}

bool isPcm(std::string_view type)
{
    return equalsIgnoreCase(type, "audio/l16") || equalsIgnoreCase(type, "audio/pcm");
}

bool isWav(std::string_view type)
{
    return equalsIgnoreCase(type, "audio/wav") || equalsIgnoreCase(type, "audio/x-wav") ||
           equalsIgnoreCase(type, "audio/wave");
}

} // namespace

Result<void> PcmPieces::add(const json::object &inlineData)
{
    const std::string_view mime = stringAt(inlineData, "mimeType");
    const std::string_view type = trimmed(mime.substr(0, mime.find(';')));
    if (!isPcm(type) && !isWav(type))
        return noSpeech("its type is \"" + std::string(type) + '"');
    if (m_at > 0) {
        m_bytes.erase(0, m_at);
        m_at = 0;
    }
    const std::size_t from = m_bytes.size();
    if (!appendDecodedBase64(m_bytes, stringAt(inlineData, "data")))
        return noSpeech("it is not in base64");
    if (std::string_view(m_bytes).substr(from).starts_with("RIFF"))
        return addWav(from);
    const int rate = rateOf(mime);
    if (rate < LEAST_RATE || rate > MOST_RATE || (m_rate != 0 && rate != m_rate))
        return noSpeech("its rate is " + std::to_string(rate) + " Hz");
    m_rate = rate;
    return {};
}

/// RIFF: chunks of a name, a size and so many bytes, "fmt " before "data".
Result<void> PcmPieces::addWav(std::size_t from)
{
    constexpr std::size_t HEAD = 12;
    constexpr std::size_t CHUNK_HEAD = 8;
    constexpr std::size_t FORMAT = 16;
    const std::string_view file = std::string_view(m_bytes).substr(from);
    int rate = 0;
    for (std::size_t at = HEAD; at + CHUNK_HEAD <= file.size();) {
        const std::string_view name = file.substr(at, 4);
        const std::size_t size = littleEndian(file, at + 4, 4);
        const std::size_t content = at + CHUNK_HEAD;
        if (name == "fmt " && size >= FORMAT && content + FORMAT <= file.size()) {
            const bool isOneChannel = littleEndian(file, content + 2, 2) == 1;
            const bool isSixteenBits = littleEndian(file, content + 14, 2) == 16;
            rate = static_cast<int>(littleEndian(file, content + 4, 4));
            if (!isOneChannel || !isSixteenBits || rate < LEAST_RATE || rate > MOST_RATE)
                return noSpeech("it is a WAV file of another kind");
        } else if (name == "data" && rate != 0 && (m_rate == 0 || m_rate == rate)) {
            m_rate = rate;
            m_bytes.resize(from + content + std::min(size, file.size() - content));
            m_bytes.erase(from, content);
            return {};
        }
        at = content + std::min(size + size % 2, file.size());
    }
    return noSpeech("it is a broken WAV file");
}

std::string_view PcmPieces::take(std::size_t bytes)
{
    const std::string_view taken = std::string_view(m_bytes).substr(m_at, std::min(bytes, waiting()));
    m_at += taken.size();
    return taken;
}

} // namespace Gateway
