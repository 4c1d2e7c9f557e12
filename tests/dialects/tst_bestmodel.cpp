#include <QTest>

#include "gateway/dialects/bestmodel.h"

using namespace Gateway;

Q_DECLARE_METATYPE(Gateway::ModelKind)

/// Which model of a list is taken for a kind.
class TstBestModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void chooses_data();
    void chooses();
    void leavesOutWhatDoesNotServe();
    void takesOnlyWhatFits();
};

namespace {

ModelInfo modelOf(const std::string &id, const std::string &method)
{
    ModelInfo model;
    model.id = id;
    model.methods = {"countTokens", method};
    return model;
}

std::vector<ModelInfo> modelsOf(const QByteArray &ids)
{
    std::vector<ModelInfo> models;
    for (const QByteArray &id : ids.split(' '))
        models.push_back(
            modelOf(id.toStdString(), id.contains("embedding") ? "embedContent" : "generateContent"));
    return models;
}

} // namespace

void TstBestModel::chooses_data()
{
    QTest::addColumn<ModelKind>("kind");
    QTest::addColumn<QByteArray>("models");
    QTest::addColumn<QByteArray>("chosen");
    const auto row = [](const char *name, ModelKind kind, const char *models, const char *chosen) {
        QTest::newRow(name) << kind << QByteArray(models) << QByteArray(chosen);
    };
    row("the newest Flash", ModelKind::Flash,
        "gemini-3.6-flash gemini-3.8-flash gemini-3.9-flash-lite gemini-3.9-flash-image gemini-3.9-flash-tts "
        "gemini-3.9-pro gemini-flash-latest gemini-3.9-flash-live",
        "gemini-3.8-flash");
    row("a stable one before its preview", ModelKind::Flash, "gemini-3.8-flash gemini-3.9-flash-preview",
        "gemini-3.8-flash");
    row("a preview", ModelKind::Flash, "gemini-3.8-flash-preview-09-2026 gemini-3.8-pro",
        "gemini-3.8-flash-preview-09-2026");
    row("no Flash", ModelKind::Flash, "gemini-3.8-pro gemini-embedding-001", "");
    row("Flash-Lite", ModelKind::FlashLite,
        "gemini-3.8-flash gemini-3.9-flash-image gemini-2.5-flash-lite gemini-3.5-flash-lite "
        "gemini-9-flash-lite-live",
        "gemini-3.5-flash-lite");
    row("one that draws", ModelKind::Image,
        "gemini-3.8-flash gemini-2.5-flash-image gemini-3-pro-image-preview gemini-3.1-flash-image-preview "
        "gemini-3.1-flash-image",
        "gemini-3.1-flash-image");
    row("one that embeds", ModelKind::Embedding, "gemini-3.8-flash gemini-embedding-001 text-embedding-004",
        "gemini-embedding-001");
}

void TstBestModel::chooses()
{
    QFETCH(ModelKind, kind);
    QFETCH(QByteArray, models);
    QFETCH(QByteArray, chosen);
    QCOMPARE(QByteArray::fromStdString(bestModel(modelsOf(models), kind)), chosen);
}

void TstBestModel::leavesOutWhatDoesNotServe()
{
    const std::vector<ModelInfo> models{modelOf("gemini-9-flash-image", "embedContent"),
                                        modelOf("gemini-3.1-flash-image", "generateContent")};
    QCOMPARE(bestModel(models, ModelKind::Image), std::string("gemini-3.1-flash-image"));
    QVERIFY(!servesKind(models[0], ModelKind::Image));
    QVERIFY(!servesKind(models[1], ModelKind::Flash));
}

void TstBestModel::takesOnlyWhatFits()
{
    const std::vector<ModelInfo> models = modelsOf("gemini-3.6-flash gemini-3.8-flash");
    QCOMPARE(
        bestModel(models, ModelKind::Flash, [](std::string_view id) { return id.ends_with("3.6-flash"); }),
        std::string("gemini-3.6-flash"));
    QVERIFY(bestModel(models, ModelKind::Flash, [](std::string_view) { return false; }).empty());
}

QTEST_APPLESS_MAIN(TstBestModel)
#include "tst_bestmodel.moc"
