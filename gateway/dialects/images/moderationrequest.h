#pragma once

#include <string>
#include <vector>

#include "gateway/common/json.h"
#include "gateway/dialects/images/moderationscores.h"
#include "gateway/dialects/jsonpath.h"
#include "gateway/dialects/requestdraft.h"

namespace Gateway {

/// One text, or one text with pictures, that is judged by itself.
struct ModeratedInput
{
    RequestDraft draft; ///< Of the request for it.
    ModeratedKinds kinds;
};

/// The request half of POST /v1/moderations: each input → the body of a generateContent.
class ModerationRequest
{
public:
    /// Nothing of `body` is kept by reference. Fails with the client's 400.
    static Result<ModerationRequest> read(const json::object &body);

    const std::string &model() const { return m_model; }
    std::vector<ModeratedInput> &inputs() { return m_inputs; }
    /// A request like this one for `input` alone.
    ModerationRequest only(ModeratedInput input) const;
    /// Pictures that the inputs name by URL, each once.
    const std::vector<std::string> &wantedMedia() const { return m_wantedMedia; }

private:
    Result<void> readInputs(const json::value &input);
    Result<void> addInput(const json::value &content, const JsonPath &path);

    std::string m_model;
    std::vector<ModeratedInput> m_inputs;
    std::vector<std::string> m_wantedMedia;
};

} // namespace Gateway
