#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gateway/dialects/anthropic/messageblocks.h"

namespace Gateway {

/// Gathers blocks as the `content` of a whole message. What the search found stands before the first words,
/// and words that a source stands behind are a block of their own, as in Anthropic's answers.
class ContentWriter final : public MessageSink
{
public:
    void begin(Kind kind) override;
    void add(std::string_view text, bool isModels) override;
    void sign(std::string_view signature) override { m_signature = signature; }
    void end() override;
    void use(std::string_view type, std::string_view id, std::string_view name,
             std::string_view input) override;
    void block(std::string_view json) override;
    void cite(const MessageSources &sources) override { m_citations = sources.citations(); }
    void search(const MessageSources &sources, std::string_view id) override;

    /// The blocks, comma-separated.
    std::string json() const;

private:
    struct Block
    {
        bool isText = false;
        std::string content;        ///< Words, or JSON where it is no text.
        std::size_t modelStart = 0; ///< Where the words begin in the text that Gemini wrote.
        /// Other words among them: where they stand in Gemini's text, and their size.
        std::vector<std::pair<std::size_t, std::size_t>> foreign{};
    };

    enum class Edge : std::uint8_t { Start, End };
    static std::size_t placeOf(const Block &block, std::size_t modelOffset, Edge edge);
    void appendWords(std::string &out, const Block &block) const;

    std::vector<Block> m_blocks;
    std::vector<MessageSources::Citation> m_citations;
    std::string m_signature;
    std::size_t m_modelBytes = 0; ///< Of the text that Gemini wrote so far.
    Kind m_kind = Kind::Text;
};

/// Writes blocks as events (platform.claude.com/docs/en/build-with-claude/streaming).
class EventWriter final : public MessageSink
{
public:
    /// Where the events go until another is set.
    void setOut(std::string &out) { m_out = &out; }

    void begin(Kind kind) override;
    void add(std::string_view text, bool isModels) override;
    void sign(std::string_view signature) override;
    void end() override;
    void use(std::string_view type, std::string_view id, std::string_view name,
             std::string_view input) override;
    void block(std::string_view json) override;
    /// To the block of text that is open at the answer's end: only there Gemini tells its sources.
    void cite(const MessageSources &sources) override;
    void search(const MessageSources &sources, std::string_view id) override;

private:
    void startBlock();
    void startDelta(std::string_view type, std::string_view member);
    void delta(std::string_view type, std::string_view member, std::string_view text);

    std::string *m_out = nullptr;
    int m_index = 0;
    Kind m_kind = Kind::Text;
    bool m_isOpen = false;
};

} // namespace Gateway
