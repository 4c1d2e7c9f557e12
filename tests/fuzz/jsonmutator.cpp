// Changes JSON as JSON: random bytes seldom get past the parser. Half of the changes are libFuzzer's own.
#include <algorithm>
#include <array>
#include <cstring>
#include <random>
#include <string>
#include <vector>

#include "gateway/common/json.h"

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t *data, std::size_t size, std::size_t maxSize);

namespace {

namespace json = boost::json;

using Engine = std::minstd_rand;

std::size_t below(Engine &engine, std::size_t count)
{
    return static_cast<std::size_t>(engine()) % count;
}

constexpr std::array<std::string_view, 20> TEXTS{"",
                                                 "a",
                                                 "\n",
                                                 "\\",
                                                 "\"",
                                                 "\xc3\xbc",
                                                 "\xf0\x9f\x98\x80",
                                                 "data:image/png;base64,iVBORw0KGgo=",
                                                 "https://example.com/a.png",
                                                 "files/abc",
                                                 "file-abc",
                                                 "user",
                                                 "assistant",
                                                 "system",
                                                 "tool",
                                                 "text",
                                                 "function",
                                                 "null",
                                                 "#/$defs/a",
                                                 "gemini:"};
constexpr std::array<std::int64_t, 8> WHOLES{0, 1, -1, 2, 20, 65536, INT64_MAX, INT64_MIN};
constexpr std::array<double, 6> NUMBERS{0.5, -0.0, 1e300, -1e-300, 1e19, 3.0};

json::value simpleValue(Engine &engine)
{
    switch (below(engine, 8)) {
    case 0:
        return nullptr;
    case 1:
        return below(engine, 2) == 0;
    case 2:
        return WHOLES[below(engine, WHOLES.size())];
    case 3:
        return NUMBERS[below(engine, NUMBERS.size())];
    case 4:
        return json::object();
    case 5:
        return json::array();
    default:
        return json::string(TEXTS[below(engine, TEXTS.size())]);
    }
}

void gather(json::value &value, std::vector<json::value *> &all)
{
    all.push_back(&value);
    if (json::object *object = value.if_object()) {
        for (json::key_value_pair &member : *object)
            gather(member.value(), all);
    } else if (json::array *array = value.if_array()) {
        for (json::value &element : *array)
            gather(element, all);
    }
}

json::value &anyOf(json::value &root, Engine &engine)
{
    std::vector<json::value *> all;
    gather(root, all);
    return *all[below(engine, all.size())];
}

void changeArray(json::array &array, const json::value &other, Engine &engine)
{
    const std::size_t at = below(engine, array.size() + 1);
    const std::size_t kind = below(engine, 4);
    if (kind == 0 && at < array.size())
        array.erase(array.begin() + at);
    else if (kind == 1 && at < array.size())
        array.push_back(json::value(array[at]));
    else if (kind == 2 && at < array.size())
        std::swap(array[at], array[below(engine, array.size())]);
    else
        array.insert(array.begin() + at, other);
}

void changeObject(json::object &object, const json::value &other, Engine &engine)
{
    const bool isEmpty = object.empty();
    const auto member = object.begin() + (isEmpty ? 0 : below(engine, object.size()));
    const std::size_t kind = below(engine, 4);
    if (kind == 0 && !isEmpty) {
        object.erase(member);
    } else if (kind == 1 && !isEmpty) {
        json::value moved = member->value();
        object.insert_or_assign(TEXTS[below(engine, TEXTS.size())], std::move(moved));
    } else if (other.is_object() && !other.get_object().empty()) {
        const json::object &from = other.get_object();
        const auto taken = from.begin() + below(engine, from.size());
        object.insert_or_assign(taken->key(), taken->value());
    } else {
        object.insert_or_assign(TEXTS[below(engine, TEXTS.size())], other);
    }
}

/// One change somewhere in `root`. `other`: what may be put in.
void change(json::value &root, const json::value &other, Engine &engine)
{
    json::value &place = anyOf(root, engine);
    const std::size_t kind = below(engine, 6);
    if (kind == 0)
        place = simpleValue(engine);
    else if (kind == 1)
        place = json::value(other);
    else if (kind == 2)
        place = json::array{json::value(place)};
    else if (json::array *array = place.if_array())
        changeArray(*array, other, engine);
    else if (json::object *object = place.if_object())
        changeObject(*object, other, engine);
    else
        place = simpleValue(engine);
}

/// The JSON behind an input's first byte; false when it is none.
bool read(const std::uint8_t *data, std::size_t size, json::value &out)
{
    if (size < 2)
        return false;
    boost::system::error_code error;
    out = json::parse({reinterpret_cast<const char *>(data) + 1, size - 1}, error);
    return !error;
}

std::size_t write(const json::value &value, std::uint8_t *data, std::size_t most)
{
    const std::string text = json::serialize(value);
    if (text.size() + 1 > most)
        return 0;
    std::memcpy(data + 1, text.data(), text.size());
    return text.size() + 1;
}

} // namespace

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t *data, std::size_t size, std::size_t most,
                                               unsigned seed)
{
    Engine engine(seed);
    json::value root;
    if (below(engine, 4) == 0 || !read(data, size, root))
        return LLVMFuzzerMutate(data, size, most);
    for (std::size_t i = 1 + below(engine, 3); i > 0; --i) {
        const json::value other =
            below(engine, 2) == 0 ? simpleValue(engine) : json::value(anyOf(root, engine));
        change(root, other, engine);
    }
    const std::size_t changed = write(root, data, most);
    return changed != 0 ? changed : LLVMFuzzerMutate(data, size, most);
}

/// Puts a part of the second input somewhere into the first.
extern "C" std::size_t LLVMFuzzerCustomCrossOver(const std::uint8_t *first, std::size_t firstSize,
                                                 const std::uint8_t *second, std::size_t secondSize,
                                                 std::uint8_t *out, std::size_t most, unsigned seed)
{
    Engine engine(seed);
    json::value root;
    json::value other;
    if (!read(first, firstSize, root) || !read(second, secondSize, other))
        return 0;
    change(root, json::value(anyOf(other, engine)), engine);
    out[0] = first[0];
    return write(root, out, most);
}
