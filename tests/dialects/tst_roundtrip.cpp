#include <QTest>

#include "tests/dialects/roundtrip/face.h"
#include "tests/dialects/roundtrip/reply.h"

using namespace RoundTrip;

/// Random conversations, the same on every machine: what a client says reaches Gemini whole, what Gemini
/// answers reaches the client whole, streamed or not, and comes back to Gemini as it was. GW_ROUNDTRIP_SEED
/// and GW_ROUNDTRIP_COUNT look further: GW_ROUNDTRIP_SEED=7 GW_ROUNDTRIP_COUNT=1 repeats what failed with
/// seed 7.
class TstRoundTrip : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void requestsKeepTheirMeaning_data() { addFaces(); }
    void requestsKeepTheirMeaning();
    void answersKeepTheirMeaning_data() { addFaces(); }
    void answersKeepTheirMeaning();
    void answersComeBack_data() { addFaces(); }
    void answersComeBack();

private:
    static void addFaces();

    quint64 m_seed = 1;
    quint64 m_count = 300;
};

namespace {

using FaceOf = const Face &(*)();

struct Asked
{
    json::object request;
    std::unique_ptr<Gateway::Translation> translation;
};

Asked ask(const Face &face, json::object request, Dice &dice)
{
    const std::string body = oddJson(request, dice);
    auto translation = face.parse(body);
    if (!translation)
        throw std::runtime_error("refused: " + translation.error().text + "\n" + body);
    return {std::move(request), std::move(*translation)};
}

json::object geminiOf(Gateway::Translation &translation, const Gateway::TranslationInputs &inputs = {})
{
    const Gateway::Result<std::string> body = translation.geminiBody(inputs);
    if (!body)
        throw std::runtime_error("no body: " + body.error().text);
    return json::parse(*body).as_object();
}

void compare(const std::vector<std::string> &expected, const std::vector<std::string> &found,
             const char *what)
{
    if (const std::string where = difference(expected, found); !where.empty())
        throw std::runtime_error(std::string(what) + ", " + where);
}

std::string expectedFinish(const Reply &reply)
{
    if (reply.finish == "MAX_TOKENS" || reply.finish == "SAFETY")
        return reply.finish == "SAFETY" ? "filter" : "length";
    const bool calls = std::ranges::any_of(
        reply.parts, [](const Reply::Part &part) { return part.kind == Reply::Part::Kind::Call; });
    return calls ? "calls" : "stop";
}

void checkHeard(const Face &face, const Reply &reply, const Heard &heard, const char *what)
{
    compare(replyLines(reply, face.keepsOrder()), heard.lines, what);
    compare({expectedFinish(reply), std::to_string(reply.promptTokens),
             std::to_string(reply.answerTokens + reply.thoughtTokens)},
            {heard.finish, std::to_string(heard.input), std::to_string(heard.output)}, what);
}

/// The answer of a translation made for it, as a whole or joined from a stream.
json::object answerOf(const Face &face, Gateway::Translation &translation, const Reply &reply, Dice &dice)
{
    translation.setTime({1'700'000'000'000, 10});
    if (!translation.isStream()) {
        const Gateway::Result<std::string> whole = translation.answer(oddJson(wholeJson(reply), dice));
        if (!whole)
            throw std::runtime_error("no answer: " + whole.error().text);
        return json::parse(*whole).as_object();
    }
    std::string stream;
    for (const std::string &event : eventsOf(reply, dice)) {
        if (const Gateway::Result<void> told = translation.event(event, stream); !told)
            throw std::runtime_error("no event: " + told.error().text);
    }
    if (const Gateway::Result<void> ended = translation.finish(stream); !ended)
        throw std::runtime_error("no end: " + ended.error().text);
    return face.joined(stream);
}

/// What a seed makes.
struct Round
{
    Round(const Face &face, quint64 seed)
        : dice(seed)
        , talk(randomTalk(face.abilities(), dice))
        , request(face.request(talk, dice))
        , reply(randomReply(talk.isOlder(), true, dice))
    {
    }

    Dice dice;
    Talk talk;
    json::object request;
    Reply reply;
};

} // namespace

void TstRoundTrip::initTestCase()
{
    bool isGiven = false;
    if (const quint64 seed = qEnvironmentVariable("GW_ROUNDTRIP_SEED").toULongLong(&isGiven); isGiven)
        m_seed = seed;
    if (const quint64 count = qEnvironmentVariable("GW_ROUNDTRIP_COUNT").toULongLong(&isGiven); isGiven)
        m_count = count;
    qInfo("seeds %llu to %llu", m_seed, m_seed + m_count - 1);
}

void TstRoundTrip::addFaces()
{
    QTest::addColumn<FaceOf>("face");
    QTest::newRow("chat") << &chatFace;
    QTest::newRow("responses") << &responsesFace;
    QTest::newRow("anthropic") << &anthropicFace;
    QTest::newRow("ollama") << &ollamaFace;
}

void TstRoundTrip::requestsKeepTheirMeaning()
{
    QFETCH(FaceOf, face);
    for (quint64 seed = m_seed; seed < m_seed + m_count; ++seed) {
        try {
            Round round(face(), seed);
            const Asked asked = ask(face(), round.request, round.dice);
            compare(expectedLines(round.talk), geminiLines(geminiOf(*asked.translation)), "request");
        } catch (const std::exception &fault) {
            QFAIL(qPrintable(QStringLiteral("seed %1: %2").arg(seed).arg(QString::fromUtf8(fault.what()))));
        }
    }
}

void TstRoundTrip::answersKeepTheirMeaning()
{
    QFETCH(FaceOf, face);
    for (quint64 seed = m_seed; seed < m_seed + m_count; ++seed) {
        try {
            Round round(face(), seed);
            for (const bool stream : {false, true}) {
                face().askForAll(round.request, stream);
                const Asked asked = ask(face(), round.request, round.dice);
                const json::object answer = answerOf(face(), *asked.translation, round.reply, round.dice);
                checkHeard(face(), round.reply, face().heard(answer), stream ? "stream" : "whole answer");
            }
        } catch (const std::exception &fault) {
            QFAIL(qPrintable(QStringLiteral("seed %1: %2").arg(seed).arg(QString::fromUtf8(fault.what()))));
        }
    }
}

void TstRoundTrip::answersComeBack()
{
    QFETCH(FaceOf, face);
    for (quint64 seed = m_seed; seed < m_seed + m_count; ++seed) {
        try {
            Round round(face(), seed);
            const bool forgetful = round.dice.coin();
            face().askForAll(round.request, round.dice.coin());
            const Asked first = ask(face(), round.request, round.dice);
            const json::object answer = answerOf(face(), *first.translation, round.reply, round.dice);
            Gateway::TranslationInputs inputs;
            for (auto &[id, signature] : first.translation->takeSignatures())
                inputs.signatures.insert_or_assign(std::move(id), std::move(signature));
            const Asked second = ask(face(), face().next(round.request, answer, forgetful), round.dice);
            const bool signsTexts = face().keepsTextSignatures() && !forgetful;
            compare(turnLines(round.reply, face().returnsOrder(), signsTexts),
                    lastModelTurn(geminiOf(*second.translation, inputs), signsTexts),
                    forgetful ? "kept" : "sent back");
        } catch (const std::exception &fault) {
            QFAIL(qPrintable(QStringLiteral("seed %1: %2").arg(seed).arg(QString::fromUtf8(fault.what()))));
        }
    }
}

QTEST_APPLESS_MAIN(TstRoundTrip)
#include "tst_roundtrip.moc"
