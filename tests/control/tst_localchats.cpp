#include <QSignalSpy>
#include <QTest>

#include "gateway/common/json.h"
#include "gateway/control/control.h"
#include "gateway/control/local/localchats.h"
#include "tests/store/storefixture.h"

using namespace Gateway;

/// The built-in chat's conversations over a real store.
class TstLocalChats : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void keepsWhatIsSaid();
    void tellsOfChanges();
    void deletesWithUndo();
    void refusesBadValues();
    void exportsMarkdown();
    void exportsJson();
    void namesFilesSafely();

private:
    /// Waits for the answer, which comes from the event loop.
    template <typename T>
    Result<T> answered(const std::function<void(Reply<T>)> &call)
    {
        std::optional<Result<T>> answer;
        call(Reply<T>{&m_context, [&answer](Result<T> told) { answer.emplace(std::move(told)); }});
        if (!QTest::qWaitFor([&answer] { return answer.has_value(); }))
            return fail(500, "no_answer", "No answer came.");
        return std::move(*answer);
    }
    ChatRow create(const std::string &title)
    {
        ChatRow chat;
        chat.title = title;
        chat.system = "Be brief.";
        return answered<ChatRow>([&](auto reply) { m_chats->create(chat, reply); }).value();
    }
    Result<ChatMessage> append(ChatId id, const ChatMessage &message)
    {
        return answered<ChatMessage>([&](auto reply) { m_chats->append(id, message, reply); });
    }
    Result<ExportedFile> exported(ChatId id, ChatFormat format)
    {
        return answered<ExportedFile>([&](auto reply) { m_chats->exportChat(id, format, reply); });
    }
    static ChatMessage question()
    {
        ChatMessage message;
        message.role = "user";
        message.text = "How?";
        message.content =
            R"({"parts":[{"text":"How?"},{"inlineData":{"mimeType":"text/x-python","data":"eA=="},"name":"client.py"}]})";
        return message;
    }
    static ChatMessage answer()
    {
        ChatMessage message;
        message.role = "model";
        message.model = "gemini-3-pro";
        message.text = "Use **full jitter**.";
        message.content = R"({"parts":[{"text":"Use **full jitter**."}],)"
                          R"("sources":[{"title":"sre.google","uri":"https://sre.google/x"}]})";
        message.inputTokens = 12;
        message.keyLabel = "Studio 02";
        return message;
    }

    std::unique_ptr<StoreFixture> m_fixture;
    std::unique_ptr<Store> m_store;
    QObject m_context;
    int m_changes = 0;
    std::unique_ptr<LocalChats> m_chats;
};

void TstLocalChats::init()
{
    m_chats.reset();
    m_store.reset();
    m_fixture = std::make_unique<StoreFixture>();
    m_store = m_fixture->open();
    QVERIFY(m_store);
    m_changes = 0;
    m_chats = std::make_unique<LocalChats>(*m_store, m_context, [this] { ++m_changes; });
}

void TstLocalChats::keepsWhatIsSaid()
{
    const ChatRow chat = create("Retry");
    QVERIFY(append(chat.id, question()));
    ChatMessage said = append(chat.id, answer()).value();
    QCOMPARE(said.position, 1);
    said.text = "Other";
    QVERIFY(answered<void>([&](auto reply) { m_chats->replace(chat.id, said, reply); }));
    auto detail = answered<ChatDetail>([&](auto reply) { m_chats->get(chat.id, reply); });
    QCOMPARE(detail->messages.size(), std::size_t{2});
    QVERIFY(detail->messages[1] == said);
    QVERIFY(answered<void>([&](auto reply) { m_chats->truncate(chat.id, 0, reply); }));
    detail = answered<ChatDetail>([&](auto reply) { m_chats->get(chat.id, reply); });
    QVERIFY(detail->messages.empty());
    const auto page = answered<ChatRowPage>([&](auto reply) { m_chats->list({}, reply); });
    QCOMPARE(page->chats.size(), std::size_t{1});
}

