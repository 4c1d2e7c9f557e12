#include <QComboBox>
#include <QDir>
#include <QImage>
#include <QPlainTextEdit>
#include <QTcpServer>
#include <QTemporaryFile>

#include "samplewindow.h"
#include "ui/pages/chat/chatchip.h"
#include "ui/pages/chat/chatcomposer.h"
#include "ui/pages/chat/chatmarkdown.h"
#include "ui/pages/chat/chatpage.h"
#include "ui/pages/chat/chatprose.h"
#include "ui/widgets/dialog.h"

using namespace Gateway;
using namespace Ui;
using namespace Qt::StringLiterals;

class TstChatPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cutsMarkdownAtItsFences();
    void growsOnlyItsLastBlock();
    void cutsLongListsAndTables();
    void loadsNothingFromOutside();
    void opensOnlySafeLinks();
    void sendsByEnterAndBreaksByShift();
    void takesAttachments();
    void stopsWhileItStreams();
    void asksForAModelFirst();
    void changesItsSettings();
};

void TstChatPage::cutsMarkdownAtItsFences()
{
    const QList<ChatBlock> blocks =
        splitMarkdown(u"Before\n\n```python\nprint(1)\n```\n\nAfter\n\n~~~\nopen"_s);
    QCOMPARE(blocks.size(), 4);
    QCOMPARE(blocks[1].kind, ChatBlock::Kind::Code);
    QCOMPARE(blocks[1].text.trimmed(), u"print(1)"_s);
    QCOMPARE(blocks[1].language, u"python"_s);
    QCOMPARE(blocks[2].kind, ChatBlock::Kind::Prose);
    QVERIFY(blocks[2].text.contains(u"After"_s));
    QCOMPARE(blocks[3].kind, ChatBlock::Kind::Code);
    QVERIFY(blocks[3].text.contains(u"open"_s));
    QVERIFY(splitMarkdown({}).isEmpty());
}

void TstChatPage::growsOnlyItsLastBlock()
{
    const QString text =
        u"First paragraph.\n\n```c\nint a;\nint b;\n```\n\nLast *words* of it, which go on."_s;
    QList<ChatBlock> before;
    for (int length = 1; length <= text.size(); ++length) {
        const QList<ChatBlock> now = splitMarkdown(text.left(length));
        for (qsizetype i = 0; i + 2 < before.size(); ++i)
            QVERIFY2(now.size() > i && now[i] == before[i], qPrintable(QString::number(length)));
        before = now;
    }
}

void TstChatPage::cutsLongListsAndTables()
{
    // Numbers go on in the next block, also in a list that counts 1, 1, 1.
    const QString item = u"1. An item with some words that make it as long as items are\n"_s;
    const QList<ChatBlock> list = splitMarkdown(item.repeated(60));
    QVERIFY(list.size() > 1);
    QVERIFY(list[0].text.startsWith("1. "_L1));
    const qsizetype first = list[0].text.count(u'\n');
    QVERIFY2(list[1].text.trimmed().startsWith(QString::number(first + 1) + u'\\'), qPrintable(list[1].text));
    QString numbered;
    for (int i = 1; i <= 60; ++i)
        numbered += u"%1. An item with some words that make it as long as items are\n"_s.arg(i);
    QCOMPARE(splitMarkdown(numbered)[1].text, list[1].text);
    // What is short stays whole, and a list is not cut inside an item.
    QCOMPARE(splitMarkdown(item.repeated(5)).size(), 1);
    for (const ChatBlock &block : splitMarkdown((u"- one\n  - two of it\n"_s).repeated(300)))
        QVERIFY2(block.text.startsWith("- one"_L1), qPrintable(block.text));

    const QString head = u"| a | b |\n|---|:-:|\n"_s;
    const QList<ChatBlock> table = splitMarkdown(head + u"| 1 | 2 |\n"_s.repeated(250) + u"\nAfter"_s);
    QCOMPARE(table.size(), 3);
    qsizetype rows = 0;
    for (const ChatBlock &block : table) {
        QVERIFY(block.text.startsWith(head));
        rows += block.text.count(u"| 1 | 2 |"_s);
    }
    QCOMPARE(rows, 250);
    QVERIFY(table.last().text.endsWith("After\n"_L1));
}

void TstChatPage::loadsNothingFromOutside()
{
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    QTemporaryFile file;
    QVERIFY(file.open());
    const Theme theme(Theme::Choice::Light);
    ChatProse prose(theme, ChatProse::Form::Markdown);
    prose.setText(u"![one](http://127.0.0.1:%1/a.png) <img src=\"http://127.0.0.1:%1/b.png\"> ![two](%2)\n\n"
                  "<link rel=\"stylesheet\" href=\"http://127.0.0.1:%1/c.css\">"_s.arg(server.serverPort())
                      .arg(file.fileName()));
    prose.resize(400, 300);
    prose.show();
    QVERIFY(QTest::qWaitForWindowExposed(&prose));
    QVERIFY(!server.waitForNewConnection(200));
    const QUrl url(u"http://127.0.0.1:%1/d.png"_s.arg(server.serverPort()));
    // What is refused is told as an empty picture: Qt would look for the file itself otherwise.
    const QVariant refused = prose.loadResource(QTextDocument::ImageResource, url);
    QVERIFY(refused.value<QImage>().isNull() || refused.value<QImage>().width() <= 1 ||
            !refused.canConvert<QImage>());
    QVERIFY(!server.waitForNewConnection(100));
    // The document asks as well, and of a file it gets nothing.
    QImage picture(30, 30, QImage::Format_RGB32);
    picture.fill(Qt::red);
    QTemporaryFile there(QDir::tempPath() + u"/XXXXXX.png"_s);
    QVERIFY(there.open() && picture.save(&there, "PNG"));
    there.flush();
    const QVariant asked =
        prose.document()->resource(QTextDocument::ImageResource, QUrl::fromLocalFile(there.fileName()));
    QVERIFY(asked.value<QImage>().width() <= 1);
}

