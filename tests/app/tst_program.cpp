#include <csignal>

#include <sys/types.h>

#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

/// The program as a user starts it.
class TstProgram : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void servesAndStopsOnASignal();
    void makesAndShowsATokenOnce();
    void saysThatThePortIsTaken();
    void refusesWrongSettings();
    void refusesUnknownOptions();
    void namesItsLibraries();
    void servesWithoutADisplay();
    void aRunningAnswerHoldsTheFirstSignalOnly();
    void keepsSecretsOutOfItsOutput();
    void loadsNoWindowsForAServer();

private:
    struct Ended
    {
        int code = -1;
        QString out;
        QString error;
    };
    void prepare(QProcess &program, const QStringList &arguments, const QStringList &environment = {});
    Ended runToEnd(const QStringList &arguments, const QStringList &environment = {});
    /// Starts and waits for the address; the port, or 0.
    int startServing(QProcess &program, const QStringList &environment = {});

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TstProgram::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
}

void TstProgram::prepare(QProcess &program, const QStringList &arguments, const QStringList &environment)
{
    QProcessEnvironment all;
    all.insert(u"PATH"_s, qEnvironmentVariable("PATH"));
    all.insert(u"LC_ALL"_s, u"C.UTF-8"_s);
    all.insert(u"HOME"_s, m_folder->path());
    all.insert(u"DATA_DIR"_s, m_folder->filePath(u"data"_s));
    all.insert(u"PORT"_s, u"0"_s);
    for (const QString &entry : environment)
        all.insert(entry.section(u'=', 0, 0), entry.section(u'=', 1));
    program.setProcessEnvironment(all);
    program.setProgram(QStringLiteral(GW_PROGRAM));
    program.setArguments(arguments);
}

TstProgram::Ended TstProgram::runToEnd(const QStringList &arguments, const QStringList &environment)
{
    QProcess program;
    prepare(program, arguments, environment);
    program.start();
    if (!program.waitForFinished() || program.exitStatus() != QProcess::NormalExit)
        return {};
    return {program.exitCode(), QString::fromUtf8(program.readAllStandardOutput()),
            QString::fromUtf8(program.readAllStandardError())};
}

