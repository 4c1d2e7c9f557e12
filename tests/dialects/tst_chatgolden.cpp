#include <QDir>
#include <QFile>
#include <QTest>

#include "gateway/dialects/modelfamily.h"
#include "gateway/dialects/openai/chatrequest.h"
#include "tests/support/fakecheck.h"

using namespace Gateway;

/// Pairs of golden/chat: what a client sends, what Gemini gets.
class TstChatGolden : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isAsWritten_data() { rows(); }
    void isAsWritten();
    void isTakenByGemini_data() { rows(); }
    void isTakenByGemini();

private:
    static void rows();
};

namespace {

QByteArray fileContent(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

std::string requestOf(const QString &base)
{
    return fileContent(base + QStringLiteral(".request.json")).toStdString();
}

std::string bodyOf(const std::string &request)
{
    Result<ChatRequest> parsed = ChatRequest::parse(request);
    if (!parsed)
        return "refused: " + parsed.error().text;
    const Result<std::string> body = parsed->geminiBody({});
    return body ? *body : "refused: " + body.error().text;
}

/// The JSON of every schema in `value`, in document order: there the order of members counts.
void collectSchemas(const json::value &value, std::vector<std::string> &out)
{
    if (const json::array *array = value.if_array()) {
        for (const json::value &element : *array)
            collectSchemas(element, out);
    } else if (const json::object *object = value.if_object()) {
        for (const json::key_value_pair &member : *object) {
            if (member.key() == "parametersJsonSchema" || member.key() == "responseJsonSchema")
                out.push_back(toJson(member.value()));
            collectSchemas(member.value(), out);
        }
    }
}

/// The fake knows its own signatures only; the stand-in is good everywhere.
void replaceSignatures(json::value &value)
{
    if (json::array *array = value.if_array()) {
        for (json::value &element : *array)
            replaceSignatures(element);
    } else if (json::object *object = value.if_object()) {
        for (json::key_value_pair &member : *object) {
            if (member.key() == "thoughtSignature")
                member.value() = "skip_thought_signature_validator";
            replaceSignatures(member.value());
        }
    }
}

} // namespace

void TstChatGolden::rows()
{
    QTest::addColumn<QString>("base");
    const QDir folder(QStringLiteral(GW_SOURCE_DIR "/tests/dialects/golden/chat"));
    const QString ending = QStringLiteral(".request.json");
    const QStringList files = folder.entryList({QStringLiteral("*") + ending}, QDir::Files, QDir::Name);
    QVERIFY(files.size() >= 12);
    for (const QString &file : files) {
        const QString name = file.chopped(ending.size());
        QTest::newRow(qPrintable(name)) << folder.filePath(name);
    }
}

void TstChatGolden::isAsWritten()
{
    QFETCH(QString, base);
    const Result<json::value> expected =
        parseJson(fileContent(base + QStringLiteral(".gemini.json")).toStdString());
    QVERIFY(expected);
    const std::string body = bodyOf(requestOf(base));
    const Result<json::value> actual = parseJson(body);
    QVERIFY2(actual && *actual == *expected, body.c_str());
    std::vector<std::string> expectedSchemas;
    std::vector<std::string> actualSchemas;
    collectSchemas(*expected, expectedSchemas);
    collectSchemas(*actual, actualSchemas);
    QCOMPARE(actualSchemas, expectedSchemas);
}

void TstChatGolden::isTakenByGemini()
{
    QFETCH(QString, base);
    const std::string request = requestOf(base);
    const Result<ChatRequest> parsed = ChatRequest::parse(request);
    QVERIFY(parsed);
    Result<json::value> body = parseJson(bodyOf(request));
    QVERIFY(body && body->is_object());
    replaceSignatures(*body);
    // The fake's rules go by the version; its catalogue need not have the model.
    TestSupport::FakeModel model;
    model.id = parsed->model();
    model.version = ModelFamily::of(model.id).signatureRequired ? 38 : 25;
    const TestSupport::Fault400 fault = TestSupport::checkGenerate(model, body->get_object());
    QVERIFY2(!fault, fault ? fault->c_str() : "");
}

QTEST_APPLESS_MAIN(TstChatGolden)
#include "tst_chatgolden.moc"
