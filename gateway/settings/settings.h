#pragma once

#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/common/result.h"
#include "gateway/settings/setting.h"

namespace Gateway {

/// Who set a value; a later one wins.
enum class SettingSource : std::uint8_t { Default, Store, Environment, CommandLine };

/// "default", "store", "environment" or "command line".
std::string_view sourceName(SettingSource source);

/// All settings at one moment. Immutable once shared: threads hold a `shared_ptr<const Settings>` and swap it
/// whole.
class Settings
{
public:
    /// Every setting at its default.
    Settings();

    /// Text as given (also for Integer, Flag, List, Choice).
    const std::string &text(Setting setting) const;
    std::int64_t integer(Setting setting) const;
    bool flag(Setting setting) const;
    /// The pieces between commas or newlines.
    const std::vector<std::string> &list(Setting setting) const;
    SettingSource source(Setting setting) const;

    /// Checks and takes a value. The error names the setting, the value (masked for a secret) and what is
    /// allowed.
    Result<void> set(Setting setting, std::string_view value, SettingSource source);

private:
    struct Value
    {
        std::string text;
        std::vector<std::string> list;
        std::int64_t integer = 0;
        SettingSource source = SettingSource::Default;
    };
    static Result<Value> parsed(const SettingRow &row, std::string_view text);

    std::array<Value, static_cast<std::size_t>(Setting::Count)> m_values;
};

using SettingsPtr = std::shared_ptr<const Settings>;

} // namespace Gateway
