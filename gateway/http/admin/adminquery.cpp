#include "gateway/http/admin/adminquery.h"

#include <algorithm>
#include <charconv>

#include "gateway/common/text.h"

namespace Gateway {

namespace {

std::optional<std::int64_t> wholeNumber(std::string_view text)
{
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size())
        return std::nullopt;
    return number;
}

} // namespace

AdminQuery::AdminQuery(std::string_view query)
{
    while (!query.empty()) {
        const std::size_t end = std::min(query.find('&'), query.size());
        const std::string_view pair = query.substr(0, end);
        query.remove_prefix(std::min(end + 1, query.size()));
        if (pair.empty())
            continue;
        const std::size_t equals = std::min(pair.find('='), pair.size());
        std::string value(pair.substr(std::min(equals + 1, pair.size())));
        std::replace(value.begin(), value.end(), '+', ' '); // as forms and curl -G write a blank
        m_parameters.push_back({percentDecoded(pair.substr(0, equals)), percentDecoded(value), false});
    }
}

bool AdminQuery::has(std::string_view name) const
{
    return std::any_of(m_parameters.begin(), m_parameters.end(),
                       [name](const Parameter &parameter) { return parameter.name == name; });
}

std::optional<std::string> AdminQuery::find(std::string_view name)
{
    std::optional<std::string> value;
    for (Parameter &parameter : m_parameters) {
        if (parameter.name != name)
            continue;
        parameter.isTaken = true;
        value = parameter.value;
    }
    return value;
}

void AdminQuery::refuse(std::string_view name, const std::string &what)
{
    if (!m_fault) {
        const std::string param(name);
        m_fault = Error{422, "invalid_value", "\"" + param + "\" " + what + ".", param, 0};
    }
}

void AdminQuery::take(std::string_view name, std::string &value)
{
    if (std::optional<std::string> text = find(name))
        value = std::move(*text);
}

void AdminQuery::take(std::string_view name, bool &value)
{
    const std::optional<std::string> text = find(name);
    if (!text)
        return;
    if (*text == "true" || *text == "false")
        value = *text == "true";
    else
        refuse(name, "must be true or false");
}

void AdminQuery::take(std::string_view name, std::int64_t &value, std::int64_t minimum, std::int64_t maximum)
{
    const std::optional<std::string> text = find(name);
    if (!text)
        return;
    const std::optional<std::int64_t> number = wholeNumber(*text);
    if (number && *number >= minimum && *number <= maximum)
        value = *number;
    else
        refuse(name,
               "must be a whole number from " + std::to_string(minimum) + " to " + std::to_string(maximum));
}

void AdminQuery::take(std::string_view name, int &value, int minimum, int maximum)
{
    std::int64_t number = value;
    take(name, number, minimum, maximum);
    value = static_cast<int>(number);
}

void AdminQuery::take(std::string_view name, std::vector<std::int64_t> &values)
{
    const std::optional<std::string> text = find(name);
    if (!text)
        return;
    for (const std::string &piece : splitList(*text, ",")) {
        const std::optional<std::int64_t> number = wholeNumber(piece);
        if (!number) {
            refuse(name, "must be whole numbers with commas between");
            return;
        }
        values.push_back(*number);
    }
}

Result<void> AdminQuery::result()
{
    for (const Parameter &parameter : m_parameters) {
        if (!parameter.isTaken)
            refuse(parameter.name, "is no parameter of this path");
    }
    if (m_fault)
        return fail(*m_fault);
    return {};
}

} // namespace Gateway
