#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "gateway/common/auditrow.h"
#include "gateway/common/chatrow.h"
#include "gateway/common/clock.h"
#include "gateway/common/keyedmemory.h"
#include "gateway/common/keyrow.h"
#include "gateway/common/pricetable.h"
#include "gateway/common/proxyrow.h"
#include "gateway/common/quota.h"
#include "gateway/common/requestquery.h"
#include "gateway/common/requestrecord.h"
#include "gateway/common/result.h"
#include "gateway/common/shelf.h"
#include "gateway/common/tokenrow.h"
#include "gateway/common/usage.h"

namespace Gateway {

class MasterKeySource;

/// Where the data lies and how long records are kept.
struct StoreOptions
{
    /// "sqlite:PATH" or "file:PATH", also "sqlite:///ABS"; a relative path counts from the working folder.
    std::string databaseUrl;
    std::int64_t retentionDays = 0;            ///< 0: no limit by age.
    std::int64_t retentionRows = 0;            ///< 0: no limit by number.
    std::int64_t retentionIntervalMs = 60'000; ///< Between two rounds of deleting.
    std::int64_t retentionPauseMs = 50;        ///< Between two steps of a round, 1,000 rows each.
    /// Where the master key may be, in order of precedence; none: the file "master.key" beside the database.
    std::vector<std::shared_ptr<MasterKeySource>> masterKeys = {};
};

/// The database on its own thread, secrets sealed in it. Every function may be called from any thread; those
/// that take `done` return at once and call it later in the store's thread (it must be quick).
class Store
{
public:
    using Done = std::function<void(Result<void>)>;
    template <typename T>
    using Answer = std::function<void(Result<T>)>;

    /// Opens, migrates, unlocks and starts the thread. Fails with a clear text when the file cannot be
    /// opened, is newer than this program, is no database, or when its master key is missing or another.
    static Result<std::unique_ptr<Store>> open(StoreOptions options, const Clock &clock);
    /// Writes what is queued, closes, ends the thread.
    ~Store();

    // At start, waiting for the answer: never called by a worker.
    Result<std::vector<std::pair<std::string, std::string>>> loadSettings();
    /// A key whose secret is lost comes without one, disabled and sidelined.
    Result<std::vector<KeyRow>> loadKeys();
    Result<std::vector<QuotaRow>> loadQuotas();
    Result<std::vector<ModelStateRow>> loadModelStates();
    Result<std::vector<TokenRow>> loadTokens();
    Result<std::vector<TokenUse>> loadTokenUse();
    /// What the user set over the built-in prices.
    Result<std::vector<PriceRow>> loadPrices();
    Result<std::vector<ProxyRow>> loadProxies();
    /// Adds the keys that are neither there nor were deleted by a user before; returns the added rows and
    /// those that got a lost secret back.
    Result<std::vector<KeyRow>> mergeKeys(const std::vector<Secret> &secrets);

    /// Stores a setting's text, or removes it when `value` is empty and `remove` is true.
    void saveSetting(std::string name, std::string value, bool remove, Done done);

    /// Adds keys, all or none; 100,000 take about two seconds, during which nothing else is written.
    void addKeys(std::vector<NewKey> keys, Tombstones tombstones, Answer<KeyAdditions> done);
    /// Replaces the settings of keys; one that is gone is passed over.
    void saveKeySettings(std::vector<KeySettingsChange> changes, Done done);
    /// Deletes keys; mergeKeys() never brings them back. They can be brought back for a day (UNDO_MS), then
    /// their secrets are wiped.
    void deleteKeys(std::vector<KeyId> keys, Done done);
    /// Brings deleted keys back; answers with the rows of those that could be.
    void undeleteKeys(std::vector<KeyId> keys, Answer<std::vector<KeyRow>> done);
    /// Durable (fsync'd) when `done` is called; several waiting calls share one transaction. The state
    /// Disabled counts as Usable: it stands in the settings.
    void saveKeyChanges(std::vector<KeyChange> changes, Done done);
    void saveKeyCounters(std::vector<KeyCounters> counters);

    // Whole rows, gathered and committed within 100 ms; of two for the same thing the later one counts.
    void saveQuotas(std::vector<QuotaRow> rows);
    void saveModelStates(std::vector<ModelStateRow> rows);
    void saveTokenUse(std::vector<TokenUse> uses);

