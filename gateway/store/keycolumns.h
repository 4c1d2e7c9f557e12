#pragma once

#include <string>

#include "gateway/common/keyrow.h"
#include "gateway/store/statement.h"

namespace Gateway {

/// The columns of `keys` that keyRowOf() reads, in its order.
constexpr std::string_view KEY_COLUMNS =
    "id, fingerprint, secret, label, state, reason, failures, since_ms, created_ms, last_used_ms, calls, "
    "failed_calls, note, tags, project, priority, weight, enabled, allowed_models, denied_models, proxy, "
    "minute_requests, minute_tokens, day_requests, tier, kind, base_url, last_checked_ms, last_error, "
    "last_error_ms";

/// The columns of KeySettings, in the order KeySettingsBinding binds them.
constexpr std::string_view KEY_SETTING_COLUMNS =
    "label, note, tags, project, priority, weight, enabled, allowed_models, denied_models, proxy, "
    "minute_requests, minute_tokens, day_requests, tier, kind, base_url";
constexpr int KEY_SETTING_COUNT = 16;

/// A row of KEY_COLUMNS with secret and proxy as they stand in the table.
struct StoredKey
{
    std::string fingerprint;
    std::string secret;
    std::string proxy;
    KeyRow row; ///< Without these two.
};

StoredKey keyRowOf(Statement &statement);

/// Binds KeySettings; holds the texts that the statement borrows until it has run.
class KeySettingsBinding
{
public:
    /// `proxy` as the table is to hold it.
    void bind(Statement &statement, int first, const KeySettings &settings, std::string proxy);

private:
    std::string m_tags;
    std::string m_allowed;
    std::string m_denied;
    std::string m_proxy;
};

} // namespace Gateway
