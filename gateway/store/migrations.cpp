#include "gateway/store/migrations.h"

#include <QDir>
#include <QFile>

#include "gateway/common/text.h"
#include "gateway/store/transaction.h"

namespace Gateway {

namespace {

std::vector<std::string> statementsOf(std::string_view script)
{
    std::vector<std::string> statements(1);
    while (!script.empty()) {
        const std::size_t end = script.find('\n');
        const std::string_view line = trimmed(script.substr(0, end));
        script.remove_prefix(end == std::string_view::npos ? script.size() : end + 1);
        if (line.empty() || line.starts_with("--"))
            continue;
        statements.back() += line;
        statements.back() += '\n';
        if (line.ends_with(';'))
            statements.emplace_back();
    }
    if (statements.back().empty())
        statements.pop_back();
    return statements;
}

Result<void> runStep(Database &database, const MigrationStep &step)
{
    Transaction transaction(database, true);
    if (!transaction.begun())
        return transaction.begun();
    const Result<int> version = schemaVersion(database);
    if (version && *version >= step.version)
        return {}; // another process was quicker
    for (const std::string &statement : step.statements) {
        if (Result<void> done = database.execute(statement); !done) {
            done.error().text = "Schema step " + step.name + ": " + done.error().text;
            return done;
        }
    }
    if (Result<void> done = database.execute("PRAGMA user_version = " + std::to_string(step.version)); !done)
        return done;
    return transaction.commit();
}

} // namespace

Result<std::vector<MigrationStep>> loadMigrations(const QString &folder)
{
    std::vector<MigrationStep> steps;
    const QStringList names = QDir(folder).entryList({QStringLiteral("*.sql")}, QDir::Files, QDir::Name);
    for (const QString &name : names) {
        const int version = name.section(u'_', 0, 0).toInt();
        if (version != static_cast<int>(steps.size()) + 1)
            return fail(500, "bad_schema_step", "Schema step " + name.toStdString() + " is out of turn.");
        QFile file(folder + u'/' + name);
        if (!file.open(QFile::ReadOnly))
            return fail(500, "bad_schema_step", "Schema step " + name.toStdString() + " cannot be read.");
        const QByteArray script = file.readAll();
        steps.push_back({version, name.toStdString(),
                         statementsOf({script.constData(), static_cast<std::size_t>(script.size())})});
    }
    if (steps.empty())
        return fail(500, "bad_schema_step", "There are no schema steps.");
    return steps;
}

Result<int> schemaVersion(const Database &database)
{
    return database.value("PRAGMA user_version").map([](std::int64_t version) {
        return static_cast<int>(version);
    });
}

Result<void> migrate(Database &database, const std::vector<MigrationStep> &steps)
{
    const Result<int> version = schemaVersion(database);
    if (!version)
        return fail(version.error());
    const int newest = steps.empty() ? 0 : steps.back().version;
    if (*version > newest)
        return fail(503, "store_newer",
                    "The database " + database.path() + " has schema version " + std::to_string(*version) +
                        ", made by a newer program; this one knows version " + std::to_string(newest) +
                        ". Update the program or name another database.");
    for (const MigrationStep &step : steps) {
        if (step.version <= *version)
            continue;
        if (Result<void> done = runStep(database, step); !done)
            return done;
    }
    return {};
}

} // namespace Gateway
