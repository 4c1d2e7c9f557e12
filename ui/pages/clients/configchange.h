#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include <QStringList>

#include "gateway/common/result.h"

namespace Ui {

enum class ConfigFormat : std::uint8_t { Env, Json, Toml, Yaml };

/// One setting in a client's file. A path is, by format: the variable's name; the members from the outermost;
/// the tables and then the key; a key, or a list, "name=value" that tells its item, and the item's key.
struct ConfigChange
{
    QStringList path;
    QString value;
    bool isJson = false;        ///< Json: the value is JSON text and not a string.
    bool onlyIfMissing = false; ///< What is there already stays.
};

/// The text with the changes, all else as it was to the letter. 422 with a sentence for a person when the
/// text is not of that format, or says the thing in a way that cannot be changed safely.
Gateway::Result<QString> withChanges(ConfigFormat format, const QString &text,
                                     const std::vector<ConfigChange> &changes);
/// The text without what lies at these paths; paths that are not there are passed over.
Gateway::Result<QString> withoutPaths(ConfigFormat format, const QString &text,
                                      const std::vector<QStringList> &paths);
/// What a program that reads the text finds at the path; for JSON that is no string its text.
std::optional<QString> valueAt(ConfigFormat format, const QString &text, const QStringList &path);

} // namespace Ui
