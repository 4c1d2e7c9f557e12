#include <QFile>
#include <QProcess>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTemporaryFile>
#include <QTest>

#include "gateway/common/json.h"
#include "tests/integration/stage.h"

using namespace TestSupport;
using namespace Qt::StringLiterals;

/// The command line against a running server, and against its store alone.
class TstCli : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void listsTheKeysOfTheServer();
    void editsThroughTheServer();
    void choosesKeysByTheirState();
    void changesASettingAtOnce();
    void sealsAnExportAndReadsIt();
    void readsAnotherGatewaysDatabase();
    void takesOverAnotherGatewaysSettings();
    void givesATokensRequestsParameters();
    void takesPricesFromAFile();
    void pausesTheServer();
    void tellsWhatIsNotThere();
    void theOwnerNeedsNoToken();
    void tellsAWrongToken();
    void tellsThatNobodyAnswers();
    void worksOnTheStoreOfNoServer();
    void takesAKilledServersFileAway();
    void leavesALockedStoreAlone();
    void theServersFileIsItsOwners();
    void helpsWithEachVerb();
    void speaksChinese();

private:
    struct Ended
    {
        int code = -1;
        QByteArray out;
        QByteArray error;
    };
    Ended run(const QStringList &arguments, const GatewayProcess::Environment &more = {}) const;
    json::value runJson(const QStringList &arguments) const;
    QString serverFile() const { return QString::fromStdString(m_stage->databasePath()) + ".server"_L1; }

    std::unique_ptr<Stage> m_stage;
};

void TstCli::init()
{
    m_stage = std::make_unique<Stage>(3);
    QVERIFY(m_stage->start());
}

void TstCli::cleanup()
{
    m_stage.reset();
}

