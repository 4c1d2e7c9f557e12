#include "gateway/control/json/fieldlist.h"
#include "gateway/control/values/keychecks.h"

namespace Gateway {

template <typename Visitor, MaybeConst<CheckRequest> Self>
void describe(Visitor &visit, Self &self)
{
    visit("scope", self.scope);
    visit("ids", self.ids);
}

template <typename Visitor, MaybeConst<CheckResult> Self>
void describe(Visitor &visit, Self &self)
{
    visit("id", self.id);
    visit("verdict", self.verdict);
    visit("code", self.code);
    visit("text", self.text);
    visit("durationMs", self.durationMs);
}

template <typename Visitor, MaybeConst<CheckProgress> Self>
void describe(Visitor &visit, Self &self)
{
    visit("id", self.id);
    visit("total", self.total);
    visit("done", self.done);
    visit("good", self.good);
    visit("bad", self.bad);
    visit("running", self.isRunning);
    visit("cancelled", self.isCancelled);
    visit("results", self.results);
}

GW_JSON_FORM(CheckRequest)
GW_JSON_FORM(CheckResult)
GW_JSON_FORM(CheckProgress)

} // namespace Gateway
