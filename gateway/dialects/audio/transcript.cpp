#include "gateway/dialects/audio/transcript.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "gateway/common/json.h"
#include "gateway/common/text.h"

namespace Gateway {

namespace {

constexpr int LONGEST_FIELD = 9; // digits

/// The digits that `text` begins with, taken away from it.
std::string_view takeDigits(std::string_view &text)
{
    std::size_t count = 0;
    while (count < text.size() && text[count] >= '0' && text[count] <= '9')
        ++count;
    const std::string_view digits = text.substr(0, count);
    text.remove_prefix(count);
    return digits;
}

double numberOf(std::string_view digits)
{
    double number = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return number;
}

double fractionOf(std::string_view digits)
{
    double fraction = 0;
    double place = 0.1;
    for (const char digit : digits) {
        fraction += (digit - '0') * place;
        place /= 10;
    }
    return fraction;
}

std::optional<double> timeAt(const json::object &object, std::string_view name)
{
    const json::value *value = object.if_contains(name);
    if (!value)
        return std::nullopt;
    if (value->is_number()) {
        const auto number = value->to_number<double>();
        return number >= 0 ? std::optional(number) : std::nullopt;
    }
    return value->is_string() ? timeOf(value->get_string()) : std::nullopt;
}

struct Span
{
    double from = 0;
    double to = 0;
};

/// The times that `object` tells, brought into `limits`; one that it does not tell is the nearest possible.
Span spanOf(const json::object &object, Span limits)
{
    Span span;
    span.from = std::clamp(timeAt(object, "start").value_or(limits.from), limits.from, limits.to);
    span.to = std::clamp(timeAt(object, "end").value_or(span.from), span.from, limits.to);
    return span;
}

template <typename T>
void putInOrder(std::vector<T> &list)
{
    std::ranges::stable_sort(list, {}, &T::start);
    for (std::size_t i = 1; i < list.size(); ++i)
        list[i - 1].end = std::min(list[i - 1].end, std::max(list[i].start, list[i - 1].start));
}

TranscriptSegment segmentOf(const json::object &object, Span limits)
{
    const Span span = spanOf(object, limits);
    TranscriptSegment segment{std::string(trimmed(stringAt(object, "text"))),
                              span.from,
                              span.to,
                              std::string(trimmed(stringAt(object, "speaker"))),
                              {}};
    const json::array *words = arrayAt(object, "words");
    for (std::size_t i = 0; words && i < words->size(); ++i) {
        const json::object *word = (*words)[i].if_object();
        const std::string_view text = word ? trimmed(stringAt(*word, "word")) : std::string_view();
        if (text.empty())
            continue;
        const Span place = spanOf(*word, span);
        segment.words.push_back({std::string(text), place.from, place.to});
    }
    putInOrder(segment.words);
    return segment;
}

/// Chinese and Japanese have no blanks between words.
bool isJoined(std::string_view left, std::string_view right)
{
    const auto first = static_cast<unsigned char>(right.front());
    const bool isEastAsian = (first >= 0xe3 && first <= 0xe9) || first == 0xef;
    return isEastAsian && static_cast<unsigned char>(left.back()) >= 0x80;
}

} // namespace

std::optional<double> timeOf(std::string_view text)
{
    text = trimmed(text);
    double seconds = 0;
    for (int field = 0; field < 3; ++field) { // hours, minutes, seconds at most
        const std::string_view digits = takeDigits(text);
        if (digits.empty() || digits.size() > LONGEST_FIELD)
            return std::nullopt;
        // "01:02:500" is meant as minutes, seconds and thousandths.
        const bool isFraction = field == 2 && digits.size() == 3 && text.empty();
        seconds =
            isFraction ? seconds + fractionOf(digits) : seconds * (field == 0 ? 1 : 60) + numberOf(digits);
        if (text.empty())
            return seconds;
        const char mark = text.front();
        text.remove_prefix(1);
        if (mark == '.' || mark == ',') {
            const std::string_view fraction = takeDigits(text);
            const bool isWhole = text.empty() || text == "s";
            return isWhole && !fraction.empty() ? std::optional(seconds + fractionOf(fraction))
                                                : std::nullopt;
        }
        if (mark == 's' && text.empty() && field == 0)
            return seconds;
        if (mark != ':')
            return std::nullopt;
    }
    return std::nullopt;
}

Result<Transcript> Transcript::parse(std::string_view text, std::optional<double> duration)
{
    constexpr double ENDLESS = 1e6;
    const Result<json::object> parsed = parseJsonObject(text);
    const json::array *list = parsed ? arrayAt(*parsed, "segments") : nullptr;
    if (!list)
        return fail(502, "bad_upstream_answer", "Gemini's transcript is not in the form that was asked for.");
    Transcript transcript;
    transcript.language = trimmed(stringAt(*parsed, "language"));
    std::ranges::transform(transcript.language, transcript.language.begin(), [](char letter) {
        return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + ('a' - 'A')) : letter;
    });
    Span limits{0, duration.value_or(ENDLESS)};
    for (const json::value &entry : *list) {
        const json::object *object = entry.if_object();
        if (!object || trimmed(stringAt(*object, "text")).empty())
            continue;
        TranscriptSegment segment = segmentOf(*object, limits);
        // One without a time of its own begins where the one before it ends.
        if (!timeAt(*object, "start") && !transcript.segments.empty()) {
            segment.start = std::max(segment.start, transcript.segments.back().end);
            segment.end = std::max(segment.end, segment.start);
        }
        transcript.segments.push_back(std::move(segment));
    }
    putInOrder(transcript.segments);
    return transcript;
}

std::string Transcript::text() const
{
    std::string all;
    for (const TranscriptSegment &segment : segments) {
        if (!all.empty() && !isJoined(all, segment.text))
            all += ' ';
        all += segment.text;
    }
    return all;
}

} // namespace Gateway
