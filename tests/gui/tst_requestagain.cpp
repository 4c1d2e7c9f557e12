#include <QSignalSpy>

#include "samplewindow.h"
#include "scriptedserver.h"
#include "ui/pages/requests/requestagain.h"
#include "ui/pages/requests/requestpane.h"
#include "ui/widgets/codeview.h"
#include "ui/widgets/segmented.h"

using namespace Gateway;
using namespace Ui;
using namespace Qt::StringLiterals;

namespace {

RequestDetail keptRequest()
{
    RequestDetail detail;
    detail.request.seq = 7;
    detail.request.id = "req_1";
    detail.request.dialect = Dialect::Anthropic;
    detail.request.method = "messages";
    detail.request.status = 200;
    detail.hasBodies = true;
    detail.requestHead =
        "POST /v1/messages?beta=true\nuser-agent: claude-cli/2\nanthropic-version: 2023-06-01\n"
        "x-api-key: …\ncontent-type: application/json";
    detail.requestBody =
        "{\"model\":\"claude-sonnet-4-5\",\"messages\":[{\"role\":\"user\",\"content\":\"it's\"}]}";
    detail.request.bytesIn = static_cast<std::int64_t>(detail.requestBody.size());
    detail.sentBody = R"({"contents":[]})";
    detail.responseHead = "200\ncontent-type: application/json";
    detail.responseBody = R"({"type":"message"})";
    return detail;
}

} // namespace

class TstRequestAgain : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsTheCallAsCurl();
    void tellsTheUsualCallWithoutAHead();
    void saysWhyItCannotBeSent();
    void sendsTheSameWithATokenOfItsOwn();
    void takesAnotherTokenWhenItsOwnIsRefused();
    void tellsAFailure();
    void showsWhatWasSaid();
    void thePaneSendsAndTells();
};

void TstRequestAgain::tellsTheCallAsCurl()
{
    const QString line = asCurl(keptRequest(), u"http://127.0.0.1:4364"_s);
    const QString body = u"{\"model\":\"claude-sonnet-4-5\",\"messages\":"
                         u"[{\"role\":\"user\",\"content\":\"it'\\''s\"}]}"_s;
    QCOMPARE(line, u"curl 'http://127.0.0.1:4364/v1/messages?beta=true' -H \"Authorization: Bearer "
                   u"$GEMINI_BALANCE_TOKEN\" -H 'anthropic-version: 2023-06-01' -H 'content-type: "
                   u"application/json' -d '"_s +
                       body + u'\'');
    RequestDetail list = keptRequest();
    list.requestHead = "GET /v1/models\naccept: */*";
    list.requestBody.clear();
    QCOMPARE(
        asCurl(list, u"http://h"_s),
        u"curl 'http://h/v1/models' -H \"Authorization: Bearer $GEMINI_BALANCE_TOKEN\" -H 'accept: */*'"_s);
}

void TstRequestAgain::tellsTheUsualCallWithoutAHead()
{
    RequestDetail detail;
    detail.request.dialect = Dialect::OpenAi;
    detail.request.method = "chat.completions";
    QVERIFY(asCurl(detail, {}).startsWith(u"curl 'http://127.0.0.1:4364/v1/chat/completions' "_s));
    QVERIFY(asCurl(detail, {}).endsWith(u" -d '{}'"_s));
    detail.request.dialect = Dialect::Anthropic;
    detail.request.method = "messages.count_tokens";
    QVERIFY(asCurl(detail, {}).contains(u"/v1/messages/count_tokens'"_s));
    detail.request.dialect = Dialect::Gemini;
    detail.request.method = "streamGenerateContent";
    detail.request.modelAsked = "gemini-2.5-pro";
    detail.request.streamed = true;
    QVERIFY(asCurl(detail, u"http://h"_s)
                .contains(u"http://h/v1beta/models/gemini-2.5-pro:streamGenerateContent?alt=sse"_s));
}

void TstRequestAgain::saysWhyItCannotBeSent()
{
    RequestDetail detail = keptRequest();
    QCOMPARE(whyNotAgain(detail), QString());
    detail.request.bytesIn += 1;
    QVERIFY(whyNotAgain(detail).contains(u"part"_s));
    QVERIFY(whyNotAgain({}).contains(u"not kept"_s));
    detail = keptRequest();
    detail.requestHead = "POST /upload/v1beta/files?upload_id=…";
    QVERIFY(whyNotAgain(detail).contains(u"secret"_s));
}

