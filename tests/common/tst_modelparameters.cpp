#include <QTest>

#include "gateway/common/parametertext.h"

using namespace Gateway;

class TstModelParameters : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsATextOfThem();
    void nothingSetIsNull();
    void saysWhatIsWrong_data();
    void saysWhatIsWrong();
    void theStrongerReplaces();
    void ofHeadersThoseOfTheSameName();
    void combinesOnlyWhereBothAre();
    void headersChangeNoBody();

private:
    static ModelParametersPtr read(std::string_view text)
    {
        return parseModelParameters(text).value_or(nullptr);
    }
};

void TstModelParameters::readsATextOfThem()
{
    const ModelParametersPtr read = TstModelParameters::read(
        "thinking=low!; max-tokens=9\n search ;system_before=\"Be brief; \\\"short\\\".\";"
        "headers=\"X-Team: a; X-Stage: b\\nX-Third: c\";");
    QVERIFY(read);
    ModelParameters expected;
    expected.thinking = Wish<ThinkingWish>{{ThinkingWish::Effort::Low, 0}, true};
    expected.maxTokens = Wish<std::int64_t>{9, false};
    expected.search = true;
    expected.systemBefore = "Be brief; \"short\".";
    expected.headers = {{"X-Team", "a"}, {"X-Stage", "b"}, {"X-Third", "c"}};
    QVERIFY(*read == expected);
    QCOMPARE(TstModelParameters::read("headers=X-Team: a")->headers, (Headers{{"X-Team", "a"}}));
}

void TstModelParameters::nothingSetIsNull()
{
    for (const char *text : {"", "  ", ";\n;", "headers="}) {
        const Result<ModelParametersPtr> read = parseModelParameters(text);
        QVERIFY2(read, text);
        QVERIFY2(!*read, text);
    }
}

void TstModelParameters::saysWhatIsWrong_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::string>("part");
    const auto row = [](const char *text, const char *part) {
        QTest::newRow(text) << std::string(text) << std::string(part);
    };
    row("loud", "no parameter \"loud\"");
    row("thinking=low, search", "off, minimal, low");
    row("system_before=\"open", "two quotes");
    row("headers=\"Authorization: Bearer abc\"", "\"Authorization\" is a credential");
    row("headers=\"X-Goog-Api-Key: abc\"", "is a credential");
    row("headers=\"Connection: close\"", "has for itself");
    row("headers=\"X-Team\"", "no header's name");
    row("headers=\"X-Team: a\\nx-team: b\"", "stands twice");
}

void TstModelParameters::saysWhatIsWrong()
{
    QFETCH(std::string, text);
    QFETCH(std::string, part);
    const Result<ModelParametersPtr> read = parseModelParameters(text);
    QVERIFY(!read);
    QCOMPARE(read.error().status, 400);
    QVERIFY2(read.error().text.find(part) != std::string::npos, read.error().text.c_str());
    QVERIFY(read.error().text.find("abc") == std::string::npos); // what may be a secret is not repeated
}

void TstModelParameters::theStrongerReplaces()
{
    ModelParameters sum = *read("thinking=low!; search; system_before=\"one\"");
    sum.add(*read("thinking=high; search=off; temperature=0.5"));
    QVERIFY(sum == *read("thinking=high; search=off; system_before=\"one\"; temperature=0.5"));
}

void TstModelParameters::ofHeadersThoseOfTheSameName()
{
    ModelParameters sum = *read("headers=\"X-Team: a; X-Stage: weak\"");
    sum.add(*read("headers=\"x-stage: strong; X-New: c\""));
    QCOMPARE(sum.headers, (Headers{{"X-Team", "a"}, {"x-stage", "strong"}, {"X-New", "c"}}));
    sum.add(*read("search"));
    QCOMPARE(sum.headers.size(), std::size_t{3});
}

void TstModelParameters::combinesOnlyWhereBothAre()
{
    const ModelParametersPtr one = read("search");
    QCOMPARE(combined(nullptr, nullptr), ModelParametersPtr());
    QCOMPARE(combined(one, nullptr), one);
    QCOMPARE(combined(nullptr, one), one);
    QVERIFY(*combined(one, read("thinking=low")) == *read("search; thinking=low"));
    QVERIFY(*one == *read("search"));
}

void TstModelParameters::headersChangeNoBody()
{
    QVERIFY(!read("headers=\"X-Team: a\"")->changesBodies());
    for (const char *text : {"thinking=low", "temperature=1", "top_p=1", "top_k=1", "max_tokens=1",
                             "dimensions=1", "safety=off", "search", "url_context", "code_execution=off",
                             "image", "system_before=\"a\"", "system_after=\"a\""})
        QVERIFY2(read(text)->changesBodies(), text);
}

QTEST_APPLESS_MAIN(TstModelParameters)
#include "tst_modelparameters.moc"
