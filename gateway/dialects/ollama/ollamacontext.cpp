#include "gateway/dialects/ollama/ollamacontext.h"

#include <algorithm>
#include <array>

namespace Gateway {

namespace {

/// "GB" and the form's number; behind it the count of bytes.
constexpr std::array<std::int64_t, 3> MARK = {71, 66, 1};
constexpr std::size_t BYTES_A_NUMBER = 3;
constexpr std::int64_t LARGEST = 0xffffff;

tl::unexpected<Error> refuseForeign(const JsonPath &path)
{
    return refuse(path, "is not a context that this gateway gave: its numbers are those of another server.");
}

} // namespace

void appendOllamaContext(std::string &out, std::string_view turnsJson)
{
    out += '[';
    for (const std::int64_t number : MARK)
        out.append(std::to_string(number)).append(",");
    out += std::to_string(turnsJson.size());
    for (std::size_t at = 0; at < turnsJson.size(); at += BYTES_A_NUMBER) {
        std::uint32_t number = 0;
        for (std::size_t i = at; i < at + BYTES_A_NUMBER; ++i)
            number = number << 8 | (i < turnsJson.size() ? static_cast<unsigned char>(turnsJson[i]) : 0u);
        out.append(",").append(std::to_string(number));
    }
    out += ']';
}

void addOllamaTurn(std::string &turnsJson, char role, std::string_view text)
{
    if (turnsJson.empty())
        turnsJson = "[";
    else
        turnsJson.back() = ',';
    turnsJson += "[\"";
    turnsJson += role;
    turnsJson += "\",";
    appendJsonString(turnsJson, text);
    turnsJson += "]]";
}

Result<std::vector<OllamaTurn>> readOllamaContext(const json::array &context, const JsonPath &path,
                                                  std::string &turnsJson)
{
    std::string bytes;
    bytes.reserve(context.size() * BYTES_A_NUMBER);
    for (std::size_t i = 0; i < context.size(); ++i) {
        const std::int64_t *number = context[i].if_int64();
        if (!number || *number < 0 || (i < MARK.size() && *number != MARK[i]))
            return refuseForeign(path);
        if (i <= MARK.size())
            continue;
        if (*number > LARGEST)
            return refuseForeign(path);
        for (int shift = 16; shift >= 0; shift -= 8)
            bytes += static_cast<char>(*number >> shift & 0xff);
    }
    if (context.size() <= MARK.size())
        return refuseForeign(path);
    const auto size = static_cast<std::size_t>(context[MARK.size()].get_int64());
    if (size > bytes.size() || bytes.size() - size >= BYTES_A_NUMBER)
        return refuseForeign(path);
    bytes.resize(size);
    const Result<json::value> parsed = parseJson(bytes);
    if (!parsed || !parsed->is_array())
        return refuseForeign(path);
    std::vector<OllamaTurn> turns;
    for (const json::value &value : parsed->get_array()) {
        const json::array *pair = value.if_array();
        if (!pair || pair->size() != 2 || !(*pair)[0].is_string() || (*pair)[0].get_string().size() != 1 ||
            !(*pair)[1].is_string())
            return refuseForeign(path);
        turns.push_back({(*pair)[0].get_string()[0], std::string((*pair)[1].get_string())});
    }
    turnsJson = std::move(bytes);
    return turns;
}

} // namespace Gateway
