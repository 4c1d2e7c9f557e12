#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gateway/common/json.h"
#include "gateway/dialects/jsonpath.h"
#include "gateway/dialects/modelfamily.h"
#include "gateway/dialects/openai/chatrequest.h"
#include "gateway/dialects/openai/chatrequestgoogle.h"

namespace Gateway {

/// The parameters of a chat request → Gemini's `generationConfig`, only those the client gave
/// (platform.openai.com/docs/api-reference/chat/create, ai.google.dev/api/generate-content#generationconfig).
/// Ranges are left to Google, save where OpenAI's own rule is another.
class ChatConfig
{
public:
    /// All must outlive this.
    ChatConfig(const json::object &body, const ChatGoogle &google, const ModelFamily &family);

    /// Reads everything; also what the answer half must know goes to `options`.
    Result<void> read(ChatOptions &options);

    /// Appends `,"generationConfig":{…}`, or nothing when nothing was given.
    void append(std::string &out) const;

private:
    Result<void> readSampling();
    Result<void> readLimits(ChatOptions &options);
    Result<void> readStop();
    Result<void> readLogprobs(ChatOptions &options);
    Result<void> readFormat(ChatOptions &options);
    Result<void> readJsonSchema(const json::object &format, const JsonPath &path);
    Result<void> readModalities(ChatOptions &options);
    Result<void> readThinking();
    Result<void> readGoogle();
    Result<void> addEffort(json::object &thinking, std::string_view effort, const JsonPath &path) const;
    void set(std::string_view name, std::string json);
    void setValue(std::string_view name, const json::value &value);

    const json::object &m_body;
    const ChatGoogle &m_google;
    const ModelFamily &m_family;
    const JsonPath m_root;
    std::vector<std::pair<std::string, std::string>> m_members; ///< Name → JSON.
};

} // namespace Gateway
