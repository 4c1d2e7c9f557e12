#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gateway/dialects/openai/chatrequest.h"
#include "gateway/dialects/responses/responsesform.h"

namespace Gateway {

/// The request half of POST /v1/responses: its items and tools are told as chat messages and chat tools,
/// whose way to Gemini's generateContent is the same (ChatRequest). Errors name the places of this request.
class ResponsesRequest
{
public:
    /// Nothing of `body` is kept by reference. Fails with the client's 400.
    static Result<ResponsesRequest> parse(std::string_view body, const TranslationContext &context);

    const ResponsesForm &form() const { return m_form; }
    const std::string &model() const { return m_form.model; }
    /// What was left out, empty when nothing.
    const std::string &warning() const { return m_warning; }
    const std::vector<std::string> &wantedSignatures() const { return m_chat.wantedSignatures(); }
    const std::vector<std::string> &wantedMedia() const { return m_chat.wantedMedia(); }

    /// As ChatRequest::geminiBody().
    Result<std::string> geminiBody(const TranslationInputs &inputs);

private:
    Result<void> readForm(const json::object &body, const TranslationContext &context);
    /// `error` with its place in this request instead of the one in the chat.
    Error placed(Error error) const;

    ResponsesForm m_form;
    ChatRequest m_chat;
    std::vector<std::string> m_places; ///< Where each chat message came from.
    std::vector<std::size_t> m_tools;  ///< Likewise each chat tool.
    std::string m_warning;
};

} // namespace Gateway
