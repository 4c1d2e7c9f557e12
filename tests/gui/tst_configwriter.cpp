#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include "ui/pages/clients/clientrecipe.h"
#include "ui/pages/clients/configchange.h"
#include "ui/pages/clients/configwriter.h"
#include "ui/pages/clients/linediff.h"

using namespace Gateway;
using namespace Ui;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(Ui::ConfigFormat)

namespace {

const Filling FILLING{u"http://127.0.0.1:4364"_s, u"gb-token-of-tests"_s, u"gemini-2.5-pro"_s,
                      u"gemini-2.5-flash"_s};

QString contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : u"<none>"_s;
}

void put(const QString &path, const QByteArray &content)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(content), content.size());
}

QFileDevice::Permissions others(const QString &path)
{
    return QFile::permissions(path) &
           (QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther);
}

} // namespace

class TstConfigWriter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void changesAsExpected_data();
    void changesAsExpected();
    void leavesAlone_data();
    void leavesAlone();
    void removesAsExpected_data();
    void removesAsExpected();
    void differsLineByLine();
    void masksWhatIsSecret();
    void writesWithACopy();
    void makesWhatIsMissing();
    void tellsWhatChangedMeanwhile();
    void followsLinks();
    void refusesWhatIsNoText();
};

void TstConfigWriter::changesAsExpected_data()
{
    QTest::addColumn<QString>("client");
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("after");

    QTest::newRow("env, empty") << u"gemini-cli"_s << QString()
                                << u"GOOGLE_GEMINI_BASE_URL=http://127.0.0.1:4364\n"
                                   "GEMINI_API_KEY=gb-token-of-tests\nGEMINI_MODEL=gemini-2.5-pro\n"_s;
    QTest::newRow("env, comments and order")
        << u"gemini-cli"_s
        << u"# mine\nexport GEMINI_API_KEY=\"AIzaOld\" # old one\n\n#GEMINI_MODEL=x\nOTHER='a b'"_s
        << u"# mine\nexport GEMINI_API_KEY=gb-token-of-tests # old one\n\n#GEMINI_MODEL=x\nOTHER='a b'\n"
           "GOOGLE_GEMINI_BASE_URL=http://127.0.0.1:4364\nGEMINI_MODEL=gemini-2.5-pro\n"_s;
    QTest::newRow("env, the last one holds")
        << u"gemini-cli"_s
        << u"GEMINI_MODEL=a\r\nGEMINI_MODEL=b\r\nGEMINI_API_KEY=\r\nGOOGLE_GEMINI_BASE_URL=x\r\n"_s
        << u"GEMINI_MODEL=a\r\nGEMINI_MODEL=gemini-2.5-pro\r\nGEMINI_API_KEY=gb-token-of-tests\r\n"
           "GOOGLE_GEMINI_BASE_URL=http://127.0.0.1:4364\r\n"_s;

    const QString env = u"    \"ANTHROPIC_BASE_URL\": \"http://127.0.0.1:4364\",\n"
                        "    \"ANTHROPIC_AUTH_TOKEN\": \"gb-token-of-tests\",\n"
                        "    \"ANTHROPIC_DEFAULT_SONNET_MODEL\": \"gemini-2.5-pro\",\n"
                        "    \"ANTHROPIC_DEFAULT_HAIKU_MODEL\": \"gemini-2.5-flash\""_s;
    QTest::newRow("json, empty") << u"claude-code"_s << QString()
                                 << "{\n  \"env\": {\n"_L1 + env + "\n  }\n}\n"_L1;
    QTest::newRow("json, picture")
        << u"claude-code"_s
        << u"{\n  \"permissions\": { \"allow\": [\"Bash(git:*)\"] },\n  \"env\": {}\n}\n"_s
        << "{\n  \"permissions\": { \"allow\": [\"Bash(git:*)\"] },\n  \"env\": {\n"_L1 + env +
               "\n  }\n}\n"_L1;
    QTest::newRow("json, order, comments and numbers stay")
        << u"claude-code"_s
        << u"// top\n{\n  \"z\": 1.0, // one\n  \"env\": {\n    \"B\": \"2\", /* two */\n    "
           "\"ANTHROPIC_AUTH_TOKEN\": \"old\", // old\n    \"A\": 1e3\n  },\n  \"a\": [1,2 ,3]\n}"_s
        << u"// top\n{\n  \"z\": 1.0, // one\n  \"env\": {\n    \"B\": \"2\", /* two */\n    "
           "\"ANTHROPIC_AUTH_TOKEN\": \"gb-token-of-tests\", // old\n    \"A\": 1e3,\n"
           "    \"ANTHROPIC_BASE_URL\": \"http://127.0.0.1:4364\",\n"
           "    \"ANTHROPIC_DEFAULT_SONNET_MODEL\": \"gemini-2.5-pro\",\n"
           "    \"ANTHROPIC_DEFAULT_HAIKU_MODEL\": \"gemini-2.5-flash\"\n  },\n  \"a\": [1,2 ,3]\n}"_s;
    const QString zedModel = u"[\n\t\t\t\t\t{\n\t\t\t\t\t\t\"name\": \"gemini-2.5-pro\",\n"
                             "\t\t\t\t\t\t\"display_name\": \"gemini-2.5-pro\",\n"
                             "\t\t\t\t\t\t\"max_tokens\": 1000000\n\t\t\t\t\t}\n\t\t\t\t]"_s;
    QTest::newRow("jsonc, trailing commas and tabs")
        << u"zed"_s
        << u"// Zed settings\n//\n{\n\t\"vim_mode\": true, // yes\n\t\"language_models\": {\n\t\t// none yet\n\t},\n}\n"_s
        << "// Zed settings\n//\n{\n\t\"vim_mode\": true, // yes\n\t\"language_models\": {\n\t\t// none yet\n"
           "\t\t\"openai_compatible\": {\n\t\t\t\"Gemini Balance\": {\n"
           "\t\t\t\t\"api_url\": \"http://127.0.0.1:4364/v1\",\n\t\t\t\t\"available_models\": "_L1 +
               zedModel + "\n\t\t\t}\n\t\t}\n\t},\n}\n"_L1;
    QTest::newRow("jsonc, only comments") << u"claude-code"_s << u"// nothing here"_s
                                          << "// nothing here\n{\n  \"env\": {\n"_L1 + env + "\n  }\n}\n"_L1;
    QTest::newRow("jsonc, last member with a comment")
        << u"claude-code"_s << u"{\n  \"a\": 1 // \"last\", }\n}\n"_s
        << "{\n  \"a\": 1, // \"last\", }\n  \"env\": {\n"_L1 + env + "\n  }\n}\n"_L1;
    QTest::newRow("json, CRLF")
        << u"claude-code"_s << u"{\r\n  \"a\": 1\r\n}\r\n"_s
        << QString("{\n  \"a\": 1,\n  \"env\": {\n"_L1 + env + "\n  }\n}\n"_L1).replace("\n"_L1, "\r\n"_L1);

    const QString table = u"[model_providers.gemini-balance]\nname = \"Gemini Balance\"\n"
                          "base_url = \"http://127.0.0.1:4364/v1\"\nwire_api = \"responses\"\n"
                          "experimental_bearer_token = \"gb-token-of-tests\"\n"_s;
    QTest::newRow("toml, empty") << u"codex"_s << QString()
                                 << "model = \"gemini-2.5-pro\"\nmodel_provider = \"gemini-balance\"\n\n"_L1 +
                                        table;
    QTest::newRow("toml, tables, comments and long strings stay")
        << u"codex"_s
        << u"# my codex\nmodel = \"gpt-5\" # good\nnotes = "
           u"\"\"\"\n[model_providers.gemini-balance]\n\"\"\"\n\n"
           "# tools\n[mcp_servers.x] # here\nargs = [\n  \"a\", # first\n  \"[b]\",\n]\n"_s
        << "# my codex\nmodel = \"gemini-2.5-pro\" # good\nnotes = "
           "\"\"\"\n[model_providers.gemini-balance]\n\"\"\"\n"
           "model_provider = \"gemini-balance\"\n\n"
           "# tools\n[mcp_servers.x] # here\nargs = [\n  \"a\", # first\n  \"[b]\",\n]\n\n"_L1 +
               table;
    QTest::newRow("toml, only a table")
        << u"codex"_s << u"[tui]\ntheme = 'x'"_s
        << "model = \"gemini-2.5-pro\"\nmodel_provider = \"gemini-balance\"\n\n[tui]\ntheme = 'x'\n\n"_L1 +
               table;
    QTest::newRow("toml, table is there")
        << u"codex"_s
        << u"model = \"m\"\nmodel_provider = 'gemini-balance'\n[model_providers.\"gemini-balance\"]\n"
           "name = \"Mine\"\nbase_url = \"http://old/v1\" # old\nquery = { a = 1 }\n\n[z]\nb = 1\n"_s
        << u"model = \"gemini-2.5-pro\"\nmodel_provider = "
           u"'gemini-balance'\n[model_providers.\"gemini-balance\"]\n"
           "name = \"Gemini Balance\"\nbase_url = \"http://127.0.0.1:4364/v1\" # old\nquery = { a = 1 }\n"
           "wire_api = \"responses\"\nexperimental_bearer_token = \"gb-token-of-tests\"\n\n[z]\nb = 1\n"_s;

    QTest::newRow("toml, byte order mark and comment")
        << u"codex"_s << u"\uFEFFa = 1\n"_s
        << u"\uFEFFa = 1\nmodel = \"gemini-2.5-pro\"\nmodel_provider = \"gemini-balance\"\n\n"_s + table;
    QTest::newRow("toml, words at the top")
        << u"codex"_s << u"# Codex\n# of mine\n\n[a]\nb = 1\n"_s
        << "# Codex\n# of mine\n\nmodel = \"gemini-2.5-pro\"\nmodel_provider = \"gemini-balance\"\n\n"
           "[a]\nb = 1\n\n"_L1 +
               table;

    const QString item = u"  - name: Gemini Balance\n    provider: openai\n    model: gemini-2.5-pro\n"
                         "    apiBase: http://127.0.0.1:4364/v1\n    apiKey: gb-token-of-tests\n"_s;
    QTest::newRow("yaml, empty") << u"continue"_s << QString()
                                 << "name: Local\nversion: 1.0.0\nschema: v1\nmodels:\n"_L1 + item;
    QTest::newRow("yaml, list with others")
        << u"continue"_s
        << u"%YAML 1.2\n---\nname: \"Mine: all\" # x\nversion: 2.0.0\nschema: v1\nmodels:\n  # big\n  - "
           u"name: A\n"
           "    provider: x\n    roles:\n      - chat\n\n# rules below\nrules:\n  - be: good\n"_s
        << "%YAML 1.2\n---\nname: \"Mine: all\" # x\nversion: 2.0.0\nschema: v1\nmodels:\n  # big\n  - name: "
           "A\n"
           "    provider: x\n    roles:\n      - chat\n"_L1 +
               item + "\n# rules below\nrules:\n  - be: good\n"_L1;
    QTest::newRow("yaml, item is there, list without indent")
        << u"continue"_s
        << u"name: a\nversion: 1\nschema: v1\nmodels:\n- provider: x\n  name: 'Gemini Balance'\n  apiKey: "
           u"old # o\n"
           "- name: B\n  provider: y\n"_s
        << u"name: a\nversion: 1\nschema: v1\nmodels:\n- provider: openai\n  name: 'Gemini Balance'\n"
           "  apiKey: gb-token-of-tests # o\n  model: gemini-2.5-pro\n  apiBase: http://127.0.0.1:4364/v1\n"
           "- name: B\n  provider: y\n"_s;
    QTest::newRow("yaml, empty flow list")
        << u"continue"_s << u"name: a\nversion: 1\nschema: v1\nmodels: [] # none\n"_s
        << "name: a\nversion: 1\nschema: v1\nmodels: # none\n"_L1 + item;
    QTest::newRow("yaml, plain keys")
        << u"aider"_s
        << u"# aider\nmodel: sonnet # fast\n#openai-api-key: x\nread:\n  - a.md\ndark-mode: true"_s
        << u"# aider\nmodel: openai/gemini-2.5-pro # fast\n#openai-api-key: x\nread:\n  - a.md\ndark-mode: "
           u"true\n"
           "openai-api-base: http://127.0.0.1:4364/v1\nopenai-api-key: gb-token-of-tests\n"_s;
}

