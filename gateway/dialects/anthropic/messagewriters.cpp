#include "gateway/dialects/anthropic/messagewriters.h"

#include <algorithm>
#include <utility>

namespace Gateway {

namespace {

void appendUse(std::string &out, std::string_view type, std::string_view id, std::string_view name,
               std::string_view input)
{
    out += "{\"type\":";
    appendJsonString(out, type);
    out += ",\"id\":";
    appendJsonString(out, id);
    out += ",\"name\":";
    appendJsonString(out, name);
    out.append(",\"input\":").append(input) += '}';
}

std::string searchInput(const MessageSources &sources)
{
    std::string json = "{\"query\":";
    appendJsonString(json, sources.query());
    return json + '}';
}

std::string searchResult(const MessageSources &sources, std::string_view id)
{
    std::string json = "{\"type\":\"web_search_tool_result\",\"tool_use_id\":";
    appendJsonString(json, id);
    return json + ",\"content\":[" + sources.results() + "]}";
}

/// Behind the character that `at` lies in.
std::size_t characterEnd(std::string_view text, std::size_t at)
{
    while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xc0) == 0x80)
        ++at;
    return at;
}

void appendText(std::string &out, std::string_view text, const std::vector<std::string> &locations)
{
    out += out.empty() ? "{\"type\":\"text\",\"text\":" : ",{\"type\":\"text\",\"text\":";
    appendJsonString(out, text);
    for (std::size_t i = 0; i < locations.size(); ++i)
        out.append(i == 0 ? ",\"citations\":[" : ",").append(locations[i]);
    out += locations.empty() ? "}" : "]}";
}

} // namespace

void ContentWriter::begin(Kind kind)
{
    m_kind = kind;
    m_signature.clear();
    m_blocks.push_back({kind == Kind::Text, {}, m_modelBytes});
}

void ContentWriter::add(std::string_view text, bool isModels)
{
    Block &block = m_blocks.back();
    block.content += text;
    if (!block.isText)
        return;
    if (isModels)
        m_modelBytes += text.size();
    else
        block.foreign.emplace_back(m_modelBytes, text.size());
}

void ContentWriter::end()
{
    Block &block = m_blocks.back();
    if (block.isText)
        return;
    std::string json = "{\"type\":\"thinking\",\"thinking\":";
    appendJsonString(json, block.content);
    json += ",\"signature\":";
    appendJsonString(json, m_signature);
    json += '}';
    block.content = std::move(json);
}

void ContentWriter::use(std::string_view type, std::string_view id, std::string_view name,
                        std::string_view input)
{
    m_blocks.emplace_back();
    appendUse(m_blocks.back().content, type, id, name, input);
}

void ContentWriter::block(std::string_view json)
{
    m_blocks.push_back({false, std::string(json)});
}

void ContentWriter::search(const MessageSources &sources, std::string_view id)
{
    Block asked;
    appendUse(asked.content, "server_tool_use", id, "web_search", searchInput(sources));
    const auto words = std::ranges::find_if(m_blocks, &Block::isText);
    m_blocks.insert(words, {std::move(asked), {false, searchResult(sources, id)}});
}

/// Where the byte of Gemini's text lies in the block. Other words at that very byte come before a start and
/// after an end.
std::size_t ContentWriter::placeOf(const Block &block, std::size_t modelOffset, Edge edge)
{
    if (modelOffset < block.modelStart)
        return 0;
    std::size_t place = modelOffset - block.modelStart;
    for (const auto &[at, size] : block.foreign) {
        if (at < modelOffset || (at == modelOffset && edge == Edge::Start))
            place += size;
    }
    return characterEnd(block.content, std::min(place, block.content.size()));
}

void ContentWriter::appendWords(std::string &out, const Block &block) const
{
    const std::string_view text = block.content;
    std::size_t told = 0;
    for (const MessageSources::Citation &citation : m_citations) {
        const std::size_t start = std::max(told, placeOf(block, citation.start, Edge::Start));
        const std::size_t end = placeOf(block, citation.end, Edge::End);
        if (end <= start)
            continue;
        if (start > told)
            appendText(out, text.substr(told, start - told), {});
        appendText(out, text.substr(start, end - start), citation.locations);
        told = end;
    }
    if (told < text.size())
        appendText(out, text.substr(told), {});
}

std::string ContentWriter::json() const
{
    std::string out;
    for (const Block &block : m_blocks) {
        if (block.isText)
            appendWords(out, block);
        else
            out.append(out.empty() ? "" : ",").append(block.content);
    }
    return out;
}

void EventWriter::startBlock()
{
    *m_out += "event: content_block_start\ndata: {\"type\":\"content_block_start\",\"index\":";
    *m_out += std::to_string(m_index);
    *m_out += ",\"content_block\":";
}

void EventWriter::begin(Kind kind)
{
    m_kind = kind;
    m_isOpen = true;
    startBlock();
    *m_out += kind == Kind::Text ? "{\"type\":\"text\",\"text\":\"\"}}\n\n"
                                 : "{\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"\"}}\n\n";
}

void EventWriter::startDelta(std::string_view type, std::string_view member)
{
    std::string &out = *m_out;
    out += "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":";
    out += std::to_string(m_index);
    out += ",\"delta\":{\"type\":\"";
    out += type;
    out += "\",\"";
    out += member;
    out += "\":";
}

void EventWriter::delta(std::string_view type, std::string_view member, std::string_view text)
{
    startDelta(type, member);
    appendJsonString(*m_out, text);
    *m_out += "}}\n\n";
}

void EventWriter::add(std::string_view text, bool /*isModels*/)
{
    if (m_kind == Kind::Text)
        delta("text_delta", "text", text);
    else
        delta("thinking_delta", "thinking", text);
}

void EventWriter::sign(std::string_view signature)
{
    delta("signature_delta", "signature", signature);
}

void EventWriter::end()
{
    m_isOpen = false;
    *m_out += "event: content_block_stop\ndata: {\"type\":\"content_block_stop\",\"index\":";
    *m_out += std::to_string(m_index++);
    *m_out += "}\n\n";
}

void EventWriter::use(std::string_view type, std::string_view id, std::string_view name,
                      std::string_view input)
{
    startBlock();
    appendUse(*m_out, type, id, name, "{}");
    *m_out += "}\n\n";
    delta("input_json_delta", "partial_json", input);
    end();
}

void EventWriter::block(std::string_view json)
{
    startBlock();
    *m_out += json;
    *m_out += "}\n\n";
    end();
}

void EventWriter::cite(const MessageSources &sources)
{
    if (!m_isOpen || m_kind != Kind::Text)
        return;
    for (const MessageSources::Citation &citation : sources.citations()) {
        for (const std::string &location : citation.locations) {
            startDelta("citations_delta", "citation");
            m_out->append(location).append("}}\n\n");
        }
    }
}

void EventWriter::search(const MessageSources &sources, std::string_view id)
{
    use("server_tool_use", id, "web_search", searchInput(sources));
    block(searchResult(sources, id));
}

} // namespace Gateway
