#pragma once

#include <optional>

#include <QStringList>

#include "gateway/common/result.h"

namespace Ui {

// TOML: a path is the tables and then the key. Comments, order and blanks stay as they are.

Gateway::Result<QString> withTomlValue(const QString &text, const QStringList &path, const QString &value);
/// Takes the key away, or the table with all in it when the path is one's.
Gateway::Result<QString> withoutTomlValue(const QString &text, const QStringList &path);
/// Only of strings.
std::optional<QString> tomlValue(const QString &text, const QStringList &path);

} // namespace Ui
