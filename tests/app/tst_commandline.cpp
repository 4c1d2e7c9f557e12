#include <QTest>

#include "app/commandline.h"

using namespace Gateway;

class TstCommandLine : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsBothForms();
    void readsSwitchesAndVerb();
    void aValueMayBeNegativeOrEmpty();
    void refuses_data();
    void refuses();
    void tellsEveryProblem();
    void helpNamesEverySetting();
};

void TstCommandLine::readsBothForms()
{
    const Result<CommandLine> line =
        parseCommandLine({"--max-retries", "1", "--proxy-url=http://a=b", "--env-file", "x", "--env-file=y"});
    QVERIFY(line);
    QCOMPARE(line->settings, (SettingTexts{{"MAX_RETRIES", "1"}, {"PROXY_URL", "http://a=b"}}));
    QCOMPARE(line->envFiles, (std::vector<std::string>{"x", "y"}));
    QVERIFY(!line->server);
    QVERIFY(line->verb.empty());
}

void TstCommandLine::readsSwitchesAndVerb()
{
    const Result<CommandLine> line = parseCommandLine({"settings", "--json", "--port", "1", "--server"});
    QVERIFY(line);
    QCOMPARE(line->verb, std::string("settings"));
    QVERIFY(line->json && line->server && !line->markdown);
    const Result<CommandLine> rekey = parseCommandLine({"rekey", "--forget"});
    QCOMPARE(rekey->verb, std::string("rekey"));
    QVERIFY(rekey->forget && !line->forget);
    QCOMPARE(parseCommandLine({"backup", "copy.db", "--data-dir=/tmp/x"})->words,
             std::vector<std::string>{"copy.db"});
    QVERIFY(!parseCommandLine({"backup"}));
    QVERIFY(!parseCommandLine({"restore", "a.db", "b.db"}));
    QVERIFY(parseCommandLine({"-h"})->help);
    QVERIFY(parseCommandLine({"--help"})->help);
    QVERIFY(parseCommandLine({"--version"})->version);
}

void TstCommandLine::aValueMayBeNegativeOrEmpty()
{
    const Result<CommandLine> line = parseCommandLine({"--port", "-1", "--proxy-url", "", "--host="});
    QVERIFY(line);
    QCOMPARE(line->settings, (SettingTexts{{"PORT", "-1"}, {"PROXY_URL", ""}, {"HOST", ""}}));
}

void TstCommandLine::refuses_data()
{
    QTest::addColumn<QByteArray>("argument");
    QTest::addColumn<QByteArray>("text");
    const auto row = [](const char *argument, const char *text) {
        QTest::newRow(argument) << QByteArray(argument) << QByteArray(text);
    };
    row("--max-retry=1", "--max-retry is no option; did you mean --max-retries?");
    row("--serve", "--serve is no option; did you mean --server?");
    row("--MAX_RETRIES=1", "--MAX_RETRIES is no option; --help lists what there is");
    row("--colour", "--colour is no option; --help lists what there is");
    row("--port", "--port needs a value");
    row("--env-file", "--env-file needs a value");
    row("--server=1", "--server takes no value");
    row("setings", "\"setings\" is no command; did you mean settings?");
    row("4364", "\"4364\" is no command; --help lists what there is");
}

void TstCommandLine::refuses()
{
    QFETCH(QByteArray, argument);
    QFETCH(QByteArray, text);
    const Result<CommandLine> line = parseCommandLine({argument.toStdString()});
    QVERIFY(!line);
    QCOMPARE(QByteArray::fromStdString(line.error().text), text);
}

void TstCommandLine::tellsEveryProblem()
{
    const Result<CommandLine> line =
        parseCommandLine({"--prot", "80", "--auth-token", "--hots=x", "setings"});
    QVERIFY(!line);
    QCOMPARE(line.error().text, std::string("--prot is no option; did you mean --port?\n"
                                            "--auth-token needs a value\n"
                                            "--hots is no option; did you mean --host?\n"
                                            "\"setings\" is no command; did you mean settings?"));
}

void TstCommandLine::helpNamesEverySetting()
{
    const std::string help = helpText();
    for (const SettingRow &row : settingTable())
        QVERIFY2(help.find("--" + optionName(row) + ' ') != std::string::npos, row.name.data());
}

QTEST_APPLESS_MAIN(TstCommandLine)
#include "tst_commandline.moc"