void TstConfigWriter::changesAsExpected()
{
    QFETCH(QString, client);
    QFETCH(QString, before);
    QFETCH(QString, after);
    const ClientRecipe *recipe = clientRecipe(client);
    QVERIFY(recipe);
    const Result<QString> changed = withChanges(recipe->format, before, configChanges(*recipe, FILLING));
    QVERIFY2(changed, changed ? "" : changed.error().text.c_str());
    QCOMPARE(*changed, after);
    QCOMPARE(*withChanges(recipe->format, after, configChanges(*recipe, FILLING)), after);
    QVERIFY(valueAt(recipe->format, after, pathOf(recipe->addressPath))->startsWith(FILLING.address));
    if (!recipe->tokenPath.empty())
        QCOMPARE(valueAt(recipe->format, after, pathOf(recipe->tokenPath)), FILLING.token);
}

void TstConfigWriter::leavesAlone_data()
{
    QTest::addColumn<QString>("client");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("reason");
    QTest::newRow("json, broken") << u"claude-code"_s << u"{\n  \"a\": 1\n  \"b\": 2\n}"_s << u"line 3"_s;
    QTest::newRow("json, unclosed") << u"claude-code"_s << u"{\n  \"a\": \"x\n"_s << u"JSON"_s;
    QTest::newRow("json, a list") << u"claude-code"_s << u"[]"_s << u"JSON"_s;
    QTest::newRow("json, more behind") << u"claude-code"_s << u"{}\n{}"_s << u"line 2"_s;
    QTest::newRow("json, no object on the way") << u"claude-code"_s << u"{\"env\": null}"_s << u"env"_s;
    QTest::newRow("json, deep") << u"claude-code"_s << QString(100'000, u'[') << u"JSON"_s;
    QTest::newRow("toml, broken") << u"codex"_s << u"a = 1\nb\n"_s << u"line 2"_s;
    QTest::newRow("toml, inline table")
        << u"codex"_s << u"model_providers = { x = { name = 'a' } }\n"_s << u"model_providers"_s;
    QTest::newRow("toml, unclosed") << u"codex"_s << u"a = [1,\n"_s << u"line 1"_s;
    QTest::newRow("yaml, flow list") << u"continue"_s << u"models: [{name: a}]\n"_s << u"models"_s;
    QTest::newRow("yaml, tabs") << u"continue"_s << u"models:\n\t- name: a\n"_s << u"line 2"_s;
    QTest::newRow("yaml, two documents") << u"continue"_s << u"---\na: 1\n---\nb: 1\n"_s << u"line 3"_s;
    QTest::newRow("yaml, a block") << u"aider"_s << u"model:\n  name: x\n"_s << u"model"_s;
    QTest::newRow("yaml, no mapping") << u"aider"_s << u"{model: x}\n"_s << u"line 1"_s;
    QTest::newRow("env, over lines") << u"gemini-cli"_s << u"A=\"x\nGEMINI_API_KEY=1\n\"\n"_s << u"A"_s;
}

void TstConfigWriter::leavesAlone()
{
    QFETCH(QString, client);
    QFETCH(QString, text);
    QFETCH(QString, reason);
    const ClientRecipe *recipe = clientRecipe(client);
    const Result<QString> changed = withChanges(recipe->format, text, configChanges(*recipe, FILLING));
    QVERIFY2(!changed, changed ? qPrintable(*changed) : "");
    QCOMPARE(changed.error().status, 422);
    QVERIFY2(QString::fromStdString(changed.error().text).contains(reason), changed.error().text.c_str());
}

void TstConfigWriter::removesAsExpected_data()
{
    QTest::addColumn<QString>("client");
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("after");
    QTest::newRow("env") << u"gemini-cli"_s << u"A=1\nGEMINI_API_KEY=x\nB=2\nGEMINI_MODEL=m\n"_s
                         << u"A=1\nB=2\n"_s;
    QTest::newRow("json") << u"claude-code"_s
                          << u"{\n  \"env\": {\n    \"A\": \"1\", // a\n    \"ANTHROPIC_BASE_URL\": \"x\",\n"
                             "    \"ANTHROPIC_AUTH_TOKEN\": \"y\"\n  },\n  \"b\": 1\n}\n"_s
                          << u"{\n  \"env\": {\n    \"A\": \"1\" // a\n  },\n  \"b\": 1\n}\n"_s;
    QTest::newRow("json, on one line")
        << u"claude-code"_s << u"{\"env\": {\"ANTHROPIC_BASE_URL\": \"x\", \"A\": 1}}"_s
        << u"{\"env\": { \"A\": 1}}"_s;
    QTest::newRow("json, empty") << u"claude-code"_s << QString() << QString();
    QTest::newRow("toml")
        << u"codex"_s
        << u"model = \"m\"\nmodel_provider = \"gemini-balance\"\na = 1\n\n"
           "[model_providers.gemini-balance]\nname = \"x\"\nbase_url = \"y\"\n\n[z]\nb = 1\n"_s
        << u"a = 1\n\n[z]\nb = 1\n"_s;
    QTest::newRow("yaml item")
        << u"continue"_s << u"name: a\nmodels:\n  - name: A\n  - name: Gemini Balance\n    model: x\nz: 1\n"_s
        << u"name: a\nmodels:\n  - name: A\nz: 1\n"_s;
    QTest::newRow("yaml, only item") << u"continue"_s
                                     << u"models:\n  - name: Gemini Balance\n    model: x\nz: 1\n"_s
                                     << u"models: []\nz: 1\n"_s;
    QTest::newRow("yaml keys") << u"aider"_s << u"model: x\nread:\n  - a\nopenai-api-key: k\n"_s
                               << u"read:\n  - a\n"_s;
}

void TstConfigWriter::removesAsExpected()
{
    QFETCH(QString, client);
    QFETCH(QString, before);
    QFETCH(QString, after);
    const ClientRecipe *recipe = clientRecipe(client);
    const Result<QString> changed = withoutPaths(recipe->format, before, removedPaths(*recipe));
    QVERIFY2(changed, changed ? "" : changed.error().text.c_str());
    QCOMPARE(*changed, after);
}

void TstConfigWriter::differsLineByLine()
{
    using Kind = DiffLine::Kind;
    const std::vector<DiffLine> lines = lineDiff(u"a\nb\nc\nd\ne\n"_s, u"a\nb\nX\nY\nd\ne\n"_s, 1);
    const std::vector<DiffLine> expected{
        {Kind::Gap, {}},       {Kind::Same, u"b"_s}, {Kind::Removed, u"c"_s}, {Kind::Added, u"X"_s},
        {Kind::Added, u"Y"_s}, {Kind::Same, u"d"_s}, {Kind::Gap, {}}};
    QCOMPARE(lines.size(), expected.size());
    QVERIFY(lines == expected);
    QVERIFY(lineDiff(u"a\n"_s, u"a\n"_s, 3).empty());
    QCOMPARE(lineDiff(QString(), u"a\nb\n"_s, 3).size(), 2U);
}

void TstConfigWriter::masksWhatIsSecret()
{
    QCOMPARE(maskedConfigLine(u"GEMINI_API_KEY=AIzaSy0123456789abcdefx9Qk"_s), u"GEMINI_API_KEY=AIza…x9Qk"_s);
    QCOMPARE(maskedConfigLine(u"  \"ANTHROPIC_AUTH_TOKEN\": \"gb-abcdefgh7Q2m\","_s),
             u"  \"ANTHROPIC_AUTH_TOKEN\": \"gb-a…7Q2m\","_s);
    QCOMPARE(maskedConfigLine(u"password: hunter2hunter2"_s), u"password: hunt…ter2"_s);
    QCOMPARE(maskedConfigLine(u"\"max_tokens\": 1000000,"_s), u"\"max_tokens\": 1000000,"_s);
    QCOMPARE(maskedConfigLine(u"base_url = \"http://127.0.0.1:4364/v1\""_s),
             u"base_url = \"http://127.0.0.1:4364/v1\""_s);
}

void TstConfigWriter::writesWithACopy()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"settings.json"_s);
    put(path, "{ \"a\": 1 }\n");
    ConfigWriter writer(path);
    QVERIFY(writer.read());
    QVERIFY(writer.isThere());
    QCOMPARE(writer.text(), u"{ \"a\": 1 }\n"_s);
    QVERIFY(writer.write(u"{ \"a\": 2 }\n"_s));
    QCOMPARE(contentOf(path), u"{ \"a\": 2 }\n"_s);
    QCOMPARE(contentOf(writer.backupPath()), u"{ \"a\": 1 }\n"_s);
    QCOMPARE(QFileInfo(writer.backupPath()).path(), folder.path());
    QCOMPARE(others(path), QFileDevice::Permissions());
    QCOMPARE(others(writer.backupPath()), QFileDevice::Permissions());

    const QString backup = writer.backupPath();
    QVERIFY(writer.canUndo());
    QVERIFY(writer.undo());
    QVERIFY(!writer.canUndo());
    QCOMPARE(contentOf(path), u"{ \"a\": 1 }\n"_s);
    QVERIFY(!QFile::exists(backup));
    QVERIFY(writer.write(u"{}"_s));
}