int TstProgram::startServing(QProcess &program, const QStringList &environment)
{
    prepare(program, {u"--server"_s}, environment);
    program.start();
    static const QRegularExpression address(u"Serving on http://127\\.0\\.0\\.1:(\\d+)"_s);
    QByteArray out;
    while (!address.match(QString::fromUtf8(out)).hasMatch() && program.waitForReadyRead(20'000))
        out += program.readAllStandardOutput();
    program.setProperty("output", out);
    return address.match(QString::fromUtf8(out)).captured(1).toInt();
}

void TstProgram::servesAndStopsOnASignal()
{
    for (const int signal : {SIGTERM, SIGINT}) {
        QProcess program;
        const int port = startServing(program);
        QVERIFY(port > 0);
        QTcpSocket client;
        client.connectToHost(u"127.0.0.1"_s, static_cast<quint16>(port));
        QVERIFY(client.waitForConnected());
        client.write("GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        QVERIFY(client.waitForReadyRead());
        QVERIFY(client.readAll().startsWith("HTTP/1.1 200"));
        ::kill(static_cast<pid_t>(program.processId()), signal);
        QVERIFY(program.waitForFinished(10'000));
        QCOMPARE(program.exitStatus(), QProcess::NormalExit);
        QCOMPARE(program.exitCode(), 0);
    }
}

void TstProgram::makesAndShowsATokenOnce()
{
    QProcess first;
    QVERIFY(startServing(first) > 0);
    const QString out = QString::fromUtf8(first.property("output").toByteArray());
    const QString token = QRegularExpression(u"gb-[\\w-]{43}"_s).match(out).captured();
    QVERIFY(!token.isEmpty());
    ::kill(static_cast<pid_t>(first.processId()), SIGKILL); // it was durable before it was shown
    QVERIFY(first.waitForFinished());

    QProcess second;
    QVERIFY(startServing(second) > 0);
    QVERIFY(!second.property("output").toByteArray().contains("gb-"));
    second.terminate();
    QVERIFY(second.waitForFinished());

    const Ended settings = runToEnd({u"settings"_s});
    QCOMPARE(settings.code, 0);
    const QString masked = token.left(4) + u'…' + token.right(4);
    QVERIFY(settings.out.contains(QRegularExpression("AUTH_TOKEN +"_L1 + masked + " +store"_L1)));
}

void TstProgram::saysThatThePortIsTaken()
{
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost));
    const QString port = QString::number(other.serverPort());
    const Ended ended = runToEnd({u"--server"_s, u"--port"_s, port});
    QCOMPARE(ended.code, 2);
    QVERIFY(ended.error.contains("Port "_L1 + port + " on 127.0.0.1 is taken"_L1));
}

void TstProgram::refusesWrongSettings()
{
    const Ended ended = runToEnd({u"--server"_s, u"--port=70000"_s}, {u"MAX_RETRIES=21"_s});
    QCOMPARE(ended.code, 1);
    QVERIFY(ended.error.contains(
        "PORT = \"70000\" is not allowed; allowed is a whole number from 0 to 65535"_L1));
    QVERIFY(ended.error.contains("MAX_RETRIES = \"21\""_L1));
    QVERIFY(!QFile::exists(m_folder->filePath(u"data"_s)));
}

void TstProgram::refusesUnknownOptions()
{
    const Ended ended = runToEnd({u"--server"_s, u"--max-retry=1"_s});
    QCOMPARE(ended.code, 1);
    QCOMPARE(ended.error, u"--max-retry is no option; did you mean --max-retries?\n"_s);
}

void TstProgram::namesItsLibraries()
{
    const Ended ended = runToEnd({u"--version"_s});
    QCOMPARE(ended.code, 0);
    const QStringList lines = ended.out.split(u'\n', Qt::SkipEmptyParts);
    QVERIFY2(lines.value(0).contains(QStringLiteral(GW_VERSION)), qPrintable(lines.value(0)));
    QVERIFY2(lines.contains(u"Qt %1 (LGPL-3.0-only)"_s.arg(QString::fromLatin1(qVersion()))),
             qPrintable(lines.join(u'|')));
    for (const QString &name : {u"libcurl"_s, u"Boost.JSON"_s, u"SQLite"_s, u"libsodium"_s}) {
        const QRegularExpression line(u"^%1 [0-9]+(\\.[0-9]+)+ \\(.+\\)$"_s.arg(name));
        QVERIFY2(!lines.filter(line).isEmpty(), qPrintable(name + u" in "_s + lines.join(u'|')));
    }
}

void TstProgram::servesWithoutADisplay()
{
    QProcess program;
    prepare(program, {});
    program.start();
    QVERIFY(program.waitForReadyRead(20'000));
    QVERIFY(program.readAllStandardError().startsWith("Serving without windows (there is no display)"));
    program.terminate();
    QVERIFY(program.waitForFinished());
    QCOMPARE(program.exitCode(), 0);
}

void TstProgram::aRunningAnswerHoldsTheFirstSignalOnly()
{
    QTcpServer upstream; // takes the call and never answers
    QVERIFY(upstream.listen(QHostAddress::LocalHost));
    QProcess program;
    const int port =
        startServing(program, {u"SHUTDOWN_TIMEOUT=600"_s, u"AUTH_TOKEN=token"_s, u"GEMINI_API_KEYS=key"_s,
                               u"GOOGLE_API_HOST=http://127.0.0.1:%1"_s.arg(upstream.serverPort())});
    QVERIFY(port > 0);
    QTcpSocket client;
    client.connectToHost(u"127.0.0.1"_s, static_cast<quint16>(port));
    client.write("POST /v1beta/models/gemini-3.6-flash:generateContent?key=token HTTP/1.1\r\n"
                 "Host: localhost\r\nContent-Length: 2\r\n\r\n{}");
    QVERIFY(client.waitForBytesWritten());
    QVERIFY(upstream.waitForNewConnection(10'000));
    program.terminate();
    QVERIFY(!program.waitForFinished(1'000));
    QCOMPARE(program.state(), QProcess::Running);
    program.terminate();
    QVERIFY(program.waitForFinished(10'000));
    QCOMPARE(program.exitStatus(), QProcess::NormalExit);
    QCOMPARE(program.exitCode(), 0);
}

void TstProgram::keepsSecretsOutOfItsOutput()
{
    QProcess program;
    QVERIFY(startServing(program, {u"AUTH_TOKEN=sk-middle-0123456789"_s,
                                   u"GEMINI_API_KEYS=AIza-middle-012345"_s, u"LOG_LEVEL=debug"_s}) > 0);
    program.terminate();
    QVERIFY(program.waitForFinished());
    QVERIFY(!program.property("output").toByteArray().contains("middle"));
    QVERIFY(!program.readAllStandardOutput().contains("middle"));
    QVERIFY(!program.readAllStandardError().contains("middle"));
}

void TstProgram::loadsNoWindowsForAServer()
{
    QProcess program;
    QVERIFY(startServing(program) > 0);
    QFile maps(u"/proc/%1/maps"_s.arg(program.processId()));
    QVERIFY(maps.open(QIODevice::ReadOnly));
    const QByteArray loaded = maps.readAll();
    QVERIFY(loaded.contains("libQt6Core"));
    QVERIFY(!loaded.contains("libQt6Gui") && !loaded.contains("libQt6Widgets"));
    program.terminate();
    QVERIFY(program.waitForFinished());
}

QTEST_GUILESS_MAIN(TstProgram)
#include "tst_program.moc"
