#pragma once

#include <string_view>

namespace Gateway {

/// Whether `json` (an answer of generateContent, or any part of its stream that begins between two members)
/// tells a client something: text, a call, media, code, why the prompt was blocked, or an end other than
/// STOP. Looks at the bytes only: inside a text Google escapes quotes, so a quoted word followed by a colon
/// is a member's name.
bool tellsSomething(std::string_view json);

} // namespace Gateway
