#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/common/result.h"
#include "gateway/dialects/translation.h"

namespace Gateway {

/// A Gemini request body as it is written, with holes for what the relay has yet to look up: thought
/// signatures and fetched media. One without holes is finished without a copy.
class RequestDraft
{
public:
    /// The JSON so far; writers append to it.
    std::string &text() { return m_text; }

    /// Leaves a hole for `,"thoughtSignature":"…"` of the tool call `callId`, or else of `print` (another
    /// name that it was kept under; either may be empty). Filled with `otherwise` when the relay knows none;
    /// nothing is written when that is empty too.
    void addSignatureHole(std::string_view callId, std::string_view otherwise, std::string_view print = {});

    /// Leaves a hole for the members of a part: `"inlineData":{…}` with what `url` names. `param` is the path
    /// of the URL in the client's request, for errors.
    void addMediaHole(std::string_view url, std::string_view param);

    /// What the holes wait for, each once, in the order of the request.
    const std::vector<std::string> &wantedSignatures() const { return m_wantedSignatures; }
    const std::vector<std::string> &wantedMedia() const { return m_wantedMedia; }

    /// The whole body; the draft is empty afterwards. Fails when a medium is missing or could not be fetched.
    Result<std::string> finish(const TranslationInputs &inputs);

private:
    struct Hole
    {
        std::size_t at = 0; ///< Offset in m_text.
        bool media = false;
        std::string key;   ///< Call id or URL.
        std::string print; ///< What else the signature may be known by.
        std::string extra; ///< Stand-in signature, or the path of the URL.
    };

    static Result<void> fill(std::string &out, const Hole &hole, const TranslationInputs &inputs);

    std::string m_text;
    std::vector<Hole> m_holes;
    std::vector<std::string> m_wantedSignatures;
    std::vector<std::string> m_wantedMedia;
};

} // namespace Gateway
