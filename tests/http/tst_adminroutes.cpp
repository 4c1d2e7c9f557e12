#include <set>

#include <QFile>
#include <QTest>

#include "gateway/control/json/controljson.h"
#include "gateway/control/values/gatewaystatus.h"
#include "gateway/control/values/keyedit.h"
#include "gateway/control/values/keyinfo.h"
#include "gateway/control/values/requestview.h"
#include "gateway/control/values/settingview.h"
#include "gateway/control/values/tokenview.h"
#include "gateway/control/values/usagestats.h"
#include "gateway/http/admin/adminquery.h"
#include "gateway/http/admin/adminroutetable.h"

using namespace Gateway;

class TstAdminRoutes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsRoutes_data();
    void findsRoutes();
    void tellsTheMethodsOfAPath();
    void theDocumentHasEachRouteAndNoOther();
    void theDocumentsValuesHaveTheirMembers();
    void queriesAreTakenOrRefused();
};

namespace {

json::object document()
{
    QFile file(QStringLiteral(":/openapi/admin.json"));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    Result<json::object> parsed = parseJsonObject(file.readAll().toStdString());
    return parsed ? std::move(*parsed) : json::object();
}

/// Members of a schema of the document, sorted.
std::set<std::string> documented(const json::object &document, std::string_view type)
{
    std::set<std::string> names;
    for (const auto &member : document.at("components").at("schemas").at(type).at("properties").get_object())
        names.insert(std::string(member.key()));
    return names;
}

template <typename T>
std::set<std::string> written(const T &value)
{
    std::set<std::string> names;
    const json::value form = jsonOf(value);
    for (const auto &member : form.get_object())
        names.insert(std::string(member.key()));
    return names;
}

} // namespace

void TstAdminRoutes::findsRoutes_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("shape");
    QTest::addColumn<QByteArray>("segment");
    const auto row = [](const char *name, const char *method, const char *path, const char *shape,
                        const char *segment) {
        QTest::newRow(name) << QByteArray(method) << QByteArray(path) << QByteArray(shape)
                            << QByteArray(segment);
    };
    row("exact", "GET", "/keys", "/keys", "");
    row("with an id", "PATCH", "/keys/17", "/keys/{id}", "17");
    row("literal before variable", "GET", "/keys/history", "/keys/history", "");
    row("action of an id", "POST", "/keys/17/reveal", "/keys/{id}/reveal", "17");
    row("escaped", "DELETE", "/prices/gemini%2Fx", "/prices/{model}", "gemini/x");
    row("too deep", "GET", "/keys/1/2/3", "", "");
    row("unknown", "GET", "/nothing", "", "");
    row("empty segment", "GET", "/requests/", "", "");
    row("other method", "PUT", "/keys", "", "");
}

void TstAdminRoutes::findsRoutes()
{
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, shape);
    QFETCH(QByteArray, segment);
    const AdminMatch match = matchAdminRoute(method.toStdString(), path.toStdString());
    QCOMPARE(match.route != nullptr, !shape.isEmpty());
    if (!match.route)
        return;
    QCOMPARE(QByteArray(match.route->path.data()), shape);
    QCOMPARE(QByteArray::fromStdString(match.segments.empty() ? std::string() : match.segments.front()),
             segment);
}

void TstAdminRoutes::tellsTheMethodsOfAPath()
{
    QCOMPARE(matchAdminRoute("PUT", "/keys").allow, std::string("GET, POST, PATCH"));
    QCOMPARE(matchAdminRoute("PUT", "/nothing").allow, std::string());
}

void TstAdminRoutes::theDocumentHasEachRouteAndNoOther()
{
    std::set<std::string> told;
    const json::object all = document();
    for (const auto &path : all.at("paths").get_object()) {
        for (const auto &method : path.value().get_object())
            told.insert(std::string(method.key()) + " " + std::string(path.key()));
    }
    std::set<std::string> served;
    for (const AdminRoute &route : adminRoutes())
        served.insert(QByteArray(route.method.data()).toLower().toStdString() + " " +
                      std::string(route.path));
    QVERIFY(served.size() > 40);
    QCOMPARE(served.size(), adminRoutes().size());
    QCOMPARE(told, served);
}

void TstAdminRoutes::theDocumentsValuesHaveTheirMembers()
{
    const json::object all = document();
    QCOMPARE(documented(all, "GatewayStatus"), written(GatewayStatus()));
    QCOMPARE(documented(all, "KeyInfo"), written(KeyInfo()));
    QCOMPARE(documented(all, "KeyModelInfo"), written(KeyModelInfo()));
    QCOMPARE(documented(all, "KeySettings"), written(KeySettings()));
    QCOMPARE(documented(all, "KeyPatch"), written(KeySettings()));
    QCOMPARE(documented(all, "AddKeys"), written(AddKeys()));
    QCOMPARE(documented(all, "AddKeysResult"), written(AddKeysResult()));
    QCOMPARE(documented(all, "OtherFind"), written(OtherFind()));
    QCOMPARE(documented(all, "TokenView"), written(TokenView()));
    QCOMPARE(documented(all, "TokenSettings"), written(TokenSettings()));
    QCOMPARE(documented(all, "TokenPatch"), written(TokenSettings()));
    QCOMPARE(documented(all, "SettingView"), written(SettingView()));
    QCOMPARE(documented(all, "RequestView"), written(RequestView()));
    QCOMPARE(documented(all, "UsageStats"), written(UsageStats()));
}

void TstAdminRoutes::queriesAreTakenOrRefused()
{
    AdminQuery query("status=resting&search=a%20b+c&limit=7&deleted=true&ids=1,2&last=");
    std::optional<KeyStatus> status;
    std::string search;
    int limit = 0;
    bool deleted = false;
    std::vector<std::int64_t> ids;
    query.takeWord("status", status);
    query.take("search", search);
    query.take("limit", limit, 1, 10);
    query.take("deleted", deleted);
    query.take("ids", ids);
    QCOMPARE(status, std::optional(KeyStatus::Resting));
    QCOMPARE(search, std::string("a b c"));
    QCOMPARE(limit, 7);
    QVERIFY(deleted);
    QCOMPARE(ids, (std::vector<std::int64_t>{1, 2}));
    Result<void> sound = query.result();
    QVERIFY(!sound); // nobody took "last"
    QCOMPARE(sound.error().param, std::string("last"));
    QCOMPARE(sound.error().status, 422);

    AdminQuery wrong("limit=11");
    wrong.take("limit", limit, 1, 10);
    QCOMPARE(limit, 7);
    QCOMPARE(wrong.result().error().param, std::string("limit"));
    QVERIFY(AdminQuery("").result());
}

QTEST_APPLESS_MAIN(TstAdminRoutes)
#include "tst_adminroutes.moc"
