#include "gateway/control/json/fieldlist.h"
#include "gateway/control/values/usagestats.h"

namespace Gateway {

template <typename Visitor, MaybeConst<StatsQuery> Self>
void describe(Visitor &visit, Self &self)
{
    visit("from", self.fromMs);
    visit("to", self.toMs);
    visit("spanMs", self.spanMs);
    visit("keyId", self.keyId);
    visit("token", self.token);
    visit("model", self.model);
}

template <typename Visitor, MaybeConst<UsageSum> Self>
void describe(Visitor &visit, Self &self)
{
    visit("requests", self.requests);
    visit("failed", self.failed);
    visit("promptTokens", self.promptTokens);
    visit("cachedTokens", self.cachedTokens);
    visit("answerTokens", self.answerTokens);
    visit("cost", self.cost);
}

template <typename Visitor, MaybeConst<UsagePoint> Self>
void describe(Visitor &visit, Self &self)
{
    visit("time", self.timeMs);
    visit("sum", self.sum);
    visit("durationP50Ms", self.durationP50Ms);
    visit("durationP95Ms", self.durationP95Ms);
}

template <typename Visitor, MaybeConst<UsageShare> Self>
void describe(Visitor &visit, Self &self)
{
    visit("name", self.name);
    visit("sum", self.sum);
}

template <typename Visitor, MaybeConst<UsageStats> Self>
void describe(Visitor &visit, Self &self)
{
    visit("from", self.fromMs);
    visit("to", self.toMs);
    visit("sum", self.sum);
    visit("before", self.before);
    visit("durationP50Ms", self.durationP50Ms);
    visit("durationP95Ms", self.durationP95Ms);
    visit("firstByteP50Ms", self.firstByteP50Ms);
    visit("firstByteP95Ms", self.firstByteP95Ms);
    visit("points", self.points);
    visit("models", self.models);
    visit("tokens", self.tokens);
}

GW_JSON_FORM(StatsQuery)
GW_JSON_FORM(UsageSum)
GW_JSON_FORM(UsagePoint)
GW_JSON_FORM(UsageShare)
GW_JSON_FORM(UsageStats)

} // namespace Gateway