TstCli::Ended TstCli::run(const QStringList &arguments, const GatewayProcess::Environment &more) const
{
    QProcess process;
    QStringList environment;
    GatewayProcess::Environment all = m_stage->environment();
    for (const auto &[name, value] : more)
        all[name] = value;
    for (const auto &[name, value] : all)
        environment += QString::fromStdString(name + '=' + value);
    process.setEnvironment(environment);
    process.start(QStringLiteral(GW_PROGRAM), arguments);
    if (!process.waitForFinished(30'000))
        return {};
    return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
}

json::value TstCli::runJson(const QStringList &arguments) const
{
    const Ended ended = run(arguments + QStringList{u"--json"_s});
    if (ended.code != 0)
        qWarning("%d %s", ended.code, ended.error.constData());
    Gateway::Result<json::value> parsed = Gateway::parseJson(ended.out.toStdString());
    return parsed ? std::move(*parsed) : json::value(nullptr);
}

void TstCli::listsTheKeysOfTheServer()
{
    const Ended table = run({u"keys"_s});
    QCOMPARE(table.code, 0);
    QCOMPARE(table.out.count('\n'), 4);
    QVERIFY(table.out.startsWith("Id"));
    for (const std::string &key : m_stage->keys())
        QVERIFY(!table.out.contains(key.c_str()));
    const json::value page = runJson({u"keys"_s, u"list"_s, u"--limit"_s, u"2"_s});
    QCOMPARE(page.at("keys").get_array().size(), std::size_t(2));
    QCOMPARE(page.at("total").get_int64(), 3);
    QCOMPARE(runJson({u"health"_s}).at("state"), json::value("serving"));
}

void TstCli::editsThroughTheServer()
{
    const json::value edited =
        runJson({u"keys"_s, u"edit"_s, u"1"_s, u"--label"_s, u"Studio 01"_s, u"--tags"_s, u"b,a"_s});
    QCOMPARE(edited.at(0).at("settings").at("label"), json::value("Studio 01"));
    QVERIFY(run({u"keys"_s, u"show"_s, u"1"_s}).out.contains("Studio 01"));
    QVERIFY(run({u"keys"_s, u"reveal"_s, u"1"_s}).out.contains(m_stage->keys().front().c_str()));
    QCOMPARE(run({u"keys"_s, u"edit"_s, u"1"_s, u"--weight"_s, u"0"_s}).code, 1);
    QCOMPARE(run({u"keys"_s, u"delete"_s, u"1"_s}).code, 0);
    QCOMPARE(runJson({u"keys"_s}).at("total").get_int64(), 2);
    QCOMPARE(run({u"keys"_s, u"restore"_s, u"1"_s}).code, 0);
    QCOMPARE(runJson({u"keys"_s}).at("total").get_int64(), 3);
}

void TstCli::choosesKeysByTheirState()
{
    QCOMPARE(run({u"keys"_s, u"disable"_s, u"--all"_s}).code, 0);
    QCOMPARE(m_stage->ask(GENERATE_PATH, nativeBody("hi")).status, 503);
    QCOMPARE(runJson({u"keys"_s, u"--status"_s, u"disabled"_s}).at("total").get_int64(), 3);
    QCOMPARE(run({u"keys"_s, u"enable"_s, u"--status"_s, u"disabled"_s}).code, 0);
    QCOMPARE(m_stage->ask(GENERATE_PATH, nativeBody("hi")).status, 200);
    QCOMPARE(run({u"keys"_s, u"enable"_s, u"--status"_s, u"disabled"_s}).code, 3);
    QCOMPARE(run({u"keys"_s, u"enable"_s}).code, 64); // whom?
    QCOMPARE(run({u"keys"_s, u"rest"_s, u"2"_s, u"--for"_s, u"1h"_s}).code, 0);
    QCOMPARE(runJson({u"keys"_s, u"--status"_s, u"resting"_s}).at("total").get_int64(), 1);
    QCOMPARE(run({u"keys"_s, u"lift"_s, u"2"_s}).code, 0);
    QCOMPARE(runJson({u"keys"_s, u"--status"_s, u"resting"_s}).at("total").get_int64(), 0);
}

void TstCli::changesASettingAtOnce()
{
    QCOMPARE(run({u"settings"_s, u"set"_s, u"BODY_LIMIT"_s, u"1 MiB"_s}).code, 0);
    QTRY_COMPARE(m_stage->ask(GENERATE_PATH, nativeBody(std::string(2 << 20, 'x'))).status, 413);
    QVERIFY(run({u"settings"_s}).out.simplified().contains("BODY_LIMIT 1 MiB store"));
    QCOMPARE(run({u"settings"_s, u"reset"_s, u"BODY_LIMIT"_s}).code, 0);
    const Ended locked = run({u"settings"_s, u"set"_s, u"PORT"_s, u"1"_s});
    QCOMPARE(locked.code, 1);
    QVERIFY(locked.error.contains("environment"));
    QCOMPARE(run({u"settings"_s, u"set"_s, u"NO_SUCH"_s, u"1"_s}).code, 3);
}

void TstCli::sealsAnExportAndReadsIt()
{
    QTemporaryDir folder;
    const QString passphrase = folder.filePath(u"passphrase"_s);
    const QString sealed = folder.filePath(u"keys.sealed"_s);
    for (const QString &path : {passphrase, sealed}) { // the latter is open to all before
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("open sesame\n");
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ReadOther);
    }
    const QStringList opens{u"--passphrase-file"_s, passphrase};
    QCOMPARE(run(QStringList{u"keys"_s, u"export"_s, u"--output"_s, sealed} + opens).code, 0);
    QVERIFY(!(QFile::permissions(sealed) & QFile::ReadOther));
    QFile file(sealed);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(!file.readAll().contains(m_stage->keys().front().c_str()));

    QCOMPARE(run({u"keys"_s, u"delete"_s, u"2"_s}).code, 0);
    QCOMPARE(run({u"keys"_s, u"import"_s, sealed}).code, 1);
    const json::value told = runJson(QStringList{u"keys"_s, u"import"_s, sealed} + opens);
    QCOMPARE(told.at("added").get_int64(), 1);
    QCOMPARE(told.at("known").get_int64(), 2);
}

void TstCli::readsAnotherGatewaysDatabase()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"other.db"_s);
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"other"_s);
        database.setDatabaseName(path);
        QVERIFY(database.open());
        QSqlQuery query(database);
        QVERIFY(query.exec(u"CREATE TABLE ApiKey (id TEXT PRIMARY KEY, key TEXT, enabled BOOLEAN)"_s));
        QVERIFY(query.exec(u"CREATE TABLE Setting (key TEXT PRIMARY KEY, value TEXT)"_s));
        const QString key = u"AIzaSy"_s + QString(32, u'k');
        QVERIFY(query.exec(u"INSERT INTO ApiKey VALUES ('a', '%1a', 1), ('b', '%1b', 0)"_s.arg(key)));
    }
    QSqlDatabase::removeDatabase(u"other"_s);
    QCOMPARE(runJson({u"keys"_s, u"import"_s, path, u"--project"_s, u"shop"_s}).at("added").get_int64(), 2);
    QCOMPARE(runJson({u"keys"_s, u"--project"_s, u"shop"_s}).at("total").get_int64(), 2);
    QCOMPARE(runJson({u"keys"_s, u"--status"_s, u"disabled"_s}).at("total").get_int64(), 1);
}

