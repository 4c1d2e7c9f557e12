#include <QDir>
#include <QDomDocument>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

/// Each text in the sources is translated, and nothing else is in the files.
class TstTranslations : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyTextIsTranslated_data();
    void everyTextIsTranslated();
};

namespace {

QStringList faultsOf(const QDomDocument &document)
{
    QStringList faults;
    const QDomNodeList messages = document.elementsByTagName(u"message"_s);
    for (int i = 0; i < messages.size(); ++i) {
        const QDomElement message = messages.at(i).toElement();
        const QDomElement translation = message.firstChildElement(u"translation"_s);
        const QString source = message.firstChildElement(u"source"_s).text();
        if (translation.hasAttribute(u"type"_s))
            faults += translation.attribute(u"type"_s) + ": "_L1 + source;
        else if (translation.text().isEmpty())
            faults += "empty: "_L1 + source;
    }
    return faults;
}

} // namespace

void TstTranslations::everyTextIsTranslated_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<bool>("pluralsOnly");
    QTest::newRow("zh_CN") << u"gemini-balance_zh_CN.ts"_s << false;
    QTest::newRow("en") << u"gemini-balance_en.ts"_s << true;
}

void TstTranslations::everyTextIsTranslated()
{
    QFETCH(QString, file);
    QFETCH(bool, pluralsOnly);
    const QDir root(QStringLiteral(GW_SOURCE_DIR));
    QTemporaryDir folder;
    const QString copy = folder.filePath(file);
    QVERIFY(QFile::copy(root.filePath("translations/"_L1 + file), copy));
    QStringList arguments{u"-silent"_s, u"-locations"_s, u"none"_s, u"-I"_s, root.path()};
    if (pluralsOnly)
        arguments += u"-pluralonly"_s;
    arguments += {root.filePath(u"app"_s), root.filePath(u"ui"_s), root.filePath(u"gateway/settings"_s),
                  u"-ts"_s, copy};
    QCOMPARE(QProcess::execute(QStringLiteral(GW_LUPDATE), arguments), 0);

    QFile updated(copy);
    QVERIFY(updated.open(QIODevice::ReadOnly));
    QDomDocument document;
    QVERIFY(document.setContent(&updated));
    QVERIFY(!document.elementsByTagName(u"message"_s).isEmpty());
    const QStringList faults = faultsOf(document);
    QVERIFY2(faults.isEmpty(), qPrintable(u'\n' + faults.join(u'\n')));
}

QTEST_GUILESS_MAIN(TstTranslations)
#include "tst_translations.moc"
