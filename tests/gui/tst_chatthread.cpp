#include <QAbstractItemModelTester>
#include <QElapsedTimer>
#include <QLineEdit>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

#include "chatcontrol.h"
#include "samplewindow.h"
#include "scriptedserver.h"
#include "threadtime.h"
#include "ui/pages/chat/chatconversation.h"
#include "ui/pages/chat/chatgroups.h"
#include "ui/pages/chat/chatlist.h"
#include "ui/pages/chat/chatlistmodel.h"
#include "ui/pages/chat/chatpage.h"
#include "ui/pages/chat/chatthread.h"

using namespace Gateway;
using namespace Ui;
using namespace Qt::StringLiterals;

namespace {

/// Runs the loop until `isDone`; the most that was computed in one event, ms.
class LongestEvent final : public QObject
{
public:
    double run(int forMs, const std::function<bool()> &isDone)
    {
        double longest = 0;
        QElapsedTimer timer;
        timer.start();
        while (timer.elapsed() < forMs && !isDone()) {
            const double before = computedMs();
            QCoreApplication::processEvents(QEventLoop::AllEvents, 1);
            QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
            longest = std::max(longest, computedMs() - before);
            QTest::qSleep(1);
        }
        return longest;
    }
};

ChatTurn said(const QString &text)
{
    ChatTurn turn;
    addText(turn, ChatPart::Kind::Text, text);
    return turn;
}

QByteArray textEvent(const QString &text, bool isEnd = false)
{
    const QString quoted = QString(text).replace(u'\n', u"\\n"_s);
    return uR"({"candidates":[{"content":{"parts":[{"text":"%1"}]}%2}]})"_s
        .arg(quoted, isEnd ? uR"(,"finishReason":"STOP")"_s : QString())
        .toUtf8();
}

QString paragraph(int number)
{
    return u"Paragraph %1 says **something** with `code` and a longer run of plain words that is wrapped "
           u"into "
           "several lines of the column, as answers of models are.\n\n"_s.arg(number);
}

} // namespace

/// Conversations on the screen and in the store.
class TstChatThread : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void keepsWhatWasAskedAndAnswered();
    void keepsAFailureAndAsksAgain();
    void editingDropsWhatFollows();
    void leavingKeepsWhatCame();
    void findsTheKeyThatAnswered();
    void showsOnlyWhatIsNear();
    void opensManyMessagesSmoothly();
    void streamsALongAnswerSmoothly_data();
    void streamsALongAnswerSmoothly();
    void staysWhereTheUserScrolledTo();
    void findsWords();
    void findsOnFromThePage();
    void offersAnotherModelThanTheFailed();
    void listsUnderHeadings();
    void listMovesRowsWithoutReset();

private:
    /// The second message of a conversation, as the store has it now; empty while there is none.
    ChatMessage answerOf(ChatId id) const
    {
        const ChatDetail detail = m_control->detail(id);
        return detail.messages.size() > 1 ? detail.messages[1] : ChatMessage();
    }
    std::unique_ptr<ChatConversation> made(const std::string &model = "gemini-3-pro")
    {
        ChatRow row;
        row.model = model;
        return std::make_unique<ChatConversation>(*m_control, *m_client, row);
    }
    void answerWith(const QString &text)
    {
        m_server->answer = [text](const auto &, QTcpSocket &socket) {
            ScriptedServer::beginStream(socket, "x-request-id: req_1\r\n");
            ScriptedServer::event(socket, textEvent(text, true));
            socket.disconnectFromHost();
        };
    }
    bool isAnswered(const ChatConversation &chat) const
    {
        return QTest::qWaitFor([&chat] { return chat.id() != 0 && !chat.isStreaming(); }, 5000);
    }
    ChatId stored(int messages)
    {
        const ChatRow chat = create("Long");
        for (int i = 0; i < messages; ++i) {
            QString text;
            for (int k = 0; k < (i % 2 == 0 ? 1 : 6); ++k)
                text += paragraph(i * 10 + k);
            if (i % 4 == 1)
                text += u"```python\nfor i in range(10):\n    print(i)\n```\n"_s;
            ChatMessage message;
            message.role = i % 2 == 0 ? "user" : "model";
            message.text = text.toStdString();
            message.content = contentOf(said(text)).toStdString();
            m_control->store->appendChatMessage(chat.id, message, {});
        }
        m_control->store->flush();
        return chat.id;
    }
    ChatRow create(const std::string &title)
    {
        std::promise<Result<ChatRow>> answer;
        ChatRow chat;
        chat.title = title;
        chat.model = "gemini-3-pro";
        m_control->fixture.clock.advance(1000);
        m_control->store->addChat(chat, [&answer](Result<ChatRow> row) { answer.set_value(std::move(row)); });
        return answer.get_future().get().value();
    }
    std::unique_ptr<ChatConversation> opened(ChatId id)
    {
        ChatRow row;
        row.id = id;
        row.model = "gemini-3-pro";
        auto chat = std::make_unique<ChatConversation>(*m_control, *m_client, row);
        QSignalSpy spy(chat.get(), &ChatConversation::opened);
        chat->load();
        if (!spy.wait())
            qWarning("the conversation did not open");
        return chat;
    }

    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<ChatControl> m_control;
    std::unique_ptr<ScriptedServer> m_server;
    std::unique_ptr<ChatClient> m_client;
};

