#include <memory>
#include <thread>

#include <QCoreApplication>
#include <QTest>

#include "gateway/control/reply.h"

using namespace Gateway;

class TstReply : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void comesLaterFromTheLoop();
    void isDroppedWithItsContext();
    void comesIntoTheThreadOfItsContext();
    void withoutAnybodyItIsNothing();
};

void TstReply::comesLaterFromTheLoop()
{
    int got = 0;
    const Reply<int> reply{this, [&](const Result<int> &answer) { got = *answer; }};
    reply(7);
    QCOMPARE(got, 0);
    QCoreApplication::processEvents();
    QCOMPARE(got, 7);
}

void TstReply::isDroppedWithItsContext()
{
    bool called = false;
    auto context = std::make_unique<QObject>();
    const Reply<int> reply{context.get(), [&](const Result<int> &) { called = true; }};
    reply(1); // on its way when the context goes
    context.reset();
    reply(2);
    QCoreApplication::processEvents();
    QVERIFY(!called);
}

void TstReply::comesIntoTheThreadOfItsContext()
{
    const std::thread::id mine = std::this_thread::get_id();
    std::thread::id other;
    const Reply<void> reply{this, [&](const Result<void> &) { other = std::this_thread::get_id(); }};
    std::thread([&] { reply({}); }).join();
    QCoreApplication::processEvents();
    QCOMPARE(other, mine);
}

void TstReply::withoutAnybodyItIsNothing()
{
    const Reply<int> reply;
    reply(1);
    QCoreApplication::processEvents();
}

QTEST_GUILESS_MAIN(TstReply)
#include "tst_reply.moc"
