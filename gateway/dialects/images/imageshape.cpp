#include "gateway/dialects/images/imageshape.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>

namespace Gateway {

namespace {

struct Ratio
{
    std::string_view name;
    double value;
};

/// Those that every model which draws takes; newer ones know some more, which are longer than OpenAI's.
constexpr auto RATIOS = std::to_array<Ratio>({{"1:1", 1.0},
                                              {"2:3", 2.0 / 3},
                                              {"3:2", 3.0 / 2},
                                              {"3:4", 3.0 / 4},
                                              {"4:3", 4.0 / 3},
                                              {"4:5", 4.0 / 5},
                                              {"5:4", 5.0 / 4},
                                              {"9:16", 9.0 / 16},
                                              {"16:9", 16.0 / 9},
                                              {"21:9", 21.0 / 9}});

constexpr int LONGEST_EDGE = 100'000;
/// Pixels from which the next size is nearer: 1K is about 1024 × 1024, 2K and 4K four times more each.
constexpr std::int64_t FROM_2K = 2'000'000;
constexpr std::int64_t FROM_4K = 8'000'000;

bool readEdge(std::string_view text, int &edge)
{
    const char *end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, edge);
    return read.ec == std::errc() && read.ptr == end && edge > 0 && edge <= LONGEST_EDGE;
}

std::string_view nearestRatio(double wanted)
{
    const auto distance = [wanted](const Ratio &ratio) { return std::abs(std::log(ratio.value / wanted)); };
    return std::ranges::min_element(RATIOS, {}, distance)->name;
}

} // namespace

std::optional<ImageShape> shapeOf(std::string_view size)
{
    if (size.empty() || size == "auto")
        return ImageShape{};
    const std::size_t cross = size.find('x');
    int width = 0;
    int height = 0;
    if (cross == std::string_view::npos || !readEdge(size.substr(0, cross), width) ||
        !readEdge(size.substr(cross + 1), height))
        return std::nullopt;
    const std::int64_t pixels = std::int64_t{width} * height;
    ImageShape shape;
    shape.ratio = nearestRatio(static_cast<double>(width) / height);
    shape.size = pixels > FROM_4K ? "4K" : pixels > FROM_2K ? "2K" : "";
    return shape;
}

std::string_view imageSizeOfQuality(std::string_view quality)
{
    if (quality == "high" || quality == "hd")
        return "2K";
    return quality == "xhigh" || quality == "max" ? "4K" : "";
}

} // namespace Gateway
