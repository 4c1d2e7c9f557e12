#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gateway/common/json.h"
#include "gateway/dialects/images/images.h"
#include "gateway/dialects/images/imageshape.h"
#include "gateway/dialects/jsonpath.h"
#include "gateway/dialects/requestdraft.h"

namespace Gateway {

class ContentParts;

/// What a call for pictures asks of the answer.
struct ImageOptions
{
    ImageCall call = ImageCall::Generation;
    std::string model; ///< Gemini's id; empty when the client named none.
    int count = 1;     ///< `n`, 1…10.
    bool isStream = false;
    int drafts = 0;      ///< `partial_images`, 0…3.
    std::string size;    ///< As asked; empty when not.
    std::string quality; ///< As asked, likewise.
};

/// The request half of OpenAI's image calls: their JSON → the body of Gemini's generateContent. All that can
/// be wrong with a request is found by read(), but for pictures that the relay fetches.
class ImageRequest
{
public:
    /// Nothing of `body` is kept by reference. `model`: in place of the one that it names; empty: none. Fails
    /// with the client's 400.
    static Result<ImageRequest> read(ImageCall call, const json::object &body, std::string_view model);

    const ImageOptions &options() const { return m_options; }
    const RequestDraft &draft() const { return m_draft; }
    RequestDraft &draft() { return m_draft; }
    /// Names of members that have no effect: "input_fidelity, output_compression".
    const std::string &ignored() const { return m_ignored; }

private:
    Result<void> readOptions(const json::object &body);
    Result<void> readWords(const json::object &body);
    Result<void> readShape(const json::object &body);
    Result<void> write(const json::object &body);
    Result<void> writePictures(const json::object &body, ContentParts &parts);
    Result<void> writePrompt(const json::object &body, ContentParts &parts, bool hasMask);
    void writeConfig();
    void ignore(std::string_view name);

    ImageOptions m_options;
    ImageShape m_shape;
    std::string m_style;
    bool m_isLenient = false; ///< `moderation` is "low".
    std::string m_ignored;
    RequestDraft m_draft;
};

} // namespace Gateway
