#pragma once

#include <string>
#include <vector>

#include "gateway/control/reply.h"
#include "gateway/control/values/keychecks.h"
#include "gateway/control/values/keyedit.h"
#include "gateway/control/values/keyinfo.h"

namespace Gateway {

/// What can be done with keys. Functions that take ids pass over those that are not there; they fail with 404
/// "unknown_key" when none is. Those that a control cannot do answer 501 "not_supported", as they do here.
class KeyCommands
{
public:
    virtual ~KeyCommands() = default;

    virtual void list(KeyQuery query, Reply<KeyInfoPage> reply);
    /// Calls and failures of the keys (at most 1,000) in `spans` (at most 200) equal spans until now; spans
    /// of a multiple of KEY_HISTORY_STEP_MS, which are read fastest, end with the step that runs.
    virtual void history(std::vector<KeyId> ids, std::int64_t spanMs, int spans,
                         Reply<std::vector<KeyHistory>> reply);

    /// Adds what the text holds, or says what would be added. 422 when it is too large.
    virtual void add(AddKeys keys, Reply<AddKeysResult> reply);
    /// Answers the keys as they are then. 422 with the member's name for a value that is not allowed.
    virtual void patch(std::vector<KeyId> ids, KeyPatch patch, Reply<std::vector<KeyInfo>> reply);
    /// Keys are used no more at once; restore() brings them back for a day, then their texts are wiped.
    virtual void remove(std::vector<KeyId> ids, Reply<void> reply);
    virtual void restore(std::vector<KeyId> ids, Reply<std::vector<KeyInfo>> reply);

    /// Rests the keys until `untilMs` (ms since 1970 UTC); 422 for a time that is over.
    virtual void rest(std::vector<KeyId> ids, std::int64_t untilMs, Reply<void> reply);
    /// Lifts rests of `model` (empty: all) and puts a sidelined key back.
    virtual void lift(std::vector<KeyId> ids, std::string model, Reply<void> reply);
    /// Sets the count of failures in a row back to 0.
    virtual void resetFailures(std::vector<KeyId> ids, Reply<void> reply);

    /// Starts to ask Google about keys; answers at once. A run that is under way is cancelled.
    virtual void check(CheckRequest request, Reply<CheckProgress> reply);
    /// The latest run with its results; 404 when there was none.
    virtual void checkProgress(Reply<CheckProgress> reply);
    virtual void cancelCheck(Reply<CheckProgress> reply);

    /// The key's text; recorded in the audit.
    virtual void reveal(KeyId id, Reply<RevealedKey> reply);
    /// Keys in full (or sealed with a passphrase) are recorded in the audit.
    virtual void exportKeys(KeyExport request, Reply<ExportedFile> reply);
};

} // namespace Gateway
