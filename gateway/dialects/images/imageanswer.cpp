#include "gateway/dialects/images/imageanswer.h"

#include <algorithm>
#include <array>

#include "gateway/dialects/geminianswer.h"

namespace Gateway {

namespace {

/// Finish reasons that tell of Google's safety system (ai.google.dev/api/generate-content#FinishReason).
constexpr auto SAFETY_REASONS =
    std::to_array<std::string_view>({"SAFETY", "PROHIBITED_CONTENT", "BLOCKLIST", "SPII", "RECITATION",
                                     "IMAGE_SAFETY", "IMAGE_PROHIBITED_CONTENT", "IMAGE_RECITATION"});

constexpr std::size_t LONGEST_QUOTE = 400;

bool isPicture(const GeminiPart &part)
{
    return part.kind == GeminiPart::Kind::InlineData &&
           stringAt(*part.object, "mimeType").starts_with("image/") &&
           !stringAt(*part.object, "data").empty();
}

DrawnPicture pictureOf(const json::object &inlineData)
{
    return {std::string(stringAt(inlineData, "mimeType")), std::string(stringAt(inlineData, "data"))};
}

/// tokenCount of the modality IMAGE in a *TokensDetails list, -1 without such a list.
std::int64_t imageTokens(const json::object &metadata, std::string_view name)
{
    const json::array *details = arrayAt(metadata, name);
    if (!details)
        return -1;
    std::int64_t count = 0;
    for (const json::value &entry : *details) {
        const json::object *object = entry.if_object();
        if (object && stringAt(*object, "modality") == "IMAGE")
            count += std::max<std::int64_t>(integerAt(*object, "tokenCount", 0), 0);
    }
    return count;
}

/// Cut where a character ends.
std::string quoted(std::string_view words)
{
    if (words.size() <= LONGEST_QUOTE)
        return std::string(words);
    std::size_t size = LONGEST_QUOTE;
    while (size > 0 && (static_cast<unsigned char>(words[size]) & 0xC0) == 0x80)
        --size;
    return std::string(words.substr(0, size)) + "…";
}

} // namespace

void ImageUsage::add(const ImageUsage &more)
{
    input += more.input;
    inputImage += more.inputImage;
    output += more.output;
    outputImage += more.outputImage;
}

void ImageUsage::appendTo(std::string &out) const
{
    const auto details = [&out](std::int64_t image, std::int64_t all) {
        out += "{\"image_tokens\":" + std::to_string(image);
        out += ",\"text_tokens\":" + std::to_string(std::max<std::int64_t>(all - image, 0)) + '}';
    };
    out += "{\"input_tokens\":" + std::to_string(input) + ",\"input_tokens_details\":";
    details(inputImage, input);
    out += ",\"output_tokens\":" + std::to_string(output) + ",\"output_tokens_details\":";
    details(outputImage, output);
    out += ",\"total_tokens\":" + std::to_string(input + output) + '}';
}

Result<void> ImageAnswer::read(std::string_view geminiJson, const OnDraft &onDraft)
{
    GeminiAnswer gemini;
    if (Result<void> done = gemini.read(geminiJson); !done)
        return done;
    if (gemini.usage())
        readUsage(*gemini.usage());
    if (!gemini.blockReason().empty()) {
        m_isBlocked = true;
        m_finish = gemini.blockReason();
        m_finishMessage = gemini.blockMessage();
    }
    if (!gemini.candidates() || gemini.candidates()->empty())
        return {};
    const GeminiCandidate candidate = GeminiCandidate::read(gemini.candidates()->front());
    if (!candidate.finishReason.empty()) {
        m_finish = candidate.finishReason;
        m_finishMessage = candidate.finishMessage;
    }
    for (std::size_t i = 0; candidate.parts && i < candidate.parts->size(); ++i)
        readPart((*candidate.parts)[i], onDraft);
    return {};
}

/// Of several pictures the first is the answer: one was asked for.
void ImageAnswer::readPart(const json::value &part, const OnDraft &onDraft)
{
    const GeminiPart read = GeminiPart::read(part);
    if (read.kind == GeminiPart::Kind::Text && !read.isThought)
        m_words += read.text;
    if (!isPicture(read))
        return;
    if (read.isThought) {
        if (onDraft)
            onDraft(pictureOf(*read.object));
    } else if (m_picture.data.empty()) {
        m_picture = pictureOf(*read.object);
    }
}

void ImageAnswer::readUsage(const json::object &metadata)
{
    GeminiUsage usage;
    usage.counts = m_tokens;
    usage.read(metadata);
    m_tokens = usage.counts;
    m_usage.input = usage.input();
    m_usage.output = usage.output();
    const std::int64_t inputImage = imageTokens(metadata, "promptTokensDetails");
    const std::int64_t outputImage = imageTokens(metadata, "candidatesTokensDetails");
    if (inputImage >= 0)
        m_usage.inputImage = inputImage;
    // Where nothing tells the kinds apart, the output is the picture.
    m_usage.outputImage = outputImage >= 0 ? outputImage : std::max<std::int64_t>(m_tokens.candidates, 0);
}

Result<void> ImageAnswer::check() const
{
    if (!m_picture.data.empty())
        return {};
    const std::string reason = m_finish.empty() ? std::string() : " (" + m_finish + ')';
    const std::string message = m_finishMessage.empty() ? "." : ": " + quoted(m_finishMessage);
    if (m_isBlocked || std::ranges::find(SAFETY_REASONS, m_finish) != SAFETY_REASONS.end())
        return fail(400, "moderation_blocked",
                    "The request was rejected by Gemini's safety system" + reason + message);
    if (!m_words.empty() && m_finish == "STOP")
        return fail(400, "no_image", "The model answered with words and no picture: " + quoted(m_words));
    return fail(502, "no_image", "Gemini ended without a picture" + reason + message);
}

} // namespace Gateway