void TstChatThread::init()
{
    m_theme = std::make_unique<Theme>(Theme::Choice::Light);
    m_control = std::make_unique<ChatControl>();
    m_server = std::make_unique<ScriptedServer>();
    m_control->sample.gatewayStatus.address = m_server->address();
    m_client = std::make_unique<ChatClient>(*m_control);
}

void TstChatThread::cleanup()
{
    m_client.reset();
    m_server.reset();
    m_control.reset();
}

void TstChatThread::keepsWhatWasAskedAndAnswered()
{
    answerWith(u"So."_s);
    const auto chat = made();
    chat->ask(said(u"How do I\nretry?"_s));
    QVERIFY(isAnswered(*chat));
    QCOMPARE(chat->title(), u"How do I retry?"_s);
    QTRY_COMPARE(m_control->detail(chat->id()).messages.size(), std::size_t{2});
    const ChatDetail detail = m_control->detail(chat->id());
    QCOMPARE(detail.chat.title, std::string("How do I retry?"));
    QCOMPARE(detail.messages[0].role, std::string("user"));
    QCOMPARE(detail.messages[1].text, std::string("So."));
    QVERIFY(detail.messages[1].durationMs >= 0);

    const auto again = opened(chat->id());
    QCOMPARE(again->items().size(), std::size_t{2});
    QCOMPARE(again->items()[1].turn, chat->items()[1].turn);
}

void TstChatThread::keepsAFailureAndAsksAgain()
{
    m_server->answer = [](const auto &, QTcpSocket &socket) {
        ScriptedServer::send(socket, 429, R"({"error":{"code":429,"message":"All keys rest."}})");
    };
    const auto chat = made();
    chat->ask(said(u"How?"_s));
    QVERIFY(isAnswered(*chat));
    QCOMPARE(chat->items()[1].failure.text, u"All keys rest."_s);
    QTRY_COMPARE(m_control->detail(chat->id()).messages.size(), std::size_t{2});
    QCOMPARE(m_control->detail(chat->id()).messages[1].error, std::string("All keys rest."));

    answerWith(u"So."_s);
    QSignalSpy truncated(chat.get(), &ChatConversation::truncated);
    chat->askAgain(1);
    QCOMPARE(truncated.first().first().toInt(), 1);
    QVERIFY(isAnswered(*chat));
    QTRY_COMPARE(answerOf(chat->id()).text, std::string("So."));
    QCOMPARE(m_control->detail(chat->id()).messages.size(), std::size_t{2});
    QVERIFY(!chat->items()[1].failure.isSet());
}

void TstChatThread::editingDropsWhatFollows()
{
    answerWith(u"So."_s);
    const auto chat = made();
    chat->ask(said(u"one"_s));
    QVERIFY(isAnswered(*chat));
    chat->ask(said(u"two"_s));
    QVERIFY(isAnswered(*chat));
    QTRY_COMPARE(m_control->detail(chat->id()).messages.size(), std::size_t{4});
    chat->edit(0, said(u"uno"_s));
    QVERIFY(isAnswered(*chat));
    QTRY_COMPARE(m_control->detail(chat->id()).messages.size(), std::size_t{2});
    QCOMPARE(m_control->detail(chat->id()).messages[0].text, std::string("uno"));
    QVERIFY(!m_server->requests.last().body.contains("two"));
}

