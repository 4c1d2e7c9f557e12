#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QLineEdit>
#include <QPushButton>
#include <QStandardPaths>

#include "samplewindow.h"
#include "ui/pages/clients/clientspage.h"
#include "ui/pages/clients/tokendialog.h"
#include "ui/widgets/codeview.h"
#include "ui/widgets/dialog.h"
#include "ui/widgets/inlineresult.h"
#include "ui/widgets/tableview.h"

using namespace Gateway;
using namespace Ui;
using namespace Qt::StringLiterals;

/// The page with a home folder of its own.
class TstClientsPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void listsTokens();
    void makesATokenAndWritesAClientsFile();
    void tellsWhatIsWrongWithANewToken();
    void tellsWhatIsWrongWithParametersBesideThem();
    void takesAndChangesParameters();
    void opensNewTokenWhenTold();

private:
    std::unique_ptr<QTemporaryDir> m_home;
};

void TstClientsPage::init()
{
    m_home = std::make_unique<QTemporaryDir>();
    qputenv("HOME", m_home->path().toUtf8());
    qputenv("XDG_CONFIG_HOME", m_home->filePath(u".config"_s).toUtf8());
    QVERIFY(QDir(m_home->path()).mkpath(u".claude"_s));
}

void TstClientsPage::listsTokens()
{
    SampleParts sample;
    ClientsPage page(sample.parts());
    showPage(page);
    const auto *table = page.findChild<TableView *>();
    QVERIFY(table);
    QTRY_COMPARE(table->model()->rowCount(), 3);
    QCOMPARE(table->model()->index(0, 0).data().toString(), u"claude-code"_s);
    sample.control->tokenRows.pop_back();
    Q_EMIT sample.control->tokensChanged();
    QTRY_COMPARE(table->model()->rowCount(), 2);
}

void TstClientsPage::makesATokenAndWritesAClientsFile()
{
    SampleParts sample;
    ClientsPage page(sample.parts());
    showPage(page);
    QTRY_VERIFY(hasText(page, u"Claude Code"_s));
    page.makeNew();
    QTRY_VERIFY(page.findChild<Dialog *>());
    auto *dialog = page.findChild<Dialog *>();
    auto *name = dialog->findChild<QLineEdit *>();
    QVERIFY(name);
    name->setText(u"for claude"_s);
    QVERIFY(buttonOf(*dialog, u"Create token"_s));
    buttonOf(*dialog, u"Create token"_s)->click();
    QTRY_VERIFY(sample.control->calls.contains(u"tokens.create for claude"_s));
    // The dialog with the token's text comes once, and the card knows the token then.
    QTRY_VERIFY(buttonOf(page, u"Done"_s));
    buttonOf(page, u"Done"_s)->click();
    QTRY_VERIFY(buttonOf(page, u"Write settings"_s) && buttonOf(page, u"Write settings"_s)->isEnabled());
    const QString shown = page.findChild<CodeView *>()->toPlainText();
    QVERIFY(shown.contains(u"ANTHROPIC_BASE_URL"_s));
    QVERIFY2(!shown.contains(u"gb-issued-token-for-tests-f00d"_s), "a token stands in the difference");
    buttonOf(page, u"Write settings"_s)->click();
    QFile file(m_home->filePath(u".claude/settings.json"_s));
    QTRY_VERIFY(file.exists());
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(file.readAll().contains("\"ANTHROPIC_AUTH_TOKEN\": \"gb-issued-token-for-tests-f00d\""));
    QCOMPARE(QFileInfo(file).permissions() & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
    QCOMPARE(sample.shell.toasts.back().actText, u"Undo"_s);
    sample.shell.toasts.back().act();
    QTRY_VERIFY(!QFile::exists(m_home->filePath(u".claude/settings.json"_s)));
}

void TstClientsPage::tellsWhatIsWrongWithANewToken()
{
    SampleParts sample;
    ClientsPage page(sample.parts());
    showPage(page);
    page.makeNew();
    QTRY_VERIFY(page.findChild<Dialog *>());
    auto *dialog = page.findChild<Dialog *>();
    buttonOf(*dialog, u"Create token"_s)->click();
    QTRY_VERIFY(hasText(*dialog, u"A token needs a name."_s));
    dialog->findChild<QLineEdit *>()->setText(u"n8n"_s);
    sample.control->failure = {409, "known_name", "There is a token of that name.", "name", 0};
    buttonOf(*dialog, u"Create token"_s)->click();
    QTRY_VERIFY(hasText(*dialog, u"There is a token of that name."_s));
}

void TstClientsPage::tellsWhatIsWrongWithParametersBesideThem()
{
    SampleParts sample;
    ClientsPage page(sample.parts());
    showPage(page);
    page.makeNew();
    QTRY_VERIFY(page.findChild<Dialog *>());
    auto *dialog = page.findChild<Dialog *>();
    dialog->findChild<QLineEdit *>()->setText(u"n8n"_s);
    auto *parameters = dialog->findChild<QLineEdit *>(u"parameters"_s);
    QVERIFY(parameters && !parameters->isVisible()); // among the further limits
    QVERIFY(!parameters->placeholderText().isEmpty());
    QVERIFY(parameters->toolTip().contains(u"headers="_s));
    parameters->setText(u"loud"_s);
    sample.control->failure = {422, "invalid_token_settings", "There is no parameter \"loud\".", "parameters",
                               0};
    buttonOf(*dialog, u"Create token"_s)->click();
    QTRY_VERIFY(parameters->isVisible());
    QVERIFY(hasText(*dialog, u"There is no parameter \"loud\"."_s));
    const auto results = dialog->findChildren<InlineResult *>();
    const auto error = std::find_if(results.begin(), results.end(),
                                    [](const InlineResult *result) { return result->isVisible(); });
    QVERIFY(error != results.end());
    QCOMPARE((*error)->parentWidget(), parameters->parentWidget());
    QVERIFY(dialog->height() >= dialog->layout()->totalHeightForWidth(dialog->width())); // nothing is cut
    QTRY_VERIFY((*error)->height() >= (*error)->minimumHeight());                        // the dialog grew
    QTest::keyClicks(parameters, u"er"_s);
    QVERIFY(!(*error)->isVisible());
    buttonOf(*dialog, u"Create token"_s)->click();
    QTRY_VERIFY(!sample.control->tokenRows.empty() &&
                sample.control->tokenRows.back().settings.parameters == "louder");
}

void TstClientsPage::takesAndChangesParameters()
{
    SampleParts sample;
    sample.control->tokenRows.front().settings.parameters = "thinking=low";
    TokenDialog dialog(sample.parts().theme, *sample.control, sample.control->tokenRows.front(), nullptr);
    dialog.show();
    auto *parameters = dialog.findChild<QLineEdit *>(u"parameters"_s);
    QVERIFY(parameters->isVisible()); // what is set is shown at once
    QCOMPARE(parameters->text(), u"thinking=low"_s);
    parameters->clear();
    buttonOf(dialog, u"Save"_s)->click();
    QTRY_COMPARE(sample.control->tokenRows.front().settings.parameters, std::string());
}

void TstClientsPage::opensNewTokenWhenTold()
{
    SampleParts sample;
    ClientsPage page(sample.parts());
    showPage(page);
    page.goTo({.page = PageId::Clients, .makesNew = true});
    QTRY_VERIFY(page.findChild<Dialog *>());
}

QTEST_MAIN(TstClientsPage)
#include "tst_clientspage.moc"
