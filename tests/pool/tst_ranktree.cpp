#include <algorithm>
#include <array>
#include <map>
#include <random>
#include <vector>

#include <QTest>

#include "gateway/pool/ranktree.h"

using namespace Gateway;

class TstRankTree : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isEmptyAtFirst();
    void agreesWithAList_data();
    void agreesWithAList();
    void listsTiesInOrder();
};

void TstRankTree::isEmptyAtFirst()
{
    RankTree tree;
    QCOMPARE(tree.first(), RankTree::NO_INDEX);
    tree.grow(1);
    QCOMPARE(tree.first(), RankTree::NO_INDEX);
    tree.set(0, 7);
    QCOMPARE(tree.first(), 0U);
    QCOMPARE(tree.at(0), std::uint64_t{7});
    tree.set(0, RankTree::OUT);
    QCOMPARE(tree.first(), RankTree::NO_INDEX);
}

void TstRankTree::agreesWithAList_data()
{
    QTest::addColumn<int>("size");
    for (const int size : {1, 7, 8, 9, 64, 65, 512, 513, 5'000})
        QTest::addRow("%d", size) << size;
}

void TstRankTree::agreesWithAList()
{
    QFETCH(int, size);
    std::mt19937 random(static_cast<unsigned>(size));
    RankTree tree;
    std::vector<std::uint64_t> list(static_cast<std::size_t>(size), RankTree::OUT);
    tree.grow(static_cast<std::uint32_t>((size + 1) / 2));
    for (int step = 0; step < 3'000; ++step) {
        if (step == 500)
            tree.grow(static_cast<std::uint32_t>(size));
        const std::uint32_t among = static_cast<std::uint32_t>(step < 500 ? (size + 1) / 2 : size);
        const std::uint32_t index = random() % among;
        const std::uint64_t rank = random() % 3 == 0 ? RankTree::OUT : random() % 50;
        tree.set(index, rank);
        list[index] = rank;
        const auto lowest = std::min_element(list.begin(), list.end());
        const std::uint32_t expected =
            *lowest == RankTree::OUT ? RankTree::NO_INDEX : static_cast<std::uint32_t>(lowest - list.begin());
        QCOMPARE(tree.first(), expected);
    }
}

void TstRankTree::listsTiesInOrder()
{
    RankTree tree;
    tree.grow(1'000);
    for (const std::uint32_t index : {3U, 70U, 71U, 600U, 999U})
        tree.set(index, 5);
    tree.set(500, 6);
    std::array<std::uint32_t, 8> found{};
    QCOMPARE(tree.firsts(found), std::size_t{5});
    QCOMPARE((std::vector<std::uint32_t>(found.begin(), found.begin() + 5)),
             (std::vector<std::uint32_t>{3, 70, 71, 600, 999}));
    QCOMPARE(tree.firsts(std::span(found).first(2)), std::size_t{2});
    QCOMPARE(found[1], 70U);
}

QTEST_APPLESS_MAIN(TstRankTree)
#include "tst_ranktree.moc"
