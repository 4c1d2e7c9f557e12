#include <QTest>

#include "gateway/dialects/anthropic/anthropic.h"
#include "gateway/dialects/anthropic/messagesrequest.h"

using namespace Gateway;

/// Where a client of Anthropic's marks the end of what is to be cached, counted in Gemini's turns.
class TstCacheMarks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void turns_data();
    void turns();
    void isNotLookedForUnasked();
    void lives_data();
    void lives();
    void isToldByTheTranslation();
};

namespace {

constexpr auto MESSAGE = MessagesRequest::Kind::Message;
constexpr int NO_MARK = -1;
constexpr std::int64_t FIVE_MINUTES = 300'000;

const std::string MARK = R"("cache_control":{"type":"ephemeral"})";

std::string text(const std::string &words, bool isMarked = false)
{
    return R"({"type":"text","text":")" + words + '"' + (isMarked ? ',' + MARK : "") + '}';
}

std::string user(const std::string &blocks)
{
    return R"({"role":"user","content":[)" + blocks + "]}";
}

std::string assistant(const std::string &blocks)
{
    return R"({"role":"assistant","content":[)" + blocks + "]}";
}

std::string request(const std::string &messages, const std::string &rest = {},
                    const std::string &model = "gemini-3.6-flash")
{
    return R"({"model":")" + model + R"(","max_tokens":100,"messages":[)" + messages + "]" +
           (rest.empty() ? "" : ',' + rest) + "}";
}

std::optional<CacheMark> markOf(const std::string &body, bool findsMark = true)
{
    const Result<MessagesRequest> parsed = MessagesRequest::parse(body, MESSAGE, findsMark);
    if (!parsed) {
        qWarning("%s", parsed.error().text.c_str());
        return std::nullopt;
    }
    return parsed->cacheMark();
}

const std::string USE = R"({"type":"tool_use","id":"t1","name":"f","input":{}})";
const std::string OTHER_USE = R"({"type":"tool_use","id":"t2","name":"f","input":{}})";

std::string resultOf(const std::string &id, const std::string &more)
{
    return R"({"type":"tool_result","tool_use_id":")" + id + R"(",)" + more + '}';
}

} // namespace

void TstCacheMarks::turns_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("turns");
    const auto row = [](const char *name, const std::string &body, int count) {
        QTest::newRow(name) << QByteArray::fromStdString(body) << count;
    };
    const std::string plain = user(text("a"));
    const std::string tools = R"("tools":[{"name":"f","input_schema":{"type":"object"}},{"name":"g",)" +
                              MARK + R"(,"input_schema":{"type":"object"}}])";
    const std::string earlyTool = R"("tools":[{"name":"f",)" + MARK +
                                  R"(,"input_schema":{"type":"object"}},{"name":"g",)"
                                  R"("input_schema":{"type":"object"}}])";
    row("none", request(plain), NO_MARK);
    row("null", request(user(R"({"type":"text","text":"a","cache_control":null})")), NO_MARK);
    row("tools", request(plain, tools), 0);
    row("tools beside a system text that is not marked", request(plain, R"("system":"S",)" + tools), NO_MARK);
    row("a tool that is not the last", request(plain, earlyTool), NO_MARK);
    row("the system text", request(plain, R"("system":[)" + text("S") + ',' + text("T", true) + ']'), 0);
    row("inside the system text", request(plain, R"("system":[)" + text("S", true) + ',' + text("T") + ']'),
        NO_MARK);
    row("a note of accounting is no part of it",
        request(plain, R"("system":[)" + text("S", true) + ',' + text("x-anthropic-billing-header: 1") + ']'),
        0);
    row("the system text of a model that has none",
        request(plain, R"("system":[)" + text("S", true) + ']', "gemma-3-27b-it"), 0);
    row("the only message", request(user(text("a", true))), 1);
    row("inside a message", request(user(text("a", true) + ',' + text("b"))), 0);
    row("a turn of two messages", request(user(text("a", true)) + ',' + user(text("b"))), 0);
    row("the end of a turn of two", request(user(text("a")) + ',' + user(text("b", true))), 1);
    row("the assistant's words", request(plain + ',' + assistant(text("b", true)) + ',' + user(text("c"))),
        2);
    row("the last of several",
        request(user(text("a", true)) + ',' + assistant(text("b")) + ',' + user(text("c", true))), 3);
    row("the last is inside a turn",
        request(user(text("a", true)) + ',' + assistant(text("b")) + ',' +
                user(text("c", true) + ',' + text("d"))),
        2);
    row("the last wins over the system text",
        request(user(text("a", true)), R"("system":[)" + text("S", true) + ']'), 1);
    const std::string called = plain + ',' + assistant(USE) + ',';
    row("a tool's use",
        request(plain + ',' +
                assistant(R"({"type":"tool_use","id":"t1","name":"f","input":{},)" + MARK + '}') + ',' +
                user(resultOf("t1", R"("content":"r")"))),
        2);
    row("a tool's result", request(called + user(resultOf("t1", R"("content":"r",)" + MARK))), 3);
    row("inside a tool's result",
        request(called + user(resultOf("t1", R"("content":[)" + text("r", true) + ']'))), 3);
    row("words behind a result", request(called + user(resultOf("t1", MARK) + ',' + text("b"))), 2);
    row("the first of two results",
        request(plain + ',' + assistant(USE + ',' + OTHER_USE) + ',' +
                user(resultOf("t1", MARK) + ',' + resultOf("t2", R"("content":"r")"))),
        3); // Google gets both at once, in front of what follows
    row("two messages of the user's around one of thoughts only",
        request(user(text("a", true)) + ',' +
                assistant(R"({"type":"thinking","thinking":"t","signature":"s"})") + ',' + user(text("c"))),
        0);
    row("by itself", request(plain + ',' + assistant(text("b")) + ',' + user(text("c")), MARK), 3);
    row("by itself, at words", request(R"({"role":"user","content":"a"})", MARK), 1);
}

