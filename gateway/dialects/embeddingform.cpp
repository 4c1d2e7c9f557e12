#include "gateway/dialects/embeddingform.h"

#include <bit>
#include <charconv>
#include <cmath>
#include <cstdint>

#include "gateway/dialects/base64.h"

namespace Gateway {

namespace {

/// Single precision leaves a unit vector of some thousand numbers well within this of 1.
constexpr double UNIT_TOLERANCE = 1e-3;

/// The factor that brings `values` to length 1, or 1 when they are there already.
double unitFactor(const json::array &values)
{
    double squares = 0;
    for (const json::value &value : values) {
        const double number = value.is_number() ? value.to_number<double>() : 0;
        squares += number * number;
    }
    const double length = std::sqrt(squares);
    return length > 0 && std::isfinite(length) && std::abs(length - 1) > UNIT_TOLERANCE ? 1 / length : 1;
}

void appendFloat(std::string &out, float number)
{
    char digits[32];
    out.append(digits, std::to_chars(digits, digits + sizeof(digits), number).ptr);
}

void appendLittleEndian(std::string &out, float number)
{
    const auto bits = std::bit_cast<std::uint32_t>(number);
    for (int shift = 0; shift < 32; shift += 8)
        out += static_cast<char>(bits >> shift & 0xff);
}

Result<float> floatOf(const json::value &value, double factor)
{
    if (!value.is_number())
        return fail(502, "bad_upstream_answer", "Gemini answered with a vector that holds no numbers.");
    const auto number = static_cast<float>(value.to_number<double>() * factor);
    if (!std::isfinite(number))
        return fail(502, "bad_upstream_answer", "Gemini answered with a number out of range.");
    return number;
}

} // namespace

Result<void> appendEmbedding(std::string &out, const json::array &values, const EmbeddingForm &form)
{
    const double factor = form.toUnit ? unitFactor(values) : 1;
    std::string bytes;
    if (form.base64)
        bytes.reserve(values.size() * sizeof(float));
    else
        out += '[';
    for (const json::value &value : values) {
        const Result<float> number = floatOf(value, factor);
        if (!number)
            return fail(number.error());
        if (form.base64) {
            appendLittleEndian(bytes, *number);
            continue;
        }
        if (&value != &values.front())
            out += ',';
        appendFloat(out, *number);
    }
    if (!form.base64) {
        out += ']';
        return {};
    }
    out += '"';
    appendBase64(out, bytes);
    out += '"';
    return {};
}

} // namespace Gateway
