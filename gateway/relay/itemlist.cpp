#include "gateway/relay/itemlist.h"

#include <algorithm>
#include <charconv>

#include "gateway/common/text.h"

namespace Gateway {

namespace {

constexpr std::size_t DEFAULT_LIMIT = 20;
constexpr std::size_t MAX_LIMIT = 100;

void completeMessage(json::object &item)
{
    if (!item.contains("role") || (item.contains("type") && item.at("type") != "message"))
        return;
    item["type"] = "message";
    if (!item.contains("status"))
        item["status"] = "completed";
    json::value &content = item["content"];
    if (!content.is_string())
        return;
    const bool isSaid = stringAt(item, "role") == "assistant";
    json::object part({{"type", isSaid ? "output_text" : "input_text"}, {"text", content}});
    if (isSaid)
        part["annotations"] = json::array();
    content = json::array({std::move(part)});
}

std::string_view prefixOf(const json::object &item)
{
    const std::string_view type = stringAt(item, "type");
    if (type == "function_call")
        return "fc_";
    if (type == "reasoning")
        return "rs_";
    return type == "message" ? "msg_" : "item_";
}

Result<std::size_t> limitOf(std::string_view query)
{
    const std::string text = queryValue(query, "limit");
    std::size_t limit = DEFAULT_LIMIT;
    if (text.empty())
        return limit;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), limit);
    if (error != std::errc() || end != text.data() + text.size() || limit < 1 || limit > MAX_LIMIT)
        return fail(Error{400, "invalid_value", "limit: must be between 1 and 100.", "limit", 0});
    return limit;
}

void appendId(std::string &out, std::string_view name, const std::vector<const json::value *> &page,
              bool first)
{
    out += ",\"";
    out += name;
    out += "\":";
    if (page.empty())
        out += "null";
    else
        appendJsonString(out, stringAt((first ? page.front() : page.back())->get_object(), "id"));
}

} // namespace

Result<json::array> normalItems(const json::value &input, std::string_view idTail, std::string_view param)
{
    json::array items;
    if (const json::string *text = input.if_string())
        items.push_back(json::object({{"role", "user"}, {"content", *text}}));
    else if (const json::array *list = input.if_array())
        items = *list;
    else
        return fail(Error{400, "invalid_type",
                          std::string(param) + ": must be a string or an array of items.", std::string(param),
                          0});
    for (std::size_t i = 0; i < items.size(); ++i) {
        json::object *item = items[i].if_object();
        if (!item)
            return fail(Error{400, "invalid_type", std::string(param) + ": must hold objects.",
                              std::string(param) + '[' + std::to_string(i) + ']', 0});
        completeMessage(*item);
        if (!stringAt(*item, "id").empty())
            continue;
        std::string id(prefixOf(*item));
        id += idTail;
        id += "_in" + std::to_string(i);
        (*item)["id"] = id;
    }
    return items;
}

json::array::const_iterator itemById(const json::array &items, std::string_view id)
{
    return std::ranges::find_if(items, [id](const json::value &item) {
        return item.is_object() && stringAt(item.get_object(), "id") == id;
    });
}

Result<std::string> itemPage(const json::array &items, std::string_view query)
{
    const Result<std::size_t> limit = limitOf(query);
    if (!limit)
        return fail(limit.error());
    const std::string order = queryValue(query, "order");
    if (!order.empty() && order != "asc" && order != "desc")
        return fail(Error{400, "invalid_value", "order: must be 'asc' or 'desc'.", "order", 0});
    std::vector<const json::value *> all;
    for (const json::value &item : items)
        all.push_back(&item);
    if (order != "asc")
        std::ranges::reverse(all);
    auto from = all.begin();
    if (const std::string after = queryValue(query, "after"); !after.empty()) {
        from = std::ranges::find_if(
            all, [&after](const json::value *item) { return stringAt(item->get_object(), "id") == after; });
        if (from == all.end())
            return fail(
                Error{400, "invalid_value", "after: no item '" + after + "' is in the list.", "after", 0});
        ++from;
    }
    const auto left = static_cast<std::size_t>(all.end() - from);
    const std::vector<const json::value *> page(from,
                                                from + static_cast<std::ptrdiff_t>(std::min(left, *limit)));
    std::string out = R"({"object":"list","data":[)";
    for (std::size_t i = 0; i < page.size(); ++i) {
        out += i == 0 ? "" : ",";
        appendJson(out, *page[i]);
    }
    out += ']';
    appendId(out, "first_id", page, true);
    appendId(out, "last_id", page, false);
    out += ",\"has_more\":";
    out += left > page.size() ? "true}" : "false}";
    return out;
}

} // namespace Gateway
