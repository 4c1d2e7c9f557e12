#pragma once

#include <string>

#include "gateway/store/keycolumns.h"

namespace Gateway::KeySql {

// The statements of KeyRepository.

/// "?, ?, ?"
std::string places(int count);
/// "label = ?, note = ?, …", the columns of KeySettings.
std::string settingAssignments();

std::string load();
std::string find();
/// fingerprint, secret, created_ms, the settings.
std::string add();
/// secret, the settings, id.
std::string revive();
/// The settings, id.
std::string saveSettings();

constexpr std::string_view LOAD_RESTS =
    "SELECT key_id, model, until_ms, reason FROM key_rests WHERE until_ms > ? ORDER BY key_id, model";
constexpr std::string_view KNOWN = "SELECT id, deleted_ms, secret FROM keys WHERE fingerprint = ?";
constexpr std::string_view FINGERPRINT = "SELECT fingerprint FROM keys WHERE id = ? AND deleted_ms = 0";
constexpr std::string_view GIVE_SECRET =
    "UPDATE keys SET secret = ?, state = 0, reason = '', failures = 0 WHERE id = ?";
constexpr std::string_view CHANGE =
    "UPDATE keys SET state = ?, reason = ?, failures = ?, since_ms = ? WHERE id = ? AND deleted_ms = 0";
constexpr std::string_view PUT_REST =
    "INSERT INTO key_rests (key_id, model, until_ms, reason) VALUES (?, ?, ?, ?) "
    "ON CONFLICT (key_id, model) DO UPDATE SET until_ms = excluded.until_ms, reason = excluded.reason";
constexpr std::string_view LIFT_REST = "DELETE FROM key_rests WHERE key_id = ? AND model = ?";
constexpr std::string_view COUNT =
    "UPDATE keys SET last_used_ms = max(last_used_ms, ?1), calls = calls + ?2, "
    "failed_calls = failed_calls + ?3, last_checked_ms = max(last_checked_ms, ?4), "
    "last_error = CASE WHEN ?5 > last_error_ms THEN ?6 ELSE last_error END, "
    "last_error_ms = max(last_error_ms, ?5) WHERE id = ?7";
constexpr std::string_view REMOVE = "UPDATE keys SET deleted_ms = ? WHERE id = ? AND deleted_ms = 0";
constexpr std::string_view RESTORE =
    "UPDATE keys SET deleted_ms = 0 WHERE id = ? AND deleted_ms > 0 AND secret <> ''";
constexpr std::string_view WIPE = "UPDATE keys SET secret = '', proxy = '' WHERE id IN (SELECT id FROM keys "
                                  "WHERE deleted_ms > 0 AND secret <> '' AND deleted_ms < ? LIMIT ?)";
constexpr std::string_view DROP_RESTS = "DELETE FROM key_rests WHERE (key_id, model) IN "
                                        "(SELECT key_id, model FROM key_rests WHERE until_ms <= ? LIMIT ?)";

} // namespace Gateway::KeySql
