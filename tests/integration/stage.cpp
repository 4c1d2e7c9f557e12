#include "tests/integration/stage.h"

#include <QSqlDatabase>
#include <QSqlQuery>

#include "gateway/common/json.h"

namespace TestSupport {

namespace {

const char *const KEY_NAMES[] = {"alpha", "bravo", "delta", "echo", "golf", "hotel", "india", "kilo"};

void addPiece(std::string &text, std::string_view data)
{
    const auto parsed = Gateway::parseJsonObject(data);
    if (!parsed)
        return;
    if (const json::array *candidates = Gateway::arrayAt(*parsed, "candidates")) {
        const json::object *content = Gateway::objectAt(candidates->at(0).get_object(), "content");
        const json::array *parts = content ? Gateway::arrayAt(*content, "parts") : nullptr;
        for (std::size_t i = 0; parts && i < parts->size(); ++i)
            text += Gateway::stringAt((*parts)[i].get_object(), "text");
    } else if (const json::array *choices = Gateway::arrayAt(*parsed, "choices");
               choices && !choices->empty()) {
        if (const json::object *delta = Gateway::objectAt(choices->at(0).get_object(), "delta"))
            text += Gateway::stringAt(*delta, "content");
    }
}

} // namespace

Stage::Stage(int keys, FakeGemini::Options options)
{
    for (int i = 0; i < keys; ++i)
        m_keys.push_back("upstream-key-" + std::string(KEY_NAMES[i]) + "-000" + std::to_string(i));
    options.keys = m_keys;
    m_fake = std::make_unique<FakeGemini>(std::move(options));
}

bool Stage::start(const GatewayProcess::Environment &settings)
{
    if (!m_fake->start())
        return false;
    std::string keys;
    for (const std::string &key : m_keys)
        keys += key + ',';
    m_environment = {{"HOME", m_folder.path().toStdString()},
                     {"LC_ALL", "C.UTF-8"},
                     {"HOST", "127.0.0.1"},
                     {"PORT", "0"},
                     {"DATA_DIR", m_folder.path().toStdString()},
                     {"GEMINI_API_KEYS", keys},
                     {"AUTH_TOKEN", "admin-token-of-the-tests"},
                     {"ALLOWED_TOKENS", CLIENT_TOKEN},
                     {"GOOGLE_API_HOST", m_fake->url()},
                     {"CHECK_INTERVAL", "0"},
                     {"WORKERS", "2"}};
    for (const auto &[name, value] : settings)
        m_environment[name] = value;
    return m_gateway.start(m_environment);
}

bool Stage::restart()
{
    return m_gateway.start(m_environment);
}

std::string Stage::databasePath() const
{
    return m_folder.filePath(QStringLiteral("gemini-balance.db")).toStdString();
}

void Stage::script(const std::string &key, Fault fault, int times, double seconds, const std::string &model)
{
    m_fake->script({key, model, fault, times, seconds});
}

std::string Stage::post(const std::string &path, const std::string &body, const std::string &headers) const
{
    return "POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " + CLIENT_TOKEN +
           "\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" +
           headers + "\r\n" + body;
}

Gateway::RawAnswer Stage::ask(const std::string &path, const std::string &body,
                              const std::string &headers) const
{
    Gateway::RawClient client(20'000);
    if (!client.connect(m_gateway.port()) || !client.send(post(path, body, headers)))
        return {};
    return client.readAnswer();
}

std::vector<std::string> Stage::query(const std::string &sql) const
{
    std::vector<std::string> rows;
    const QString name = QStringLiteral("stage");
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), name);
        database.setDatabaseName(QString::fromStdString(databasePath()));
        database.setConnectOptions(QStringLiteral("QSQLITE_OPEN_READONLY"));
        if (database.open()) {
            QSqlQuery result(database);
            result.exec(QString::fromStdString(sql));
            while (result.next())
                rows.push_back(result.value(0).toString().toStdString());
        }
    }
    QSqlDatabase::removeDatabase(name);
    return rows;
}

std::string nativeBody(const std::string &text)
{
    return Gateway::toJson(json::object{
        {"contents",
         json::array{json::object{{"role", "user"}, {"parts", json::array{json::object{{"text", text}}}}}}}});
}

std::string chatBody(const std::string &text, bool stream, const std::string &model)
{
    return Gateway::toJson(
        json::object{{"model", model},
                     {"stream", stream},
                     {"messages", json::array{json::object{{"role", "user"}, {"content", text}}}}});
}

std::string streamedText(std::string_view body)
{
    std::string text;
    constexpr std::string_view DATA = "data: ";
    for (std::size_t at = body.find(DATA); at != std::string_view::npos; at = body.find(DATA, at)) {
        at += DATA.size();
        const std::size_t end = std::min(body.find_first_of("\r\n", at), body.size());
        addPiece(text, body.substr(at, end - at));
        at = end;
    }
    return text;
}

} // namespace TestSupport
