#include <map>

#include <QTest>

#include "gateway/dialects/geminianswer.h"
#include "gateway/relay/pacer.h"
#include "tests/support/fakeclock.h"

using namespace Gateway;

namespace {

/// A clock with timers, and what a pacer told when.
class Scene final : public PacerListener
{
public:
    explicit Scene(Pace pace = {})
        : pacer(
              pace, clock,
              [this](std::int64_t ms, std::function<void()> action) {
                  timers.emplace(clock.monotonicMs() + ms, std::move(action));
              },
              *this)
    {
    }

    void pacedEvent(std::string_view json) override
    {
        const std::string text = textOf(json);
        all += text;
        step += text.size();
        if (text.empty())
            all += '|';
    }
    void pacedStep() override
    {
        steps.push_back(step);
        step = 0;
        if (onStep)
            onStep();
    }
    void pacedEnd() override
    {
        endMs = clock.monotonicMs() - startMs;
        ++ends;
    }
    void pacedFull(bool isFull) override { full.push_back(isFull); }

    /// Lets time pass, timer by timer.
    void pass(std::int64_t ms)
    {
        const std::int64_t until = clock.monotonicMs() + ms;
        while (!timers.empty() && timers.begin()->first <= until) {
            const auto [due, action] = *timers.begin();
            timers.erase(timers.begin());
            clock.advance(due - clock.monotonicMs());
            action();
        }
        clock.advance(until - clock.monotonicMs());
    }

    static std::string textOf(std::string_view event)
    {
        GeminiAnswer answer;
        if (!answer.read(event) || !answer.candidates())
            return {};
        const GeminiCandidate candidate = GeminiCandidate::read(answer.candidates()->front());
        std::string text;
        for (std::size_t i = 0; candidate.parts && i < candidate.parts->size(); ++i)
            text += GeminiPart::read((*candidate.parts)[i]).text;
        return text;
    }

    FakeClock clock;
    std::multimap<std::int64_t, std::function<void()>> timers;
    const std::int64_t startMs = clock.monotonicMs();
    std::string all;
    std::size_t step = 0;
    std::vector<std::size_t> steps;
    std::vector<bool> full;
    std::int64_t endMs = -1;
    int ends = 0;
    std::function<void()> onStep;
    Pacer pacer;
};

std::string eventOf(const std::string &text, const std::string &more = "")
{
    return R"({"candidates":[{"content":{"parts":[{"text":")" + text + R"("}]})" + more + "}]}";
}

const std::string CALL =
    R"({"candidates":[{"content":{"parts":[{"functionCall":{"name":"f","args":{}}}]}}]})";

} // namespace

class TstPacer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theFirstLettersGoAtOnce();
    void aLargePieceIsSpread();
    void theEndComesInTime_data();
    void theEndComesInTime();
    void whatIsNoTextKeepsItsPlace();
    void aFastUpstreamIsFollowed();
    void tooMuchIsHeldBack();
    void aSlowClientStopsIt();
    void releaseTellsAllAtOnce();
    void clearForgets();
    void lateTimersCatchUp();
    void nothingTurnsWhileNothingWaits();
};

void TstPacer::theFirstLettersGoAtOnce()
{
    Scene scene;
    scene.pacer.add(eventOf("Hello"));
    QCOMPARE(scene.all, std::string("Hello"));
    scene.pacer.add(eventOf("world")); // too soon after it
    QCOMPARE(scene.all, std::string("Hello"));
    scene.pass(20);
    QCOMPARE(scene.all, std::string("Helloworld"));
    scene.pacer.end();
    scene.pass(20);
    QCOMPARE(scene.ends, 1);
}

void TstPacer::aLargePieceIsSpread()
{
    Scene scene;
    const std::string text(600, 'x');
    scene.pacer.add(eventOf(text));
    scene.pass(200);
    QVERIFY(scene.all.size() > 150 && scene.all.size() < 300);
    for (const std::size_t step : scene.steps)
        QVERIFY2(step >= 5 && step <= 20, std::to_string(step).c_str());
    QVERIFY(scene.pacer.isBusy());
    scene.pass(3000);
    QCOMPARE(scene.all, text);
    QVERIFY(!scene.pacer.isBusy());
    QCOMPARE(scene.ends, 0);
}

void TstPacer::theEndComesInTime_data()
{
    QTest::addColumn<int>("letters");
    QTest::newRow("nothing") << 0;
    QTest::newRow("a word") << 7;
    QTest::newRow("a sentence") << 100;
    QTest::newRow("a page") << 3000;
    QTest::newRow("a book") << 400'000;
}

