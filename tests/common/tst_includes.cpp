#include <map>
#include <set>

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

using Rooms = std::set<QString>;

/// What a room may include beside itself and gateway/common. A room that is not here may include nothing.
const std::map<QString, Rooms> &allowTable()
{
    static const Rooms everyRoom{u"gateway"_s,           u"gateway/access"_s,   u"gateway/control"_s,
                                 u"gateway/dialects"_s,  u"gateway/http"_s,     u"gateway/pool"_s,
                                 u"gateway/relay"_s,     u"gateway/settings"_s, u"gateway/store"_s,
                                 u"gateway/telemetry"_s, u"gateway/upstream"_s};
    static const Rooms settingsOnly{u"gateway/settings"_s};
    static const std::map<QString, Rooms> table{
        {u"gateway/common"_s, {}},
        {u"gateway/settings"_s, {}},
        {u"gateway/access"_s, settingsOnly},
        {u"gateway/audio"_s, {}}, // a module of its own: nothing of the gateway links it
        {u"gateway/dialects"_s, settingsOnly},
        {u"gateway/pool"_s, settingsOnly},
        {u"gateway/store"_s, settingsOnly},
        {u"gateway/telemetry"_s, settingsOnly},
        {u"gateway/upstream"_s, settingsOnly},
        {u"gateway/relay"_s,
         {u"gateway/dialects"_s, u"gateway/pool"_s, u"gateway/settings"_s, u"gateway/telemetry"_s,
          u"gateway/upstream"_s}},
        {u"gateway/control"_s,
         {u"gateway/pool"_s, u"gateway/relay"_s, u"gateway/settings"_s, u"gateway/store"_s,
          u"gateway/telemetry"_s}},
        {u"gateway/http"_s,
         {u"gateway/access"_s, u"gateway/control"_s, u"gateway/relay"_s, u"gateway/settings"_s}},
        // The files beside the rooms build and wire them: they alone know all.
        {u"gateway"_s, everyRoom},
        {u"ui"_s, {u"gateway/control"_s}},
        {u"app"_s,
         {u"gateway"_s, u"gateway/audio"_s, u"gateway/control"_s, u"gateway/settings"_s, u"gateway/store"_s,
          u"gateway/telemetry"_s, u"ui"_s}},
    };
    return table;
}

/// "gateway/pool" for "gateway/pool/strategies/x.h", "gateway" for "gateway/x.h", "ui" for "ui/widgets/x.h".
QString roomOf(const QString &path)
{
    const QStringList parts = path.split(u'/');
    if (parts.first() == "gateway"_L1 && parts.size() > 2)
        return parts[0] + u'/' + parts[1];
    return parts.first();
}

QStringList sourceFiles()
{
    QStringList files;
    const QDir root(QStringLiteral(GW_SOURCE_DIR));
    for (const QString &folder : {u"app"_s, u"gateway"_s, u"ui"_s}) {
        QDirIterator iterator(root.filePath(folder), {u"*.h"_s, u"*.cpp"_s}, QDir::Files,
                              QDirIterator::Subdirectories);
        while (iterator.hasNext())
            files += root.relativeFilePath(iterator.next());
    }
    files.sort();
    return files;
}

/// What is wrong with one include line of `file`; empty when nothing is.
QString judged(const QString &file, const QString &included, bool isQuoted)
{
    const QString room = roomOf(file);
    if (!isQuoted) {
        static const QRegularExpression widgets(
            u"^Qt(Gui|Widgets|Svg)|^Q(Widget|Application|MainWindow|Icon|Pixmap|Painter|Palette)\\b"_s);
        return room.startsWith("gateway"_L1) && widgets.match(included).hasMatch()
                   ? u"the gateway knows neither Qt Gui nor Widgets"_s
                   : QString();
    }
    const QString target = roomOf(included);
    if (target == room || target == "gateway/common"_L1)
        return {};
    const auto row = allowTable().find(room);
    if (row == allowTable().end())
        return u"this room is not in the table"_s;
    return row->second.count(target) ? QString() : room + " may not include "_L1 + target;
}

} // namespace