void TstChatPage::opensOnlySafeLinks()
{
    QVERIFY(ChatProse::isOpenable(QUrl(u"https://example.com/a"_s)));
    QVERIFY(!ChatProse::isOpenable(QUrl(u"file:///etc/passwd"_s)));
    QVERIFY(!ChatProse::isOpenable(QUrl(u"javascript:alert(1)"_s)));
    QVERIFY(!ChatProse::isOpenable(QUrl(u"smb://host/share"_s)));
}

void TstChatPage::sendsByEnterAndBreaksByShift()
{
    const Theme theme(Theme::Choice::Light);
    ChatComposer composer(theme);
    composer.setModels({{u"gemini-2.5-pro"_s, u"Gemini 2.5 Pro"_s}});
    QList<ChatTurn> sent;
    connect(&composer, &ChatComposer::sent, this, [&sent](const ChatTurn &turn) { sent += turn; });
    composer.show();
    auto *field = composer.findChild<QPlainTextEdit *>();
    QTest::keyClick(field, Qt::Key_Return);
    QVERIFY(sent.isEmpty());
    QTest::keyClicks(field, u"one"_s);
    QTest::keyClick(field, Qt::Key_Return, Qt::ShiftModifier);
    QTest::keyClicks(field, u"two"_s);
    const int height = field->height();
    QTest::keyClick(field, Qt::Key_Return);
    QCOMPARE(sent.size(), 1);
    QCOMPARE(textOf(sent.front()), u"one\ntwo"_s);
    QVERIFY(field->height() < height);
}

void TstChatPage::takesAttachments()
{
    const Theme theme(Theme::Choice::Light);
    ChatComposer composer(theme);
    composer.setModels({{u"gemini-2.5-pro"_s, u"Gemini 2.5 Pro"_s}});
    QTemporaryFile file(QDir::tempPath() + u"/XXXXXX.py"_s);
    QVERIFY(file.open());
    file.write("print(1)\n");
    file.flush();
    composer.show();
    composer.attach(file.fileName());
    QCOMPARE(composer.findChildren<ChatChip *>().size(), 1);
    composer.attach(u"/does/not/exist.png"_s);
    QTRY_VERIFY(hasText(composer, u"exist.png cannot be read."_s));
    ChatTurn sent;
    connect(&composer, &ChatComposer::sent, this, [&sent](const ChatTurn &turn) { sent = turn; });
    buttonOf(composer, u"Send"_s)->click();
    QCOMPARE(sent.parts.size(), 1);
    QCOMPARE(sent.parts.front().kind, ChatPart::Kind::Data);
    QCOMPARE(sent.parts.front().mimeType, u"text/plain"_s);
    QCOMPARE(sent.parts.front().data, QByteArray("print(1)\n"));
}

void TstChatPage::stopsWhileItStreams()
{
    const Theme theme(Theme::Choice::Light);
    ChatComposer composer(theme);
    composer.setModels({{u"gemini-2.5-pro"_s, u"Gemini 2.5 Pro"_s}});
    int stops = 0;
    connect(&composer, &ChatComposer::stopped, this, [&stops] { ++stops; });
    composer.show();
    composer.setStreaming(true);
    QVERIFY(buttonOf(composer, u"Stop"_s));
    buttonOf(composer, u"Stop"_s)->click();
    QCOMPARE(stops, 1);
    composer.setStreaming(false);
    QVERIFY(!buttonOf(composer, u"Send"_s)->isEnabled());
}

void TstChatPage::asksForAModelFirst()
{
    const Theme theme(Theme::Choice::Light);
    ChatComposer composer(theme);
    composer.show();
    QTest::keyClicks(composer.findChild<QPlainTextEdit *>(), u"Hello"_s);
    QVERIFY(!buttonOf(composer, u"Send"_s)->isEnabled());
    // A model of an old conversation that the list does not have is there all the same.
    composer.setModel(u"gemini-1.0-pro"_s);
    QVERIFY(buttonOf(composer, u"Send"_s)->isEnabled());
    composer.setModels({{u"gemini-2.5-pro"_s, u"Gemini 2.5 Pro"_s}});
    QCOMPARE(composer.model(), u"gemini-1.0-pro"_s);
}

void TstChatPage::changesItsSettings()
{
    SampleParts sample;
    ChatPage page(sample.parts());
    showPage(page);
    QVERIFY(hasText(page, u"Ask something"_s));
    buttonOf(page, u"Chat settings"_s)->click();
    auto *dialog = page.findChild<Dialog *>();
    QVERIFY(dialog);
    dialog->findChild<QPlainTextEdit *>()->setPlainText(u"Answer in rhyme."_s);
    buttonOf(*dialog, u"Save"_s)->click();
    buttonOf(page, u"Chat settings"_s)->click();
    QTRY_VERIFY(page.findChildren<Dialog *>().size() == 1);
    QCOMPARE(page.findChild<Dialog *>()->findChild<QPlainTextEdit *>()->toPlainText(), u"Answer in rhyme."_s);
}

QTEST_MAIN(TstChatPage)
#include "tst_chatpage.moc"
