// POST /v1/images/generations, /v1/images/edits and /v1/images/variations.
#include "gateway/dialects/images/images.h"

#include <charconv>
#include <optional>
#include <utility>

#include "gateway/dialects/errors.h"
#include "gateway/dialects/images/imageanswer.h"
#include "gateway/dialects/images/imagerequest.h"
#include "gateway/dialects/images/picturesize.h"

namespace Gateway {

namespace {

constexpr std::string_view AUTO = "auto";

/// "image/png" → "png": OpenAI's word for it, where it has one.
std::string_view formatOf(std::string_view mime)
{
    const std::size_t slash = mime.find('/');
    return slash == std::string_view::npos ? mime : mime.substr(slash + 1);
}

/// What is told of a picture beside it.
struct PictureFacts
{
    ImageUsage usage;
    std::string format; ///< "png"
    std::string size;   ///< "1024x1024", empty when unknown.
};

/// A part's answer: a line of facts, then the entry of `data`.
std::string pieceOf(const PictureFacts &facts, std::string_view item)
{
    std::string piece;
    const ImageUsage &usage = facts.usage;
    for (const std::int64_t count : {usage.input, usage.inputImage, usage.output, usage.outputImage})
        piece += std::to_string(count) + ' ';
    piece += facts.format + ' ' + facts.size + '\n';
    return piece.append(item);
}

std::string_view cutWord(std::string_view &line)
{
    const std::size_t end = std::min(line.find(' '), line.size());
    const std::string_view word = line.substr(0, end);
    line.remove_prefix(std::min(end + 1, line.size()));
    return word;
}

PictureFacts factsOf(std::string_view line)
{
    PictureFacts facts;
    ImageUsage &usage = facts.usage;
    for (std::int64_t *count : {&usage.input, &usage.inputImage, &usage.output, &usage.outputImage}) {
        const std::string_view word = cutWord(line);
        std::from_chars(word.data(), word.data() + word.size(), *count);
    }
    facts.format = cutWord(line);
    facts.size = line;
    return facts;
}

class OpenAiImages final : public Translation
{
public:
    using Request = std::shared_ptr<ImageRequest>;

    OpenAiImages(Request request, TranslationContext context, bool isPart)
        : m_request(std::move(request))
        , m_context(std::move(context))
        , m_isPart(isPart)
    {
    }

    const std::string &model() const override { return options().model; }
    std::string_view method() const override { return "generateContent"; }
    std::string_view name() const override;
    bool isStream() const override { return options().isStream; }
    bool isChat() const override { return false; }
    const std::vector<std::string> &wantedSignatures() const override { return m_nothing; }
    const std::vector<std::string> &wantedMedia() const override { return m_request->draft().wantedMedia(); }
    std::string ignored() const override { return m_request->ignored(); }
    Result<std::string> geminiBody(const TranslationInputs &inputs) override;
    /// Gemini draws one picture at a time.
    std::vector<std::unique_ptr<Translation>> takeParts() override;

    void restart() override
    {
        m_answer = {};
        m_draftsTold = 0;
    }
    Result<std::string> answer(std::string_view geminiJson) override;
    std::string joined(const std::vector<std::string> &pieces, const TokenCounts &tokens) override;
    Result<void> event(std::string_view geminiJson, std::string &out) override;
    Result<void> finish(std::string &out) override;
    void breakOff(const Error &error, std::string &out) override;

    const TokenCounts &tokens() const override { return m_answer.tokens(); }
    std::vector<std::pair<std::string, std::string>> takeSignatures() override { return {}; }

private:
    const ImageOptions &options() const { return m_request->options(); }
    std::string eventHead(std::string_view kind, const DrawnPicture &picture) const;
    PictureFacts facts() const;

