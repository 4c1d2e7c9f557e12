#pragma once

#include <string>
#include <string_view>

#include "gateway/common/json.h"
#include "gateway/dialects/jsonpath.h"
#include "gateway/dialects/requestdraft.h"

namespace Gateway {

/// Takes Gemini parts one by one: a turn, the system instruction, the media of a tool result.
class PartSink
{
public:
    virtual ~PartSink() = default;

    /// Makes room for one more part; the caller appends `{…}` to the draft's text.
    virtual void next() = 0;
};

/// Writes OpenAI's `content` (a string or a list of parts) as Gemini parts
/// (platform.openai.com/docs/api-reference/chat/create, ai.google.dev/api/caching#Part). `image_url.detail`
/// is not passed on: Gemini sets the resolution for a whole request.
class ContentParts
{
public:
    ContentParts(RequestDraft &draft, PartSink &sink);

    /// `signature` goes with the last text of the content; empty for none. Empty texts are left out.
    Result<void> write(const json::value &content, const JsonPath &path, std::string_view signature = {});

    /// As write(), for what the assistant said: a picture in it that stands as markdown with a data: URL, as
    /// answers tell pictures to clients that know no other way, becomes a picture again.
    Result<void> writeSaid(const json::value &content, const JsonPath &path, std::string_view signature);

    /// One part that is not text. Fails with the type's name when there is no such part.
    Result<void> writeMedia(const json::object &part, std::string_view type, const JsonPath &path);

    /// Nothing for an empty text without a signature.
    void writeText(std::string_view text, std::string_view signature = {});

    /// What a data:, http(s): or file URL of Gemini's names; `mime` is for URLs that do not tell theirs.
    Result<void> writeUrl(std::string_view url, std::string_view mime, const JsonPath &path);
    /// `mime` may be empty when the data's first bytes tell it.
    Result<void> writeBase64(std::string_view data, std::string_view mime, const JsonPath &path);
    /// A file of Gemini's Files API by its URI or its name ("files/…").
    void writeFileData(std::string_view uri, std::string_view mime);

private:
    Result<void> writeImage(const json::object &part, std::string_view type, const JsonPath &path);
    Result<void> writeAudio(const json::object &part, const JsonPath &path);
    Result<void> writeFile(const json::object &part, const JsonPath &path);
    Result<void> writeDataUrl(std::string_view url, std::string_view mime, const JsonPath &path);
    void writeWords(std::string_view text, std::string_view signature);

    RequestDraft &m_draft;
    PartSink &m_sink;
    bool m_markdownPictures = false;
};

/// The text of a part that is one (`text`, `refusal`), null for other types.
const json::string *textOfPart(const json::object &part, std::string_view type);

} // namespace Gateway
