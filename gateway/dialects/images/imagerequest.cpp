#include "gateway/dialects/images/imagerequest.h"

#include <algorithm>
#include <span>

#include "gateway/dialects/chatrequestfields.h"
#include "gateway/dialects/contentparts.h"
#include "gateway/dialects/images/imagepictures.h"
#include "gateway/dialects/modelfamily.h"
#include "gateway/dialects/modelname.h"

namespace Gateway {

namespace {

constexpr std::int64_t MOST_PICTURES = 10; // in one answer
constexpr std::int64_t MOST_DRAFTS = 3;

/// Members for which Gemini has nothing and whose loss would change what is made.
constexpr std::string_view UNSUPPORTED[] = {"markup", "svg", "frame_count", "frame_duration_ms"};
/// Members that only tune what is made.
constexpr std::string_view TUNING[] = {"output_compression", "input_fidelity", "complexity"};

constexpr std::string_view QUALITIES[] = {"auto", "low", "medium", "high", "xhigh", "max", "standard", "hd"};
constexpr std::string_view BACKGROUNDS[] = {"auto", "opaque", "transparent"};
constexpr std::string_view FORMATS[] = {"png", "jpeg", "webp", "gif", "svg"};
constexpr std::string_view STYLES[] = {"vivid", "natural"};
constexpr std::string_view MODERATIONS[] = {"auto", "low"};
constexpr std::string_view RESPONSE_FORMATS[] = {"b64_json", "url"};

constexpr std::string_view SETTABLE_HARMS[] = {"HARASSMENT", "HATE_SPEECH", "SEXUALLY_EXPLICIT",
                                               "DANGEROUS_CONTENT"};

constexpr std::string_view VARIATION =
    "Make a variation of this picture: the same subject in the same style, seen and composed anew.";
constexpr std::string_view MASK =
    "The last picture is a mask of the first one. Change the first picture only "
    "where the mask is transparent or blank, and keep all else as it is.";

std::string_view styleSentence(std::string_view style)
{
    if (style == "vivid")
        return "Style: vivid, hyper-real and dramatic.";
    return style == "natural" ? "Style: natural, less hyper-real." : "";
}

Result<std::string_view> wordField(const json::object &body, std::string_view name,
                                   std::span<const std::string_view> words)
{
    const JsonPath root;
    Result<std::string_view> word = textField(body, name, root);
    if (!word || word->empty() || std::ranges::find(words, *word) != words.end())
        return word;
    std::string list;
    for (const std::string_view known : words) {
        list += list.empty() ? "'" : ", '";
        list += known;
        list += '\'';
    }
    return refuse(JsonPath(root, name), "must be one of " + list + ".");
}

Result<std::int64_t> countField(const json::object &body, std::string_view name, std::int64_t least,
                                std::int64_t most)
{
    const JsonPath root;
    const Result<std::optional<std::int64_t>> number = wholeField(body, name, root);
    if (!number)
        return fail(number.error());
    if (number->value_or(least) < least || number->value_or(least) > most)
        return refuse(JsonPath(root, name), "must be a whole number from " + std::to_string(least) + " to " +
                                                std::to_string(most) + ".");
    return number->value_or(least);
}

tl::unexpected<Error> refuseAsked(std::string_view name, std::string_view what)
{
    const JsonPath root;
    return refuse(JsonPath(root, name), what, "unsupported_value");
}

} // namespace

Result<ImageRequest> ImageRequest::read(ImageCall call, const json::object &body, std::string_view model)
{
    ImageRequest request;
    request.m_options.call = call;
    request.m_options.model = model;
    for (const auto step : {&ImageRequest::readOptions, &ImageRequest::readWords, &ImageRequest::readShape,
                            &ImageRequest::write}) {
        if (Result<void> done = (request.*step)(body); !done)
            return fail(std::move(done.error()));
    }
    return request;
}

Result<void> ImageRequest::readOptions(const json::object &body)
{
    const JsonPath root;
    const Result<std::string_view> model = textField(body, "model", root);
    if (!model)
        return fail(model.error());
    if (m_options.model.empty())
        m_options.model = modelIdOf(*model);
    if (m_options.model.empty() && !model->empty())
        return refuse(JsonPath(root, "model"), "is not the name of a model.");
    const Result<std::int64_t> count = countField(body, "n", 1, MOST_PICTURES);
    if (!count)
        return fail(count.error());
    m_options.count = static_cast<int>(*count);
    const Result<bool> stream = flagField(body, "stream", root);
    if (!stream)
        return fail(stream.error());
    m_options.isStream = *stream;
    if (*stream && *count > 1)
        return refuseAsked("n", "must be 1 with 'stream': one picture is streamed at a time.");
    const Result<std::int64_t> drafts = countField(body, "partial_images", 0, MOST_DRAFTS);
    if (!drafts)
        return fail(drafts.error());
    m_options.drafts = static_cast<int>(*drafts);
    return {};
}

Result<void> ImageRequest::readWords(const json::object &body)
{
    for (const std::string_view name : UNSUPPORTED) {
        if (givenField(body, name))
            return refuse(JsonPath(JsonPath(), name), "cannot be honoured: Gemini has nothing like it.",
                          "unsupported_parameter");
    }
    const Result<std::string_view> background = wordField(body, "background", BACKGROUNDS);
    const Result<std::string_view> format = wordField(body, "output_format", FORMATS);
    const Result<std::string_view> style = wordField(body, "style", STYLES);
    const Result<std::string_view> moderation = wordField(body, "moderation", MODERATIONS);
    const Result<std::string_view> response = wordField(body, "response_format", RESPONSE_FORMATS);
    for (const auto *word : {&background, &format, &style, &moderation, &response}) {
        if (!*word)
            return fail(word->error());
    }
    if (*background == "transparent")
        return refuseAsked("background", "cannot be 'transparent': Gemini's pictures have no transparency.");
    if (*format == "gif" || *format == "svg")
        return refuseAsked("output_format", "must be 'png', 'jpeg' or 'webp': Gemini makes nothing else.");
    if (*response == "url" && m_options.isStream)
        return refuseAsked("response_format", "must be 'b64_json' with 'stream'.");
    if (*format == "jpeg" || *format == "webp")
        ignore("output_format"); // Gemini chooses; the answer tells
    for (const std::string_view name : TUNING) {
        if (givenField(body, name))
            ignore(name);
    }
    m_style = *style;
    m_isLenient = *moderation == "low";
    return {};
}

/// A size in pixels says how large the picture is to be; where there is none, the quality does. Models before
/// Gemini 3 know one size only.
Result<void> ImageRequest::readShape(const json::object &body)
{
    const JsonPath root;
    const Result<std::string_view> size = textField(body, "size", root);
    if (!size)
        return fail(size.error());
    const std::optional<ImageShape> shape = shapeOf(*size);
    if (!shape)
        return refuse(JsonPath(root, "size"), "must be 'auto' or a width and height such as '1536x1024'.");
    const Result<std::string_view> quality = wordField(body, "quality", QUALITIES);
    if (!quality)
        return fail(quality.error());
    m_options.size = *size;
    m_options.quality = *quality;
    m_shape = *shape;
    const bool takesSize = ModelFamily::of(m_options.model).thinking == ModelFamily::Thinking::Level;
    const std::string_view ofQuality = imageSizeOfQuality(*quality);
    if (m_shape.ratio.empty())
        m_shape.size = ofQuality;
    if (!takesSize)
        m_shape.size = {};
    if (!ofQuality.empty() && m_shape.size != ofQuality)
        ignore("quality");
    return {};
}

Result<void> ImageRequest::write(const json::object &body)
{
    m_draft.text() = R"({"contents":[{"role":"user","parts":[)";
    UserParts sink(m_draft);
    ContentParts parts(m_draft, sink);
    bool hasMask = false;
    if (m_options.call != ImageCall::Generation) {
        ImagePictures reader(parts);
        if (Result<void> done = reader.write(body, m_options.call); !done)
            return done;
        hasMask = reader.hasMask();
        if (reader.namesFiles() && m_options.count > 1)
            return refuseAsked("n", "must be 1 for a picture that is named by 'file_id'.");
    }
    if (Result<void> done = writePrompt(body, parts, hasMask); !done)
        return done;
    writeConfig();
    return {};
}

Result<void> ImageRequest::writePrompt(const json::object &body, ContentParts &parts, bool hasMask)
{
    if (m_options.call == ImageCall::Variation) {
        parts.writeText(VARIATION);
        return {};
    }
    const JsonPath root;
    const Result<std::string_view> prompt = neededText(body, "prompt", root);
    if (!prompt)
        return fail(prompt.error());
    if (prompt->empty())
        return refuse(JsonPath(root, "prompt"), "must not be empty.");
    std::string text(*prompt);
    for (const std::string_view sentence : {hasMask ? MASK : "", styleSentence(m_style)}) {
        if (!sentence.empty())
            text.append("\n\n").append(sentence);
    }
    parts.writeText(text);
    return {};
}

/// Words are asked for beside the picture: some models make none without, and a model that will not draw
/// says why.
void ImageRequest::writeConfig()
{
    std::string &out = m_draft.text();
    out += R"(]}],"generationConfig":{"responseModalities":["TEXT","IMAGE"])";
    if (!m_shape.ratio.empty() || !m_shape.size.empty()) {
        out += R"(,"imageConfig":{)";
        if (!m_shape.ratio.empty())
            out.append(R"("aspectRatio":")").append(m_shape.ratio).append("\"");
        if (!m_shape.size.empty())
            out.append(m_shape.ratio.empty() ? "" : ",")
                .append(R"("imageSize":")")
                .append(m_shape.size)
                .append("\"");
        out += '}';
    }
    out += '}';
    if (m_isLenient) {
        out += R"(,"safetySettings":[)";
        for (const std::string_view harm : SETTABLE_HARMS)
            out.append(out.back() == '[' ? "" : ",")
                .append(R"({"category":"HARM_CATEGORY_)")
                .append(harm)
                .append(R"(","threshold":"BLOCK_ONLY_HIGH"})");
        out += ']';
    }
    out += '}';
}

void ImageRequest::ignore(std::string_view name)
{
    m_ignored += m_ignored.empty() ? "" : ", ";
    m_ignored += name;
}

} // namespace Gateway
