#include "app/configuration.h"

#include <filesystem>
#include <utility>

#include <QDir>
#include <QFile>
#include <QStandardPaths>

#include "app/keychainmodule.h"
#include "app/keychainsource.h"
#include "gateway/settings/envfile.h"
#include "gateway/store/databaseurl.h"
#include "gateway/store/masterkeysources.h"
#include "gateway/store/store.h"

using namespace Qt::StringLiterals;

namespace Gateway {

namespace {

constexpr std::string_view DATABASE_FILE = "gemini-balance.db";

tl::unexpected<Error> failed(std::string text)
{
    return fail(500, "configuration", std::move(text));
}

QString dataFolder(const Settings &settings)
{
    const QString given = QString::fromStdString(settings.text(Setting::DataDir));
    if (!given.isEmpty())
        return QDir(given).absolutePath();
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + "/gemini-balance"_L1;
}

/// The form with slashes, so that any path can be said.
std::string urlOfPath(const std::string &path)
{
    std::string url = "sqlite://";
    for (const char c : path) {
        if (c == '%' || c == '?' || c == '#')
            url += c == '%' ? "%25" : (c == '?' ? "%3F" : "%23");
        else
            url += c;
    }
    return url;
}

Result<SettingTexts> readEnvFiles(const std::vector<std::string> &paths)
{
    SettingTexts all;
    for (const std::string &path : paths) {
        QFile file(QString::fromStdString(path));
        if (!file.open(QIODevice::ReadOnly))
            return failed("--env-file " + path + ": " + file.errorString().toStdString());
        Result<SettingTexts> texts = parseEnvFile(file.readAll().toStdString());
        if (!texts)
            return failed("--env-file " + path + ", " + texts.error().text);
        all.insert(all.end(), std::make_move_iterator(texts->begin()), std::make_move_iterator(texts->end()));
    }
    return all;
}

/// Private to the user: records and keys lie there.
Result<void> makeDataFolder(const QString &folder)
{
    const QDir parent = QFileInfo(folder).dir();
    if (QDir(folder).exists() ||
        (QDir().mkpath(parent.path()) &&
         parent.mkdir(folder, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner)))
        return {};
    return failed("The data folder " + folder.toStdString() + " cannot be made (setting DATA_DIR)");
}

std::string lines(const std::vector<std::string> &problems)
{
    std::string text;
    for (const std::string &problem : problems)
        text += (text.empty() ? "" : "\n") + problem;
    return text;
}

/// All but what is stored.
Result<SettingInputs> settingInputs(const CommandLine &line, const std::vector<std::string> &environment)
{
    Result<SettingTexts> envFile = readEnvFiles(line.envFiles);
    if (!envFile)
        return fail(std::move(envFile.error()));
    SettingInputs inputs;
    inputs.envFile = std::move(*envFile);
    inputs.environment = settingsAmong(environment);
    inputs.commandLine = line.settings;
    return inputs;
}

bool isStoreThere(const std::string &url)
{
    const Result<std::string> path = databasePath(url);
    return path && QFile::exists(QString::fromStdString(*path));
}

Result<std::unique_ptr<Store>> openStore(const Settings &settings, const Clock &clock, KeychainUse keychain)
{
    if (settings.text(Setting::DatabaseUrl).empty()) {
        if (Result<void> made = makeDataFolder(dataFolder(settings)); !made)
            return fail(std::move(made.error()));
    }
    StoreOptions options;
    options.databaseUrl = databaseUrl(settings);
    options.masterKeys = masterKeySources(settings, keychain);
    options.retentionDays = settings.integer(Setting::RecordRetentionDays);
    options.retentionRows = settings.integer(Setting::RecordRetentionRows);
    return Store::open(std::move(options), clock);
}

} // namespace

std::string databaseUrl(const Settings &settings)
{
    const std::string &given = settings.text(Setting::DatabaseUrl);
    if (!given.empty())
        return given;
    return urlOfPath(dataFolder(settings).toStdString() + '/' + std::string(DATABASE_FILE));
}

std::vector<std::shared_ptr<MasterKeySource>> masterKeySources(const Settings &settings, KeychainUse keychain)
{
    const std::string &key = settings.text(Setting::MasterKey);
    if (!key.empty())
        return {
            std::make_shared<GivenMasterKey>(Secret(key), std::string(settingRow(Setting::MasterKey).name))};
    const std::string &file = settings.text(Setting::MasterKeyFile);
    if (!file.empty())
        return {std::make_shared<MasterKeyFile>(file, MasterKeyFile::WhenMissing::Fail)};
    std::vector<std::shared_ptr<MasterKeySource>> sources = {
        masterKeyFileBeside(databasePath(databaseUrl(settings)).value_or(std::string())),
        std::make_shared<KeychainSource>(loadKeychain)};
    if (keychain == KeychainUse::Preferred)
        std::swap(sources.front(), sources.back());
    return sources;
}

Result<Settings> loadSettingsWithoutStore(const CommandLine &line,
                                          const std::vector<std::string> &environment)
{
    Result<SettingInputs> inputs = settingInputs(line, environment);
    if (!inputs)
        return fail(std::move(inputs.error()));
    LoadedSettings loaded = loadSettings(*inputs);
    if (!loaded.problems.empty())
        return failed(lines(loaded.problems));
    return std::move(loaded.settings);
}

Result<Configuration> loadConfiguration(const CommandLine &line, const std::vector<std::string> &environment,
                                        StorePolicy policy, const Clock &clock, KeychainUse keychain)
{
    Result<SettingInputs> inputs = settingInputs(line, environment);
    if (!inputs)
        return fail(std::move(inputs.error()));
    LoadedSettings loaded = loadSettings(*inputs);

    // Where the store lies is known without it; a new one is not made for settings that are wrong anyway.
    const bool isThere = isStoreThere(databaseUrl(loaded.settings));
    const bool mayCreate = policy == StorePolicy::Create && loaded.problems.empty();
    std::unique_ptr<Store> store;
    if (isThere || mayCreate) {
        Result<std::unique_ptr<Store>> opened = openStore(loaded.settings, clock, keychain);
        if (!opened)
            return fail(std::move(opened.error()));
        Result<SettingTexts> stored = (*opened)->loadSettings();
        if (!stored)
            return fail(std::move(stored.error()));
        store = std::move(*opened);
        inputs->stored = std::move(*stored);
        loaded = loadSettings(*inputs);
    }
    if (!loaded.problems.empty())
        return failed(lines(loaded.problems));
    return Configuration{std::move(loaded.settings), std::move(store)};
}

} // namespace Gateway
