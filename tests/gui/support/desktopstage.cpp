#include "desktopstage.h"

#include <algorithm>

#include <QElapsedTimer>
#include <QSettings>
#include <QTest>
#include <QUrl>

#include "app/configuration.h"
#include "gateway/gatewayservice.h"
#include "tests/support/rawclient.h"

using namespace Gateway;
using namespace Qt::StringLiterals;

namespace Ui {

namespace {

constexpr int TIME_OUT_MS = 20'000;

std::vector<std::string> keysFor(int count)
{
    std::vector<std::string> keys;
    for (int i = 1; i <= count; ++i)
        keys.push_back(u"upstream-key-%1"_s.arg(i, 4, 10, QLatin1Char('0')).toStdString());
    return keys;
}

std::string joined(const std::vector<std::string> &keys)
{
    std::string text;
    for (const std::string &key : keys)
        text += key + ',';
    return text;
}

} // namespace

DesktopStage::DesktopStage(int keys)
    : m_keys(keys)
    , m_fake({.keys = keysFor(keys)})
{
}

DesktopStage::~DesktopStage()
{
    for (std::thread &client : m_clients)
        client.join();
    if (m_window)
        m_window->setControl(nullptr);
}

QString DesktopStage::start(const std::function<void(const std::string &)> &prepare)
{
    if (!m_fake.start())
        return u"the fake Gemini cannot listen"_s;
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, m_place.path());
    CommandLine line;
    const auto set = [&line](const char *name, const std::string &value) {
        line.settings.emplace_back(name, value);
    };
    set("DATA_DIR", m_place.filePath(u"data"_s).toStdString());
    set("PORT", "0");
    set("GOOGLE_API_HOST", m_fake.url());
    set("GEMINI_API_KEYS", joined(keysFor(m_keys)));
    set("AUTH_TOKEN", "admin-token-of-the-tests");
    set("ALLOWED_TOKENS", "client-token-of-the-tests");
    set("WORKERS", "1");
    if (prepare) {
        const Result<Settings> settings = loadSettingsWithoutStore(line, {});
        if (!settings)
            return QString::fromStdString(settings.error().text);
        prepare(databaseUrl(*settings));
    }
    auto launched = launchGateway(line, Face::Server, m_clock, m_log, [](const std::string &) {});
    if (!launched)
        return QString::fromStdString(launched.error().text);
    m_launched = std::move(*launched);
    m_preferences = std::make_unique<Preferences>();
    m_theme = std::make_unique<Theme>(Theme::Choice::Light);
    m_window = std::make_unique<MainWindow>(*m_theme, *m_preferences, m_desktop);
    m_window->setControl(&control());
    m_window->QWidget::show();
    return QTest::qWaitForWindowExposed(m_window.get()) ? QString() : u"no window"_s;
}

Control &DesktopStage::control() const
{
    return m_launched.service->control();
}

int DesktopStage::post(const std::string &model) const
{
    const QUrl address(QString::fromStdString(m_launched.service->address()));
    const std::string body = R"({"model":")" + model + R"(","messages":[{"role":"user","content":"Hello"}]})";
    RawClient client(TIME_OUT_MS);
    if (!client.connect(static_cast<std::uint16_t>(address.port())) ||
        !client.send("POST /v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                     "Authorization: Bearer client-token-of-the-tests\r\nContent-Type: application/json\r\n"
                     "Connection: close\r\nContent-Length: " +
                     std::to_string(body.size()) + "\r\n\r\n" + body))
        return 0;
    return client.readAnswer().status;
}

int DesktopStage::ask(const QString &model)
{
    std::atomic<int> status = -1;
    std::thread client([&] { status = post(model.toStdString()); });
    QElapsedTimer timer;
    timer.start();
    while (status < 0 && timer.elapsed() < TIME_OUT_MS)
        QTest::qWait(5);
    client.join();
    return status;
}

void DesktopStage::askMany(int count, int clients)
{
    m_left = clients;
    for (int i = 0; i < clients; ++i) {
        m_clients.emplace_back([this, count, clients] {
            for (int sent = 0; sent < count / clients; ++sent)
                post("gemini-3.6-flash");
            --m_left;
        });
    }
}

} // namespace Ui