void TstLocalChats::tellsOfChanges()
{
    const ChatRow chat = create("Retry");
    QCOMPARE(m_changes, 1);
    ChatPatch patch;
    patch.title = "Jitter";
    QCOMPARE(answered<ChatRow>([&](auto reply) { m_chats->patch(chat.id, patch, reply); })->title,
             std::string("Jitter"));
    QCOMPARE(m_changes, 2);
    QVERIFY(!answered<ChatRow>([&](auto reply) { m_chats->patch(99, patch, reply); }));
    QCOMPARE(m_changes, 2);
}

void TstLocalChats::deletesWithUndo()
{
    const ChatRow chat = create("Retry");
    QVERIFY(answered<void>([&](auto reply) { m_chats->remove(chat.id, reply); }));
    const auto gone = answered<ChatDetail>([&](auto reply) { m_chats->get(chat.id, reply); });
    QCOMPARE(gone.error().code, std::string("unknown_chat"));
    QVERIFY(answered<ChatRow>([&](auto reply) { m_chats->restore(chat.id, reply); }));
    QVERIFY(answered<ChatDetail>([&](auto reply) { m_chats->get(chat.id, reply); }));
}

void TstLocalChats::refusesBadValues()
{
    const ChatRow chat = create("Retry");
    ChatMessage message = question();
    message.role = "system";
    QCOMPARE(append(chat.id, message).error().param, std::string("role"));
    message = question();
    message.content = "no JSON";
    QCOMPARE(append(chat.id, message).error().param, std::string("content"));
    ChatPatch patch;
    patch.settings = "[]";
    const auto patched = answered<ChatRow>([&](auto reply) { m_chats->patch(chat.id, patch, reply); });
    QCOMPARE(patched.error().status, 422);
}

void TstLocalChats::exportsMarkdown()
{
    const ChatRow chat = create("Retry");
    QVERIFY(append(chat.id, question()));
    QVERIFY(append(chat.id, answer()));
    const auto file = exported(chat.id, ChatFormat::Markdown);
    QCOMPARE(file->name, std::string("Retry.md"));
    QCOMPARE(file->content, std::string("# Retry\n\n> Be brief.\n\n## User\n\nHow?\n\n*[client.py]*\n\n"
                                        "## gemini-3-pro\n\nUse **full jitter**.\n\n"
                                        "1. [sre.google](<https://sre.google/x>)\n"));
}

void TstLocalChats::exportsJson()
{
    const ChatRow chat = create("Retry");
    QVERIFY(append(chat.id, question()));
    QVERIFY(append(chat.id, answer()));
    const auto file = exported(chat.id, ChatFormat::Json);
    const json::object parsed = parseJsonObject(file->content).value();
    QCOMPARE(std::string(stringAt(parsed, "title")), std::string("Retry"));
    const json::object &second = arrayAt(parsed, "messages")->at(1).as_object();
    QCOMPARE(std::string(stringAt(second, "key")), std::string("Studio 02"));
    QCOMPARE(integerAt(second, "input_tokens", 0), 12);
    QVERIFY(!second.contains("output_tokens"));
    QVERIFY(arrayAt(*objectAt(second, "content"), "sources"));
    QCOMPARE(exported(99, ChatFormat::Json).error().code, std::string("unknown_chat"));
}

void TstLocalChats::namesFilesSafely()
{
    QCOMPARE(exported(create("../a: \"b\"?").id, ChatFormat::Markdown)->name, std::string("-a- -b--.md"));
    QCOMPARE(exported(create("").id, ChatFormat::Json)->name, std::string("chat.json"));
    const std::string chinese =
        exported(create(std::string(79, 'x') + "\xE4\xBD\xA0").id, ChatFormat::Json)->name;
    QCOMPARE(chinese, std::string(79, 'x') + ".json");
}

QTEST_GUILESS_MAIN(TstLocalChats)
#include "tst_localchats.moc"
