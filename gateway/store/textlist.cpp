#include "gateway/store/textlist.h"

#include "gateway/common/json.h"

namespace Gateway {

std::string columnOfTexts(const std::vector<std::string> &texts)
{
    std::string column;
    for (const std::string &text : texts) {
        column += column.empty() ? '[' : ',';
        appendJsonString(column, text);
    }
    if (!column.empty())
        column += ']';
    return column;
}

std::vector<std::string> textsOfColumn(std::string_view column)
{
    std::vector<std::string> texts;
    if (column.empty())
        return texts;
    const Result<json::value> value = parseJson(column);
    const json::array *array = value ? value->if_array() : nullptr;
    if (!array)
        return texts;
    for (const json::value &entry : *array) {
        if (const json::string *text = entry.if_string())
            texts.emplace_back(*text);
    }
    return texts;
}

} // namespace Gateway
