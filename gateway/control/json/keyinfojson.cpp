#include "gateway/control/json/fieldlist.h"
#include "gateway/control/values/keyinfo.h"

namespace Gateway {

template <typename Visitor, MaybeConst<KeySettings> Self>
void describe(Visitor &visit, Self &self)
{
    visit("label", self.label);
    visit("note", self.note);
    visit("tags", self.tags);
    visit("project", self.project);
    visit("priority", self.priority);
    visit("weight", self.weight);
    visit("enabled", self.enabled);
    visit("allowedModels", self.allowedModels);
    visit("deniedModels", self.deniedModels);
    visit("proxy", self.proxy);
    visit("minuteRequests", self.minuteRequests);
    visit("minuteTokens", self.minuteTokens);
    visit("dayRequests", self.dayRequests);
    visit("tier", self.tier);
    visit("kind", self.kind);
    visit("baseUrl", self.baseUrl);
}

template <typename Visitor, MaybeConst<QuotaInfo> Self>
void describe(Visitor &visit, Self &self)
{
    visit("kind", self.kind);
    visit("used", self.used);
    visit("limit", self.limit);
    visit("learned", self.learnedMs);
}

template <typename Visitor, MaybeConst<KeyModelInfo> Self>
void describe(Visitor &visit, Self &self)
{
    visit("model", self.model);
    visit("restUntil", self.restUntilMs);
    visit("restReason", self.restReason);
    visit("expectedUntil", self.expectedUntilMs);
    visit("quotas", self.quotas);
    visit("unavailableUntil", self.unavailableUntilMs);
    visit("unavailableReason", self.unavailableReason);
}

template <typename Visitor, MaybeConst<KeyInfo> Self>
void describe(Visitor &visit, Self &self)
{
    visit("id", self.id);
    visit("key", self.masked);
    visit("settings", self.settings);
    visit("status", self.status);
    visit("until", self.untilMs);
    visit("reason", self.reason);
    visit("since", self.sinceMs);
    visit("failures", self.failures);
    visit("created", self.createdMs);
    visit("lastUsed", self.lastUsedMs);
    visit("lastChecked", self.lastCheckedMs);
    visit("lastErrorAt", self.lastErrorMs);
    visit("lastError", self.lastError);
    visit("calls", self.calls);
    visit("failedCalls", self.failedCalls);
    visit("inFlight", self.inFlight);
    visit("minuteShare", self.minuteShare);
    visit("dayShare", self.dayShare);
    visit("deleted", self.deletedMs);
    visit("models", self.models);
}

template <typename Visitor, MaybeConst<KeyQuery> Self>
void describe(Visitor &visit, Self &self)
{
    visit("ids", self.ids);
    visit("search", self.search);
    visit("status", self.status);
    visit("tag", self.tag);
    visit("project", self.project);
    visit("model", self.model);
    visit("minFailures", self.minFailures);
    visit("isDeleted", self.isDeleted);
    visit("withModels", self.withModels);
    visit("after", self.after);
    visit("limit", self.limit);
}

template <typename Visitor, MaybeConst<KeyInfoPage> Self>
void describe(Visitor &visit, Self &self)
{
    visit("keys", self.keys);
    visit("total", self.total);
    visit("next", self.next);
}

template <typename Visitor, MaybeConst<KeyHistory> Self>
void describe(Visitor &visit, Self &self)
{
    visit("id", self.id);
    visit("from", self.fromMs);
    visit("spanMs", self.spanMs);
    visit("calls", self.calls);
    visit("failed", self.failed);
}

GW_JSON_FORM(KeySettings)
GW_JSON_FORM(QuotaInfo)
GW_JSON_FORM(KeyModelInfo)
GW_JSON_FORM(KeyInfo)
GW_JSON_FORM(KeyQuery)
GW_JSON_FORM(KeyInfoPage)
GW_JSON_FORM(KeyHistory)

} // namespace Gateway
