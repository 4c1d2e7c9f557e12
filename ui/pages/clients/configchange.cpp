#include "ui/pages/clients/configchange.h"

#include "ui/pages/clients/envedit.h"
#include "ui/pages/clients/jsonedit.h"
#include "ui/pages/clients/tomledit.h"
#include "ui/pages/clients/yamledit.h"

using namespace Gateway;

namespace Ui {

namespace {

Result<QString> withChange(ConfigFormat format, const QString &text, const ConfigChange &change)
{
    switch (format) {
    case ConfigFormat::Env:
        return withEnvValue(text, change.path.first(), change.value);
    case ConfigFormat::Json:
        return withJsonMember(text, change.path, change.isJson ? change.value : jsonString(change.value));
    case ConfigFormat::Toml:
        return withTomlValue(text, change.path, change.value);
    case ConfigFormat::Yaml:
        break;
    }
    return withYamlValue(text, change.path, change.value);
}

Result<QString> withoutPath(ConfigFormat format, const QString &text, const QStringList &path)
{
    switch (format) {
    case ConfigFormat::Env:
        return withoutEnvValue(text, path.first());
    case ConfigFormat::Json:
        return withoutJsonMember(text, path);
    case ConfigFormat::Toml:
        return withoutTomlValue(text, path);
    case ConfigFormat::Yaml:
        break;
    }
    return withoutYamlValue(text, path);
}

} // namespace

Result<QString> withChanges(ConfigFormat format, const QString &text,
                            const std::vector<ConfigChange> &changes)
{
    Result<QString> changed = text;
    for (const ConfigChange &change : changes) {
        if (change.onlyIfMissing && valueAt(format, *changed, change.path))
            continue;
        changed = withChange(format, *changed, change);
        if (!changed)
            break;
    }
    return changed;
}

Result<QString> withoutPaths(ConfigFormat format, const QString &text, const std::vector<QStringList> &paths)
{
    Result<QString> changed = text;
    for (const QStringList &path : paths) {
        changed = withoutPath(format, *changed, path);
        if (!changed)
            break;
    }
    return changed;
}

std::optional<QString> valueAt(ConfigFormat format, const QString &text, const QStringList &path)
{
    switch (format) {
    case ConfigFormat::Env:
        return envValue(text, path.first());
    case ConfigFormat::Json:
        return jsonValue(text, path);
    case ConfigFormat::Toml:
        return tomlValue(text, path);
    case ConfigFormat::Yaml:
        break;
    }
    return yamlValue(text, path);
}

} // namespace Ui
