#pragma once

#include <string>
#include <vector>

#include <QString>

#include "gateway/store/database.h"

namespace Gateway {

/// One numbered step of the schema; a released step is never edited.
struct MigrationStep
{
    int version = 0;
    std::string name; ///< "001_first.sql"
    std::vector<std::string> statements;
};

/// The steps in `folder`, files "NNN_what.sql", in order. A statement ends at a line's end with ';'; lines
/// that begin with "--" are notes. Fails when the numbers have a gap or a file cannot be read.
Result<std::vector<MigrationStep>> loadMigrations(const QString &folder = QStringLiteral(":/sql/sqlite"));

/// Brings the database to the last of `steps`, each step in a transaction with its version, so that an
/// interrupted run goes on where it stopped. Fails with "store_newer" when the database is ahead of `steps`.
Result<void> migrate(Database &database, const std::vector<MigrationStep> &steps);

/// The database's schema version, 0 when it has no tables.
Result<int> schemaVersion(const Database &database);

} // namespace Gateway
