#pragma once

#include <string>
#include <string_view>

#include "gateway/dialects/anthropic/messageblocks.h"

namespace Gateway {

/// Gathers blocks as the `content` of a whole message.
class ContentWriter final : public MessageSink
{
public:
    void begin(Kind kind) override;
    void add(std::string_view text) override { m_text += text; }
    void sign(std::string_view signature) override { m_signature = signature; }
    void end() override;
    void use(std::string_view type, std::string_view id, std::string_view name,
             std::string_view input) override;
    void block(std::string_view json) override;

    /// The blocks, comma-separated.
    const std::string &json() const { return m_json; }

private:
    void separate();

    std::string m_json;
    std::string m_text;
    std::string m_signature;
    Kind m_kind = Kind::Text;
};

/// Writes blocks as events (platform.claude.com/docs/en/build-with-claude/streaming).
class EventWriter final : public MessageSink
{
public:
    /// Where the events go until another is set.
    void setOut(std::string &out) { m_out = &out; }

    void begin(Kind kind) override;
    void add(std::string_view text) override;
    void sign(std::string_view signature) override;
    void end() override;
    void use(std::string_view type, std::string_view id, std::string_view name,
             std::string_view input) override;
    void block(std::string_view json) override;

private:
    void startBlock();
    void delta(std::string_view type, std::string_view member, std::string_view text);

    std::string *m_out = nullptr;
    int m_index = 0;
    Kind m_kind = Kind::Text;
};

} // namespace Gateway
