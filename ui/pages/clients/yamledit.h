#pragma once

#include <optional>

#include <QStringList>

#include "gateway/common/result.h"

namespace Ui {

// YAML of the kind that programs are set up with: {key} is one at the top; {list, "name=X", key} lies in
// that item of a list at the top, which is made when it is missing. All else stays to the letter.

Gateway::Result<QString> withYamlValue(const QString &text, const QStringList &path, const QString &value);
/// {key}, or {list, "name=X"} for the whole item.
Gateway::Result<QString> withoutYamlValue(const QString &text, const QStringList &path);
/// Only of plain and quoted values on one line.
std::optional<QString> yamlValue(const QString &text, const QStringList &path);

} // namespace Ui
