#include "ui/pages/settings/desktopsections.h"

#include <array>

#include <QComboBox>
#include <QCoreApplication>
#include <QDesktopServices>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QUrl>

#include "ui/desktop.h"
#include "ui/frame/shell.h"
#include "ui/pages/settings/librariesdialog.h"
#include "ui/pages/settings/settingrow.h"
#include "ui/pages/settings/settingsection.h"
#include "ui/preferences.h"
#include "ui/widgets/button.h"
#include "ui/widgets/segmented.h"
#include "ui/widgets/switch.h"
#include "ui/widgets/textlabel.h"

using namespace Qt::StringLiterals;

namespace Ui {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(DesktopSettings)
};

struct Language
{
    QString code;
    QString name;
};

/// Languages are named in themselves: who cannot read the window's finds his own.
std::array<Language, 3> languages()
{
    return {Language{{}, Words::tr("As the system is")}, Language{u"en"_s, u"English"_s},
            Language{u"zh_CN"_s, u"简体中文"_s}};
}

SettingLine *switchLine(const Theme &theme, const QString &title, const QString &text, bool isOn,
                        std::function<void(bool, Switch *)> set)
{
    auto *control = new Switch(theme);
    control->setAccessibleName(title);
    control->setChecked(isOn);
    QObject::connect(control, &QAbstractButton::clicked, control,
                     [control, set = std::move(set)](bool isChecked) { set(isChecked, control); });
    return new SettingLine(theme, title, text, control);
}

SettingLine *themeLine(const Theme &theme, Preferences &preferences)
{
    const QString title = Words::tr("Theme");
    auto *control = new Segmented(theme, title, {Words::tr("System"), Words::tr("Light"), Words::tr("Dark")});
    control->setCurrent(static_cast<int>(preferences.theme()));
    QObject::connect(control, &Segmented::chosen, &preferences,
                     [&preferences](int index) { preferences.setTheme(static_cast<Theme::Choice>(index)); });
    return new SettingLine(theme, title, Words::tr("How the windows look."), control);
}

SettingLine *languageLine(const Theme &theme, Preferences &preferences)
{
    const QString title = Words::tr("Language");
    auto *control = new QComboBox;
    control->setAccessibleName(title);
    control->setMinimumWidth(200);
    for (const Language &language : languages()) {
        control->addItem(language.name, language.code);
        if (language.code == preferences.language())
            control->setCurrentIndex(control->count() - 1);
    }
    QObject::connect(control, &QComboBox::activated, &preferences,
                     [&preferences, control] { preferences.setLanguage(control->currentData().toString()); });
    return new SettingLine(theme, title, Words::tr("Of the windows and the tray."), control);
}

SettingLine *backupLine(const PageParts &parts)
{
    auto *button = new Button(parts.theme, Button::Kind::Secondary, u"export"_s, Words::tr("Back up…"));
    QObject::connect(
        button, &QAbstractButton::clicked, button, [button, desktop = parts.desktop, &shell = parts.shell] {
            auto *dialog =
                new QFileDialog(button, Words::tr("Back up the store"), u"gemini-balance-backup.db"_s);
            dialog->setAttribute(Qt::WA_DeleteOnClose);
            dialog->setAcceptMode(QFileDialog::AcceptSave);
            QObject::connect(
                dialog, &QFileDialog::fileSelected, button, [desktop, &shell](const QString &file) {
                    desktop->backUp(file, [&shell](const QString &failure) {
                        shell.toast(failure.isEmpty()
                                        ? ToastText{u"check"_s, Words::tr("The store is backed up"), {}, {}}
                                        : ToastText{u"error"_s, failure, {}, {}});
                    });
                });
            dialog->open();
        });
    return new SettingLine(
        parts.theme, Words::tr("Backup"),
        Words::tr("A copy of keys, settings, records and chats; its secrets stay sealed with the master "
                  "key. To restore one: gemini-balance restore FILE, while the program is ended."),
        button);
}

