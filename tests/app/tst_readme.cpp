#include <QFile>
#include <QProcess>
#include <QTest>

#include "app/cli/settingsverb.h"
#include "gateway/common/json.h"

using namespace Gateway;
using namespace Qt::StringLiterals;

/// What the README takes from elsewhere is as it is there.
class TstReadme : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void hasTheSettings();
    void hasTheAdminApi();
    void hasTheDependencies();
    void namesFilesThatExist();

private:
    QByteArray m_text;
};

void TstReadme::initTestCase()
{
    QFile readme(QStringLiteral(GW_SOURCE_DIR "/README.md"));
    QVERIFY(readme.open(QIODevice::ReadOnly));
    m_text = readme.readAll();
}

void TstReadme::hasTheSettings()
{
    QVERIFY2(m_text.contains(QByteArray::fromStdString(settingsMarkdown())),
             "put the output of `gemini-balance settings --markdown` into README.md");
}

void TstReadme::hasTheAdminApi()
{
    QFile file(QStringLiteral(GW_SOURCE_DIR "/resources/openapi/admin.json"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const Result<json::object> document = parseJsonObject(file.readAll().toStdString());
    QVERIFY(document);
    std::string table = "| Method and path | What it does |\n|---|---|\n";
    for (const auto &path : document->at("paths").get_object()) {
        for (const auto &method : path.value().get_object())
            table += "| `" + QByteArray(method.key().data()).toUpper().toStdString() + ' ' +
                     std::string(path.key()) + "` | " +
                     std::string(method.value().at("summary").get_string()) + " |\n";
    }
    QVERIFY2(m_text.contains(QByteArray::fromStdString(table)), table.c_str());
}

void TstReadme::hasTheDependencies()
{
    QProcess deps;
    deps.start(QStringLiteral(GW_SOURCE_DIR "/packaging/deps.sh"), {u"--markdown"_s});
    QVERIFY(deps.waitForFinished());
    const QByteArray table = deps.readAllStandardOutput();
    QVERIFY(table.count('\n') > 10);
    QVERIFY2(m_text.contains(table), "put the output of `packaging/deps.sh --markdown` into README.md");
}

void TstReadme::namesFilesThatExist()
{
    for (const QByteArray &path :
         {QByteArray("packaging/run.sh"), QByteArray("packaging/test.sh"), QByteArray("packaging/trixie.sh"),
          QByteArray("resources/pictures/overview.png"), QByteArray("resources/pictures/keys.png"),
          QByteArray("resources/pictures/requests.png"), QByteArray("resources/pictures/clients.png"),
          QByteArray("packaging/screenshots.sh"), QByteArray("tests/bench/run.sh"),
          QByteArray("tests/common/tst_includes.cpp"), QByteArray("LICENSE")}) {
        QVERIFY2(m_text.contains(path), path.constData());
        QVERIFY2(QFile::exists(QStringLiteral(GW_SOURCE_DIR "/") + QString::fromLatin1(path)),
                 path.constData());
    }
}

QTEST_GUILESS_MAIN(TstReadme)
#include "tst_readme.moc"
