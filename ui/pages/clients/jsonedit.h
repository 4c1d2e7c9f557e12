#pragma once

#include <optional>

#include <QStringList>

#include "gateway/common/result.h"

namespace Ui {

// JSON as people keep it in files: comments, trailing commas, order and blanks stay as they are.

/// `json` is the member's value as JSON text without line breaks; objects on the way are made.
Gateway::Result<QString> withJsonMember(const QString &text, const QStringList &path, const QString &json);
Gateway::Result<QString> withoutJsonMember(const QString &text, const QStringList &path);
std::optional<QString> jsonValue(const QString &text, const QStringList &path);

/// The text in quotes.
QString jsonString(const QString &text);
/// JSON text without blanks put into lines; the first is not indented.
QString spreadJson(const QString &json, const QString &indent, const QString &unit, const QString &lineEnd);

} // namespace Ui
