#pragma once

#include <tl/expected.hpp>

#include "gateway/common/error.h"

namespace Gateway {

/// What a function that may fail in normal life returns: a value or an Error. No exception leaves the
/// gateway.
template <typename T>
using Result = tl::expected<T, Error>;

/// The failed side of a Result: `return fail(400, "invalid_json", "…")`.
inline tl::unexpected<Error> fail(int status, std::string code, std::string text)
{
    return tl::unexpected<Error>(Error{status, std::move(code), std::move(text), {}, 0});
}

inline tl::unexpected<Error> fail(Error error)
{
    return tl::unexpected<Error>(std::move(error));
}

} // namespace Gateway
