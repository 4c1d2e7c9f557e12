#pragma once

#include <unordered_map>

#include "gateway/control/commands/keycommands.h"
#include "gateway/control/local/audittrail.h"
#include "gateway/control/local/localparts.h"

namespace Gateway {

struct KeyView;

/// The keys of this process: health from the pool, what people say of them through the store. An edit is in
/// the store before the pool acts on it, so that a crash does not undo what was answered; only what takes a
/// key out of use acts at once.
class LocalKeys : public KeyCommands
{
public:
    /// Answers of the store come into the thread of `context`; all outlive this.
    LocalKeys(const LocalParts &parts, const AuditTrail &audit, QObject &context);

    void list(KeyQuery query, Reply<KeyInfoPage> reply) override;
    void patch(std::vector<KeyId> ids, KeyPatch patch, Reply<std::vector<KeyInfo>> reply) override;
    void remove(std::vector<KeyId> ids, Reply<void> reply) override;
    void restore(std::vector<KeyId> ids, Reply<std::vector<KeyInfo>> reply) override;
    void rest(std::vector<KeyId> ids, std::int64_t untilMs, Reply<void> reply) override;
    void lift(std::vector<KeyId> ids, std::string model, Reply<void> reply) override;
    void resetFailures(std::vector<KeyId> ids, Reply<void> reply) override;
    void reveal(KeyId id, Reply<RevealedKey> reply) override;

protected:
    const LocalParts &parts() const { return m_parts; }
    QObject &context() const { return m_context; }

private:
    KeyInfoPage scanned(const KeyQuery &query) const;
    KeyInfoPage named(const KeyQuery &query) const;
    std::vector<KeyInfo> infos(const std::vector<KeyId> &ids) const;
    std::vector<KeyId> present(const std::vector<KeyId> &ids) const;
    std::vector<KeyRow> rowsOf(const std::vector<KeyId> &ids) const;

    const LocalParts &m_parts;
    const AuditTrail &m_audit;
    QObject &m_context;
    std::unordered_map<KeyId, KeyInfo> m_deleted; ///< Since the start, and not restored.
};

} // namespace Gateway