void TstChatThread::leavingKeepsWhatCame()
{
    m_server->answer = [](const auto &, QTcpSocket &socket) {
        ScriptedServer::beginStream(socket);
        ScriptedServer::event(socket, textEvent(u"Half"_s));
    };
    auto chat = made();
    chat->ask(said(u"How?"_s));
    QTRY_COMPARE(textOf(chat->items().back().turn), u"Half"_s);
    const ChatId id = chat->id();
    chat.reset();
    m_control->store->flush();
    QTRY_COMPARE(m_control->detail(id).messages.size(), std::size_t{2});
    QCOMPARE(m_control->detail(id).messages[1].text, std::string("Half"));
}

void TstChatThread::findsTheKeyThatAnswered()
{
    answerWith(u"So."_s);
    RequestView request;
    request.id = "req_1";
    request.keyLabel = "Studio 02";
    const auto chat = made();
    chat->ask(said(u"How?"_s));
    QVERIFY(isAnswered(*chat));
    m_control->sample.record({request}); // a moment after the answer, as the gateway does
    QTRY_COMPARE(chat->items()[1].keyLabel, u"Studio 02"_s);
    QTRY_COMPARE(answerOf(chat->id()).keyLabel, std::string("Studio 02"));
}

void TstChatThread::showsOnlyWhatIsNear()
{
    const auto chat = opened(stored(200));
    QCOMPARE(chat->items().size(), std::size_t{200});
    ChatThread thread(*m_theme);
    thread.resize(784, 500);
    thread.setConversation(chat.get());
    thread.show();
    QVERIFY(QTest::qWaitForWindowExposed(&thread));
    QTest::qWait(100);
    QVERIFY2(thread.shownCount() > 1 && thread.shownCount() < 40,
             qPrintable(QString::number(thread.shownCount())));
    QVERIFY(thread.viewOf(199));
    QVERIFY(!thread.viewOf(0));
    QCOMPARE(thread.verticalScrollBar()->value(), thread.verticalScrollBar()->maximum());
    thread.verticalScrollBar()->triggerAction(QAbstractSlider::SliderToMinimum);
    QTRY_VERIFY(thread.viewOf(0));
    QTRY_VERIFY(!thread.viewOf(199));
    QVERIFY(thread.shownCount() < 40);
}

void TstChatThread::opensManyMessagesSmoothly()
{
    const auto chat = opened(stored(200));
    ChatThread thread(*m_theme);
    thread.resize(784, 700);
    thread.show();
    QVERIFY(QTest::qWaitForWindowExposed(&thread));
    const double before = computedMs();
    thread.setConversation(chat.get());
    const double opening = computedMs() - before;
    double longest = LongestEvent().run(500, [] { return false; });
    QScrollBar *bar = thread.verticalScrollBar();
    int at = bar->maximum();
    while (at > 0) {
        at -= 300;
        const double start = computedMs();
        bar->setValue(at);
        longest = std::max(longest, computedMs() - start);
        longest = std::max(longest, LongestEvent().run(5, [] { return false; }));
        at = std::min(at, bar->value());
    }
    qInfo("opening %.1f ms, longest event %.1f ms", opening, longest);
    QVERIFY2(opening <= LONGEST_TURN_MS, qPrintable(QString::number(opening)));
    QVERIFY2(longest <= LONGEST_TURN_MS, qPrintable(QString::number(longest)));
}

void TstChatThread::streamsALongAnswerSmoothly_data()
{
    QTest::addColumn<QString>("first");
    QTest::addColumn<QString>("piece");
    QTest::addColumn<int>("letters");
    QTest::newRow("paragraphs and code")
        << QString() << paragraph(1).repeated(9) + u"```python\nfor i in range(10):\n    print(i)\n```\n\n"_s
        << 100'000;
    QTest::newRow("one block of code")
        << u"```python\n"_s << u"    value = compute(12, 'text')  # and says why\n"_s.repeated(10) << 100'000;
    QTest::newRow("one list") << QString()
                              << u"- An item with **something** and `code` in its words\n"_s.repeated(10)
                              << 100'000;
    QTest::newRow("one numbered list")
        << QString() << u"1. An item with **something** and `code` in its words\n"_s.repeated(10) << 100'000;
    QTest::newRow("one paragraph") << QString()
                                   << u"Words that go on and on without an end to them. "_s.repeated(10)
                                   << 40'000;
    QTest::newRow("one table") << u"| a | b |\n|---|---|\n"_s << u"| a cell of words | 12 |\n"_s.repeated(20)
                               << 100'000;
}

