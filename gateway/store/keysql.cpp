#include "gateway/store/keysql.h"

namespace Gateway::KeySql {

namespace {

std::string select()
{
    return "SELECT " + std::string(KEY_COLUMNS) + " FROM keys WHERE deleted_ms = 0";
}

} // namespace

std::string places(int count)
{
    std::string text;
    for (int i = 0; i < count; ++i)
        text += i == 0 ? "?" : ", ?";
    return text;
}

std::string settingAssignments()
{
    std::string text;
    for (const char c : KEY_SETTING_COLUMNS) {
        if (c == ',')
            text += " = ?";
        text += c;
    }
    return text + " = ?";
}

std::string load()
{
    return select() + " ORDER BY id";
}

std::string find()
{
    return select() + " AND id = ?";
}

std::string add()
{
    return "INSERT INTO keys (fingerprint, secret, created_ms, " + std::string(KEY_SETTING_COLUMNS) +
           ") VALUES (" + places(3 + KEY_SETTING_COUNT) + ") RETURNING id";
}

std::string revive()
{
    return "UPDATE keys SET secret = ?, " + settingAssignments() +
           ", deleted_ms = 0, state = 0, reason = '', failures = 0, since_ms = 0 WHERE id = ?";
}

std::string saveSettings()
{
    return "UPDATE keys SET " + settingAssignments() + " WHERE id = ? AND deleted_ms = 0";
}

} // namespace Gateway::KeySql