void TstCacheMarks::turns()
{
    QFETCH(QByteArray, body);
    QFETCH(int, turns);
    const std::optional<CacheMark> mark = markOf(body.toStdString());
    QCOMPARE(mark ? static_cast<int>(mark->turns) : NO_MARK, turns);
}

void TstCacheMarks::isNotLookedForUnasked()
{
    QVERIFY(markOf(request(user(text("a", true)), MARK)));
    QVERIFY(!markOf(request(user(text("a", true)), MARK), false));
}

void TstCacheMarks::lives_data()
{
    QTest::addColumn<QByteArray>("control");
    QTest::addColumn<qint64>("ttlMs");
    QTest::newRow("by itself") << QByteArray(R"({"type":"ephemeral"})") << qint64(FIVE_MINUTES);
    QTest::newRow("5m") << QByteArray(R"({"type":"ephemeral","ttl":"5m"})") << qint64(FIVE_MINUTES);
    QTest::newRow("1h") << QByteArray(R"({"type":"ephemeral","ttl":"1h"})") << qint64(12 * FIVE_MINUTES);
}

void TstCacheMarks::lives()
{
    QFETCH(QByteArray, control);
    QFETCH(qint64, ttlMs);
    const std::string body =
        request(R"({"role":"user","content":[{"type":"text","text":"a","cache_control":)" +
                control.toStdString() + "}]}");
    const std::optional<CacheMark> mark = markOf(body);
    QVERIFY(mark);
    QCOMPARE(qint64(mark->ttlMs), ttlMs);
}

void TstCacheMarks::isToldByTheTranslation()
{
    TranslationContext context;
    context.findsCacheMark = true;
    const std::string body = request(user(text("a", true)));
    const auto asked = anthropicMessages(body, context);
    QVERIFY(asked);
    QVERIFY((*asked)->geminiBody({}));
    QVERIFY((*asked)->cacheMark());
    QCOMPARE((*asked)->cacheMark()->turns, std::size_t(1));
    const auto unasked = anthropicMessages(body, {});
    QVERIFY(unasked);
    QVERIFY(!(*unasked)->cacheMark());
}

QTEST_APPLESS_MAIN(TstCacheMarks)
#include "tst_cachemarks.moc"
