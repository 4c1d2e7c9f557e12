#pragma once

// For the files with the JSON forms alone: what turns a type's list of members, its describe(), into a writer
// and a reader.

#include <algorithm>
#include <cmath>
#include <concepts>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "gateway/common/secret.h"
#include "gateway/control/json/controljson.h"
#include "gateway/control/json/words.h"

namespace Gateway {

template <typename Self, typename T>
concept MaybeConst = std::same_as<std::remove_const_t<Self>, T>;

template <typename E>
requires std::is_enum_v<E> json::value wordOf(E value)
{
    const std::span<const std::string_view> words = wordsOf(value);
    const auto index = static_cast<std::size_t>(value);
    return index < words.size() ? json::value(words[index]) : json::value(nullptr);
}

/// Puts the members a describe() names into an object.
class FieldWriter
{
public:
    explicit FieldWriter(json::object &out)
        : m_out(out)
    {
    }

    template <typename T>
    void operator()(std::string_view name, const T &value)
    {
        m_out.emplace(name, plain(value));
    }

    template <typename T>
    void operator()(std::string_view name, const std::optional<T> &value)
    {
        if (value)
            m_out.emplace(name, plain(*value));
    }

private:
    static json::value plain(const std::string &text) { return json::value(std::string_view(text)); }
    static json::value plain(const Secret &secret) { return plain(secret.reveal()); }
    static json::value plain(bool value) { return value; }
    static json::value plain(double value) { return value; }
    template <std::integral T>
    static json::value plain(T value)
    {
        return value;
    }
    template <typename T>
    static json::value plain(const std::vector<T> &values)
    {
        json::array array;
        array.reserve(values.size());
        for (const T &value : values)
            array.push_back(plain(value));
        return array;
    }
    template <typename T>
    requires std::is_class_v<T>
    static json::value plain(const T &value) { return jsonOf(value); }
    template <typename E>
    requires std::is_enum_v<E>
    static json::value plain(E value) { return wordOf(value); }

    json::object &m_out;
};

/// Takes the members a describe() names out of an object; keeps the first fault.
class FieldReader
{
public:
    FieldReader(const json::object &in, UnknownMembers unknown)
        : m_in(in)
        , m_unknown(unknown)
    {
    }

    template <typename T>
    void operator()(std::string_view name, T &value)
    {
        const json::value *member = take(name);
        if (member)
            read(*member, std::string(name), value);
    }

    template <typename T>
    void operator()(std::string_view name, std::optional<T> &value)
    {
        const json::value *member = take(name);
        if (!member || member->is_null())
            return;
        T read_value{};
        read(*member, std::string(name), read_value);
        value = std::move(read_value);
    }

    /// After the last member: what was wrong.
    Result<void> result()
    {
        if (!m_fault && m_unknown == UnknownMembers::Refused && m_taken < m_in.size())
            tellUnknown();
        if (m_fault)
            return fail(std::move(*m_fault));
        return {};
    }

private:
    const json::value *take(std::string_view name)
    {
        m_names.push_back(name);
        const json::value *member = m_in.if_contains(name);
        m_taken += member ? 1 : 0;
        return member;
    }

    void tellUnknown()
    {
        for (const json::key_value_pair &member : m_in) {
            if (std::find(m_names.begin(), m_names.end(), member.key()) == m_names.end()) {
                faulty(std::string(member.key()), "is not known here");
                return;
            }
        }
    }

    void faulty(std::string path, const std::string &what)
    {
        if (!m_fault)
            m_fault = Error{422, "invalid_value", "\"" + path + "\" " + what + ".", path, 0};
    }

    void read(const json::value &in, const std::string &path, std::string &value)
    {
        if (const json::string *text = in.if_string())
            value.assign(text->data(), text->size());
        else
            faulty(path, "must be a text");
    }
    void read(const json::value &in, const std::string &path, Secret &value)
    {
        std::string text;
        read(in, path, text);
        value = Secret(text);
    }
    void read(const json::value &in, const std::string &path, bool &value)
    {
        if (const bool *flag = in.if_bool())
            value = *flag;
        else
            faulty(path, "must be true or false");
    }
    void read(const json::value &in, const std::string &path, double &value)
    {
        if (in.is_number())
            value = in.to_number<double>();
        else
            faulty(path, "must be a number");
    }
    template <std::integral T>
    void read(const json::value &in, const std::string &path, T &value)
    {
        boost::system::error_code error;
        const T number = in.is_number() ? in.to_number<T>(error) : T{};
        if (in.is_number() && !error)
            value = number;
        else
            faulty(path, "must be a whole number");
    }
    template <typename E>
    requires std::is_enum_v<E>
    void read(const json::value &in, const std::string &path, E &value)
    {
        const std::span<const std::string_view> words = wordsOf(value);
        const json::string *text = in.if_string();
        const auto word = text ? std::find(words.begin(), words.end(), std::string_view(*text)) : words.end();
        if (word == words.end() || word->empty()) {
            faulty(path, "must be one of " + joinedWords(words));
            return;
        }
        value = static_cast<E>(word - words.begin());
    }
    template <typename T>
    void read(const json::value &in, const std::string &path, std::vector<T> &values)
    {
        const json::array *array = in.if_array();
        if (!array) {
            faulty(path, "must be an array");
            return;
        }
        values.clear();
        values.reserve(array->size());
        for (std::size_t i = 0; i < array->size(); ++i)
            read((*array)[i], path + '[' + std::to_string(i) + ']', values.emplace_back());
    }
    template <typename T>
    requires std::is_class_v<T>
    void read(const json::value &in, const std::string &path, T &value)
    {
        Result<T> inner = fromJson<T>(in, m_unknown);
        if (inner) {
            value = std::move(*inner);
            return;
        }
        std::string deeper = path;
        if (!inner.error().param.empty())
            deeper += '.' + inner.error().param;
        if (!m_fault)
            m_fault = Error{422, inner.error().code, inner.error().text, std::move(deeper), 0};
    }

    const json::object &m_in;
    UnknownMembers m_unknown;
    std::vector<std::string_view> m_names;
    std::size_t m_taken = 0;
    std::optional<Error> m_fault;
};

template <typename T>
json::value writtenFields(const T &value)
{
    json::object out;
    FieldWriter writer(out);
    describe(writer, value);
    return out;
}

template <typename T>
Result<T> readFields(const json::value &value, UnknownMembers unknown)
{
    const json::object *object = value.if_object();
    if (!object)
        return fail(422, "invalid_value", "A JSON object is needed here.");
    T read{};
    FieldReader reader(*object, unknown);
    describe(reader, read);
    if (Result<void> done = reader.result(); !done)
        return fail(std::move(done.error()));
    return read;
}

} // namespace Gateway

/// Makes jsonOf() and fromJson() of a type that has a describe(). A type comes after those inside it.
#define GW_JSON_FORM(Type)                                                                                   \
    template <>                                                                                              \
    json::value jsonOf<Type>(const Type &value)                                                              \
    {                                                                                                        \
        return writtenFields(value);                                                                         \
    }                                                                                                        \
    template <>                                                                                              \
    Result<Type> fromJson<Type>(const json::value &value, UnknownMembers unknown)                            \
    {                                                                                                        \
        return readFields<Type>(value, unknown);                                                             \
    }
