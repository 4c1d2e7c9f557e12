#include <QComboBox>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSpinBox>

#include "samplewindow.h"
#include "ui/pages/settings/librariesdialog.h"
#include "ui/pages/settings/settingrow.h"
#include "ui/pages/settings/settingspage.h"
#include "ui/widgets/dialog.h"
#include "ui/widgets/searchfield.h"
#include "ui/widgets/switch.h"

using namespace Gateway;
using namespace Ui;
using namespace Qt::StringLiterals;

namespace {

SettingView settingOf(const char *name, const char *title, const char *type, const char *value)
{
    SettingView setting;
    setting.name = name;
    setting.title = title;
    setting.text = "What it does.";
    setting.section = "Server";
    setting.type = type;
    setting.value = setting.defaultValue = value;
    setting.source = "default";
    setting.maximum = 1'000'000'000'000;
    return setting;
}

} // namespace

class TstSettingsPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void savesAsItIsChanged();
    void undoes();
    void showsWhoSetIt();
    void tellsWhatIsRefused();
    void asksBeforeOthersAreLetIn();
    void editsLists();
    void tellsBytesInUnits();
    void findsSettings();
    void changesTheDesktop();
    void namesTheLibraries();

private:
    SettingRow *row(const SettingsPage &page, const QString &name) const
    {
        for (SettingRow *candidate : page.findChildren<SettingRow *>()) {
            if (QString::fromStdString(candidate->setting().name) == name)
                return candidate;
        }
        return nullptr;
    }
    void fill(SampleParts &sample) const
    {
        auto &rows = sample.control->settingRows;
        rows = {
            settingOf("HOST", "Address", "text", "127.0.0.1"),
            settingOf("MAX_RETRIES", "Further attempts", "integer", "3"),
            settingOf("HEDGE", "Ask a second key", "flag", "off"),
            settingOf("BODY_LIMIT", "Largest request", "integer", "67108864"),
            settingOf("CORS_ORIGINS", "Web pages allowed", "list", "https://a.example,https://b.example")};
        rows[1].maximum = 20;
        rows[3].unit = "bytes";
    }
};

void TstSettingsPage::savesAsItIsChanged()
{
    SampleParts sample;
    fill(sample);
    SettingsPage page(sample.parts());
    showPage(page);
    QTRY_VERIFY(row(page, u"HEDGE"_s));
    auto *hedge = row(page, u"HEDGE"_s)->findChild<Switch *>();
    QVERIFY(!hedge->isChecked());
    hedge->click();
    QTRY_VERIFY(sample.control->calls.contains(u"settings.set HEDGE=on"_s));
    sample.control->settingRows[2].value = "off";
    Q_EMIT sample.control->settingsChanged();
    QTRY_VERIFY(!hedge->isChecked());
    sample.control->settingRows[2].value = "on";
    Q_EMIT sample.control->settingsChanged();
    QTRY_VERIFY(hedge->isChecked());
    auto *box = row(page, u"MAX_RETRIES"_s)->findChild<QSpinBox *>();
    QCOMPARE(box->maximum(), 20);
    box->setValue(5);
    QTRY_VERIFY(sample.control->calls.contains(u"settings.set MAX_RETRIES=5"_s));
}

void TstSettingsPage::undoes()
{
    SampleParts sample;
    fill(sample);
    SettingsPage page(sample.parts());
    showPage(page);
    QTRY_VERIFY(row(page, u"HEDGE"_s));
    row(page, u"HEDGE"_s)->findChild<Switch *>()->click();
    QTRY_VERIFY(!sample.shell.toasts.empty());
    QCOMPARE(sample.shell.toasts.back().actText, u"Undo"_s);
    sample.shell.toasts.back().act();
    QTRY_VERIFY(sample.control->calls.contains(u"settings.reset HEDGE"_s));
    QTRY_VERIFY(!row(page, u"HEDGE"_s)->findChild<Switch *>()->isChecked());
}

void TstSettingsPage::showsWhoSetIt()
{
    SampleParts sample;
    fill(sample);
    sample.control->settingRows[0].isLocked = true;
    sample.control->settingRows[0].source = "environment";
    sample.control->settingRows[1].isPending = true;
    SettingsPage page(sample.parts());
    showPage(page);
    QTRY_VERIFY(row(page, u"HOST"_s));
    QVERIFY(!row(page, u"HOST"_s)->findChild<QLineEdit *>()->isEnabled());
    QStringList pills;
    for (const QWidget *widget : row(page, u"HOST"_s)->findChildren<QWidget *>()) {
        if (widget->isVisible())
            pills += widget->accessibleName();
    }
    QVERIFY(pills.contains(u"Set by HOST"_s));
}