    /// Adds the token (id 0) or replaces one, whose owner stays; answers with the row as it is now. 409
    /// "name_taken", 404 "no_such_token".
    void saveToken(TokenRow token, Answer<TokenRow> done);
    /// For a token that has none.
    void saveTokenOwner(TokenId token, std::string owner);
    /// Can be undone for a day.
    void deleteTokens(std::vector<TokenId> tokens, Done done);
    /// Answers with the rows that came back; one whose name is taken meanwhile stays away.
    void undeleteTokens(std::vector<TokenId> tokens, Answer<std::vector<TokenRow>> done);

    /// Puts these in place of all.
    void replacePrices(std::vector<PriceRow> prices, Done done);

    /// Adds (id 0) or replaces proxies, all or none; answers with the rows and their ids.
    void saveProxies(std::vector<ProxyRow> proxies, Answer<std::vector<ProxyRow>> done);
    /// Failures, rest and reason alone, gathered as quotas are.
    void saveProxyHealth(std::vector<ProxyRow> proxies);
    void deleteProxies(std::vector<ProxyId> proxies, Done done);

    /// Answers with the row and its id.
    void addChat(ChatRow chat, Answer<ChatRow> done);
    /// 404 "unknown_chat", as for all that follow.
    void patchChat(ChatId id, ChatPatch patch, Answer<ChatRow> done);
    /// Can be undone for a day.
    void deleteChat(ChatId id, Done done);
    void undeleteChat(ChatId id, Answer<ChatRow> done);
    /// Behind the last; answers with its position.
    void appendChatMessage(ChatId id, ChatMessage message, Answer<ChatMessage> done);
    /// In place of the one at its position; 404 "unknown_message".
    void replaceChatMessage(ChatId id, ChatMessage message, Done done);
    /// Deletes the messages from `position` on.
    void truncateChat(ChatId id, std::int64_t position, Done done);

    /// Durable when `done` is called. Kept for a year, 100,000 rows at most.
    void appendAudit(AuditRow row, Done done);

    /// Committed within 100 ms. At most 200,000 wait; beyond, the newest are dropped, counted and logged.
    void appendRecords(std::vector<RequestRecord> records);
    /// Deletes these records; answers with how many were there.
    void deleteRequests(std::vector<std::int64_t> seqs, Answer<std::int64_t> done);
    /// Deletes the records that arrived before `timeMs`, 1,000 at a time so that nothing waits long behind
    /// it; answers with how many there were.
    void deleteRequestsBefore(std::int64_t timeMs, Answer<std::int64_t> done);

    // Questions: answered in a thread and on a connection of their own, so that they delay no change. What
    // was handed over less than 100 ms ago may be missing. `done` is called in that thread.
    /// Answers within 200 ms, see RequestPage::next.
    void readRequests(RequestQuery query, Answer<RequestPage> done);
    /// With attempts and bodies; nothing when there is no such request (any more).
    void readRequest(std::int64_t seq, Answer<std::optional<RequestRow>> done);
    /// Likewise by its x-request-id, the newest if there are several; may read the whole log.
    void findRequest(std::string id, Answer<std::optional<RequestRow>> done);
    void readUsage(UsageQuery query, Answer<UsageReport> done);
    /// What these keys answered in `spans` equal spans of `spanMs` from `fromMs` (ms since 1970 UTC) on, in
    /// the order of `keys`.
    void readKeyHistory(std::vector<KeyId> keys, std::int64_t fromMs, std::int64_t spanMs, int spans,
                        Answer<std::vector<KeyHistory>> done);
    void readChats(ChatQuery query, Answer<ChatRowPage> done);
    /// With its messages; nothing when there is no such conversation.
    void readChat(ChatId id, Answer<std::optional<ChatDetail>> done);
    /// Newest first.
    void readAudit(AuditQuery query, Answer<std::vector<AuditRow>> done);

    /// Records that were dropped or could not be written.
    std::uint64_t lostRecords() const;
    /// New limits; 0: none.
    void setRetention(std::int64_t days, std::int64_t rows);
    /// Waits until everything handed over before is written: for the end and for tests.
    void flush();

    /// Which key owns a resource ("files/abc" → key id as text).
    KeyedMemory &owners();
    /// Thought signatures by tool-call id.
    KeyedMemory &signatures();
    /// Files and batches that clients left here.
    Shelf &shelf();
    /// What clients name by id in later requests: responses, their items, conversations, as JSON.
    KeyedMemory &objects();

    /// How long a deleted key or token can be brought back.
    static constexpr std::int64_t UNDO_MS = 86'400'000;

private:
    Store();
    class Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace Gateway
