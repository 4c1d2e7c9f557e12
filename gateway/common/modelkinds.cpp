#include "gateway/common/modelkinds.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <tuple>

namespace Gateway {

namespace {

struct Named
{
    ModelKind kind;
    std::string_view target;
    std::string_view latest;
};

constexpr std::array<Named, 6> NAMED{{
    {ModelKind::Pro, "@pro", "gemini-pro-latest"},
    {ModelKind::Flash, "@flash", "gemini-flash-latest"},
    {ModelKind::FlashLite, "@flash-lite", "gemini-flash-lite-latest"},
    {ModelKind::Embedding, "@embedding", "gemini-embedding-001"},
    {ModelKind::Image, "@image", ""},
    {ModelKind::Speech, "@speech", ""},
}};

/// Parts of the names of Gemini models that answer no chat, or only one of a special kind.
constexpr std::array<std::string_view, 8> SPECIAL{"live",     "audio", "omni",  "robotics",
                                                  "computer", "aqa",   "video", "dialog"};

bool has(std::string_view id, std::string_view part)
{
    return id.find(part) != std::string_view::npos;
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isMoving(std::string_view id)
{
    return id.ends_with("-latest");
}

/// A whole number at the front of `text`, which it leaves behind.
int takeNumber(std::string_view &text)
{
    int number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc())
        return 0;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return number;
}

auto rankOf(std::string_view id)
{
    const ModelAge age = modelAge(id);
    return std::tuple(id.starts_with("gemini-"), !isMoving(id), age.major, age.stable, age.minor,
                      -static_cast<int>(id.size()));
}

} // namespace

ModelKind modelKind(std::string_view id)
{
    if (has(id, "embedding"))
        return ModelKind::Embedding;
    if (!id.starts_with("gemini-"))
        return ModelKind::Other;
    if (has(id, "image"))
        return ModelKind::Image;
    if (has(id, "tts"))
        return ModelKind::Speech;
    if (std::any_of(SPECIAL.begin(), SPECIAL.end(), [id](std::string_view part) { return has(id, part); }))
        return ModelKind::Other;
    if (has(id, "lite"))
        return ModelKind::FlashLite;
    if (has(id, "flash"))
        return ModelKind::Flash;
    return has(id, "-pro") ? ModelKind::Pro : ModelKind::Other;
}

std::optional<ModelKind> kindOfTarget(std::string_view target)
{
    const auto *found = std::find_if(NAMED.begin(), NAMED.end(),
                                     [target](const Named &named) { return named.target == target; });
    return found == NAMED.end() ? std::nullopt : std::optional(found->kind);
}

std::string_view latestName(ModelKind kind)
{
    const auto *found =
        std::find_if(NAMED.begin(), NAMED.end(), [kind](const Named &named) { return named.kind == kind; });
    return found == NAMED.end() ? std::string_view() : found->latest;
}

ModelAge modelAge(std::string_view id)
{
    ModelAge age;
    age.stable = !has(id, "preview") && !has(id, "exp");
    for (std::size_t at = id.find('-'); at != std::string_view::npos; at = id.find('-', at + 1)) {
        std::string_view rest = id.substr(at + 1);
        if (rest.empty() || !isDigit(rest.front()))
            continue;
        const std::size_t digits = rest.find_first_not_of("0123456789");
        const bool isMonth = rest.front() == '0' && std::min(digits, rest.size()) == 2; // "exp-03-07"
        const int major = takeNumber(rest);
        if (isMonth || major > 99) // a date, or a build
            continue;
        age.major = major;
        if (rest.size() > 1 && rest.front() == '.' && isDigit(rest[1])) {
            rest.remove_prefix(1);
            age.minor = takeNumber(rest);
        }
        return age;
    }
    return age;
}

bool isBetterModel(std::string_view left, std::string_view right)
{
    return rankOf(left) > rankOf(right);
}

} // namespace Gateway
