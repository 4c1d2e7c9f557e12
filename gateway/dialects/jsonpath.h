#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "gateway/common/result.h"

namespace Gateway {

/// A place in a client's JSON: a chain of steps on the stack that costs nothing until its text is asked for.
/// A step refers to its parent and its name, so both must outlive it.
class JsonPath
{
public:
    /// The outermost object.
    JsonPath() = default;
    JsonPath(const JsonPath &parent, std::string_view member)
        : m_parent(&parent)
        , m_member(member)
    {
    }
    JsonPath(const JsonPath &parent, std::size_t index)
        : m_parent(&parent)
        , m_index(index)
        , m_isIndex(true)
    {
    }

    /// The index of the last step, 0 when it is a member.
    std::size_t index() const { return m_index; }

    /// As OpenAI writes it: "messages[3].content[1].image_url.url".
    std::string text() const;

private:
    void append(std::string &out) const;

    const JsonPath *m_parent = nullptr;
    std::string_view m_member;
    std::size_t m_index = 0;
    bool m_isIndex = false;
};

/// A 400 at `path`: the text is "<path>: <what>", the path is the error's param. `code` is one of OpenAI's
/// words (platform.openai.com/docs/guides/error-codes).
tl::unexpected<Error> refuse(const JsonPath &path, std::string_view what,
                             std::string_view code = "invalid_value");

/// A 400 since the value at `path` is not of the kind named by `expected` ("a string", "an array").
tl::unexpected<Error> refuseKind(const JsonPath &path, std::string_view expected);

/// A 400 since `path` is missing.
tl::unexpected<Error> refuseMissing(const JsonPath &path);

} // namespace Gateway
