#include "gateway/dialects/responses/responsesevents.h"

#include "gateway/common/json.h"

namespace Gateway {

bool ResponsesEvents::begin(std::string_view type)
{
    if (!m_out)
        return false;
    *m_out += "event: ";
    *m_out += type;
    *m_out += "\ndata: {\"type\":\"";
    *m_out += type;
    *m_out += "\",\"sequence_number\":";
    *m_out += std::to_string(m_next++);
    return true;
}

bool ResponsesEvents::beginOf(std::string_view type, std::string_view itemId, int outputIndex)
{
    if (!begin(type))
        return false;
    text("item_id", itemId).number("output_index", outputIndex);
    return true;
}

ResponsesEvents &ResponsesEvents::text(std::string_view name, std::string_view value)
{
    this->name(name);
    appendJsonString(*m_out, value);
    return *this;
}

ResponsesEvents &ResponsesEvents::number(std::string_view name, int value)
{
    this->name(name);
    *m_out += std::to_string(value);
    return *this;
}

ResponsesEvents &ResponsesEvents::json(std::string_view name, std::string_view value)
{
    this->name(name);
    *m_out += value;
    return *this;
}

void ResponsesEvents::end()
{
    *m_out += "}\n\n";
}

ResponsesEvents &ResponsesEvents::name(std::string_view name)
{
    *m_out += ",\"";
    *m_out += name;
    *m_out += "\":";
    return *this;
}

} // namespace Gateway