void TstConfigWriter::makesWhatIsMissing()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"new/deep/.env"_s);
    ConfigWriter writer(path);
    QVERIFY(writer.read());
    QVERIFY(!writer.isThere());
    QVERIFY(writer.write(u"A=1\n"_s));
    QCOMPARE(contentOf(path), u"A=1\n"_s);
    QVERIFY(writer.backupPath().isEmpty());
    QCOMPARE(others(path), QFileDevice::Permissions());
    QVERIFY(writer.undo());
    QVERIFY(!QFile::exists(path));
}

void TstConfigWriter::tellsWhatChangedMeanwhile()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"x.toml"_s);
    put(path, "a = 1\n");
    ConfigWriter writer(path);
    QVERIFY(writer.read());
    put(path, "a = 2\n");
    const Result<void> refused = writer.write(u"a = 3\n"_s);
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, "file_changed");
    QCOMPARE(contentOf(path), u"a = 2\n"_s);
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files).size(), 1);

    QVERIFY(writer.read());
    QVERIFY(writer.write(u"a = 3\n"_s));
    put(path, "a = 4\n");
    QVERIFY(!writer.undo());
    QCOMPARE(contentOf(path), u"a = 4\n"_s);

    QVERIFY(writer.read());
    QVERIFY(QFile::remove(path));
    QVERIFY(!writer.write(u"a = 5\n"_s));
    QVERIFY(!QFile::exists(path));
}

void TstConfigWriter::followsLinks()
{
#ifdef Q_OS_UNIX
    QTemporaryDir folder;
    const QString real = folder.filePath(u"real"_s);
    const QString link = folder.filePath(u"link"_s);
    put(real, "A=1\n");
    QVERIFY(QFile::link(real, link));
    ConfigWriter writer(link);
    QVERIFY(writer.read());
    QVERIFY(writer.write(u"A=2\n"_s));
    QVERIFY(QFileInfo(link).isSymLink());
    QCOMPARE(contentOf(real), u"A=2\n"_s);
#endif
}

void TstConfigWriter::refusesWhatIsNoText()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"x.json"_s);
    put(path, "{ \"a\": \"\xff\" }");
    ConfigWriter writer(path);
    const Result<void> read = writer.read();
    QVERIFY(!read);
    QCOMPARE(read.error().code, "invalid_file");
    put(path, QByteArray("\0\0", 2));
    QVERIFY(!writer.read());
}

QTEST_GUILESS_MAIN(TstConfigWriter)
#include "tst_configwriter.moc"
