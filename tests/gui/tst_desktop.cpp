#include <QLabel>
#include <QPlainTextEdit>
#include <QPointer>
#include <QTranslator>

#include "desktopstage.h"
#include "samplewindow.h"
#include "threadtime.h"
#include "ui/frame/pagetable.h"
#include "ui/notices.h"
#include "ui/pages/chat/chatclient.h"
#include "ui/pages/chat/chatcomposer.h"
#include "ui/pages/chat/chatthread.h"
#include "ui/pages/requests/requestmodel.h"
#include "ui/pages/requests/requestpane.h"
#include "ui/widgets/tableview.h"

using namespace Gateway;
using namespace Ui;
using namespace Qt::StringLiterals;

namespace {

/// Runs the loop for so long; the most it computed between two turns, ms.
double longestTurn(int forMs, const std::function<bool()> &isDone)
{
    double longest = 0;
    QElapsedTimer timer;
    timer.start();
    while (timer.elapsed() < forMs && !isDone()) {
        const double before = computedMs();
        QCoreApplication::processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents, 5);
        longest = std::max(longest, computedMs() - before);
    }
    return longest;
}

} // namespace

/// The window over the real gateway.
class TstDesktop : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aDeadKeyIsToldWithinASecond();
    void aRequestShowsUpWithItsAttempts();
    void sendsARequestAgain();
    void chatsThroughTheGateway();
    void chatsInEveryDialect();
    void goesOnWhileRequestsPourIn();
    void changesThemeAndLanguageOnEveryPage();
};

void TstDesktop::aDeadKeyIsToldWithinASecond()
{
    DesktopStage stage(3);
    QCOMPARE(stage.start(), QString());
    Notices notices;
    QList<Preferences::Notice> told;
    connect(&stage.control(), &Control::statusChanged, this, [&] {
        if (const auto notice = notices.next(stage.control().status(), QDateTime::currentMSecsSinceEpoch()))
            told += notice->kind;
    });
    notices.next(stage.control().status(), QDateTime::currentMSecsSinceEpoch());
    QVERIFY(hasText(stage.window(), u"3 of 3 keys usable"_s) || hasText(stage.window(), u"3 of %n keys"_s) ||
            hasText(stage.window(), u"3 of 3"_s));
    stage.fake().setKeys({"upstream-key-0002", "upstream-key-0003"});
    QElapsedTimer timer;
    for (int i = 0; i < 6; ++i)
        QCOMPARE(stage.ask(), 200);
    timer.start();
    QTRY_VERIFY(hasText(stage.window(), u"2 of 3"_s));
    QTRY_VERIFY(hasText(stage.window(), u"refused by Google"_s));
    QTRY_COMPARE(told, QList{Preferences::Notice::KeySidelined});
    QVERIFY2(timer.elapsed() < 2000, qPrintable(QString::number(timer.elapsed())));
    qInfo("told %lld ms after the last answer", static_cast<long long>(timer.elapsed()));
}

void TstDesktop::aRequestShowsUpWithItsAttempts()
{
    DesktopStage stage(2);
    QCOMPARE(stage.start(), QString());
    stage.window().open({.page = PageId::Requests});
    auto *model = stage.window().findChild<RequestModel *>();
    QVERIFY(model);
    QTRY_VERIFY(!model->isLoading());
    stage.fake().setKeys({"upstream-key-0002"});
    for (int i = 0; i < 2; ++i)
        QCOMPARE(stage.ask(), 200);
    QTRY_COMPARE(model->rowCount(), 2);
    // What comes later comes on top.
    QCOMPARE(stage.ask(), 200);
    QTRY_COMPARE(model->rowCount(), 3);
    QVERIFY(model->request(0)->seq > model->request(1)->seq);
    // One of the first two met the key that is no more.
    const int row = model->request(1)->attempts > 1 ? 1 : 2;
    QCOMPARE(model->request(row)->attempts, 2);
    QCOMPARE(QString::fromStdString(model->request(row)->modelUsed), u"gemini-3.6-flash"_s);
    auto *table = stage.window().findChild<TableView *>();
    table->setCurrentIndex(model->index(row, 0));
    QTest::keyClick(table, Qt::Key_Return);
    const auto *pane = stage.window().findChild<RequestPane *>();
    QTRY_VERIFY(pane->isVisible());
    QTRY_VERIFY(hasText(*pane, u"API_KEY_INVALID"_s) || hasText(*pane, u"API key not valid"_s));
}

void TstDesktop::sendsARequestAgain()
{
    DesktopStage stage(2);
    QCOMPARE(stage.start(), QString());
    bool isSet = false;
    stage.control().settings().set("RECORD_BODIES", "all",
                                   {this, [&](const Result<SettingView> &set) { isSet = set.has_value(); }});
    QTRY_VERIFY(isSet);
    stage.window().open({.page = PageId::Requests});
    auto *model = stage.window().findChild<RequestModel *>();
    QTRY_VERIFY(!model->isLoading());
    QCOMPARE(stage.ask(), 200);
    QTRY_COMPARE(model->rowCount(), 1);
    QTRY_VERIFY(model->request(0)->seq > 0);
    stage.window().open({.page = PageId::Requests, .filter = QString::fromStdString(model->request(0)->id)});
    QTRY_VERIFY(buttonOf(stage.window(), u"Send again"_s));
    QTRY_VERIFY(buttonOf(stage.window(), u"Send again"_s)->isEnabled());
    buttonOf(stage.window(), u"Send again"_s)->click();
    QTRY_COMPARE(model->rowCount(), 2);
    QCOMPARE(model->request(0)->status, 200);
    QCOMPARE(QString::fromStdString(model->request(0)->token), u"Sent again"_s);
    QCOMPARE(model->request(0)->bytesIn, model->request(1)->bytesIn);
}

