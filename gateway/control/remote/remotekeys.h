#pragma once

#include "gateway/control/commands/keycommands.h"

namespace Gateway {

class RemoteCalls;

/// The keys of a server.
class RemoteKeys final : public KeyCommands
{
public:
    /// `calls` outlives this.
    explicit RemoteKeys(RemoteCalls &calls);

    void list(KeyQuery query, Reply<KeyInfoPage> reply) override;
    void history(std::vector<KeyId> ids, std::int64_t spanMs, int spans,
                 Reply<std::vector<KeyHistory>> reply) override;
    void add(AddKeys keys, Reply<AddKeysResult> reply) override;
    void patch(std::vector<KeyId> ids, KeyPatch patch, Reply<std::vector<KeyInfo>> reply) override;
    void remove(std::vector<KeyId> ids, Reply<void> reply) override;
    void restore(std::vector<KeyId> ids, Reply<std::vector<KeyInfo>> reply) override;
    void rest(std::vector<KeyId> ids, std::int64_t untilMs, Reply<void> reply) override;
    void lift(std::vector<KeyId> ids, std::string model, Reply<void> reply) override;
    void resetFailures(std::vector<KeyId> ids, Reply<void> reply) override;
    void check(CheckRequest request, Reply<CheckProgress> reply) override;
    void checkProgress(Reply<CheckProgress> reply) override;
    void cancelCheck(Reply<CheckProgress> reply) override;
    void reveal(KeyId id, Reply<RevealedKey> reply) override;
    void exportKeys(KeyExport request, Reply<ExportedFile> reply) override;

private:
    void nextPage(KeyQuery query, KeyInfoPage soFar, Reply<KeyInfoPage> reply);

    RemoteCalls &m_calls;
    QObject m_context;
};

} // namespace Gateway
