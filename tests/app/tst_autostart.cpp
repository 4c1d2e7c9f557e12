#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include "app/autostart.h"
#include "app/singleinstance.h"

using namespace Gateway;
using namespace Qt::StringLiterals;

class TstAutostart : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesAndRemovesTheEntry();
    void saysWhyItCannot();
    void raisesTheFirstInstance();
};

void TstAutostart::writesAndRemovesTheEntry()
{
    const QTemporaryDir place;
    Autostart autostart(place.filePath(u"autostart"_s), u"/opt/my \"apps\"/gemini-balance"_s);
    QVERIFY(!autostart.isOn());
    QVERIFY(autostart.set(true));
    QVERIFY(autostart.isOn());
    QFile file(place.filePath(u"autostart/gemini-balance.desktop"_s));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(file.readAll().contains("Exec=\"/opt/my \\\"apps\\\"/gemini-balance\"\n"));
    QVERIFY(autostart.set(false));
    QVERIFY(!autostart.isOn());
    QVERIFY(autostart.set(false));
}

void TstAutostart::saysWhyItCannot()
{
    const QTemporaryDir place;
    QFile blocker(place.filePath(u"autostart"_s));
    QVERIFY(blocker.open(QIODevice::WriteOnly));
    Autostart autostart(place.filePath(u"autostart"_s), u"/opt/gemini-balance"_s);
    const Result<void> done = autostart.set(true);
    QVERIFY(!done);
    QVERIFY(QString::fromStdString(done.error().text).contains(u"gemini-balance.desktop"_s));
}

void TstAutostart::raisesTheFirstInstance()
{
    const std::string database = "sqlite:/tmp/" + QTemporaryDir().path().toStdString();
    SingleInstance first(database);
    QVERIFY(!first.raiseOther());
    first.listen();
    QSignalSpy raised(&first, &SingleInstance::raiseRequested);
    SingleInstance second(database);
    QVERIFY(second.raiseOther());
    QVERIFY(raised.wait());
    SingleInstance other(database + "2");
    QVERIFY(!other.raiseOther());
}

QTEST_GUILESS_MAIN(TstAutostart)
#include "tst_autostart.moc"