class TstIncludes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void directionHolds();
    void everyQuotedIncludeStartsAtTheRoot();
    void headersHaveGuards();
    void theJudgeSeesBreaches();
};

namespace {

struct Include
{
    QString file;
    QString included;
    bool isQuoted = false;
};

QList<Include> allIncludes()
{
    static const QRegularExpression line(u"^\\s*#\\s*include\\s*([\"<])([^\">]+)[\">]"_s,
                                         QRegularExpression::MultilineOption);
    QList<Include> includes;
    for (const QString &path : sourceFiles()) {
        QFile file(QStringLiteral(GW_SOURCE_DIR "/") + path);
        if (!file.open(QIODevice::ReadOnly))
            continue;
        auto matches = line.globalMatch(QString::fromUtf8(file.readAll()));
        while (matches.hasNext()) {
            const QRegularExpressionMatch match = matches.next();
            includes.append({path, match.captured(2), match.captured(1) == "\""_L1});
        }
    }
    return includes;
}

} // namespace

void TstIncludes::directionHolds()
{
    const QList<Include> includes = allIncludes();
    QVERIFY(includes.size() > 100);
    QStringList breaches;
    for (const Include &include : includes) {
        if (include.included.endsWith(".moc"_L1))
            continue;
        const QString breach = judged(include.file, include.included, include.isQuoted);
        if (!breach.isEmpty())
            breaches += include.file + ": "_L1 + include.included + ": "_L1 + breach;
    }
    QVERIFY2(breaches.isEmpty(), qPrintable(u'\n' + breaches.join(u'\n')));
}

void TstIncludes::everyQuotedIncludeStartsAtTheRoot()
{
    for (const Include &include : allIncludes()) {
        if (!include.isQuoted || include.included.endsWith(".moc"_L1))
            continue;
        QVERIFY2(QFile::exists(QStringLiteral(GW_SOURCE_DIR "/") + include.included),
                 qPrintable(include.file + ": "_L1 + include.included));
    }
}

void TstIncludes::headersHaveGuards()
{
    for (const QString &path : sourceFiles()) {
        if (!path.endsWith(".h"_L1))
            continue;
        QFile file(QStringLiteral(GW_SOURCE_DIR "/") + path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY2(file.readAll().startsWith("#pragma once\n"), qPrintable(path));
    }
}

void TstIncludes::theJudgeSeesBreaches()
{
    QVERIFY(judged(u"gateway/relay/x.cpp"_s, u"gateway/pool/keypool.h"_s, true).isEmpty());
    QVERIFY(judged(u"gateway/gatewayservice.cpp"_s, u"gateway/http/x.h"_s, true).isEmpty());
    QVERIFY(judged(u"gateway/pool/strategies/x.cpp"_s, u"gateway/pool/keypool.h"_s, true).isEmpty());
    QVERIFY(!judged(u"gateway/pool/keypool.cpp"_s, u"gateway/store/store.h"_s, true).isEmpty());
    QVERIFY(!judged(u"gateway/common/x.h"_s, u"gateway/settings/settings.h"_s, true).isEmpty());
    QVERIFY(!judged(u"gateway/relay/x.cpp"_s, u"gateway/gatewayservice.h"_s, true).isEmpty());
    QVERIFY(!judged(u"ui/mainwindow.cpp"_s, u"gateway/pool/keypool.h"_s, true).isEmpty());
    QVERIFY(!judged(u"gateway/new/x.cpp"_s, u"gateway/pool/keypool.h"_s, true).isEmpty());
    QVERIFY(!judged(u"gateway/http/x.cpp"_s, u"QWidget"_s, false).isEmpty());
    QVERIFY(!judged(u"gateway/http/x.cpp"_s, u"QtGui/QImage"_s, false).isEmpty());
    QVERIFY(judged(u"gateway/http/x.cpp"_s, u"QTcpServer"_s, false).isEmpty());
}

QTEST_APPLESS_MAIN(TstIncludes)
#include "tst_includes.moc"
