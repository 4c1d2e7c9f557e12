// Writes a picture of every page and dialog, in both themes and languages: pictures FOLDER [SCALE].
// packaging/screenshots.sh runs it for each scale; the pictures are for the eye, no test compares them.
#include <QApplication>
#include <QDialog>
#include <QDir>
#include <QElapsedTimer>
#include <QListView>
#include <QSettings>
#include <QTemporaryDir>
#include <QTranslator>

#include "dialogpictures.h"
#include "samplewindow.h"
#include "scriptedserver.h"
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

/// Where the pictures go, and in which dress the window is.
struct Album
{
    QDir folder;
    QString scale;
    QString language;
    bool isDark = false;

    void take(QWidget &widget, const QString &name, int width) const
    {
        settle();
        const QString theme = isDark ? u"dark"_s : u"light"_s;
        widget.grab().save(
            folder.filePath(u"%1-%2-%3-%4@%5.png"_s.arg(name, theme, language).arg(width).arg(scale)));
    }
};

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

/// As if the first conversation of the list had been clicked.
void openFirstChat(const QWidget &window)
{
    settle();
    for (auto *view : window.findChildren<QListView *>()) {
        if (view->isVisible() && view->model()->inherits("Ui::ChatListModel"))
            Q_EMIT view->clicked(view->model()->index(1, 0)); // below its group's name
    }
}

void takePages(const Album &album, Ui::MainWindow &window, const Ui::SampleControl &control)
{
    for (const int width : {1240, 900}) {
        window.resize(width, width == 900 ? 700 : 800);
        for (const auto &[name, target] : places(control)) {
            window.open(target);
            if (target.page == Ui::PageId::Chat)
                openFirstChat(window);
            album.take(window, name, width);
        }
    }
}

void takeDialogs(const Album &album, Ui::MainWindow &window, const Ui::PageParts &parts)
{
    window.resize(1240, 800);
    Ui::showDialogs(parts, window, [&album](const QString &name, QDialog &dialog) {
        album.take(dialog, name, dialog.width());
    });
}

void takeStarts(const Album &album, Ui::MainWindow &window, Ui::SampleControl &control)
{
    window.setControl(nullptr);
    window.showFailure({u"Port 4364 is taken."_s, 4364, u"ollama (process 8812)"_s, 4365});
    album.take(window, u"port-taken"_s, 1240);
    window.showFailure({});
    control.gatewayStatus.keysTotal = 0;
    window.setControl(&control);
    settle();
    if (auto *welcome = window.findChild<QDialog *>())
        album.take(*welcome, u"welcome"_s, 900);
    window.setControl(nullptr);
}

void takeAll(const Album &album, Ui::SampleDesktop &desktop)
{
    const auto control = Ui::sampleControl();
    control->chatRows.chats = Ui::sampleChats(Ui::SampleControl::now());
    QSettings().clear();
    Ui::Preferences preferences;
    const Ui::Theme theme(album.isDark ? Ui::Theme::Choice::Dark : Ui::Theme::Choice::Light);
    Ui::MainWindow window(theme, preferences, desktop);
    window.setControl(control.get());
    window.QWidget::show();
    takePages(album, window, *control);
    Ui::SampleShell shell;
    takeDialogs(album, window, {theme, *control, shell, &preferences, &desktop});
    takeStarts(album, window, *control);
}

/// What the chat asks of a gateway.
void answerModels(Ui::ScriptedServer &server)
{
    server.answer = [](const auto &, QTcpSocket &socket) {
        Ui::ScriptedServer::send(socket, 200,
                                 R"({"data":[{"id":"gemini-2.5-pro","display_name":"Gemini 2.5 Pro"},
            {"id":"gemini-2.5-flash","display_name":"Gemini 2.5 Flash"}]})");
    };
    server.close();
    server.listen(QHostAddress::LocalHost, 4364); // the sample's address
}

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    const QTemporaryDir place;
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, place.path());
    const QStringList arguments = QApplication::arguments();
    Album album{QDir(arguments.value(1, u"pictures"_s)), arguments.value(2, u"1x"_s), {}};
    album.folder.mkpath(u"."_s);
    Ui::SampleDesktop desktop;
    Ui::ScriptedServer gateway;
    answerModels(gateway);
    for (const QString &language : {u"en"_s, u"zh_CN"_s}) {
        QTranslator translator;
        if (translator.load(QLocale(language), u"gemini-balance"_s, u"_"_s, u":/translations"_s))
            QApplication::installTranslator(&translator);
        QLocale::setDefault(QLocale(language));
        album.language = language;
        for (const bool isDark : {false, true}) {
            album.isDark = isDark;
            takeAll(album, desktop);
        }
        QApplication::removeTranslator(&translator);
    }
    return 0;
}
