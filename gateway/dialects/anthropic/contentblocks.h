#pragma once

#include <string>
#include <string_view>

#include "gateway/common/json.h"
#include "gateway/dialects/contentparts.h"
#include "gateway/dialects/jsonpath.h"

namespace Gateway {

/// Writes Anthropic's text, image, document and search_result blocks as Gemini parts
/// (platform.claude.com/docs/en/api/messages, ai.google.dev/api/caching#Part).
class ContentBlocks
{
public:
    ContentBlocks(RequestDraft &draft, PartSink &sink);

    /// Any of the blocks. Fails with the type's name when Gemini can be given no such block.
    Result<void> write(const json::object &block, const JsonPath &path);

    /// Only what of the block is a picture or a file; for tool results, whose words go elsewhere.
    Result<void> writeMedia(const json::object &block, const JsonPath &path);

    void writeText(std::string_view text, std::string_view signature = {});

private:
    Result<void> writeSource(const json::object &source, std::string_view type, const JsonPath &path);

    ContentParts m_parts;
};

/// Appends what the block says in words; nothing for pictures and files.
Result<void> appendWords(std::string &out, const json::object &block, const JsonPath &path);

} // namespace Gateway
