#include "gateway/dialects/requestdraft.h"

#include <algorithm>

#include "gateway/common/json.h"
#include "gateway/dialects/base64.h"

namespace Gateway {

namespace {

void addOnce(std::vector<std::string> &list, std::string_view text)
{
    if (std::find(list.begin(), list.end(), text) == list.end())
        list.emplace_back(text);
}

/// The medium's own type, or what its first bytes tell when a server called it nothing in particular.
std::string_view mimeOf(const FetchedMedia &media)
{
    struct Mark
    {
        std::string_view bytes;
        std::string_view mime;
    };
    static constexpr Mark MARKS[] = {
        {"\x89PNG", "image/png"},
        {"\xff\xd8\xff", "image/jpeg"},
        {"GIF8", "image/gif"},
        {"%PDF", "application/pdf"},
    };
    std::string_view mime = media.mimeType;
    mime = mime.substr(0, mime.find(';'));
    while (!mime.empty() && mime.back() == ' ')
        mime.remove_suffix(1);
    if (!mime.empty() && mime != "application/octet-stream" && mime != "binary/octet-stream")
        return mime == "image/jpg" ? "image/jpeg" : mime;
    const std::string_view bytes = media.bytes;
    for (const Mark &mark : MARKS) {
        if (bytes.starts_with(mark.bytes))
            return mark.mime;
    }
    if (bytes.starts_with("RIFF") && bytes.substr(0, 12).ends_with("WEBP"))
        return "image/webp";
    return "application/octet-stream";
}

} // namespace

void RequestDraft::addSignatureHole(std::string_view callId, std::string_view otherwise,
                                    std::string_view print)
{
    m_holes.push_back(
        {m_text.size(), false, std::string(callId), std::string(print), std::string(otherwise)});
    for (const std::string_view key : {callId, print}) {
        if (!key.empty())
            addOnce(m_wantedSignatures, key);
    }
}

void RequestDraft::addMediaHole(std::string_view url, std::string_view param)
{
    m_holes.push_back({m_text.size(), true, std::string(url), {}, std::string(param)});
    addOnce(m_wantedMedia, url);
}

Result<void> RequestDraft::fill(std::string &out, const Hole &hole, const TranslationInputs &inputs)
{
    if (!hole.media) {
        auto found = inputs.signatures.find(hole.key);
        if (found == inputs.signatures.end())
            found = inputs.signatures.find(hole.print);
        const std::string &signature = found == inputs.signatures.end() ? hole.extra : found->second;
        if (signature.empty())
            return {};
        out += ",\"thoughtSignature\":";
        appendJsonString(out, signature);
        return {};
    }
    const auto found = inputs.media.find(hole.key);
    if (found == inputs.media.end()) {
        return fail(Error{400, "media_unavailable",
                          hole.extra + ": the content of this URL could not be had.", hole.extra, 0});
    }
    if (!found->second) {
        Error error = found->second.error();
        error.param = hole.extra;
        return fail(std::move(error));
    }
    out += "\"inlineData\":{\"mimeType\":";
    appendJsonString(out, mimeOf(*found->second));
    out += ",\"data\":\"";
    appendBase64(out, found->second->bytes);
    out += "\"}";
    return {};
}

Result<std::string> RequestDraft::finish(const TranslationInputs &inputs)
{
    if (m_holes.empty())
        return std::move(m_text);
    std::size_t size = m_text.size() + m_holes.size() * 64;
    for (const Hole &hole : m_holes) {
        const auto found = inputs.media.find(hole.key);
        if (hole.media && found != inputs.media.end() && found->second)
            size += found->second->bytes.size() / 3 * 4 + 8;
    }
    std::string out;
    out.reserve(size);
    std::size_t from = 0;
    for (const Hole &hole : m_holes) {
        out.append(m_text, from, hole.at - from);
        from = hole.at;
        if (Result<void> filled = fill(out, hole, inputs); !filled)
            return fail(std::move(filled.error()));
    }
    out.append(m_text, from);
    m_text = {};
    m_holes.clear();
    return out;
}

} // namespace Gateway