void TstPacer::theEndComesInTime()
{
    QFETCH(int, letters);
    Scene scene;
    const std::string text(static_cast<std::size_t>(letters), 'x');
    scene.pacer.add(eventOf(text, R"(,"finishReason":"STOP")"));
    scene.pacer.end();
    scene.pass(600);
    QCOMPARE(scene.ends, 1);
    QVERIFY(scene.endMs <= 600);
    QCOMPARE(scene.all.substr(0, text.size()), text);
    if (letters >= 3000) // evenly: no step is much larger than another
        QVERIFY(*std::max_element(scene.steps.begin(), scene.steps.end()) < 2 * text.size() / 30 + 10);
}

void TstPacer::whatIsNoTextKeepsItsPlace()
{
    Scene scene;
    scene.pacer.add(CALL);
    QCOMPARE(scene.all, std::string("|")); // nothing to wait for
    scene.pacer.add(eventOf("twelve chars"));
    scene.pacer.add(CALL);
    scene.pacer.add(eventOf("end"));
    scene.pacer.end();
    scene.pass(600);
    QCOMPARE(scene.all, std::string("|twelve chars|end"));
}

void TstPacer::aFastUpstreamIsFollowed()
{
    Scene scene;
    std::size_t sent = 0;
    for (int i = 0; i < 200; ++i) { // 2,000 letters a second for four seconds
        scene.pacer.add(eventOf(std::string(40, 'x')));
        sent += 40;
        scene.pass(20);
    }
    QVERIFY2(sent - scene.all.size() < 1400, std::to_string(sent - scene.all.size()).c_str());
    QVERIFY(scene.full.empty());
}

void TstPacer::tooMuchIsHeldBack()
{
    Scene scene;
    for (int i = 0; i < 10; ++i)
        scene.pacer.add(eventOf(std::string(8000, 'x')));
    QCOMPARE(scene.full, std::vector<bool>{true});
    QVERIFY(scene.pacer.isFull());
    scene.pass(200); // so fast an upstream is not spread over the whole lag
    QCOMPARE(scene.full, (std::vector<bool>{true, false}));
}

void TstPacer::aSlowClientStopsIt()
{
    Scene scene;
    const std::string text(600, 'x');
    scene.onStep = [&] {
        if (scene.all.size() > 100)
            scene.pacer.hold();
    };
    scene.pacer.add(eventOf(text));
    scene.pacer.end();
    scene.pass(5000);
    const std::size_t told = scene.all.size();
    QVERIFY(told > 100 && told < 200);
    QCOMPARE(scene.ends, 0);
    scene.onStep = nullptr;
    scene.pacer.go();
    scene.pass(40);
    QCOMPARE(scene.all, text); // late already: nothing is spread any more
    QCOMPARE(scene.ends, 1);
}

void TstPacer::releaseTellsAllAtOnce()
{
    Scene scene;
    scene.pacer.add(eventOf(std::string(500, 'x')));
    scene.pacer.add(CALL);
    scene.pacer.release();
    QCOMPARE(scene.all, std::string(500, 'x') + "|");
    scene.pass(1000);
    QCOMPARE(scene.all.size(), std::size_t{501});
    QVERIFY(!scene.pacer.isBusy());
}

void TstPacer::clearForgets()
{
    Scene scene;
    scene.pacer.add(eventOf(std::string(500, 'x')));
    scene.pacer.end();
    const std::size_t told = scene.all.size();
    scene.pacer.clear();
    scene.pass(1000);
    QCOMPARE(scene.all.size(), told);
    QCOMPARE(scene.ends, 0);
    scene.pacer.add(eventOf("new")); // an answer from the start
    QCOMPARE(scene.all.substr(told), std::string("new"));
}

void TstPacer::lateTimersCatchUp()
{
    Scene even;
    even.pacer.add(eventOf(std::string(600, 'x')));
    even.pass(100);
    Scene late;
    late.pacer.add(eventOf(std::string(600, 'x')));
    late.clock.advance(100); // the loop was busy: one timer in place of five
    late.pass(0);
    QVERIFY(late.all.size() + 20 > even.all.size());
}

void TstPacer::nothingTurnsWhileNothingWaits()
{
    Scene scene;
    scene.pacer.add(eventOf("Hello"));
    scene.pass(1000);
    QVERIFY(scene.timers.empty());
}

QTEST_GUILESS_MAIN(TstPacer)
#include "tst_pacer.moc"
