#include "gateway/store/keycolumns.h"

#include <utility>

#include "gateway/store/textlist.h"

namespace Gateway {

StoredKey keyRowOf(Statement &statement)
{
    StoredKey key;
    KeyRow &row = key.row;
    KeySettings &settings = row.settings;
    int column = 0;
    row.id = statement.integer(column++);
    key.fingerprint = statement.text(column++);
    key.secret = statement.text(column++);
    settings.label = statement.text(column++);
    row.state = statement.integer(column++) == 1 ? KeyState::Sidelined : KeyState::Usable;
    row.reason = statement.text(column++);
    row.failures = static_cast<int>(statement.integer(column++));
    row.sinceMs = statement.integer(column++);
    row.createdMs = statement.integer(column++);
    row.lastUsedMs = statement.integer(column++);
    row.calls = statement.integer(column++);
    row.failedCalls = statement.integer(column++);
    settings.note = statement.text(column++);
    settings.tags = textsOfColumn(statement.text(column++));
    settings.project = statement.text(column++);
    settings.priority = static_cast<int>(statement.integer(column++));
    settings.weight = static_cast<int>(statement.integer(column++));
    settings.enabled = statement.integer(column++) != 0;
    settings.allowedModels = textsOfColumn(statement.text(column++));
    settings.deniedModels = textsOfColumn(statement.text(column++));
    key.proxy = statement.text(column++);
    settings.minuteRequests = statement.integer(column++);
    settings.minuteTokens = statement.integer(column++);
    settings.dayRequests = statement.integer(column++);
    settings.tier = static_cast<KeyTier>(statement.integer(column++));
    settings.kind = statement.integer(column++) == 1 ? KeyKind::Vertex : KeyKind::Gemini;
    settings.baseUrl = statement.text(column++);
    row.lastCheckedMs = statement.integer(column++);
    row.lastError = statement.text(column++);
    row.lastErrorMs = statement.integer(column);
    return key;
}

void KeySettingsBinding::bind(Statement &statement, int first, const KeySettings &settings, std::string proxy)
{
    m_tags = columnOfTexts(settings.tags);
    m_allowed = columnOfTexts(settings.allowedModels);
    m_denied = columnOfTexts(settings.deniedModels);
    m_proxy = std::move(proxy);
    int at = first;
    statement.bindText(at++, settings.label);
    statement.bindText(at++, settings.note);
    statement.bindText(at++, m_tags);
    statement.bindText(at++, settings.project);
    statement.bind(at++, settings.priority);
    statement.bind(at++, settings.weight);
    statement.bind(at++, settings.enabled);
    statement.bindText(at++, m_allowed);
    statement.bindText(at++, m_denied);
    if (m_proxy.empty())
        statement.bindText(at++, m_proxy);
    else
        statement.bindBlob(at++, m_proxy);
    statement.bind(at++, settings.minuteRequests);
    statement.bind(at++, settings.minuteTokens);
    statement.bind(at++, settings.dayRequests);
    statement.bind(at++, static_cast<std::int64_t>(settings.tier));
    statement.bind(at++, static_cast<std::int64_t>(settings.kind));
    statement.bindText(at, settings.baseUrl);
}

} // namespace Gateway
