#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace Gateway {

/// A setting with its value and all a face needs to show and change it.
struct SettingView
{
    std::string name;  ///< "MAX_RETRIES"
    std::string value; ///< Masked for a secret; of a flag "on" or "off", however it was written.
    std::string defaultValue;
    std::string source;       ///< "default", "store", "environment", "command line".
    bool isLocked = false;    ///< Set by environment or command line: cannot be changed here.
    std::string type;         ///< "text", "integer", "flag", "list", "choice".
    std::int64_t minimum = 0; ///< Integers.
    std::int64_t maximum = 0;
    std::string unit; ///< "s", "bytes" or empty.
    std::vector<std::string> choices;
    std::string allowed; ///< For people: "a whole number from 0 to 20".
    bool isSecret = false;
    bool needsRestart = false; ///< A change takes effect at the next start.
    bool isPending = false;    ///< Was changed and waits for that start.
    std::string section;       ///< English; translated in the context "Settings".
    std::string title;         ///< Two or three words, likewise.
    std::string text;          ///< Likewise.

    bool operator==(const SettingView &) const = default;
};

} // namespace Gateway