void TstSettingsPage::tellsWhatIsRefused()
{
    SampleParts sample;
    fill(sample);
    SettingsPage page(sample.parts());
    showPage(page);
    QTRY_VERIFY(row(page, u"HEDGE"_s));
    sample.control->failure = {422, "invalid_setting", "It must be true or false.", {}, 0};
    row(page, u"HEDGE"_s)->findChild<Switch *>()->click();
    QTRY_VERIFY(hasText(page, u"It must be true or false."_s));
}

void TstSettingsPage::asksBeforeOthersAreLetIn()
{
    SampleParts sample;
    fill(sample);
    SettingsPage page(sample.parts());
    showPage(page);
    QTRY_VERIFY(row(page, u"HOST"_s));
    auto *field = row(page, u"HOST"_s)->findChild<QLineEdit *>();
    field->setFocus();
    field->selectAll();
    QTest::keyClicks(field, u"0.0.0.0"_s);
    QTest::keyClick(field, Qt::Key_Return);
    auto *question = page.findChild<Dialog *>();
    QVERIFY(question);
    QVERIFY(!sample.control->calls.contains(u"settings.set HOST=0.0.0.0"_s));
    buttonOf(*question, u"Let them in"_s)->click();
    QTRY_VERIFY(sample.control->calls.contains(u"settings.set HOST=0.0.0.0"_s));
}

void TstSettingsPage::editsLists()
{
    SampleParts sample;
    fill(sample);
    SettingsPage page(sample.parts());
    showPage(page);
    QTRY_VERIFY(row(page, u"CORS_ORIGINS"_s));
    buttonOf(*row(page, u"CORS_ORIGINS"_s), u"Edit Web pages allowed"_s)->click();
    auto *dialog = page.findChild<Dialog *>();
    QVERIFY(dialog);
    auto *field = dialog->findChild<QPlainTextEdit *>();
    QCOMPARE(field->toPlainText(), u"https://a.example\nhttps://b.example"_s);
    field->setPlainText(u"https://a.example\n\n https://c.example "_s);
    buttonOf(*dialog, u"Save"_s)->click();
    QTRY_VERIFY(
        sample.control->calls.contains(u"settings.set CORS_ORIGINS=https://a.example,https://c.example"_s));
}

void TstSettingsPage::tellsBytesInUnits()
{
    SampleParts sample;
    fill(sample);
    SettingsPage page(sample.parts());
    showPage(page);
    QTRY_VERIFY(row(page, u"BODY_LIMIT"_s));
    auto *number = row(page, u"BODY_LIMIT"_s)->findChild<QSpinBox *>();
    QCOMPARE(number->value(), 64);
    QCOMPARE(row(page, u"BODY_LIMIT"_s)->findChild<QComboBox *>()->currentText(), u"MiB"_s);
    number->setValue(32);
    QTRY_VERIFY(sample.control->calls.contains(u"settings.set BODY_LIMIT=33554432"_s));
}

void TstSettingsPage::findsSettings()
{
    SampleParts sample;
    fill(sample);
    SettingsPage page(sample.parts());
    showPage(page);
    QTRY_VERIFY(row(page, u"HEDGE"_s));
    page.goTo({.page = PageId::Settings, .filter = u"MAX_RETRIES"_s});
    QVERIFY(row(page, u"MAX_RETRIES"_s)->isVisible());
    QVERIFY(!row(page, u"HEDGE"_s)->isVisible());
    page.findChild<SearchField *>()->setText(u"nothing like it"_s);
    QTRY_VERIFY(hasText(page, u"No setting matches"_s));
    QVERIFY(page.escape());
    QTRY_VERIFY(row(page, u"HEDGE"_s)->isVisible());
}

void TstSettingsPage::changesTheDesktop()
{
    SampleParts sample;
    fill(sample);
    SettingsPage page(sample.parts());
    showPage(page);
    QTRY_VERIFY(buttonOf(page, u"Start at login"_s));
    buttonOf(page, u"Start at login"_s)->click();
    QVERIFY(sample.desktop.isAutostart);
    buttonOf(page, u"Dark"_s)->click();
    QCOMPARE(sample.preferences->theme(), Theme::Choice::Dark);
}

void TstSettingsPage::namesTheLibraries()
{
    SampleParts sample;
    SettingsPage page(sample.parts());
    showPage(page);
    buttonOf(page, u"Show libraries"_s)->click();
    auto *dialog = page.findChild<LibrariesDialog *>();
    QTRY_VERIFY(dialog && dialog->isVisible());
    for (const QString &text : {u"libcurl"_s, u"7.88.1"_s, u"LGPL-3.0-only"_s})
        QVERIFY(hasText(*dialog, text));
    QVERIFY(buttonOf(*dialog, u"Open the page of Qt"_s));
}

QTEST_MAIN(TstSettingsPage)
#include "tst_settingspage.moc"
