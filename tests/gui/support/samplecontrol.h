#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include <QStringList>

#include "gateway/control/control.h"
#include "samplechats.h"

namespace Ui {

/// A Control over plain lists, for tests of pages and for pictures: commands change the lists, are noted in
/// `calls`, and tell what the real ones tell. Fill the lists, or start from sampleControl().
class SampleControl final : public Gateway::Control,
                            private Gateway::KeyCommands,
                            private Gateway::TokenCommands,
                            private Gateway::SettingCommands,
                            private Gateway::RecordCommands,
                            private Gateway::ServingCommands
{
    Q_OBJECT

public:
    /// The moment the sample data was made for, ms since 1970 UTC.
    static qint64 now();

    Gateway::GatewayStatus gatewayStatus;
    std::vector<Gateway::KeyInfo> keyRows;
    std::vector<Gateway::KeyInfo> deletedKeys;
    std::map<Gateway::KeyId, Gateway::KeyHistory> histories;
    std::vector<Gateway::TokenView> tokenRows;
    std::vector<Gateway::SettingView> settingRows;
    std::vector<Gateway::RequestView> requestRows;          ///< Newest first.
    std::map<std::int64_t, Gateway::RequestDetail> details; ///< By seq, where there is more than the row.
    std::vector<Gateway::LogLine> logLines;
    std::vector<Gateway::ModelView> modelRows;
    std::vector<Gateway::Problem> problemRows;
    std::vector<Gateway::ProxyView> proxyRows;
    std::vector<Gateway::PriceView> priceRows;
    Gateway::UsageStats usage;
    Gateway::CheckProgress progress;
    SampleChats chatRows;
    std::vector<Gateway::OtherFind> others; ///< In any text that keys are read from.
    Gateway::AddKeys lastAdd;

    /// "keys.remove 2,3", in the order they came.
    QStringList calls;
    /// The next command fails with this (status 0: does not).
    Gateway::Error failure{0, {}, {}, {}, 0};

    Gateway::GatewayStatus status() const override { return gatewayStatus; }
    Gateway::KeyCommands &keys() override { return *this; }
    Gateway::TokenCommands &tokens() override { return *this; }
    Gateway::SettingCommands &settings() override { return *this; }
    Gateway::RecordCommands &records() override { return *this; }
    Gateway::ServingCommands &serving() override { return *this; }
    Gateway::ChatCommands &chats() override { return chatRows; }

    /// As if these requests had just ended; they get the next seqs.
    void record(std::vector<Gateway::RequestView> batch);

private:
    void list(Gateway::KeyQuery query, Gateway::Reply<Gateway::KeyInfoPage> reply) override;
    void history(std::vector<Gateway::KeyId> ids, std::int64_t spanMs, int spans,
                 Gateway::Reply<std::vector<Gateway::KeyHistory>> reply) override;
    void add(Gateway::AddKeys keys, Gateway::Reply<Gateway::AddKeysResult> reply) override;
    void patch(std::vector<Gateway::KeyId> ids, Gateway::KeyPatch patch,
               Gateway::Reply<std::vector<Gateway::KeyInfo>> reply) override;
    void remove(std::vector<Gateway::KeyId> ids, Gateway::Reply<void> reply) override;
    void restore(std::vector<Gateway::KeyId> ids,
                 Gateway::Reply<std::vector<Gateway::KeyInfo>> reply) override;
    void rest(std::vector<Gateway::KeyId> ids, std::int64_t untilMs, Gateway::Reply<void> reply) override;
    void lift(std::vector<Gateway::KeyId> ids, std::string model, Gateway::Reply<void> reply) override;
    void resetFailures(std::vector<Gateway::KeyId> ids, Gateway::Reply<void> reply) override;
    void check(Gateway::CheckRequest request, Gateway::Reply<Gateway::CheckProgress> reply) override;
    void checkProgress(Gateway::Reply<Gateway::CheckProgress> reply) override;
    void cancelCheck(Gateway::Reply<Gateway::CheckProgress> reply) override;
    void reveal(Gateway::KeyId id, Gateway::Reply<Gateway::RevealedKey> reply) override;
    void exportKeys(Gateway::KeyExport request, Gateway::Reply<Gateway::ExportedFile> reply) override;

    void list(Gateway::Reply<std::vector<Gateway::TokenView>> reply) override;
    void create(Gateway::TokenSettings settings, Gateway::Reply<Gateway::IssuedToken> reply) override;
    void patch(Gateway::TokenId id, Gateway::TokenPatch patch,
               Gateway::Reply<Gateway::TokenView> reply) override;
    void remove(Gateway::TokenId id, Gateway::Reply<void> reply) override;
    void rotate(Gateway::TokenId id, Gateway::Reply<Gateway::IssuedToken> reply) override;

    void list(Gateway::Reply<std::vector<Gateway::SettingView>> reply) override;
    void set(std::string name, std::string value, Gateway::Reply<Gateway::SettingView> reply) override;
    void reset(std::string name, Gateway::Reply<Gateway::SettingView> reply) override;

    void requests(Gateway::RequestQuery query, Gateway::Reply<Gateway::RequestViewPage> reply) override;
    void request(std::string id, Gateway::Reply<Gateway::RequestDetail> reply) override;
    void deleteRequests(Gateway::RequestDeletion which, Gateway::Reply<Gateway::DeletedCount> reply) override;
    void stats(Gateway::StatsQuery query, Gateway::Reply<Gateway::UsageStats> reply) override;
    void log(Gateway::LogQuery query, Gateway::Reply<Gateway::LogPage> reply) override;

    void status(Gateway::Reply<Gateway::GatewayStatus> reply) override;
    void pause(std::int64_t untilMs, Gateway::Reply<Gateway::GatewayStatus> reply) override;
    void resume(Gateway::Reply<Gateway::GatewayStatus> reply) override;
    void models(Gateway::Reply<std::vector<Gateway::ModelView>> reply) override;
    void problems(Gateway::Reply<std::vector<Gateway::Problem>> reply) override;
    void proxies(Gateway::Reply<std::vector<Gateway::ProxyView>> reply) override;
    void prices(Gateway::Reply<std::vector<Gateway::PriceView>> reply) override;

    /// Notes the call; true when it is to fail, and has told so.
    template <typename T>
    bool noted(const QString &call, const Gateway::Reply<T> &reply)
    {
        calls += call;
        if (failure.status == 0)
            return false;
        reply(Gateway::fail(failure));
        failure.status = 0;
        return true;
    }
    std::vector<Gateway::KeyInfo *> rowsOf(const std::vector<Gateway::KeyId> &ids);
    void countKeys();
};

/// As the pictures show it: 42 keys in 5 projects, tokens, a day of requests, problems, settings.
std::unique_ptr<SampleControl> sampleControl();

} // namespace Ui