void TstRequestAgain::sendsTheSameWithATokenOfItsOwn()
{
    SampleParts sample;
    ScriptedServer server;
    server.answer = [](const ScriptedServer::Request &, QTcpSocket &socket) {
        ScriptedServer::send(socket, 200, "{}", "x-request-id: req_2\r\n");
    };
    sample.control->gatewayStatus.address = server.address();
    RequestAgain again(*sample.control);
    QSignalSpy answered(&again, &RequestAgain::answered);
    again.send(callOf(keptRequest()));
    QVERIFY(again.isRunning());
    QVERIFY(answered.wait());
    QVERIFY(!again.isRunning());
    QCOMPARE(answered[0][0].toInt(), 200);
    QCOMPARE(answered[0][1].toString(), u"req_2"_s);
    const ScriptedServer::Request &sent = server.requests.front();
    QCOMPARE(sent.method, QByteArray("POST"));
    QCOMPARE(sent.path, QByteArray("/v1/messages?beta=true"));
    QCOMPARE(sent.body.toStdString(), keptRequest().requestBody);
    QCOMPARE(sent.headers.value("anthropic-version"), QByteArray("2023-06-01"));
    QCOMPARE(sent.headers.value("authorization"), QByteArray("Bearer gb-issued-token-for-tests-f00d"));
    QVERIFY(!sent.headers.contains("x-api-key"));
    QVERIFY(sample.control->calls.contains(u"tokens.create Sent again"_s));
}

void TstRequestAgain::takesAnotherTokenWhenItsOwnIsRefused()
{
    SampleParts sample;
    ScriptedServer server;
    server.answer = [&server](const ScriptedServer::Request &, QTcpSocket &socket) {
        ScriptedServer::send(socket, server.requests.size() == 1 ? 401 : 429, "{}");
    };
    sample.control->gatewayStatus.address = server.address();
    RequestAgain again(*sample.control);
    QSignalSpy answered(&again, &RequestAgain::answered);
    again.send(callOf(keptRequest()));
    QVERIFY(answered.wait());
    QCOMPARE(answered[0][0].toInt(), 429);
    QCOMPARE(server.requests.size(), 2);
}

void TstRequestAgain::tellsAFailure()
{
    SampleParts sample;
    sample.control->gatewayStatus.address.clear();
    RequestAgain again(*sample.control);
    QSignalSpy failed(&again, &RequestAgain::failed);
    again.send(callOf(keptRequest()));
    QTRY_COMPARE(failed.count(), 1);
    {
        const ScriptedServer gone;
        sample.control->gatewayStatus.address = gone.address();
    }
    again.send(callOf(keptRequest()));
    QTRY_COMPARE(failed.count(), 2);
    QVERIFY(!again.isRunning());
}

void TstRequestAgain::showsWhatWasSaid()
{
    SampleParts sample;
    sample.control->details[7] = keptRequest();
    sample.control->requestRows.insert(sample.control->requestRows.begin(), keptRequest().request);
    RequestPane pane(sample.parts());
    pane.resize(424, 800);
    pane.showRequest(keptRequest().request);
    pane.show();
    auto *code = pane.findChild<CodeView *>();
    auto *which = pane.findChild<Segmented *>();
    QTRY_VERIFY(code->toPlainText().contains(u"claude-sonnet-4-5"_s));
    const QStringList expected = {u"claude-sonnet-4-5"_s, u"\"message\""_s, u"contents"_s,
                                  u"anthropic-version: 2023-06-01"_s};
    for (int i = 0; i < expected.size(); ++i) {
        which->setCurrent(i);
        Q_EMIT which->chosen(i);
        QVERIFY2(code->toPlainText().contains(expected[i]), qPrintable(code->toPlainText()));
    }
    QVERIFY(code->toPlainText().contains(u"content-type: application/json"_s));
}

void TstRequestAgain::thePaneSendsAndTells()
{
    SampleParts sample;
    ScriptedServer server;
    server.answer = [](const ScriptedServer::Request &, QTcpSocket &socket) {
        ScriptedServer::send(socket, 200, "{}", "x-request-id: req_2\r\n");
    };
    sample.control->gatewayStatus.address = server.address();
    sample.control->details[7] = keptRequest();
    sample.control->requestRows.insert(sample.control->requestRows.begin(), keptRequest().request);
    RequestPane pane(sample.parts());
    pane.showRequest(keptRequest().request);
    pane.show();
    QTRY_VERIFY(buttonOf(pane, u"Send again"_s));
    QTRY_VERIFY(buttonOf(pane, u"Send again"_s)->isEnabled());
    buttonOf(pane, u"Send again"_s)->click();
    QVERIFY(buttonOf(pane, u"Sending…"_s));
    QTRY_COMPARE(sample.shell.toasts.size(), std::size_t{1});
    QVERIFY(sample.shell.toasts[0].text.startsWith(u"Sent again: 200"_s));
    sample.shell.toasts[0].act();
    QCOMPARE(sample.shell.targets.back().filter, u"req_2"_s);
    QVERIFY(buttonOf(pane, u"Send again"_s)->isEnabled());
}

QTEST_MAIN(TstRequestAgain)
#include "tst_requestagain.moc"