    Request m_request; ///< Shared by the parts of one call.
    TranslationContext m_context;
    bool m_isPart;
    ImageAnswer m_answer;
    int m_draftsTold = 0;
    std::vector<std::string> m_nothing;
};

std::string_view OpenAiImages::name() const
{
    switch (options().call) {
    case ImageCall::Edit:
        return "images.edits";
    case ImageCall::Variation:
        return "images.variations";
    case ImageCall::Generation:
        break;
    }
    return "images.generations";
}

/// A part's is a copy, made when its turn comes: ten parts with large pictures never wait in memory at once.
Result<std::string> OpenAiImages::geminiBody(const TranslationInputs &inputs)
{
    if (!m_isPart)
        return m_request->draft().finish(inputs);
    RequestDraft draft = std::as_const(*m_request).draft();
    return draft.finish(inputs);
}

std::vector<std::unique_ptr<Translation>> OpenAiImages::takeParts()
{
    std::vector<std::unique_ptr<Translation>> parts;
    for (int i = 0; options().count > 1 && i < options().count; ++i)
        parts.push_back(std::make_unique<OpenAiImages>(m_request, m_context, true));
    return parts;
}

PictureFacts OpenAiImages::facts() const
{
    const DrawnPicture &picture = m_answer.picture();
    return {m_answer.usage(), std::string(formatOf(picture.mime)), pictureSize(picture.data)};
}

Result<std::string> OpenAiImages::answer(std::string_view geminiJson)
{
    restart();
    Result<void> done = m_answer.read(geminiJson);
    if (done)
        done = m_answer.check();
    if (!done)
        return fail(std::move(done.error()));
    std::string item = "{\"b64_json\":";
    appendJsonString(item, m_answer.picture().data);
    if (!m_answer.words().empty())
        appendJsonMember(item, "revised_prompt", m_answer.words());
    item += '}';
    std::string piece = pieceOf(facts(), item);
    return m_isPart ? piece : joined({std::move(piece)}, m_answer.tokens());
}

std::string OpenAiImages::joined(const std::vector<std::string> &pieces, const TokenCounts &)
{
    std::string data;
    PictureFacts all;
    for (const std::string &piece : pieces) {
        const std::size_t lineEnd = piece.find('\n');
        PictureFacts facts = factsOf(std::string_view(piece).substr(0, lineEnd));
        facts.usage.add(all.usage);
        all = std::move(facts);
        data += data.empty() ? "" : ",";
        data.append(piece, lineEnd + 1);
    }
    std::string out = "{\"created\":" + std::to_string(m_context.createdSeconds);
    out += R"(,"background":"opaque","data":[)" + data + ']';
    appendJsonMember(out, "output_format", all.format);
    if (const std::string &quality = options().quality; !quality.empty() && quality != AUTO)
        appendJsonMember(out, "quality", quality);
    if (!all.size.empty())
        appendJsonMember(out, "size", all.size);
    out += ",\"usage\":";
    all.usage.appendTo(out);
    return out + '}';
}

/// The event up to the members that only its kind has.
std::string OpenAiImages::eventHead(std::string_view kind, const DrawnPicture &picture) const
{
    std::string type = options().call == ImageCall::Generation ? "image_generation." : "image_edit.";
    type += kind;
    std::string out = "event: " + type + "\ndata: {\"type\":";
    appendJsonString(out, type);
    appendJsonMember(out, "b64_json", picture.data);
    out += ",\"created_at\":" + std::to_string(m_context.createdSeconds);
    const std::string size = pictureSize(picture.data);
    appendJsonMember(out, "size", size.empty() ? AUTO : std::string_view(size));
    appendJsonMember(out, "quality", options().quality.empty() ? AUTO : std::string_view(options().quality));
    appendJsonMember(out, "background", "opaque");
    appendJsonMember(out, "output_format", formatOf(picture.mime));
    return out;
}

Result<void> OpenAiImages::event(std::string_view geminiJson, std::string &out)
{
    return m_answer.read(geminiJson, [this, &out](const DrawnPicture &draft) {
        if (m_draftsTold == options().drafts)
            return;
        out += eventHead("partial_image", draft);
        out += ",\"partial_image_index\":" + std::to_string(m_draftsTold++) + "}\n\n";
    });
}

Result<void> OpenAiImages::finish(std::string &out)
{
    if (Result<void> done = m_answer.check(); !done)
        return done;
    out += eventHead("completed", m_answer.picture()) + ",\"usage\":";
    m_answer.usage().appendTo(out);
    out += "}\n\n";
    return {};
}

void OpenAiImages::breakOff(const Error &error, std::string &out)
{
    const std::string body = errorBody(Dialect::OpenAi, error);
    out += isStream() ? "event: error\ndata: " + body + "\n\n" : body;
}

Result<std::unique_ptr<Translation>> translationOf(ImageCall call, std::string_view body,
                                                   const TranslationContext &context)
{
    json::monotonic_resource memory;
    const Result<json::object> parsed = parseJsonObject(body, &memory);
    if (!parsed)
        return fail(parsed.error());
    Result<ImageRequest> request = ImageRequest::read(call, *parsed, context.formModel);
    if (!request)
        return fail(std::move(request.error()));
    return std::make_unique<OpenAiImages>(std::make_shared<ImageRequest>(std::move(*request)), context,
                                          false);
}

} // namespace

Result<std::unique_ptr<Translation>> openAiImageGeneration(std::string_view body,
                                                           const TranslationContext &context)
{
    return translationOf(ImageCall::Generation, body, context);
}

Result<std::unique_ptr<Translation>> openAiImageEdit(std::string_view body, const TranslationContext &context)
{
    return translationOf(ImageCall::Edit, body, context);
}

Result<std::unique_ptr<Translation>> openAiImageVariation(std::string_view body,
                                                          const TranslationContext &context)
{
    return translationOf(ImageCall::Variation, body, context);
}

} // namespace Gateway
