#include "gateway/dialects/audio/voices.h"

#include "gateway/common/text.h"

namespace Gateway {

namespace {

struct Voice
{
    std::string_view openAi;
    std::string_view gemini;
};

// By what both vendors say of them, and by how high they are.
constexpr Voice VOICES[] = {
    {"alloy", "Kore"},        // even, firm
    {"ash", "Iapetus"},       // clear
    {"ballad", "Algieba"},    // smooth
    {"cedar", "Achird"},      // friendly
    {"coral", "Sulafat"},     // warm
    {"echo", "Charon"},       // steady, informative
    {"fable", "Sadachbia"},   // lively, a teller of tales
    {"marin", "Aoede"},       // breezy, natural
    {"nova", "Autonoe"},      // bright
    {"onyx", "Algenib"},      // deep
    {"sage", "Vindemiatrix"}, // gentle
    {"shimmer", "Achernar"},  // soft
    {"verse", "Puck"},        // expressive
};

} // namespace

std::string_view geminiVoice(std::string_view name)
{
    for (const Voice &voice : VOICES) {
        if (equalsIgnoreCase(voice.openAi, name))
            return voice.gemini;
    }
    return name;
}

bool isMadeVoice(std::string_view name)
{
    return name.starts_with("voice_") || name.starts_with("voicekey_");
}

} // namespace Gateway
