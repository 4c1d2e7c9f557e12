#include <QDir>
#include <QFile>
#include <QTest>

#include "gateway/common/json.h"
#include "gateway/dialects/modelfamily.h"
#include "gateway/dialects/ollama/ollama.h"
#include "tests/support/fakecheck.h"

using namespace Gateway;

/// Pairs of golden/ollama: what clients send and Gemini gets, what Gemini answers and clients get.
class TstOllamaGolden : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void requestsAreAsWritten_data() { rows(QStringLiteral(".request.json"), 5); }
    void requestsAreAsWritten();
    void requestsAreTakenByGemini_data() { rows(QStringLiteral(".request.json"), 5); }
    void requestsAreTakenByGemini();
    void answersAreAsWritten_data() { rows(QStringLiteral(".events"), 2); }
    void answersAreAsWritten();

private:
    static void rows(const QString &ending, qsizetype least);
};

namespace {

QByteArray fileContent(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// "chat-…" goes to /api/chat, "generate-…" to /api/generate.
Result<std::unique_ptr<Translation>> translation(const QString &base, const std::string &request)
{
    const bool isChat = base.section(u'/', -1).startsWith(u"chat-");
    return (isChat ? ollamaChat : ollamaGenerate)(request, {"req_golden", 1700000000});
}

std::string bodyOf(const QString &base)
{
    const auto made = translation(base, fileContent(base + QStringLiteral(".request.json")).toStdString());
    if (!made)
        return "refused: " + made.error().text;
    return (*made)->geminiBody({}).value_or("refused");
}

} // namespace

void TstOllamaGolden::rows(const QString &ending, qsizetype least)
{
    QTest::addColumn<QString>("base");
    const QDir folder(QStringLiteral(GW_SOURCE_DIR "/tests/dialects/golden/ollama"));
    const QStringList files = folder.entryList({QStringLiteral("*") + ending}, QDir::Files, QDir::Name);
    QVERIFY(files.size() >= least);
    for (const QString &file : files) {
        const QString name = file.chopped(ending.size());
        QTest::newRow(qPrintable(name)) << folder.filePath(name);
    }
}

void TstOllamaGolden::requestsAreAsWritten()
{
    QFETCH(QString, base);
    const std::string body = bodyOf(base);
    // Byte for byte: the order of a schema's properties counts.
    QVERIFY2(fileContent(base + QStringLiteral(".gemini.json")).trimmed() == body.c_str(), body.c_str());
}

void TstOllamaGolden::requestsAreTakenByGemini()
{
    QFETCH(QString, base);
    const Result<json::object> body = parseJsonObject(bodyOf(base));
    QVERIFY(body.has_value());
    const auto made = translation(base, fileContent(base + QStringLiteral(".request.json")).toStdString());
    TestSupport::FakeModel model;
    model.id = (*made)->model();
    model.version = ModelFamily::of(model.id).signatureRequired
                        ? (model.id.find("3.5") == std::string_view::npos ? 38 : 35)
                        : 25;
    const TestSupport::Fault400 fault = TestSupport::checkGenerate(model, *body);
    QVERIFY2(!fault, fault ? fault->c_str() : "");
}

void TstOllamaGolden::answersAreAsWritten()
{
    QFETCH(QString, base);
    const auto made = translation(
        base, R"({"model":"gemini-3.6-flash","prompt":"x","messages":[{"role":"user","content":"x"}]})");
    QVERIFY(made.has_value());
    std::string out;
    std::int64_t ms = 100;
    (*made)->setTime({1'700'000'000'000, ms});
    for (const QByteArray &event : fileContent(base + QStringLiteral(".events")).trimmed().split('\n')) {
        ms += 250;
        (*made)->setTime({1'700'000'000'000 + ms, ms});
        QVERIFY((*made)->event(event.toStdString(), out).has_value());
    }
    (*made)->setTime({1'700'000'001'000, 1100});
    QVERIFY((*made)->finish(out).has_value());
    QVERIFY2(fileContent(base + QStringLiteral(".ndjson")) == out.c_str(), out.c_str());
}

QTEST_APPLESS_MAIN(TstOllamaGolden)
#include "tst_ollamagolden.moc"
