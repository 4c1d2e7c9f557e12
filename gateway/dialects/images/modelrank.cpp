#include "gateway/dialects/images/modelrank.h"

#include <algorithm>
#include <charconv>
#include <tuple>

namespace Gateway {

namespace {

constexpr std::string_view GEMINI = "gemini-";

/// Major and minor version ("gemini-3.1-…"), and whether it is finished. Higher is better.
using Rank = std::tuple<int, int, bool>;

Rank rankOf(std::string_view id)
{
    int major = 0;
    int minor = 0;
    if (id.starts_with(GEMINI)) {
        const char *end = id.data() + id.size();
        const auto read = std::from_chars(id.data() + GEMINI.size(), end, major);
        if (read.ptr != end && *read.ptr == '.')
            std::from_chars(read.ptr + 1, end, minor);
    }
    return {major, minor, id.find("preview") == std::string_view::npos};
}

bool generates(const ModelInfo &model)
{
    return std::ranges::find(model.methods, "generateContent") != model.methods.end();
}

} // namespace

std::string newestModel(std::span<const ModelInfo> models, bool (*fits)(std::string_view id))
{
    const ModelInfo *best = nullptr;
    for (const ModelInfo &model : models) {
        if (fits(model.id) && generates(model) && (!best || rankOf(model.id) > rankOf(best->id)))
            best = &model;
    }
    return best ? best->id : std::string();
}

} // namespace Gateway