/// The Python gateway keeps its keys among its settings.
void TstCli::takesOverAnotherGatewaysSettings()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"python.db"_s);
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"python"_s);
        database.setDatabaseName(path);
        QVERIFY(database.open());
        QSqlQuery query(database);
        QVERIFY(query.exec(u"CREATE TABLE t_settings (id INTEGER PRIMARY KEY, key TEXT, value TEXT)"_s));
        const QString key = u"AIzaSy"_s + QString(33, u'p');
        const QString rows = u"INSERT INTO t_settings (key, value) VALUES ('API_KEYS', '[\"%1\"]'), "
                             "('ALLOWED_TOKENS', '[\"sk-of-the-python-one\"]'), ('MAX_RETRIES', '8')"_s;
        QVERIFY(query.exec(rows.arg(key)));
    }
    QSqlDatabase::removeDatabase(u"python"_s);
    const Ended plain = run({u"keys"_s, u"import"_s, path});
    QCOMPARE(plain.code, 0);
    QVERIFY(plain.out.contains("--with-settings"));
    QVERIFY(!plain.out.contains("sk-of-the-python-one"));
    QCOMPARE(runJson({u"keys"_s}).at("total").get_int64(), 4);
    const json::value told = runJson({u"keys"_s, u"import"_s, path, u"--with-settings"_s});
    QCOMPARE(told.at("known").get_int64(), 1);
    QCOMPARE(told.at("taken").get_int64(), 2);
    QVERIFY(run({u"tokens"_s}).out.contains("imported 1"));
    QCOMPARE(runJson({u"keys"_s, u"import"_s, path, u"--with-settings"_s}).at("taken").get_int64(), 0);
}

void TstCli::givesATokensRequestsParameters()
{
    const json::value made = runJson(
        {u"tokens"_s, u"create"_s, u"n8n"_s, u"--parameters"_s, u"thinking=low; headers=\"X-Team: a\""_s});
    QCOMPARE(made.at("token").at("settings").at("parameters"),
             json::value("thinking=low; headers=\"X-Team: a\""));
    const QString id = QString::number(made.at("token").at("id").get_int64());
    const Ended wrong = run({u"tokens"_s, u"edit"_s, id, u"--parameters"_s, u"loud"_s});
    QCOMPARE(wrong.code, 1);
    QVERIFY2(wrong.error.contains("there is no parameter \"loud\""), wrong.error.constData());
    const json::value edited = runJson({u"tokens"_s, u"edit"_s, id, u"--parameters"_s, u""_s});
    QCOMPARE(edited.at("settings").at("parameters"), json::value(""));
}

void TstCli::takesPricesFromAFile()
{
    QTemporaryFile file;
    QVERIFY(file.open());
    file.write(R"({"models": [{"model": "gemini-of-the-tests", "input": 1.25, "output": 4}]})");
    QVERIFY(file.flush());
    QCOMPARE(run({u"prices"_s, u"load"_s, file.fileName()}).code, 0);
    const Ended table = run({u"prices"_s});
    QVERIFY(table.out.contains("gemini-of-the-tests"));
    QVERIFY(table.out.contains("1.25"));

    file.resize(0);
    file.write(R"({"models": [{"model": "gemini-of-the-tests"}]})");
    QVERIFY(file.flush());
    const Ended refused = run({u"prices"_s, u"load"_s, file.fileName()});
    QCOMPARE(refused.code, 1);
    QVERIFY2(refused.error.contains("Row 1"), refused.error.constData());
}

void TstCli::pausesTheServer()
{
    QVERIFY(run({u"pause"_s, u"--for"_s, u"1h"_s}).out.contains("paused"));
    QCOMPARE(m_stage->ask(GENERATE_PATH, nativeBody("hi")).status, 503);
    QVERIFY(run({u"resume"_s}).out.contains("serving"));
    QCOMPARE(m_stage->ask(GENERATE_PATH, nativeBody("hi")).status, 200);
}

