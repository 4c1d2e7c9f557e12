#include "gateway/control/json/fieldlist.h"
#include "gateway/control/values/usagestats.h"

namespace Gateway {

template <typename Visitor, MaybeConst<StatsQuery> Self>
void describe(Visitor &visit, Self &self)
{
    visit("from", self.fromMs);
    visit("until", self.untilMs);
    visit("step", self.step);
    visit("model", self.model);
}

template <typename Visitor, MaybeConst<UsageSums> Self>
void describe(Visitor &visit, Self &self)
{
    visit("requests", self.requests);
    visit("failed", self.failed);
    visit("inputTokens", self.inputTokens);
    visit("cachedTokens", self.cachedTokens);
    visit("outputTokens", self.outputTokens);
    visit("bytesIn", self.bytesIn);
    visit("bytesOut", self.bytesOut);
    visit("durationP50", self.durationP50);
    visit("durationP95", self.durationP95);
    visit("firstByteP50", self.firstByteP50);
    visit("firstByteP95", self.firstByteP95);
}

template <typename Visitor, MaybeConst<UsageFigures> Self>
void describe(Visitor &visit, Self &self)
{
    visit("model", self.model);
    visit("start", self.startMs);
    visit("sums", self.sums);
    visit("costMicro", self.costMicro);
}

template <typename Visitor, MaybeConst<UsageStats> Self>
void describe(Visitor &visit, Self &self)
{
    visit("from", self.fromMs);
    visit("until", self.untilMs);
    visit("total", self.total);
    visit("before", self.before);
    visit("points", self.points);
    visit("models", self.models);
}

GW_JSON_FORM(StatsQuery)
GW_JSON_FORM(UsageSums)
GW_JSON_FORM(UsageFigures)
GW_JSON_FORM(UsageStats)

} // namespace Gateway
