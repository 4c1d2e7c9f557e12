#include "app/cli/cliconnection.h"

#include <QUrl>

#include "app/cli/clitext.h"
#include "app/configuration.h"
#include "app/process.h"
#include "gateway/control/remotecontrol.h"
#include "gateway/offlinegateway.h"
#include "gateway/store/store.h"

namespace Gateway {

namespace {

constexpr int LOCK_WAIT_MS = 5'000;

std::string optionOf(const CommandLine &line, std::string_view name)
{
    for (const auto &[option, value] : line.options) {
        if (option == name)
            return value;
    }
    return {};
}

/// Of the command line or the environment; the store's is that of the server beside it, not of a named one.
std::string ownToken(const CommandLine &line)
{
    std::string token = optionOf(line, "token");
    if (!token.empty())
        return token;
    for (const auto &[name, value] : line.settings) {
        if (name == "AUTH_TOKEN")
            token = value;
    }
    return token.empty() ? qEnvironmentVariable("AUTH_TOKEN").toStdString() : token;
}

tl::unexpected<Error> refused(std::string text)
{
    return fail(400, "connection", std::move(text));
}

} // namespace

CliConnection::CliConnection() = default;

CliConnection::~CliConnection() = default;

Control &CliConnection::control()
{
    return m_remote ? *m_remote : m_offline->control();
}

Result<std::unique_ptr<CliConnection>> CliConnection::open(const CommandLine &line, const Clock &clock)
{
    std::unique_ptr<CliConnection> connection(new CliConnection);
    if (const std::string given = optionOf(line, "url"); !given.empty()) {
        const QUrl url(QString::fromStdString(given), QUrl::StrictMode);
        if (!url.isValid() ||
            (url.scheme() != QLatin1String("http") && url.scheme() != QLatin1String("https")))
            return refused(
                cliText(QT_TRANSLATE_NOOP("Cli", "--url needs an address such as http://127.0.0.1:4364.")));
        const std::string token = ownToken(line);
        if (token.empty())
            return refused(
                cliText(QT_TRANSLATE_NOOP("Cli", "The server's AUTH_TOKEN is needed: use --token, or "
                                                 "the variable AUTH_TOKEN.")));
        connection->m_remote = std::make_unique<RemoteControl>(url, Secret(token));
        return connection;
    }
    Result<Configuration> read = loadConfiguration(line, environmentTexts(), StorePolicy::OnlyIfThere, clock);
    if (!read)
        return fail(std::move(read.error()));
    const std::optional<ServerPlace> server = findServer(read->settings);
    if (!server) {
        read->store.reset();
        return openOffline(line, clock);
    }
    std::string token = optionOf(line, "token");
    if (token.empty())
        token = server->token.reveal();
    if (token.empty())
        token = read->settings.text(Setting::AuthToken);
    connection->m_hint =
        cliText(QT_TRANSLATE_NOOP("Cli", "A gateway runs here as process %1, so the store is "
                                         "left to it. Where its AUTH_TOKEN is not the stored "
                                         "one, use --token."),
                std::to_string(server->pid));
    if (token.empty())
        return refused(connection->m_hint);
    connection->m_remote =
        std::make_unique<RemoteControl>(QUrl(QString::fromStdString(server->address)), Secret(token));
    return connection;
}

Result<std::unique_ptr<CliConnection>> CliConnection::openOffline(const CommandLine &line, const Clock &clock)
{
    Result<Configuration> read = loadConfiguration(line, environmentTexts(), StorePolicy::Create, clock);
    if (!read)
        return fail(std::move(read.error()));
    std::unique_ptr<CliConnection> connection(new CliConnection);
    Result<DataLock> lock = DataLock::take(read->settings, LOCK_WAIT_MS);
    if (!lock)
        return fail(std::move(lock.error()));
    connection->m_lock = std::move(*lock);
    Result<std::unique_ptr<OfflineGateway>> offline = OfflineGateway::open(
        std::make_shared<Settings>(std::move(read->settings)), std::move(read->store), clock);
    if (!offline)
        return fail(std::move(offline.error()));
    connection->m_offline = std::move(*offline);
    return connection;
}

} // namespace Gateway
