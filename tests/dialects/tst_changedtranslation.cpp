#include <QTest>

#include "gateway/common/modelaliases.h"
#include "gateway/dialects/changedtranslation.h"

using namespace Gateway;

namespace {

/// Answers each question otherwise than Translation does by itself.
class OtherTranslation final : public Translation
{
public:
    const std::string &model() const override { return m_model; }
    std::string_view method() const override { return "generateContent"; }
    std::string_view name() const override { return "other"; }
    bool isStream() const override { return false; }
    bool asksStream() const override { return true; }
    bool isChat() const override { return false; }
    const std::vector<std::string> &wantedSignatures() const override { return m_none; }
    const std::vector<std::string> &wantedMedia() const override { return m_none; }
    std::string ignored() const override { return "ignored"; }
    std::optional<CacheMark> cacheMark() const override { return CacheMark{3, 1000}; }
    Result<std::string> geminiBody(const TranslationInputs &) override { return R"({"contents":[]})"; }
    void setTime(const AnswerTime &time) override { m_wallMs = time.wallMs; }
    void restart() override {}
    Result<std::string> answer(std::string_view) override { return std::to_string(m_wallMs); }
    std::string joined(const std::vector<std::string> &pieces, const TokenCounts &) override
    {
        return pieces.front();
    }
    Result<void> event(std::string_view, std::string &out) override
    {
        out += "event";
        return {};
    }
    Result<void> finish(std::string &out) override
    {
        out += "finish";
        return {};
    }
    bool isComplete() const override { return true; }
    bool hasMore() const override { return true; }
    Result<void> more(std::string &out) override
    {
        out += "more";
        return {};
    }
    void breakOff(const Error &, std::string &out) override { out += "break"; }
    bool tellsBreaks() const override { return false; }
    std::string_view streamContentType() const override { return "audio/mpeg"; }
    std::string_view contentType() const override { return "text/plain"; }
    std::string_view warning() const override { return "warning"; }
    const TokenCounts &tokens() const override { return m_tokens; }
    std::vector<std::pair<std::string, std::string>> takeSignatures() override { return {{"a", "b"}}; }

private:
    std::string m_model = "gemini-3.6-flash";
    std::vector<std::string> m_none;
    std::int64_t m_wallMs = 0;
    TokenCounts m_tokens;
};

std::unique_ptr<Translation> changed(const std::string &parameters)
{
    const ModelAliases rules = ModelAliases::parse("a=b; " + parameters).value();
    return withParameters(std::make_unique<OtherTranslation>(), rules.find("a")->parameters);
}

} // namespace

/// What adds parameters to bodies hides nothing else of the translation inside.
class TstChangedTranslation : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void changesTheBody();
    void tellsOfTheRequestAsTheOneInside();
    void answersAsTheOneInside();
    void isTheOneInsideWithoutParameters();
};

void TstChangedTranslation::changesTheBody()
{
    const Result<std::string> body = changed("temperature=0.5")->geminiBody({});
    QVERIFY(body);
    QCOMPARE(*body, std::string(R"({"contents":[],"generationConfig":{"temperature":0.5}})"));
}

void TstChangedTranslation::tellsOfTheRequestAsTheOneInside()
{
    const auto translation = changed("temperature=0.5");
    QCOMPARE(translation->name(), std::string_view("other"));
    QVERIFY(!translation->isStream());
    QVERIFY(translation->asksStream());
    QVERIFY(!translation->isChat());
    QCOMPARE(translation->ignored(), std::string("ignored"));
    QCOMPARE(translation->warning(), std::string_view("warning"));
    QVERIFY(translation->cacheMark());
    QCOMPARE(translation->cacheMark()->turns, std::size_t(3));
}

void TstChangedTranslation::answersAsTheOneInside()
{
    const auto translation = changed("temperature=0.5");
    std::string out;
    translation->setTime({17, 0});
    QCOMPARE(translation->answer({}).value(), std::string("17"));
    QCOMPARE(translation->joined({"piece"}, {}), std::string("piece"));
    QVERIFY(translation->event({}, out));
    QVERIFY(translation->hasMore());
    QVERIFY(translation->more(out));
    QVERIFY(translation->isComplete());
    QVERIFY(translation->finish(out));
    translation->breakOff({}, out);
    QCOMPARE(out, std::string("eventmorefinishbreak"));
    QVERIFY(!translation->tellsBreaks());
    QCOMPARE(translation->streamContentType(), std::string_view("audio/mpeg"));
    QCOMPARE(translation->contentType(), std::string_view("text/plain"));
    QCOMPARE(translation->takeSignatures().size(), std::size_t(1));
}

void TstChangedTranslation::isTheOneInsideWithoutParameters()
{
    const auto translation = withParameters(std::make_unique<OtherTranslation>(), nullptr);
    QVERIFY(dynamic_cast<OtherTranslation *>(translation.get()));
}

QTEST_APPLESS_MAIN(TstChangedTranslation)
#include "tst_changedtranslation.moc"
