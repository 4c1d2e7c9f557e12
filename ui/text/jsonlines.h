#pragma once

#include <optional>

#include <QByteArray>
#include <QString>

namespace Ui {

/// JSON in lines with indentation, everything in the order it came; strings over 2 KB are cut with a sign of
/// how much is missing. Nothing for what is no JSON.
std::optional<QString> jsonLines(const QByteArray &json);

} // namespace Ui
