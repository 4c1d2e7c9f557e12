#include "gateway/control/local/localsettings.h"

#include <utility>

#include "gateway/common/text.h"
#include "gateway/store/store.h"

namespace Gateway {

namespace {

std::string_view typeName(SettingType type)
{
    switch (type) {
    case SettingType::Text:
        return "text";
    case SettingType::Integer:
        return "integer";
    case SettingType::Flag:
        return "flag";
    case SettingType::List:
        return "list";
    case SettingType::Choice:
        return "choice";
    }
    return {};
}

bool isPending(const SettingRow &row, const Settings &current, const Settings &started)
{
    return row.needsRestart && current.text(row.id) != started.text(row.id);
}

} // namespace

SettingView settingView(const SettingRow &row, const Settings &current, const Settings &started)
{
    const SettingSource source = current.source(row.id);
    SettingView view;
    view.name = row.name;
    view.value = row.type == SettingType::Flag ? (current.flag(row.id) ? "on" : "off")
                                               : shownText(row, current.text(row.id));
    view.defaultValue = row.defaultValue;
    view.source = sourceName(source);
    view.isLocked = source == SettingSource::Environment || source == SettingSource::CommandLine;
    view.type = typeName(row.type);
    view.minimum = row.minimum;
    view.maximum = row.maximum;
    view.unit = row.unit;
    view.choices = splitList(row.choices, ",");
    view.allowed = allowedText(row);
    view.isSecret = row.isSecret;
    view.needsRestart = row.needsRestart;
    view.isPending = isPending(row, current, started);
    view.section = row.section;
    view.title = row.title;
    view.text = row.text;
    return view;
}

LocalSettings::LocalSettings(const LocalParts &parts, const AuditTrail &audit, QObject &context,
                             std::function<void()> changed)
    : m_parts(parts)
    , m_audit(audit)
    , m_context(context)
    , m_changed(std::move(changed))
    , m_current(parts.settings)
{
}

int LocalSettings::pending() const
{
    int count = 0;
    for (const SettingRow &row : settingTable())
        count += isPending(row, *m_current, *m_parts.settings) ? 1 : 0;
    return count;
}

void LocalSettings::list(Reply<std::vector<SettingView>> reply)
{
    std::vector<SettingView> views;
    for (const SettingRow &row : settingTable())
        views.push_back(settingView(row, *m_current, *m_parts.settings));
    reply(std::move(views));
}

const SettingRow *LocalSettings::changeable(const std::string &name, const Reply<SettingView> &reply) const
{
    const SettingRow *row = findSetting(name);
    if (!row) {
        reply(fail(404, "unknown_setting", "There is no setting of this name."));
        return nullptr;
    }
    const SettingSource source = m_current->source(row->id);
    if (source == SettingSource::Environment || source == SettingSource::CommandLine) {
        reply(
            fail(409, "setting_locked",
                 name + " is set by the " + std::string(sourceName(source)) + " and must be changed there."));
        return nullptr;
    }
    return row;
}

void LocalSettings::set(std::string name, std::string value, Reply<SettingView> reply)
{
    if (const SettingRow *row = changeable(name, reply))
        change(*row, value, SettingSource::Store, reply);
}

void LocalSettings::reset(std::string name, Reply<SettingView> reply)
{
    if (const SettingRow *row = changeable(name, reply))
        change(*row, std::string(row->defaultValue), SettingSource::Default, reply);
}

void LocalSettings::change(const SettingRow &row, const std::string &value, SettingSource source,
                           const Reply<SettingView> &reply)
{
    Settings trial = *m_current;
    if (Result<void> taken = trial.set(row.id, value, source); !taken) {
        Error error = taken.error();
        error.status = 422;
        error.param = row.name;
        reply(fail(std::move(error)));
        return;
    }
    const bool isReset = source == SettingSource::Default;
    const Reply<void> saved{&m_context, [this, &row, value, source, reply](Result<void> result) {
                                if (!result) {
                                    reply(fail(std::move(result.error())));
                                    return;
                                }
                                // Other settings may have changed while this one was written.
                                auto next = std::make_shared<Settings>(*m_current);
                                if (Result<void> taken = next->set(row.id, value, source); !taken) {
                                    reply(fail(std::move(taken.error())));
                                    return;
                                }
                                m_current = std::move(next);
                                if (m_parts.useSettings)
                                    m_parts.useSettings(m_current);
                                reply(settingView(row, *m_current, *m_parts.settings));
                                m_changed();
                            }};
    m_audit.note(isReset ? "settings.reset" : "settings.set", std::string(row.name),
                 row.isSecret ? std::string() : shownText(row, value));
    m_parts.store.saveSetting(std::string(row.name), isReset ? std::string() : value, isReset, saved);
}

} // namespace Gateway
