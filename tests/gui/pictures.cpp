// Writes a picture of every page, in both themes and languages: pictures FOLDER [SCALE].
// packaging/screenshots.sh runs it for each scale; the pictures are for the eye, no test compares them.
#include <array>

#include <QApplication>
#include <QDialog>
#include <QDir>
#include <QElapsedTimer>
#include <QSettings>
#include <QTemporaryDir>
#include <QTranslator>

#include "samplecontrol.h"
#include "sampledesktop.h"
#include "ui/frame/pagetable.h"
#include "ui/mainwindow.h"
#include "ui/preferences.h"

using namespace Qt::StringLiterals;

namespace {

void settle()
{
    QElapsedTimer timer;
    timer.start();
    while (timer.elapsed() < 400)
        QApplication::processEvents(QEventLoop::AllEvents, 20);
}

QString fileName(const QString &page, const QString &language, bool isDark, int width, const QString &scale)
{
    return u"%1-%2-%3-%4@%5.png"_s.arg(page, isDark ? u"dark"_s : u"light"_s, language).arg(width).arg(scale);
}

/// Every page, and those that have details with them open.
QList<std::pair<QString, Ui::Target>> places(const Ui::SampleControl &control)
{
    QList<std::pair<QString, Ui::Target>> found;
    for (const Ui::PageRow &row : Ui::pageTable()) {
        found.emplaceBack(row.iconName, Ui::Target{.page = row.id});
        if (row.id == Ui::PageId::Keys)
            found.emplaceBack(u"keys-details"_s, Ui::Target{.page = row.id, .id = control.keyRows[1].id});
        if (row.id == Ui::PageId::Requests)
            found.emplaceBack(
                u"requests-details"_s,
                Ui::Target{.page = row.id, .filter = QString::fromStdString(control.requestRows[2].id)});
    }
    return found;
}

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    const QTemporaryDir place;
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, place.path());
    const QStringList arguments = QApplication::arguments();
    const QDir folder(arguments.value(1, u"pictures"_s));
    folder.mkpath(u"."_s);
    Ui::SampleDesktop desktop;
    for (const QString &language : {u"en"_s, u"zh_CN"_s}) {
        QTranslator translator;
        if (translator.load(QLocale(language), u"gemini-balance"_s, u"_"_s, u":/translations"_s))
            QApplication::installTranslator(&translator);
        QLocale::setDefault(QLocale(language));
        for (const bool isDark : {false, true}) {
            const auto control = Ui::sampleControl();
            QSettings().clear();
            Ui::Preferences preferences;
            const Ui::Theme theme(isDark ? Ui::Theme::Choice::Dark : Ui::Theme::Choice::Light);
            Ui::MainWindow window(theme, preferences, desktop);
            window.setControl(control.get());
            window.QWidget::show();
            for (const int width : {1240, 900}) {
                window.resize(width, width == 900 ? 700 : 800);
                for (const auto &[name, target] : places(*control)) {
                    window.open(target);
                    settle();
                    window.grab().save(folder.filePath(
                        fileName(name, language, isDark, width, arguments.value(2, u"1x"_s))));
                }
            }
            window.setControl(nullptr);
            control->gatewayStatus.keysTotal = 0;
            window.setControl(control.get());
            settle();
            if (auto *welcome = window.findChild<QDialog *>())
                welcome->grab().save(folder.filePath(
                    fileName(u"welcome"_s, language, isDark, 900, arguments.value(2, u"1x"_s))));
            window.setControl(nullptr);
        }
        QApplication::removeTranslator(&translator);
    }
    return 0;
}
