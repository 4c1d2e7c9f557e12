#include "gateway/dialects/audio/transcriptwriters.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include <zlib.h>

#include "gateway/common/json.h"

namespace Gateway {

namespace {

/// "01:02:03,500" with `mark` before the thousandths.
std::string clockOf(double seconds, char mark)
{
    const auto ms = static_cast<long long>(std::llround(seconds * 1000));
    char text[40];
    std::snprintf(text, sizeof(text), "%02lld:%02lld:%02lld%c%03lld", ms / 3'600'000, ms / 60'000 % 60,
                  ms / 1000 % 60, mark, ms % 1000);
    return text;
}

/// To the millisecond.
std::string numberOf(double seconds)
{
    char text[40];
    std::snprintf(text, sizeof(text), "%.3f", seconds);
    std::string number = text;
    number.erase(number.find_last_not_of('0') + 1);
    if (number.ends_with('.'))
        number += '0';
    return number;
}

/// A cue ends at an empty line.
std::string cueText(const std::string &text)
{
    std::string lines = text;
    for (std::size_t at = lines.find("\n\n"); at != std::string::npos; at = lines.find("\n\n", at))
        lines.erase(at, 1);
    return lines;
}

/// How well the text packs, as Whisper tells it: text that repeats itself packs well.
double compressionRatio(const std::string &text)
{
    uLongf size = compressBound(static_cast<uLong>(text.size()));
    std::string packed(size, '\0');
    const int done = compress(reinterpret_cast<Bytef *>(packed.data()), &size,
                              reinterpret_cast<const Bytef *>(text.data()), static_cast<uLong>(text.size()));
    return done == Z_OK && size > 0 ? static_cast<double>(text.size()) / static_cast<double>(size) : 0;
}

std::string times(double start, double end)
{
    return "\"start\":" + numberOf(start) + ",\"end\":" + numberOf(end);
}

std::string verboseSegment(const TranscriptSegment &segment, std::size_t id, double temperature)
{
    std::string out = "{\"id\":" + std::to_string(id) + ",\"seek\":0," + times(segment.start, segment.end);
    out += ",\"text\":";
    appendJsonString(out, segment.text);
    return out + ",\"tokens\":[],\"temperature\":" + numberOf(temperature) +
           ",\"avg_logprob\":0.0,\"compression_ratio\":" + numberOf(compressionRatio(segment.text)) +
           ",\"no_speech_prob\":0.0}";
}

std::string speakerSegment(const Transcript &transcript, std::size_t index)
{
    const TranscriptSegment &segment = transcript.segments[index];
    std::string id = std::to_string(index + 1);
    id.insert(0, 3 - std::min<std::size_t>(id.size(), 3), '0');
    std::string out = R"({"type":"transcript.text.segment","id":"seg_)" + id + "\"," +
                      times(segment.start, segment.end) + ",\"speaker\":";
    appendJsonString(out, segment.speaker);
    out += ",\"text\":";
    appendJsonString(out, segment.text);
    return out + '}';
}

} // namespace

std::string srtOf(const Transcript &transcript)
{
    std::string out;
    for (std::size_t i = 0; i < transcript.segments.size(); ++i) {
        const TranscriptSegment &segment = transcript.segments[i];
        out += std::to_string(i + 1) + '\n' + clockOf(segment.start, ',') + " --> " +
               clockOf(segment.end, ',') + '\n' + cueText(segment.text) + "\n\n";
    }
    return out;
}

std::string vttOf(const Transcript &transcript)
{
    std::string out = "WEBVTT\n\n";
    for (const TranscriptSegment &segment : transcript.segments) {
        std::string text;
        for (const char letter : cueText(segment.text)) { // w3.org/TR/webvtt1, 4.2.2
            if (letter == '&')
                text += "&amp;";
            else if (letter == '<')
                text += "&lt;";
            else if (letter == '>')
                text += "&gt;";
            else
                text += letter;
        }
        out += clockOf(segment.start, '.') + " --> " + clockOf(segment.end, '.') + '\n' + text + "\n\n";
    }
    return out;
}

std::string verboseJsonOf(const Transcript &transcript, const VerboseParts &parts)
{
    std::string out = "{\"task\":\"";
    out += parts.isTranslation ? "translate" : "transcribe";
    out += "\",\"language\":";
    appendJsonString(out, parts.isTranslation ? std::string_view("english") : transcript.language);
    out += ",\"duration\":" + numberOf(parts.duration) + ",\"text\":";
    appendJsonString(out, transcript.text());
    if (parts.hasSegments) {
        out += ",\"segments\":[";
        for (std::size_t i = 0; i < transcript.segments.size(); ++i)
            out += (i > 0 ? "," : "") + verboseSegment(transcript.segments[i], i, parts.temperature);
        out += ']';
    }
    if (parts.hasWords) {
        out += ",\"words\":[";
        bool isFirst = true;
        for (const TranscriptSegment &segment : transcript.segments) {
            for (const TranscriptWord &word : segment.words) {
                out += isFirst ? "{\"word\":" : ",{\"word\":";
                isFirst = false;
                appendJsonString(out, word.text);
                out += ',' + times(word.start, word.end) + '}';
            }
        }
        out += ']';
    }
    const auto seconds = static_cast<long long>(std::ceil(parts.duration));
    return out + R"(,"usage":{"type":"duration","seconds":)" + std::to_string(seconds) + "}}";
}

std::string diarizedJsonOf(const Transcript &transcript, double duration, const GeminiUsage &usage)
{
    std::string out = R"({"task":"transcribe","duration":)" + numberOf(duration) + ",\"text\":";
    appendJsonString(out, transcript.text());
    out += ",\"segments\":[";
    for (std::size_t i = 0; i < transcript.segments.size(); ++i)
        out += (i > 0 ? "," : "") + speakerSegment(transcript, i);
    return out + "],\"usage\":" + tokenUsageOf(usage) + '}';
}

std::string segmentEventOf(const Transcript &transcript, std::size_t index)
{
    return "data: " + speakerSegment(transcript, index) + "\n\n";
}

std::string tokenUsageOf(const GeminiUsage &usage)
{
    const std::int64_t input = usage.input();
    const std::int64_t output = usage.output();
    const std::int64_t audio = std::clamp<std::int64_t>(usage.promptAudio, 0, input);
    return R"({"type":"tokens","input_tokens":)" + std::to_string(input) +
           R"(,"input_token_details":{"text_tokens":)" + std::to_string(input - audio) +
           ",\"audio_tokens\":" + std::to_string(audio) + "},\"output_tokens\":" + std::to_string(output) +
           ",\"total_tokens\":" + std::to_string(input + output) + '}';
}

} // namespace Gateway
