#pragma once

#include <vector>

#include <QStringList>

#include "gateway/common/result.h"

namespace Ui {

/// A statement of a TOML file: a table's header or a key with its value; lines from 0, places in the text.
struct TomlStatement
{
    bool isHeader = false;
    bool isArrayHeader = false; ///< "[[name]]"
    QStringList path;           ///< From the root on.
    qsizetype start = 0;
    qsizetype valueStart = 0; ///< One behind the header for headers.
    qsizetype valueEnd = 0;
};

/// The statements in their order; 422 when the text is no TOML as far as this reads it.
Gateway::Result<std::vector<TomlStatement>> tomlStatements(const QString &text);

/// The text of a string value; absent for other kinds.
std::optional<QString> tomlText(QStringView value);

} // namespace Ui