void TstChatThread::streamsALongAnswerSmoothly()
{
    QFETCH(QString, first);
    QFETCH(QString, piece);
    QFETCH(int, letters);
    QPointer<QTcpSocket> client;
    m_server->answer = [&client](const auto &, QTcpSocket &socket) {
        ScriptedServer::beginStream(socket);
        client = &socket;
    };
    ChatThread thread(*m_theme);
    thread.resize(784, 700);
    const auto chat = made();
    thread.setConversation(chat.get());
    thread.show();
    QVERIFY(QTest::qWaitForWindowExposed(&thread));
    QSignalSpy changes(chat.get(), &ChatConversation::changed);
    chat->ask(said(u"Tell me much"_s));
    QTRY_VERIFY(client);
    double longest = 0;
    qsizetype length = 0;
    QElapsedTimer time;
    time.start();
    ScriptedServer::event(*client, textEvent(first));
    for (; length < letters; length += piece.size()) {
        ScriptedServer::event(*client, textEvent(piece));
        longest = std::max(longest, LongestEvent().run(10, [] { return false; }));
    }
    ScriptedServer::event(*client, textEvent(u"End."_s, true));
    client->disconnectFromHost();
    longest = std::max(longest, LongestEvent().run(30'000, [&chat] { return !chat->isStreaming(); }));
    const qint64 seconds = time.elapsed() / 1000 + 1;
    longest = std::max(longest, LongestEvent().run(500, [] { return false; }));
    qInfo("longest event %.1f ms, %lld repaints in %lld s", longest, qint64(changes.count()), seconds);
    QVERIFY(textOf(chat->items().back().turn).size() >= letters);
    QVERIFY2(changes.count() <= 13 * seconds, qPrintable(QString::number(changes.count())));
    QVERIFY2(longest <= LONGEST_TURN_MS, qPrintable(QString::number(longest)));
    QCOMPARE(thread.verticalScrollBar()->value(), thread.verticalScrollBar()->maximum());
}

void TstChatThread::staysWhereTheUserScrolledTo()
{
    const auto chat = opened(stored(30));
    QPointer<QTcpSocket> client;
    m_server->answer = [&client](const auto &, QTcpSocket &socket) {
        ScriptedServer::beginStream(socket);
        client = &socket;
    };
    ChatThread thread(*m_theme);
    thread.resize(784, 500);
    thread.setConversation(chat.get());
    thread.show();
    QVERIFY(QTest::qWaitForWindowExposed(&thread));
    chat->ask(said(u"More"_s));
    QTRY_VERIFY(client);
    QScrollBar *bar = thread.verticalScrollBar();
    QTRY_COMPARE(bar->value(), bar->maximum());
    for (int i = 0; i < 3; ++i)
        bar->triggerAction(QAbstractSlider::SliderPageStepSub);
    QTest::qWait(50);
    const int at = bar->value();
    const int before = bar->maximum();
    for (int i = 0; i < 20; ++i)
        ScriptedServer::event(*client, textEvent(paragraph(i)));
    QTRY_VERIFY(bar->maximum() > before);
    QTest::qWait(150);
    QCOMPARE(bar->value(), at);
}

void TstChatThread::findsWords()
{
    const auto chat = opened(stored(60));
    ChatThread thread(*m_theme);
    thread.resize(784, 500);
    thread.setConversation(chat.get());
    thread.show();
    QVERIFY(QTest::qWaitForWindowExposed(&thread));
    QVERIFY(!thread.find(u"nowhere at all"_s, false));
    QVERIFY(thread.find(u"paragraph 30 "_s, true));
    QTRY_VERIFY(thread.viewOf(3));
}

void TstChatThread::findsOnFromThePage()
{
    ChatRow row;
    row.id = stored(60);
    SampleShell shell;
    ChatPage page({*m_theme, *m_control, shell, nullptr, nullptr});
    showPage(page);
    Q_EMIT page.findChild<ChatList *>()->chosen(row);
    auto *thread = page.findChild<ChatThread *>();
    QTRY_VERIFY(thread->viewOf(59));
    QScrollBar *bar = thread->verticalScrollBar();
    bar->triggerAction(QAbstractSlider::SliderToMinimum);
    page.focusSearch();
    auto *field = qobject_cast<QLineEdit *>(page.focusWidget());
    QVERIFY(field);
    field->setText(u"print(i)"_s);
    QTRY_VERIFY(bar->value() > 0);
    const int first = bar->value();
    QTest::keyClick(field, Qt::Key_Return);
    QVERIFY2(bar->value() > first && bar->value() < bar->maximum() / 2,
             qPrintable(QString::number(bar->value())));
    QTest::keyClick(field, Qt::Key_Return, Qt::ShiftModifier);
    QTRY_COMPARE(bar->value(), first);
}

void TstChatThread::offersAnotherModelThanTheFailed()
{
    m_server->answer = [](const auto &, QTcpSocket &socket) {
        ScriptedServer::send(socket, 429, R"({"error":{"message":"All keys rest."}})");
    };
    const auto chat = made("gemini-2.5-pro");
    ChatThread thread(*m_theme);
    thread.resize(784, 500);
    thread.setConversation(chat.get());
    thread.setModels(
        {{u"gemini-2.5-pro"_s, {}}, {u"gemini-2.5-flash"_s, {}}, {u"gemini-2.5-flash-lite"_s, {}}});
    thread.show();
    chat->ask(said(u"How?"_s));
    QVERIFY(isAnswered(*chat));
    QTRY_VERIFY(buttonOf(thread, u"Use gemini-2.5-flash"_s));
    // What the next question goes to has nothing to do with it.
    chat->setModel(u"gemini-2.5-flash"_s);
    QTRY_VERIFY(buttonOf(thread, u"Use gemini-2.5-flash"_s));
    QSignalSpy asked(&thread, &ChatThread::otherModelRequested);
    buttonOf(thread, u"Use gemini-2.5-flash"_s)->click();
    QCOMPARE(asked.first()[1].toString(), u"gemini-2.5-flash"_s);
}

void TstChatThread::listsUnderHeadings()
{
    const auto ms = [](int year, int month, int day, int hour) {
        return QDateTime(QDate(year, month, day), QTime(hour, 30)).toMSecsSinceEpoch();
    };
    const qint64 now = ms(2026, 11, 26, 15);
    QCOMPARE(chatGroup(ms(2026, 11, 26, 0), now), u"Today"_s);
    QCOMPARE(chatGroup(ms(2026, 11, 25, 23), now), u"Yesterday"_s);
    QCOMPARE(chatGroup(ms(2026, 11, 20, 1), now), u"This week"_s);
    QCOMPARE(chatGroup(ms(2026, 11, 1, 1), now), QLocale().standaloneMonthName(11));
    QVERIFY(chatGroup(ms(2025, 11, 1, 1), now).contains(u"2025"_s));
    QCOMPARE(chatMoment(ms(2026, 11, 20, 1), now), QLocale().standaloneDayName(5, QLocale::ShortFormat));
}

void TstChatThread::listMovesRowsWithoutReset()
{
    create("a");
    create("b");
    const ChatRow third = create("c");
    ChatListModel model(*m_control, [this] { return m_control->fixture.clock.nowMs(); });
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QTRY_COMPARE(model.rowCount(), 4); // with the heading
    QVERIFY(model.data(model.index(0), ChatListModel::IsHeading).toBool());
    QVERIFY(!(model.flags(model.index(0)) & Qt::ItemIsSelectable));
    QCOMPARE(model.data(model.index(1), Qt::DisplayRole).toString(), u"c"_s);

    QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    QSignalSpy moves(&model, &QAbstractItemModel::rowsMoved);
    const QPersistentModelIndex kept = model.index(model.rowOf(third.id));
    ChatMessage message;
    message.role = "user";
    message.content = "{}";
    m_control->fixture.clock.advance(1000);
    m_control->chats().append(third.id - 2, message, {});
    QTRY_COMPARE(model.data(model.index(1), Qt::DisplayRole).toString(), u"a"_s);
    m_control->chats().remove(third.id - 1, {});
    QTRY_COMPARE(model.rowCount(), 3);
    QCOMPARE(kept.data(Qt::DisplayRole).toString(), u"c"_s);
    QCOMPARE(moves.count(), 1);
    QCOMPARE(resets.count(), 0);
    QVERIFY(model.data(kept, Qt::AccessibleTextRole).toString().startsWith("c, last used"_L1));
}

QTEST_MAIN(TstChatThread)
#include "tst_chatthread.moc"