void TstDesktop::chatsThroughTheGateway()
{
    DesktopStage stage(2);
    QCOMPARE(stage.start(), QString());
    stage.window().open({.page = PageId::Chat});
    auto *composer = stage.window().findChild<ChatComposer *>();
    QVERIFY(composer);
    QTRY_VERIFY(!composer->model().isEmpty());
    composer->setModel(u"gemini-3.6-flash"_s);
    auto *field = composer->findChild<QPlainTextEdit *>();
    QTest::keyClicks(field, u"Hello"_s);
    QTest::keyClick(field, Qt::Key_Return);
    QVERIFY(field->toPlainText().isEmpty());
    const auto *thread = stage.window().findChild<ChatThread *>();
    QTRY_COMPARE(thread->shownCount(), 2);
    const auto answered = [&stage](std::size_t messages) {
        Result<ChatRowPage> page = fail(0, {}, {});
        stage.control().chats().list(
            {}, {&stage.window(), [&page](Result<ChatRowPage> got) { page = std::move(got); }});
        if (!QTest::qWaitFor([&] { return page.has_value(); }) || page->chats.size() != 1)
            return ChatDetail{};
        Result<ChatDetail> chat = fail(0, {}, {});
        stage.control().chats().get(
            page->chats.front().id,
            {&stage.window(), [&chat](Result<ChatDetail> got) { chat = std::move(got); }});
        const bool isThere = QTest::qWaitFor([&] { return chat.has_value(); });
        return isThere && chat->messages.size() == messages ? *chat : ChatDetail{};
    };
    ChatDetail chat;
    QTRY_VERIFY(!(chat = answered(2)).messages.empty() && !chat.messages[1].text.empty());
    QCOMPARE(QString::fromStdString(chat.messages[0].text), u"Hello"_s);
    QCOMPARE(QString::fromStdString(chat.messages[1].error), QString());
    QCOMPARE(QString::fromStdString(chat.messages[1].model), u"gemini-3.6-flash"_s);
    QVERIFY(chat.messages[1].outputTokens > 0);

    // Without a key that works the failure stands in the thread, and asking again mends it.
    stage.fake().setKeys({"none"});
    QTest::keyClicks(field, u"And now?"_s);
    QTest::keyClick(field, Qt::Key_Return);
    QTRY_VERIFY(!(chat = answered(4)).messages.empty() && !chat.messages[3].error.empty());
}

void TstDesktop::chatsInEveryDialect()
{
    DesktopStage stage(2);
    QCOMPARE(stage.start(), QString());
    ChatClient client(stage.control());
    ChatQuestion question;
    question.model = u"gemini-3.6-flash"_s;
    question.system = u"Be brief."_s;
    question.turns.resize(1);
    addText(question.turns[0], ChatPart::Kind::Text, u"Hello"_s);
    question.thinks = true;
    question.thinkingLevel = u"low"_s;
    QStringList answers;
    for (const auto &dialect : client.dialects()) {
        const ChatStream *stream = client.ask(question, dialect->id(), &client);
        QTRY_VERIFY(stream->isOver());
        QVERIFY2(!stream->failure().isSet(), qPrintable(dialect->id() + ": "_L1 + stream->failure().text));
        QVERIFY2(!textOf(stream->turn()).isEmpty(), qPrintable(dialect->id()));
        QVERIFY2(stream->usage().outputTokens > 0, qPrintable(dialect->id()));
        QCOMPARE(stream->stopReason(), QString());
        answers.append(textOf(stream->turn()));
    }
    QCOMPARE(answers.size(), 5);
    QCOMPARE(answers.removeDuplicates(), 4); // one question, whatever the words for it
}

void TstDesktop::goesOnWhileRequestsPourIn()
{
    DesktopStage stage(1000);
    QCOMPARE(stage.start(), QString());
    stage.askMany(2000, 4);
    double longest = 0;
    QString slowest;
    while (!stage.isDone()) {
        for (const PageRow &row : pageTable()) {
            stage.window().open({.page = row.id});
            const double turn = longestTurn(250, [&] { return stage.isDone(); });
            if (turn > longest) {
                longest = turn;
                slowest = row.name;
            }
        }
    }
    qInfo("longest turn %.1f ms of processor time, on %s", longest, qPrintable(slowest));
    QVERIFY2(longest < LONGEST_TURN_MS, qPrintable(u"%1 ms on %2"_s.arg(longest).arg(slowest)));
}

void TstDesktop::changesThemeAndLanguageOnEveryPage()
{
    DesktopStage stage(2);
    QCOMPARE(stage.start(), QString());
    QCOMPARE(stage.ask(), 200);
    QTranslator translator;
    QVERIFY(translator.load(QLocale(u"zh_CN"_s), u"gemini-balance"_s, u"_"_s, u":/translations"_s));
    for (const PageRow &row : pageTable()) {
        stage.window().open({.page = row.id});
        QTest::qWait(30);
        stage.theme().choose(Theme::Choice::Dark);
        QVERIFY(!stage.window().grab().isNull());
        QApplication::installTranslator(&translator);
        QTRY_VERIFY(!buttonOf(stage.window(), row.name));
        QVERIFY(!stage.window().grab().isNull());
        stage.theme().choose(Theme::Choice::Light);
        QApplication::removeTranslator(&translator);
        QTRY_VERIFY(buttonOf(stage.window(), row.name));
    }
}

QTEST_MAIN(TstDesktop)
#include "tst_desktop.moc"