void TstCli::tellsWhatIsNotThere()
{
    QCOMPARE(run({u"keys"_s, u"show"_s, u"99999"_s}).code, 3);
    const Ended lost = run({u"keys"_s, u"lost"_s});
    QCOMPARE(lost.code, 1);
    QVERIFY(lost.error.contains("keys --help"));
    QCOMPARE(run({u"keys"_s, u"--expires"_s, u"never"_s}).code, 1);
    QCOMPARE(run({u"keys"_s, u"show"_s, u"one"_s}).code, 64);
}

void TstCli::theOwnerNeedsNoToken()
{
    const Ended ended = run({u"keys"_s}, {{"AUTH_TOKEN", ""}});
    QVERIFY2(ended.code == 0, ended.error.constData());
}

void TstCli::tellsAWrongToken()
{
    const Ended ended = run({u"keys"_s, u"--token"_s, u"wrong-token-of-the-tests"_s});
    QCOMPARE(ended.code, 1);
    QVERIFY(ended.error.contains("--token"));
    QVERIFY(!ended.error.contains("wrong-token-of-the-tests"));
}

void TstCli::tellsThatNobodyAnswers()
{
    const Ended ended = run({u"health"_s, u"--url"_s, u"http://127.0.0.1:9"_s});
    QCOMPARE(ended.code, 4);
    QVERIFY(ended.error.contains("cannot be reached"));
    QCOMPARE(run({u"health"_s, u"--url"_s, u"ftp://127.0.0.1"_s}).code, 1);
}

void TstCli::worksOnTheStoreOfNoServer()
{
    m_stage->gateway().askToStop();
    QCOMPARE(m_stage->gateway().waitForExit(20'000), 0);
    QVERIFY(!QFile::exists(serverFile()));
    QCOMPARE(runJson({u"keys"_s}).at("total").get_int64(), 3);
    QCOMPARE(run({u"keys"_s, u"disable"_s, u"1,2"_s}).code, 0);
    QCOMPARE(run({u"keys"_s, u"edit"_s, u"3"_s, u"--label"_s, u"last"_s}).code, 0);
    QCOMPARE(run({u"keys"_s, u"check"_s, u"3"_s}).code, 1);
    QCOMPARE(runJson({u"health"_s}).at("state"), json::value("not_serving"));
    QVERIFY(m_stage->restart());
    QCOMPARE(runJson({u"keys"_s, u"--status"_s, u"disabled"_s}).at("total").get_int64(), 2);
    QCOMPARE(runJson({u"keys"_s, u"--search"_s, u"LAST"_s}).at("total").get_int64(), 1);
}

void TstCli::takesAKilledServersFileAway()
{
    QVERIFY(QFile::exists(serverFile()));
    m_stage->gateway().kill();
    QVERIFY(QFile::exists(serverFile()));
    QCOMPARE(runJson({u"keys"_s}).at("total").get_int64(), 3);
    QVERIFY(!QFile::exists(serverFile()));
}

void TstCli::leavesALockedStoreAlone()
{
    QVERIFY(QFile::remove(serverFile()));
    const Ended ended = run({u"keys"_s});
    QCOMPARE(ended.code, 1);
    QVERIFY2(ended.error.contains("works on the database"), ended.error.constData());
}

void TstCli::theServersFileIsItsOwners()
{
    constexpr QFile::Permissions others =
        QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
    QCOMPARE(QFile::permissions(serverFile()) & others, QFile::Permissions());
}

void TstCli::helpsWithEachVerb()
{
    for (const char *verb :
         {"keys", "tokens", "settings", "requests", "health", "models", "proxies", "prices"}) {
        const Ended ended = run({QString::fromLatin1(verb), u"--help"_s});
        QCOMPARE(ended.code, 0);
        QVERIFY2(ended.out.contains(QByteArray(QByteArray("gemini-balance ") + verb)), verb);
        QVERIFY2(ended.out.contains("--json"), verb);
    }
    QVERIFY(run({u"--help"_s}).out.contains("requests"));
}

void TstCli::speaksChinese()
{
    const Ended ended = run({u"keys"_s, u"--help"_s}, {{"LC_ALL", "zh_CN.UTF-8"}});
    QCOMPARE(ended.code, 0);
    if (!GW_HAS_TRANSLATIONS)
        QSKIP("Built without the tools for translations.");
    QVERIFY(ended.out.contains("列出密钥"));
}

QTEST_GUILESS_MAIN(TstCli)
#include "tst_cli.moc"
