#pragma once

#include <functional>
#include <string>
#include <unordered_map>
#include <vector>

#include <QThreadPool>

#include "gateway/control/commands/keycommands.h"
#include "gateway/control/local/audittrail.h"
#include "gateway/control/local/localchecks.h"
#include "gateway/control/local/localparts.h"

namespace Gateway {

class Takeover;
struct FoundOthers;
struct KeyPaste;
struct KeyView;

/// The keys of this process: health from the pool, what people say of them through the store. An edit is in
/// the store before the pool acts on it, so that a crash does not undo what was answered; only what takes a
/// key out of use acts at once.
class LocalKeys final : public KeyCommands
{
public:
    /// Answers of the store come into the thread of `context`, `tell` hears of a check's progress there; all
    /// outlive this.
    LocalKeys(const LocalParts &parts, const AuditTrail &audit, Takeover &takeover, QObject &context,
              std::function<void(const CheckProgress &)> tell);
    ~LocalKeys() override;

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
    static tl::unexpected<Error> unknownKey();
    /// Does `work` outside the control's thread, then in that what it returns.
    void inBackground(std::function<std::function<void()>()> work);
    void storePaste(KeyPaste paste, const std::string &actor,
                    const std::function<void(Result<AddKeysResult>)> &done);
    void takeOthers(AddKeysResult result, FoundOthers others, const std::string &actor,
                    const Reply<AddKeysResult> &reply);
    KeyInfoPage scanned(const KeyQuery &query) const;
    KeyInfoPage named(const KeyQuery &query) const;
    std::vector<KeyInfo> infos(const std::vector<KeyId> &ids) const;
    std::vector<KeyId> present(const std::vector<KeyId> &ids) const;
    std::vector<KeyRow> rowsOf(const std::vector<KeyId> &ids) const;

    const LocalParts &m_parts;
    const AuditTrail &m_audit;
    Takeover &m_takeover;
    QObject &m_context;
    LocalChecks m_checks;
    std::unordered_map<KeyId, KeyInfo> m_deleted; ///< Since the start, and not restored.
    QThreadPool m_background;                     ///< For long texts and passphrases.
};

} // namespace Gateway