SettingLine *librariesLine(const PageParts &parts)
{
    auto *show = new Button(parts.theme, Button::Kind::Secondary, {}, Words::tr("Show libraries"));
    QObject::connect(show, &QAbstractButton::clicked, show,
                     [&theme = parts.theme, desktop = parts.desktop, show] {
                         (new LibrariesDialog(theme, desktop->libraries(), show->window()))->open();
                     });
    return new SettingLine(parts.theme, Words::tr("Libraries"),
                           Words::tr("What this program is made of, with versions and licences."), show);
}

} // namespace

SettingSection *makeGeneralSection(const PageParts &parts)
{
    const Theme &theme = parts.theme;
    auto *section = new SettingSection(theme, u"window"_s, Words::tr("General"));
    if (Preferences *preferences = parts.preferences) {
        section->addLine(themeLine(theme, *preferences));
        section->addLine(languageLine(theme, *preferences));
    }
    Desktop *desktop = parts.desktop;
    if (!desktop)
        return section;
    section->addLine(switchLine(
        theme, Words::tr("Start at login"), Words::tr("The gateway is there as soon as you have logged in."),
        desktop->startsAtLogin(), [desktop, &shell = parts.shell](bool isOn, Switch *control) {
            if (const auto done = desktop->setStartsAtLogin(isOn); !done) {
                control->setChecked(!isOn);
                shell.toastFailure(done.error());
            }
        }));
    if (desktop->hasTray() && parts.preferences) {
        section->addLine(switchLine(
            theme, Words::tr("Start in the tray"),
            Words::tr("No window at the start; the icon in the tray opens it."),
            parts.preferences->startsInTray(),
            [preferences = parts.preferences](bool isOn, Switch *) { preferences->setStartsInTray(isOn); }));
    }
    return section;
}

SettingSection *makeNoticeSection(const PageParts &parts)
{
    auto *section = new SettingSection(parts.theme, u"bell"_s, Words::tr("Notices"));
    if (!parts.preferences)
        return section;
    using Notice = Preferences::Notice;
    struct Row
    {
        Notice notice;
        QString title, text;
    };
    const std::array rows = {
        Row{Notice::KeySidelined, Words::tr("A key was sidelined"),
            Words::tr("Google does not take it any more.")},
        Row{Notice::AllResting, Words::tr("No key can be used"),
            Words::tr("All of them rest or are sidelined.")},
        Row{Notice::GatewayStopped, Words::tr("The gateway does not serve"),
            Words::tr("Its port is held by another program, or its store cannot be read.")}};
    for (const Row &row : rows) {
        section->addLine(
            switchLine(parts.theme, row.title, row.text, parts.preferences->isNoticeOn(row.notice),
                       [preferences = parts.preferences, notice = row.notice](bool isOn, Switch *) {
                           preferences->setNotice(notice, isOn);
                       }));
    }
    return section;
}

SettingSection *makeAboutSection(const PageParts &parts)
{
    const Theme &theme = parts.theme;
    auto *section = new SettingSection(theme, u"info"_s, Words::tr("About"));
    const auto label = [&theme](const QString &text) {
        auto *value = new TextLabel(theme, TextStyle::Body, &Tokens::text2);
        value->setText(text);
        value->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
        return value;
    };
    section->addLine(
        new SettingLine(theme, Words::tr("Version"), Words::tr("Of this program, and of Qt."),
                        label(QLatin1String(GW_VERSION) + u", Qt "_s + QLatin1String(qVersion()))));
    section->addLine(new SettingLine(
        theme, Words::tr("Licence"),
        Words::tr("Free software: you may use, study, share and change it. It comes without any warranty."),
        label(u"GPL-3.0-or-later"_s)));
    if (parts.desktop) {
        section->addLine(librariesLine(parts));
        const QString folder = parts.desktop->dataFolder();
        auto *open = new Button(theme, Button::Kind::Secondary, u"folder"_s, Words::tr("Open folder"));
        QObject::connect(open, &QAbstractButton::clicked, open,
                         [folder] { QDesktopServices::openUrl(QUrl::fromLocalFile(folder)); });
        section->addLine(new SettingLine(theme, Words::tr("Data folder"), folder, open));
        section->addLine(backupLine(parts));
    }
    return section;
}

} // namespace Ui
