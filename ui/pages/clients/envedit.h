#pragma once

#include <optional>

#include "gateway/common/result.h"

class QString;

namespace Ui {

// Files of lines NAME=value, as dotenv reads them: of several lines with one name the last one holds.

Gateway::Result<QString> withEnvValue(const QString &text, const QString &name, const QString &value);
Gateway::Result<QString> withoutEnvValue(const QString &text, const QString &name);
std::optional<QString> envValue(const QString &text, const QString &name);

} // namespace Ui
