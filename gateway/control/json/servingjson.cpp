#include "gateway/control/json/fieldlist.h"
#include "gateway/control/values/modelview.h"
#include "gateway/control/values/proxyview.h"

namespace Gateway {

template <typename Visitor, MaybeConst<ModelView> Self>
void describe(Visitor &visit, Self &self)
{
    visit("name", self.name);
    visit("breaker", self.breaker);
    visit("openUntil", self.openUntilMs);
    visit("failures", self.failures);
    visit("reason", self.reason);
    visit("keysUsable", self.keysUsable);
    visit("keysResting", self.keysResting);
    visit("keysUnavailable", self.keysUnavailable);
    visit("firstBack", self.firstBackMs);
    visit("queueLength", self.queueLength);
    visit("queueOldestMs", self.queueOldestMs);
}

template <typename Visitor, MaybeConst<Problem> Self>
void describe(Visitor &visit, Self &self)
{
    visit("code", self.code);
    visit("subject", self.subject);
    visit("count", self.count);
    visit("ids", self.ids);
}

template <typename Visitor, MaybeConst<ProxyView> Self>
void describe(Visitor &visit, Self &self)
{
    visit("id", self.id);
    visit("url", self.url);
    visit("label", self.label);
    visit("enabled", self.enabled);
    visit("resting", self.isResting);
    visit("until", self.untilMs);
    visit("reason", self.reason);
    visit("failures", self.failures);
    visit("keys", self.keys);
    visit("lastChecked", self.lastCheckedMs);
}

template <typename Visitor, MaybeConst<ProxyDraft> Self>
void describe(Visitor &visit, Self &self)
{
    visit("url", self.url);
    visit("label", self.label);
}

template <typename Visitor, MaybeConst<ProxyPatch> Self>
void describe(Visitor &visit, Self &self)
{
    visit("url", self.url);
    visit("label", self.label);
    visit("enabled", self.enabled);
}

template <typename Visitor, MaybeConst<ProxyVerdict> Self>
void describe(Visitor &visit, Self &self)
{
    visit("id", self.id);
    visit("good", self.isGood);
    visit("text", self.text);
    visit("durationMs", self.durationMs);
}

GW_JSON_FORM(ModelView)
GW_JSON_FORM(Problem)
GW_JSON_FORM(ProxyView)
GW_JSON_FORM(ProxyDraft)
GW_JSON_FORM(ProxyPatch)
GW_JSON_FORM(ProxyVerdict)

} // namespace Gateway
