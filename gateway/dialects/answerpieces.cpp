#include "gateway/dialects/answerpieces.h"

#include <algorithm>

#include "gateway/common/json.h"

namespace Gateway {

namespace {

void appendLowerCase(std::string &out, std::string_view text)
{
    for (const char letter : text)
        out += letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

/// A fence longer than any run of backticks in `code`, so that the code cannot end its block.
std::size_t fenceLength(std::string_view code)
{
    std::size_t longest = 2;
    std::size_t run = 0;
    for (const char letter : code) {
        run = letter == '`' ? run + 1 : 0;
        longest = std::max(longest, run);
    }
    return longest + 1;
}

void appendFenced(std::string &out, std::string_view language, std::string_view code, bool atStart)
{
    const std::size_t fence = fenceLength(code);
    if (!atStart)
        out += '\n';
    out.append(fence, '`');
    appendLowerCase(out, language);
    out += '\n';
    out += code;
    if (!code.ends_with('\n'))
        out += '\n';
    out.append(fence, '`');
    out += '\n';
}

void appendCode(std::string &out, const GeminiPart &part, bool atStart)
{
    const std::string_view language = stringAt(*part.object, "language");
    appendFenced(out, language == "LANGUAGE_UNSPECIFIED" ? std::string_view() : language,
                 stringAt(*part.object, "code"), atStart);
}

void appendCodeResult(std::string &out, const GeminiPart &part, bool atStart)
{
    const std::string_view outcome = stringAt(*part.object, "outcome");
    const std::string_view output = stringAt(*part.object, "output");
    const bool failed = !outcome.empty() && outcome != "OUTCOME_OK";
    appendFenced(out, failed ? outcome : std::string_view("text"), output, atStart);
}

/// A markdown image or, for other kinds of media, a link named by its type.
void appendMarkdownMedia(std::string &out, std::string_view type, std::string_view url, bool atStart)
{
    if (!atStart)
        out += "\n\n";
    if (type.starts_with("image/")) {
        out += "![image](";
    } else {
        out += '[';
        out += type.empty() ? std::string_view("file") : type;
        out += "](";
    }
    out += url;
    out += ')';
}

std::string dataUrl(std::string_view type, std::string_view base64)
{
    static constexpr std::string_view HEAD = "data:";
    static constexpr std::string_view MIDDLE = ";base64,";
    std::string url;
    url.reserve(HEAD.size() + type.size() + MIDDLE.size() + base64.size());
    url += HEAD;
    url += type;
    url += MIDDLE;
    url += base64;
    return url;
}

ChatPiece readMedia(const GeminiPart &part, bool imagesApart, bool atStart, std::string &scratch)
{
    using Kind = ChatPiece::Kind;
    if (part.isThought)
        return {};
    const bool isInline = part.kind == GeminiPart::Kind::InlineData;
    const std::string_view type = stringAt(*part.object, "mimeType");
    const std::string_view source = stringAt(*part.object, isInline ? "data" : "fileUri");
    if (source.empty())
        return {};
    if (isInline && type.starts_with("audio/"))
        return {Kind::Audio, source, true};
    std::string url = isInline ? dataUrl(type, source) : std::string(source);
    if (imagesApart && type.starts_with("image/")) {
        scratch = std::move(url);
        return {Kind::Image, scratch, true};
    }
    appendMarkdownMedia(scratch, type, url, atStart);
    return {Kind::Content, scratch, true};
}

} // namespace

ChatPiece readChatPiece(const GeminiPart &part, bool imagesApart, bool atStart, std::string &scratch)
{
    using Kind = ChatPiece::Kind;
    scratch.clear();
    switch (part.kind) {
    case GeminiPart::Kind::Text:
        if (part.text.empty())
            return {};
        return {part.isThought ? Kind::Reasoning : Kind::Content, part.text, false};
    case GeminiPart::Kind::Call:
        return {Kind::Call, {}, false};
    case GeminiPart::Kind::InlineData:
    case GeminiPart::Kind::FileData:
        return readMedia(part, imagesApart, atStart, scratch);
    case GeminiPart::Kind::Code:
        appendCode(scratch, part, atStart);
        return {part.isThought ? Kind::Reasoning : Kind::Content, scratch, true};
    case GeminiPart::Kind::CodeResult:
        appendCodeResult(scratch, part, atStart);
        return {part.isThought ? Kind::Reasoning : Kind::Content, scratch, true};
    case GeminiPart::Kind::Other:
        break;
    }
    return {};
}

} // namespace Gateway
