#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "gateway/common/keyrow.h"
#include "gateway/common/quota.h"
#include "gateway/common/usage.h"

namespace Gateway {

/// A key's health in the four words people see. Resting: at least one model has to wait for it.
enum class KeyStatus : std::uint8_t { Usable, Resting, Sidelined, Disabled };

/// How much of one allowance is used.
struct QuotaInfo
{
    QuotaKind kind = QuotaKind::None;
    std::int64_t used = 0;      ///< In the running minute or day.
    std::int64_t limit = 0;     ///< Learned or set by hand; 0: not known.
    std::int64_t learnedMs = 0; ///< When Google told it; 0: set by hand or not known.

    bool operator==(const QuotaInfo &) const = default;
};

/// A key as one model sees it.
struct KeyModelInfo
{
    std::string model;
    std::int64_t restUntilMs = 0; ///< ms since 1970 UTC; 0: does not rest.
    std::string restReason;       ///< Google's word.
    /// Until then the pool expects a 429 from what it has learned and asks other keys first; 0: none
    /// expected.
    std::int64_t expectedUntilMs = 0;
    std::vector<QuotaInfo> quotas;       ///< Shared by all keys of the project.
    std::int64_t unavailableUntilMs = 0; ///< Not 0: the project does not have the model; asked again then.
    std::string unavailableReason;       ///< Google's words.

    bool operator==(const KeyModelInfo &) const = default;
};

/// A key as it is shown; its text never is (KeyCommands::reveal()).
struct KeyInfo
{
    KeyId id = 0;
    std::string masked; ///< "AIza…x9Qk"
    KeySettings settings;
    KeyStatus status = KeyStatus::Usable;
    std::int64_t untilMs = 0; ///< Resting: when the first model can be asked again, ms since 1970 UTC.
    std::string reason;       ///< Why it rests or is sidelined, Google's words.
    std::int64_t sinceMs = 0; ///< Sidelined, disabled: since when.
    int failures = 0;         ///< Unclear failures in a row.
    std::int64_t createdMs = 0;
    std::int64_t lastUsedMs = 0;
    std::int64_t lastCheckedMs = 0;
    std::int64_t lastErrorMs = 0;
    std::string lastError;
    std::int64_t calls = 0;           ///< Ever.
    std::int64_t failedCalls = 0;     ///< Ever; those that blamed the key or met a quota.
    int inFlight = 0;                 ///< Requests that use it now.
    double minuteShare = -1;          ///< Of the fullest minute allowance, 0 to 1; -1: no limit is known.
    double dayShare = -1;             ///< Of the fullest day allowance, likewise.
    std::int64_t deletedMs = 0;       ///< Not 0: deleted then, and can still be restored.
    std::vector<KeyModelInfo> models; ///< Only where the query asks for them.

    bool operator==(const KeyInfo &) const = default;
};

/// Which keys are wanted; all conditions hold together, an empty one lets all through.
struct KeyQuery
{
    std::vector<KeyId> ids;
    std::string search; ///< In label, note, masked text, project, tags; without case.
    std::optional<KeyStatus> status;
    std::string tag;
    std::string project;
    std::string model;       ///< Keys that may be used for it.
    int minFailures = 0;     ///< Unclear failures in a row.
    bool isDeleted = false;  ///< Deleted ones in place of the others.
    bool withModels = false; ///< Fills KeyInfo::models.
    std::int64_t after = 0;  ///< Only those behind this place (KeyInfoPage::next); 0: from the first.
    std::int64_t limit = 0;  ///< At most so many; 0: all.
};

struct KeyInfoPage
{
    std::vector<KeyInfo> keys;
    std::int64_t total = 0; ///< That match, with those on other pages.
    std::int64_t next = 0;  ///< KeyQuery::after of the next page; 0: this is the last.
};

} // namespace Gateway
