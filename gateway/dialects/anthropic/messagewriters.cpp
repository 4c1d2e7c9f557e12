#include "gateway/dialects/anthropic/messagewriters.h"

namespace Gateway {

void ContentWriter::separate()
{
    if (!m_json.empty())
        m_json += ',';
}

void ContentWriter::begin(Kind kind)
{
    m_kind = kind;
    m_text.clear();
    m_signature.clear();
}

void ContentWriter::end()
{
    separate();
    if (m_kind == Kind::Text) {
        m_json += "{\"type\":\"text\",\"text\":";
        appendJsonString(m_json, m_text);
    } else {
        m_json += "{\"type\":\"thinking\",\"thinking\":";
        appendJsonString(m_json, m_text);
        m_json += ",\"signature\":";
        appendJsonString(m_json, m_signature);
    }
    m_json += '}';
}

void ContentWriter::use(std::string_view type, std::string_view id, std::string_view name,
                        std::string_view input)
{
    separate();
    m_json += "{\"type\":";
    appendJsonString(m_json, type);
    m_json += ",\"id\":";
    appendJsonString(m_json, id);
    m_json += ",\"name\":";
    appendJsonString(m_json, name);
    m_json += ",\"input\":";
    m_json += input;
    m_json += '}';
}

void ContentWriter::block(std::string_view json)
{
    separate();
    m_json += json;
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
    startBlock();
    *m_out += kind == Kind::Text ? "{\"type\":\"text\",\"text\":\"\"}}\n\n"
                                 : "{\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"\"}}\n\n";
}

void EventWriter::delta(std::string_view type, std::string_view member, std::string_view text)
{
    std::string &out = *m_out;
    out += "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":";
    out += std::to_string(m_index);
    out += ",\"delta\":{\"type\":\"";
    out += type;
    out += "\",\"";
    out += member;
    out += "\":";
    appendJsonString(out, text);
    out += "}}\n\n";
}

void EventWriter::add(std::string_view text)
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
    *m_out += "event: content_block_stop\ndata: {\"type\":\"content_block_stop\",\"index\":";
    *m_out += std::to_string(m_index++);
    *m_out += "}\n\n";
}

void EventWriter::use(std::string_view type, std::string_view id, std::string_view name,
                      std::string_view input)
{
    startBlock();
    *m_out += "{\"type\":";
    appendJsonString(*m_out, type);
    *m_out += ",\"id\":";
    appendJsonString(*m_out, id);
    *m_out += ",\"name\":";
    appendJsonString(*m_out, name);
    *m_out += ",\"input\":{}}}\n\n";
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

} // namespace Gateway
