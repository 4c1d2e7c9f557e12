#include <QTest>

#include "tests/store/awaited.h"
#include "tests/store/storefixture.h"

using namespace Gateway;
using namespace Qt::StringLiterals;

/// Conversations of the built-in chat.
class TstChats : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void comesBackWithItsMessages();
    void listsTheLastUsedFirstInPages();
    void searchesTitlesAndMessages();
    void patchesWhatIsNamed();
    void deletedComesBackUntilItIsDropped();
    void replacesAndTruncates();
    void refusesWhatIsNotThere();

private:
    ChatRow add(const std::string &title)
    {
        ChatRow chat;
        chat.title = title;
        chat.model = "gemini-3-pro";
        m_fixture->clock.advance(10);
        return answered<ChatRow>([&](auto done) { m_store->addChat(chat, std::move(done)); }).value();
    }
    Result<ChatMessage> append(ChatId chat, const std::string &text, const std::string &role = "user")
    {
        ChatMessage message;
        message.role = role;
        message.text = text;
        message.content = R"({"parts":[{"text":"x"}]})";
        m_fixture->clock.advance(10);
        return answered<ChatMessage>(
            [&](auto done) { m_store->appendChatMessage(chat, message, std::move(done)); });
    }
    ChatRowPage page(const ChatQuery &query)
    {
        return answered<ChatRowPage>([&](auto done) { m_store->readChats(query, std::move(done)); }).value();
    }
    std::optional<ChatDetail> detail(ChatId id)
    {
        return answered<std::optional<ChatDetail>>([&](auto done) { m_store->readChat(id, std::move(done)); })
            .value();
    }
    static QStringList titles(const ChatRowPage &page)
    {
        QStringList titles;
        for (const ChatRow &chat : page.chats)
            titles << QString::fromStdString(chat.title);
        return titles;
    }

    std::unique_ptr<StoreFixture> m_fixture;
    std::unique_ptr<Store> m_store;
};

void TstChats::init()
{
    m_store.reset();
    m_fixture = std::make_unique<StoreFixture>();
    m_store = m_fixture->open();
    QVERIFY(m_store);
}

void TstChats::comesBackWithItsMessages()
{
    const ChatRow chat = add("Retry");
    QVERIFY(chat.id > 0);
    QVERIFY(append(chat.id, "How?"));
    const ChatMessage answer = append(chat.id, "So.", "model").value();
    QCOMPARE(answer.position, 1);
    m_store.reset();
    m_store = m_fixture->open();
    const std::optional<ChatDetail> found = detail(chat.id);
    QVERIFY(found);
    QCOMPARE(found->chat.title, std::string("Retry"));
    QCOMPARE(found->chat.model, std::string("gemini-3-pro"));
    QVERIFY(found->chat.updatedMs > chat.updatedMs);
    QCOMPARE(found->messages.size(), std::size_t{2});
    QVERIFY(found->messages[1] == answer);
    QVERIFY(!detail(chat.id + 1));
}

void TstChats::listsTheLastUsedFirstInPages()
{
    const ChatRow first = add("a");
    add("b");
    add("c");
    QVERIFY(append(first.id, "again"));
    ChatQuery query;
    query.limit = 2;
    const ChatRowPage page1 = page(query);
    QCOMPARE(titles(page1), (QStringList{u"a"_s, u"c"_s}));
    query.after = page1.next;
    const ChatRowPage page2 = page(query);
    QCOMPARE(titles(page2), QStringList{u"b"_s});
    QVERIFY(page2.next == ChatCursor{});
}

void TstChats::searchesTitlesAndMessages()
{
    add("Letter to the landlord");
    const ChatRow chat = add("100 % sure_ly");
    QVERIFY(append(chat.id, "What of Kyoto?"));
    QCOMPARE(titles(page({"LANDlord", {}, 10})), QStringList{u"Letter to the landlord"_s});
    QCOMPARE(titles(page({"kyoto", {}, 10})), QStringList{u"100 % sure_ly"_s});
    QCOMPARE(titles(page({"0 %", {}, 10})), QStringList{u"100 % sure_ly"_s});
    QCOMPARE(titles(page({"e_l", {}, 10})), QStringList{u"100 % sure_ly"_s});
    QCOMPARE(titles(page({"parts", {}, 10})), QStringList());
}

void TstChats::patchesWhatIsNamed()
{
    const ChatRow chat = add("Old");
    ChatPatch patch;
    patch.title = "New";
    patch.settings = R"({"think":true})";
    const auto patched =
        answered<ChatRow>([&](auto done) { m_store->patchChat(chat.id, patch, std::move(done)); });
    QVERIFY(patched);
    QCOMPARE(patched->title, std::string("New"));
    QCOMPARE(patched->model, std::string("gemini-3-pro"));
    QVERIFY(detail(chat.id)->chat == *patched);
}

void TstChats::deletedComesBackUntilItIsDropped()
{
    const ChatRow kept = add("kept");
    const ChatRow gone = add("gone");
    QVERIFY(append(gone.id, "text"));
    for (const ChatId id : {kept.id, gone.id})
        QVERIFY(awaited([&](auto done) { m_store->deleteChat(id, std::move(done)); }));
    QVERIFY(page({}).chats.empty());
    QVERIFY(!detail(gone.id));
    QVERIFY(answered<ChatRow>([&](auto done) { m_store->undeleteChat(kept.id, std::move(done)); }));
    QCOMPARE(titles(page({})), QStringList{u"kept"_s});

    m_store.reset();
    m_fixture->clock.advance(Store::UNDO_MS + 1000);
    StoreOptions quick;
    quick.retentionIntervalMs = 1;
    quick.retentionPauseMs = 0;
    m_store = m_fixture->open(quick);
    QTRY_COMPARE(m_fixture->rows(QStringLiteral("SELECT title FROM chats")), QStringList{u"kept"_s});
    QCOMPARE(m_fixture->rows(QStringLiteral("SELECT chat_id FROM chat_messages")), QStringList());
}

void TstChats::replacesAndTruncates()
{
    const ChatRow chat = add("chat");
    for (const char *text : {"one", "two", "three"})
        QVERIFY(append(chat.id, text));
    ChatMessage changed = detail(chat.id)->messages[1];
    changed.text = "zwei";
    changed.keyLabel = "Studio 02";
    QVERIFY(awaited([&](auto done) { m_store->replaceChatMessage(chat.id, changed, std::move(done)); }));
    QVERIFY(detail(chat.id)->messages[1] == changed);
    QVERIFY(awaited([&](auto done) { m_store->truncateChat(chat.id, 1, std::move(done)); }));
    QCOMPARE(detail(chat.id)->messages.size(), std::size_t{1});
    QCOMPARE(append(chat.id, "more")->position, 1);
}

void TstChats::refusesWhatIsNotThere()
{
    const auto code = [](const auto &result) { return result ? std::string() : result.error().code; };
    QCOMPARE(code(append(77, "x")), std::string("unknown_chat"));
    QCOMPARE(code(awaited([&](auto done) { m_store->deleteChat(77, std::move(done)); })),
             std::string("unknown_chat"));
    const ChatRow chat = add("chat");
    ChatMessage message;
    message.role = "user";
    message.position = 5;
    QCOMPARE(
        code(awaited([&](auto done) { m_store->replaceChatMessage(chat.id, message, std::move(done)); })),
        std::string("unknown_message"));
}

QTEST_GUILESS_MAIN(TstChats)
#include "tst_chats.moc"
