#include "tests/support/fakeprompt.h"

#include <cstdio>
#include <cstdlib>

namespace TestSupport {

namespace {

using Gateway::arrayAt;
using Gateway::stringAt;

constexpr std::string_view CALL = "call tool ";
constexpr std::string_view WITH = " with ";
constexpr std::string_view THEN = "then ";

void obey(PromptOrders &orders, std::string_view order)
{
    const std::size_t equals = order.find('=');
    const std::string_view name = order.substr(0, equals);
    const std::string value(equals == std::string_view::npos ? std::string_view() : order.substr(equals + 1));
    if (name == "chunks")
        orders.chunks = std::atoi(value.c_str());
    else if (name == "delay")
        orders.delayMs = std::atof(value.c_str());
    else if (name == "size")
        orders.size = static_cast<std::size_t>(std::atoll(value.c_str()));
    else if (name == "finish")
        orders.finish = value;
    else if (name == "block")
        orders.block = value;
    else if (name == "fault")
        orders.fault = value;
    else if (name == "text")
        orders.text = value;
    else if (name == "seconds")
        orders.seconds = std::atof(value.c_str());
    else if (name == "image")
        orders.image = true;
    else if (name == "code")
        orders.code = true;
    else if (name == "found")
        orders.found = true;
    else if (name == "noimage")
        orders.noImage = true;
    else if (name == "drafts")
        orders.drafts = std::atoi(value.c_str());
}

void takeBrackets(PromptOrders &orders, std::string_view text)
{
    for (;;) {
        const std::size_t begin = text.find("[[");
        const std::size_t end = begin == std::string_view::npos ? begin : text.find("]]", begin);
        orders.said += text.substr(0, end == std::string_view::npos ? end : begin);
        if (end == std::string_view::npos)
            return;
        for (const std::string &order : Gateway::splitList(text.substr(begin + 2, end - begin - 2), " "))
            obey(orders, order);
        text.remove_prefix(end + 2);
    }
}

// The calls of `text` in groups that follow each other.
std::vector<std::vector<OrderedCall>> callGroups(std::string_view text)
{
    std::vector<std::vector<OrderedCall>> groups;
    for (std::size_t at = text.find(CALL); at != std::string_view::npos; at = text.find(CALL, at + 1)) {
        const std::size_t nameAt = at + CALL.size();
        const std::size_t with = text.find(WITH, nameAt);
        if (with == std::string_view::npos)
            break;
        json::stream_parser parser;
        boost::system::error_code fault;
        const std::string_view rest = text.substr(with + WITH.size());
        parser.write_some(rest.data(), rest.size(), fault);
        if (fault || !parser.done())
            continue;
        json::value args = parser.release();
        if (!args.is_object())
            continue;
        const bool isNext = at >= THEN.size() && text.substr(at - THEN.size(), THEN.size()) == THEN;
        if (groups.empty() || isNext)
            groups.emplace_back();
        groups.back().push_back(
            {std::string(text.substr(nameAt, with - nameAt)), std::move(args.get_object())});
    }
    return groups;
}

} // namespace

PromptOrders promptOrders(const json::array &contents)
{
    PromptOrders orders;
    std::size_t answered = 0;
    for (std::size_t i = contents.size(); i-- > 0;) {
        const json::object &content = contents[i].get_object();
        if (stringAt(content, "role") == "model")
            continue;
        std::string text;
        bool hasResponse = false;
        for (const json::value &value : *arrayAt(content, "parts")) {
            text += stringAt(value.get_object(), "text");
            hasResponse = hasResponse || value.get_object().contains("functionResponse");
        }
        if (hasResponse) {
            ++answered;
            continue;
        }
        takeBrackets(orders, text);
        auto groups = callGroups(text);
        if (answered < groups.size())
            orders.calls = std::move(groups[answered]);
        break;
    }
    return orders;
}

std::string fillerText(std::size_t bytes)
{
    std::string text;
    text.reserve(bytes + 16);
    char word[24];
    for (int i = 0; text.size() < bytes; ++i) {
        std::snprintf(word, sizeof(word), "%07d ", i);
        text += word;
    }
    text.resize(bytes);
    return text;
}

} // namespace TestSupport
