#pragma once

#include "gateway/common/json.h"
#include "gateway/dialects/contentparts.h"
#include "gateway/dialects/images/images.h"

namespace Gateway {

/// The parts of the user's turn.
class UserParts final : public PartSink
{
public:
    explicit UserParts(RequestDraft &draft)
        : m_draft(draft)
    {
    }
    void next() override
    {
        if (m_draft.text().back() != '[')
            m_draft.text() += ',';
    }

private:
    RequestDraft &m_draft;
};

/// The pictures that a call starts from, as Gemini parts: `images` and `mask` with members `image_url` or
/// `file_id`, as OpenAI takes them in JSON; `image` in place of `images` and a bare URL in place of an object
/// pass as well. The mask comes last.
class ImagePictures
{
public:
    explicit ImagePictures(ContentParts &parts)
        : m_parts(parts)
    {
    }

    /// Fails with the client's 400: no picture, more than 16, or for a variation more than one.
    Result<void> write(const json::object &body, ImageCall call);

    bool hasMask() const { return m_hasMask; }
    /// Whether one is a file that only its owner's key may read.
    bool namesFiles() const { return m_namesFiles; }

private:
    Result<void> writeOne(const json::value &picture, const JsonPath &path);

    ContentParts &m_parts;
    bool m_hasMask = false;
    bool m_namesFiles = false;
};

} // namespace Gateway
