#include "gateway/dialects/schemakeywords.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>

namespace Gateway {

namespace {

struct TypeWord
{
    std::string_view word;
    unsigned bit;
};

enum TypeBit : unsigned {
    String = 1,
    Number = 2,
    Integer = 4,
    Boolean = 8,
    Object = 16,
    Array = 32,
    Null = 64
};

constexpr TypeWord TYPES[] = {
    {"object", Object}, {"array", Array},     {"string", String}, {"integer", Integer},
    {"number", Number}, {"boolean", Boolean}, {"null", Null},
};

constexpr double MAX_EXACT_WHOLE = 9007199254740992.0; // 2^53

/// Gemini's own spelling ("STRING") counts as well; "any" is no type at all.
std::optional<unsigned> typeBit(const json::value &value)
{
    const json::string *text = value.if_string();
    if (!text || text->size() > 8)
        return std::nullopt;
    std::string word(text->begin(), text->end());
    std::transform(word.begin(), word.end(), word.begin(),
                   [](char letter) { return letter >= 'A' && letter <= 'Z' ? char(letter | 32) : letter; });
    if (word == "any")
        return 0;
    for (const TypeWord &type : TYPES) {
        if (type.word == word)
            return type.bit;
    }
    return std::nullopt;
}

Result<unsigned> declaredTypes(const json::object &schema, const JsonPath &path)
{
    const json::value *type = schema.if_contains("type");
    if (!type || type->is_null())
        return 0;
    unsigned bits = 0;
    const json::array *list = type->if_array();
    const std::size_t count = list ? list->size() : 1;
    for (std::size_t i = 0; i < count; ++i) {
        const std::optional<unsigned> bit = typeBit(list ? (*list)[i] : *type);
        if (!bit)
            return refuse(JsonPath(path, "type"), "is not a type of JSON Schema.", "unsupported_schema");
        bits |= *bit;
    }
    return bits;
}

unsigned typeOf(const json::value &value)
{
    switch (value.kind()) {
    case json::kind::string:
        return String;
    case json::kind::int64:
    case json::kind::uint64:
        return Integer;
    case json::kind::double_:
        return Number;
    case json::kind::bool_:
        return Boolean;
    case json::kind::null:
        return Null;
    case json::kind::object:
        return Object;
    case json::kind::array:
        return Array;
    }
    return 0;
}

/// The type all of `values` share, null aside; 0 when they share none.
unsigned sharedType(const json::array &values)
{
    unsigned bits = 0;
    for (const json::value &value : values)
        bits |= typeOf(value);
    const unsigned others = bits & ~unsigned(Null);
    if (others == (Integer | Number))
        return Number | (bits & Null);
    return (others & (others - 1)) == 0 ? bits : 0;
}

void appendTypes(std::string &out, unsigned bits)
{
    if (bits == 0)
        return;
    appendKeyword(out, "type");
    const bool several = (bits & (bits - 1)) != 0;
    if (several)
        out += '[';
    for (const TypeWord &type : TYPES) {
        if (!(bits & type.bit))
            continue;
        if (out.back() == '"')
            out += ',';
        appendJsonString(out, type.word);
    }
    if (several)
        out += ']';
}

void appendEnum(std::string &out, const json::array &values, bool withNull)
{
    appendKeyword(out, "enum");
    out += '[';
    for (const json::value &value : values) {
        if (value.is_null() && !withNull)
            continue;
        if (out.back() != '[')
            out += ',';
        appendJson(out, value);
    }
    out += ']';
}

/// The list a value must be taken from. A const is a list of one: Gemini overlooks the keyword const.
Result<json::array> allowedValues(const json::object &schema, const JsonPath &path)
{
    json::array values(schema.storage());
    if (const json::value *constant = schema.if_contains("const")) {
        values.push_back(*constant);
        return values;
    }
    const json::value *list = schema.if_contains("enum");
    if (!list || list->is_null())
        return values;
    if (!list->is_array() || list->get_array().empty())
        return refuse(JsonPath(path, "enum"), "must be a list of at least one value.", "unsupported_schema");
    return list->get_array();
}

/// Type and enum of a schema with a closed list. A null in a longer list becomes a choice of its own:
/// Gemini's enum holds strings and numbers.
void appendChoices(std::string &out, const json::object &schema, unsigned types, const json::array &values)
{
    const bool hasNull = std::any_of(values.begin(), values.end(), [](const auto &v) { return v.is_null(); });
    if (hasNull && values.size() == 1) {
        appendTypes(out, Null);
        return;
    }
    if (!hasNull || schema.contains("anyOf")) {
        appendTypes(out, types);
        appendEnum(out, values, true);
        return;
    }
    appendKeyword(out, "anyOf");
    out += "[{";
    appendTypes(out, types & ~unsigned(Null));
    appendEnum(out, values, false);
    out += "},{\"type\":\"null\"}]";
}

std::optional<double> numberAt(const json::object &schema, std::string_view name)
{
    const json::value *member = schema.if_contains(name);
    if (!member || !member->is_number())
        return std::nullopt;
    boost::system::error_code error;
    const double number = member->to_number<double>(error);
    return error ? std::nullopt : std::optional<double>(number);
}

/// One side of the range. Gemini overlooks exclusive bounds, so that an integer's become inclusive ones and a
/// number's stand beside an inclusive one. Draft 4 had them as a boolean beside the bound.
void appendBound(std::string &out, const json::object &schema, bool lower, bool integer)
{
    const std::string_view inclusiveName = lower ? "minimum" : "maximum";
    const std::string_view exclusiveName = lower ? "exclusiveMinimum" : "exclusiveMaximum";
    const json::value *inclusive = schema.if_contains(inclusiveName);
    const json::value *exclusive = schema.if_contains(exclusiveName);
    const std::optional<double> bound = numberAt(schema, inclusiveName);
    const bool oldForm = exclusive && exclusive->is_bool();
    if (oldForm)
        exclusive = exclusive->get_bool() && bound ? inclusive : nullptr;
    const std::optional<double> open =
        exclusive ? numberAt(schema, oldForm ? inclusiveName : exclusiveName) : std::nullopt;
    if (!open) {
        if (inclusive) {
            appendKeyword(out, inclusiveName);
            appendJson(out, *inclusive);
        }
        return;
    }
    if (integer && std::abs(*open) < MAX_EXACT_WHOLE) {
        double closed = lower ? std::floor(*open) + 1 : std::ceil(*open) - 1;
        if (bound && !oldForm)
            closed = lower ? std::max(closed, *bound) : std::min(closed, *bound);
        appendKeyword(out, inclusiveName);
        out += std::to_string(static_cast<std::int64_t>(closed));
        return;
    }
    const bool keepBound = bound && (lower ? *bound > *open : *bound < *open);
    appendKeyword(out, inclusiveName);
    appendJson(out, keepBound ? *inclusive : *exclusive);
    appendKeyword(out, exclusiveName);
    appendJson(out, *exclusive);
}

} // namespace

void appendKeyword(std::string &out, std::string_view keyword)
{
    if (out.back() != '{')
        out += ',';
    appendJsonString(out, keyword);
    out += ':';
}

bool isWrittenOrDropped(std::string_view keyword)
{
    static constexpr std::string_view NAMES[] = {
        "type",
        "enum",
        "const",
        "nullable",
        "minimum",
        "maximum",
        "$schema",
        "$id",
        "exclusiveMinimum",
        "exclusiveMaximum",
        "$defs",
        "$comment",
        "$anchor",
        "definitions",
        "$dynamicAnchor",
        "$recursiveAnchor",
        "$vocabulary",
    };
    return std::find(std::begin(NAMES), std::end(NAMES), keyword) != std::end(NAMES);
}

bool needsNullChoice(const json::object &schema)
{
    return boolAt(schema, "nullable", false) && !schema.contains("type");
}

Result<void> appendTypeAndRange(std::string &out, const json::object &schema, std::string_view otherwise,
                                const JsonPath &path)
{
    const Result<unsigned> declared = declaredTypes(schema, path);
    if (!declared)
        return fail(declared.error());
    const Result<json::array> values = allowedValues(schema, path);
    if (!values)
        return fail(values.error());
    unsigned types = *declared;
    if (types == 0 && !schema.contains("type"))
        types = sharedType(*values);
    if (types != 0 && boolAt(schema, "nullable", false))
        types |= Null;
    if (!values->empty()) {
        appendChoices(out, schema, types, *values);
    } else if (types != 0) {
        appendTypes(out, types);
    } else if (!otherwise.empty()) {
        appendKeyword(out, "type");
        appendJsonString(out, otherwise);
    }
    const bool integer = (types & Integer) && !(types & Number);
    appendBound(out, schema, true, integer);
    appendBound(out, schema, false, integer);
    return {};
}

} // namespace Gateway
