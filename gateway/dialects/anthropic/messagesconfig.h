#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "gateway/common/json.h"
#include "gateway/dialects/anthropic/messagesrequest.h"
#include "gateway/dialects/jsonpath.h"
#include "gateway/dialects/modelfamily.h"

namespace Gateway {

/// The parameters of a request for a message → Gemini's `generationConfig`
/// (platform.claude.com/docs/en/api/messages/create, ai.google.dev/api/generate-content#generationconfig).
class MessagesConfig
{
public:
    /// Both must outlive this.
    MessagesConfig(const json::object &body, const ModelFamily &family);

    /// Reads everything; also what the answer half must know goes to `options`.
    Result<void> read(MessagesOptions &options);

    /// Appends `,"generationConfig":{…}`, or nothing when nothing was read.
    void append(std::string &out) const;

private:
    Result<void> readLimit();
    Result<void> readSampling();
    Result<void> readStops(MessagesOptions &options);
    Result<void> readFormat();
    Result<void> readEffort();
    Result<void> readThinking(MessagesOptions &options);
    void think(std::string_view level, std::int64_t budget, bool shown);
    void thinkLittle(std::string_view model);
    void add(std::string_view name, std::string_view json);

    const json::object &m_body;
    const ModelFamily &m_family;
    const JsonPath m_root;
    std::string_view m_effort; ///< output_config.effort, empty when not given.
    std::string m_members;
};

} // namespace Gateway
