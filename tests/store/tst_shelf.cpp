#include <QTest>

#include "tests/store/storefixture.h"

using namespace Gateway;

class TstShelf : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsWholeItemsOverARestart();
    void onlyItsOwnerFindsAnItem();
    void listsByAge_data();
    void listsByAge();
    void statesChangeAndItemsGo();
    void itemsEnd();
    void noAnswerOnceTheContextIsGone();

private:
    StoreFixture m_fixture;
};

namespace {

ShelfItem file(const std::string &id, std::int64_t createdMs, const std::string &label = "batch",
               const std::string &owner = "me")
{
    return {id, std::string(ShelfItem::FILE), owner, label, createdMs, 0, "{}", {}};
}

void put(Shelf &shelf, ShelfItem item)
{
    QObject context;
    bool isDone = false;
    shelf.put(std::move(item), &context, [&](const Result<void> &outcome) { isDone = outcome.has_value(); });
    QTRY_VERIFY(isDone);
}

std::optional<ShelfItem> found(Shelf &shelf, const std::string &id, const std::string &owner = "me")
{
    QObject context;
    std::optional<Result<std::optional<ShelfItem>>> answer;
    shelf.find(id, owner, &context, [&](auto result) { answer = std::move(result); });
    if (!QTest::qWaitFor([&] { return answer.has_value(); }) || !*answer)
        return std::nullopt;
    return **answer;
}

QString ids(Shelf &shelf, ShelfQuery query)
{
    QObject context;
    std::optional<Result<std::vector<ShelfItem>>> answer;
    query.kind = ShelfItem::FILE;
    query.owner = "me";
    shelf.list(std::move(query), &context, [&](auto result) { answer = std::move(result); });
    if (!QTest::qWaitFor([&] { return answer.has_value(); }) || !*answer)
        return QStringLiteral("no answer");
    QStringList names;
    for (const ShelfItem &item : **answer)
        names << QString::fromStdString(item.id);
    return names.join(u' ');
}

} // namespace

void TstShelf::keepsWholeItemsOverARestart()
{
    std::string bytes = "line\n";
    bytes += '\0';
    bytes += "\xff end";
    {
        const auto store = m_fixture.open();
        ShelfItem item = file("file-bytes", 7);
        item.content = bytes;
        item.state = R"({"a":1})";
        put(store->shelf(), item);
    }
    const auto store = m_fixture.open();
    const std::optional<ShelfItem> item = found(store->shelf(), "file-bytes");
    QVERIFY(item);
    QCOMPARE(item->content, bytes);
    QCOMPARE(item->state, std::string("{\"a\":1}"));
    QCOMPARE(item->createdMs, 7);
    QCOMPARE(item->label, std::string("batch"));
}

void TstShelf::onlyItsOwnerFindsAnItem()
{
    const auto store = m_fixture.open();
    put(store->shelf(), file("file-theirs", 1, "batch", "another"));
    QVERIFY(!found(store->shelf(), "file-theirs"));
    QVERIFY(found(store->shelf(), "file-theirs", "another"));
    QVERIFY(!found(store->shelf(), "file-none"));
}

void TstShelf::listsByAge_data()
{
    QTest::addColumn<bool>("newest");
    QTest::addColumn<int>("limit");
    QTest::addColumn<QString>("after");
    QTest::addColumn<QString>("label");
    QTest::addColumn<QString>("expected");
    const QString none;
    QTest::newRow("newest first") << true << 10 << none << none << "l-c l-b l-a";
    QTest::newRow("oldest first") << false << 10 << none << none << "l-a l-b l-c";
    QTest::newRow("one more than asked") << true << 1 << none << none << "l-c l-b";
    QTest::newRow("after one") << true << 10 << "l-c" << none << "l-b l-a";
    QTest::newRow("after one, oldest first") << false << 10 << "l-b" << none << "l-c";
    QTest::newRow("after none that is there") << true << 10 << "gone" << none << "";
    QTest::newRow("one purpose") << true << 10 << none << "vision"
                                 << "l-b";
}

void TstShelf::listsByAge()
{
    QFETCH(bool, newest);
    QFETCH(int, limit);
    QFETCH(QString, after);
    QFETCH(QString, label);
    const auto store = m_fixture.open();
    put(store->shelf(), file("l-a", 10));
    put(store->shelf(), file("l-c", 20)); // of the same age as l-b: the id decides
    put(store->shelf(), file("l-b", 20, "vision"));
    ShelfQuery query;
    query.idPrefix = "l-";
    query.isNewestFirst = newest;
    query.limit = limit;
    query.after = after.toStdString();
    query.label = label.toStdString();
    QTEST(ids(store->shelf(), query), "expected");
}

void TstShelf::statesChangeAndItemsGo()
{
    const auto store = m_fixture.open();
    put(store->shelf(), file("file-s", 1));
    store->shelf().setState("file-s", R"({"done":true})");
    store->flush();
    QCOMPARE(found(store->shelf(), "file-s")->state, std::string("{\"done\":true}"));
    QObject context;
    bool isGone = false;
    store->shelf().remove("file-s", &context, [&](const Result<void> &done) { isGone = done.has_value(); });
    QTRY_VERIFY(isGone);
    QVERIFY(!found(store->shelf(), "file-s"));
}

void TstShelf::itemsEnd()
{
    StoreOptions options;
    options.retentionIntervalMs = 20;
    options.retentionPauseMs = 1;
    const auto store = m_fixture.open(options);
    ShelfItem item = file("file-e", 1);
    item.expiresMs = m_fixture.clock.nowMs() + 1000;
    put(store->shelf(), item);
    QVERIFY(found(store->shelf(), "file-e"));
    m_fixture.clock.advance(1000);
    QVERIFY(!found(store->shelf(), "file-e"));
    QTRY_COMPARE(m_fixture.rows(QStringLiteral("SELECT count(*) FROM shelf WHERE id = 'file-e'")),
                 QStringList{QStringLiteral("0")});
}

void TstShelf::noAnswerOnceTheContextIsGone()
{
    const auto store = m_fixture.open();
    auto context = std::make_unique<QObject>();
    bool isCalled = false;
    store->shelf().find("file-x", "me", context.get(), [&](const auto &) { isCalled = true; });
    context.reset();
    store->flush();
    QTest::qWait(50);
    QVERIFY(!isCalled);
}

QTEST_GUILESS_MAIN(TstShelf)
#include "tst_shelf.moc"
