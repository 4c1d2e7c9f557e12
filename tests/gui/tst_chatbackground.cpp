#include <QPlainTextEdit>
#include <QPointer>

#include "chatcontrol.h"
#include "samplewindow.h"
#include "scriptedserver.h"
#include "ui/pages/chat/chatcomposer.h"
#include "ui/pages/chat/chatlist.h"
#include "ui/pages/chat/chatlistmodel.h"
#include "ui/pages/chat/chatmodels.h"
#include "ui/pages/chat/chatpage.h"
#include "ui/pages/chat/chatthread.h"

using namespace Gateway;
using namespace Ui;
using namespace Qt::StringLiterals;

namespace {

QByteArray textEvent(const QString &text, bool isEnd = false)
{
    const QString quoted = QString(text).replace(u'\n', u"\\n"_s);
    return uR"({"candidates":[{"content":{"parts":[{"text":"%1"}]}%2}]})"_s
        .arg(quoted, isEnd ? uR"(,"finishReason":"STOP")"_s : QString())
        .toUtf8();
}

} // namespace

/// The chat's page as a whole: several conversations, models, what a dialect cannot do.
class TstChatBackground : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_control.sample.gatewayStatus.address = m_server.address(); }
    void goesOnWhileAnotherChatIsOpen();
    void offersNoSearchWhereThereIsNone();
    void offersAModelThatMayHaveRoom_data();
    void offersAModelThatMayHaveRoom();

private:
    Theme m_theme{Theme::Choice::Light};
    ChatControl m_control;
    ScriptedServer m_server;
};

void TstChatBackground::goesOnWhileAnotherChatIsOpen()
{
    QPointer<QTcpSocket> answering;
    m_server.answer = [&answering](const ScriptedServer::Request &request, QTcpSocket &socket) {
        if (request.method == "GET") {
            ScriptedServer::send(socket, 200, R"({"data":[{"id":"gemini-2.5-pro"}]})");
            return;
        }
        ScriptedServer::beginStream(socket);
        ScriptedServer::event(socket, textEvent(u"First"_s));
        answering = &socket;
    };
    SampleShell shell;
    ChatPage page(PageParts{m_theme, m_control, shell});
    showPage(page);
    auto *composer = page.findChild<ChatComposer *>();
    QTRY_COMPARE(composer->model(), u"gemini-2.5-pro"_s);
    auto *field = composer->findChild<QPlainTextEdit *>();
    QTest::keyClicks(field, u"One"_s);
    QTest::keyClick(field, Qt::Key_Return);
    QTRY_VERIFY(answering);
    auto *list = page.findChild<ChatListModel *>();
    QTRY_COMPARE(list->rowCount(), 2);
    const auto activity = [list] { return list->index(1, 0).data(ChatListModel::Activity).toInt(); };
    QCOMPARE(activity(), static_cast<int>(ChatActivity::None));

    page.makeNew();
    QCOMPARE(activity(), static_cast<int>(ChatActivity::Answering));
    QVERIFY(!buttonOf(*composer, u"Stop"_s));
    const ChatRow row = *list->chatAt(1);
    ScriptedServer::event(*answering, textEvent(u" and last."_s, true));
    answering->disconnectFromHost();
    QTRY_COMPARE(activity(), static_cast<int>(ChatActivity::Unread));
    QVERIFY(list->index(1, 0).data(Qt::AccessibleTextRole).toString().contains(u"new answer"_s));
    QTRY_COMPARE(m_control.detail(row.id).messages.size(), std::size_t{2});
    QCOMPARE(m_control.detail(row.id).messages[1].text, std::string("First and last."));
    QCOMPARE(m_control.detail(row.id).messages[1].error, std::string());

    Q_EMIT page.findChild<ChatList *>()->chosen(row);
    QCOMPARE(activity(), static_cast<int>(ChatActivity::None));
    QTRY_COMPARE(page.findChild<ChatThread *>()->shownCount(), 2);
}

void TstChatBackground::offersAModelThatMayHaveRoom_data()
{
    QTest::addColumn<QString>("failed");
    QTest::addColumn<QString>("offered");
    QTest::newRow("flash for pro") << u"gemini-2.5-pro"_s << u"gemini-3.6-flash"_s;
    QTest::newRow("lite for flash") << u"gemini-3.6-flash"_s << u"gemini-3.5-flash-lite"_s;
    QTest::newRow("flash for lite") << u"gemini-3.5-flash-lite"_s << u"gemini-3.6-flash"_s;
    QTest::newRow("flash for what is not known") << u"gemma-3"_s << u"gemini-3.6-flash"_s;
}

void TstChatBackground::offersAModelThatMayHaveRoom()
{
    QFETCH(QString, failed);
    QFETCH(QString, offered);
    QList<ChatModel> models;
    for (const QString &id :
         {u"gemini-2.5-flash"_s, u"gemini-embedding-001"_s, u"gemini-2.5-pro"_s, u"gemini-3.6-flash"_s,
          u"gemini-3.8-flash-preview"_s, u"gemini-3.5-flash-lite"_s, u"gemini-2.5-flash-image"_s,
          u"gemini-3.8-live-flash"_s, u"text-only"_s})
        models.append({id, id});
    QCOMPARE(otherModel(models, failed), offered);
    QCOMPARE(otherModel({{failed, failed}}, failed), QString());
}

void TstChatBackground::offersNoSearchWhereThereIsNone()
{
    m_server.answer = [](const auto &, QTcpSocket &socket) {
        ScriptedServer::send(socket, 200, R"({"data":[]})");
    };
    SampleShell shell;
    ChatPage page(PageParts{m_theme, m_control, shell});
    showPage(page);
    QVERIFY(buttonOf(page, u"Search"_s)->isEnabled());
    ChatRow row;
    row.id = 4711;
    ChatOptions options;
    options.dialect = u"ollama"_s;
    row.settings = settingsOf(options);
    Q_EMIT page.findChild<ChatList *>()->chosen(row);
    QVERIFY(!buttonOf(page, u"Search"_s)->isEnabled());
    QVERIFY(buttonOf(page, u"Search"_s)->toolTip().contains(u"no search"_s));
    page.makeNew();
    QVERIFY(buttonOf(page, u"Search"_s)->isEnabled());
}

QTEST_MAIN(TstChatBackground)
#include "tst_chatbackground.moc"
