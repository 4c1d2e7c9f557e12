#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include "gateway/common/json.h"
#include "gateway/store/migrations.h"

using namespace Gateway;

class TstMigrations : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void stepsAreNumberedWithoutGaps();
    void carriesRowsOver_data();
    void carriesRowsOver();
    void everyVersionHasItsRows();
    void aSecondRunChangesNothing();
    void refusesANewerSchema();
    void goesOnAfterAFailedStep();
    void splitsScripts();
    void refusesStepsOutOfTurn();

private:
    std::unique_ptr<Database> open() const
    {
        auto database = Database::open(m_folder->filePath(QStringLiteral("store.db")).toStdString());
        return database ? std::move(*database) : nullptr;
    }
    void write(const char *name, const QByteArray &text) const
    {
        QFile file(m_folder->filePath(QString::fromUtf8(name)));
        QVERIFY(file.open(QFile::WriteOnly));
        file.write(text);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

namespace {

const QString GOLDEN = QStringLiteral(GW_SOURCE_DIR "/tests/store/golden/");

std::string fileText(const QString &path)
{
    QFile file(path);
    return file.open(QFile::ReadOnly) ? file.readAll().toStdString() : std::string();
}

/// {"table": [["value", …], …], …} of the tables named in `expected`, in the order of their first columns.
json::object rowsLike(const Database &database, const json::object &expected)
{
    json::object found;
    for (const json::key_value_pair &table : expected) {
        const std::string name(table.key());
        const auto columns =
            database.value("SELECT count(*) FROM pragma_table_info('" + name + "')").value_or(0);
        const StatementPtr read = database.prepare("SELECT * FROM " + name + " ORDER BY 1, 2");
        json::array rows;
        while (read->step().value_or(false)) {
            json::array row;
            for (int column = 0; column < columns; ++column)
                row.push_back(read->isNull(column) ? json::value(nullptr) : json::value(read->text(column)));
            rows.push_back(std::move(row));
        }
        found[name] = std::move(rows);
    }
    return found;
}

std::vector<MigrationStep> upTo(int version)
{
    std::vector<MigrationStep> steps = loadMigrations().value();
    steps.resize(static_cast<std::size_t>(version));
    return steps;
}

} // namespace

void TstMigrations::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
}

void TstMigrations::stepsAreNumberedWithoutGaps()
{
    const auto steps = loadMigrations();
    QVERIFY2(steps, steps ? "" : steps.error().text.c_str());
    int version = 0;
    for (const MigrationStep &step : *steps) {
        QCOMPARE(step.version, ++version);
        QVERIFY(!step.statements.empty());
    }
}

void TstMigrations::carriesRowsOver_data()
{
    QTest::addColumn<int>("version");
    for (const QString &name : QDir(GOLDEN).entryList({QStringLiteral("*_rows.sql")}))
        QTest::newRow(qPrintable(name)) << name.left(3).toInt();
}

/// Rows written at version n, brought to the newest version, are as written down.
void TstMigrations::carriesRowsOver()
{
    QFETCH(int, version);
    const QString number = QStringLiteral("%1").arg(version, 3, 10, QLatin1Char('0'));
    const auto database = open();
    QVERIFY(database);
    QVERIFY(migrate(*database, upTo(version)));
    for (const QByteArray &line :
         QByteArray::fromStdString(fileText(GOLDEN + number + QStringLiteral("_rows.sql"))).split('\n')) {
        if (line.trimmed().isEmpty())
            continue;
        const Result<void> done = database->execute(line.toStdString());
        QVERIFY2(done, done ? "" : done.error().text.c_str());
    }
    QVERIFY(migrate(*database, loadMigrations().value()));
    const auto expected = parseJsonObject(fileText(GOLDEN + number + QStringLiteral("_migrated.json")));
    QVERIFY(expected);
    QCOMPARE(toJson(rowsLike(*database, *expected)), toJson(*expected));
    QCOMPARE(database->value("SELECT count(*) FROM pragma_foreign_key_check").value(), 0);
}

void TstMigrations::everyVersionHasItsRows()
{
    const int newest = loadMigrations().value().back().version;
    for (int version = 1; version <= newest; ++version)
        QVERIFY(QFile::exists(GOLDEN + QStringLiteral("%1_rows.sql").arg(version, 3, 10, QLatin1Char('0'))));
}

void TstMigrations::aSecondRunChangesNothing()
{
    const auto steps = loadMigrations().value();
    {
        const auto database = open();
        QVERIFY(migrate(*database, steps));
        QVERIFY(database->execute("INSERT INTO settings VALUES ('a', 'b', 0)"));
    }
    const auto database = open();
    QVERIFY(migrate(*database, steps));
    QCOMPARE(schemaVersion(*database).value(), steps.back().version);
    QCOMPARE(database->value("SELECT count(*) FROM settings").value(), 1);
}

void TstMigrations::refusesANewerSchema()
{
    const auto database = open();
    const auto steps = loadMigrations().value();
    QVERIFY(migrate(*database, steps));
    QVERIFY(database->execute("PRAGMA user_version = 907"));
    const Result<void> done = migrate(*database, steps);
    QVERIFY(!done);
    QCOMPARE(done.error().code, std::string("store_newer"));
    QVERIFY(done.error().text.find("version 907") != std::string::npos);
    QVERIFY(done.error().text.find("version " + std::to_string(steps.back().version)) != std::string::npos);
    QCOMPARE(schemaVersion(*database).value(), 907);
}

void TstMigrations::goesOnAfterAFailedStep()
{
    const auto database = open();
    std::vector<MigrationStep> steps = {
        {1, "001_a.sql", {"CREATE TABLE a (x INTEGER)"}},
        {2, "002_b.sql", {"CREATE TABLE b (x INTEGER)", "INSERT INTO nowhere VALUES (1)"}},
        {3, "003_c.sql", {"CREATE TABLE c (x INTEGER)"}},
    };
    const Result<void> failed = migrate(*database, steps);
    QVERIFY(!failed);
    QVERIFY(failed.error().text.find("002_b.sql") != std::string::npos);
    QCOMPARE(schemaVersion(*database).value(), 1);
    QCOMPARE(database->value("SELECT count(*) FROM sqlite_master WHERE name = 'b'").value(), 0);

    steps[1].statements.pop_back();
    QVERIFY(migrate(*database, steps));
    QCOMPARE(schemaVersion(*database).value(), 3);
}

void TstMigrations::splitsScripts()
{
    write("001_a.sql", "-- a note; with a semicolon\nCREATE TABLE t (\n  -- inside\n  x TEXT\n);\n\n"
                       "INSERT INTO t VALUES ('a;b');\nINSERT INTO t VALUES ('c')");
    const auto steps = loadMigrations(m_folder->path());
    QVERIFY(steps);
    QCOMPARE(steps->at(0).statements.size(), std::size_t{3});
    QCOMPARE(steps->at(0).statements[1], std::string("INSERT INTO t VALUES ('a;b');\n"));
    const auto database = open();
    QVERIFY(migrate(*database, *steps));
}

void TstMigrations::refusesStepsOutOfTurn()
{
    QVERIFY(!loadMigrations(m_folder->path()));
    write("001_a.sql", "SELECT 1;");
    write("003_c.sql", "SELECT 1;");
    const auto steps = loadMigrations(m_folder->path());
    QVERIFY(!steps);
    QVERIFY(steps.error().text.find("003_c.sql") != std::string::npos);
}

QTEST_GUILESS_MAIN(TstMigrations)
#include "tst_migrations.moc"
