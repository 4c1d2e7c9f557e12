#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "gateway/common/keysettings.h"

namespace Gateway {

/// The columns of a table of keys, for import and export.
enum class KeyField : std::uint8_t {
    Label,
    Key,
    Project,
    Tags,
    Weight,
    Priority,
    Note,
    Enabled,
    AllowedModels,
    DeniedModels,
    Proxy,
    MinuteRequests,
    MinuteTokens,
    DayRequests,
    Tier,
    Kind,
    BaseUrl,
    None ///< A column of another program.
};

/// All but None, in the order of an export.
std::span<const KeyField> keyFields();

/// "label", "key", …, "allowed_models", …: the name in CSV and JSON.
std::string_view keyFieldName(KeyField field);

/// The field that a column's name means, also as others call it ("apiKey", "Remark", "rpm"); case, blanks,
/// '_' and
/// '-' do not matter.
KeyField keyFieldNamed(std::string_view name);

/// The value as text: lists with ';' between, "true" or "false", numbers; Key gives "".
std::string keyFieldText(const KeySettings &settings, KeyField field);

/// Takes a value in that form. Returns "" or what was wrong with it, a sentence for people; then the nearest
/// allowed value is taken, or none.
std::string setKeyField(KeySettings &settings, KeyField field, std::string_view value);

} // namespace Gateway
