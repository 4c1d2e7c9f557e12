#include "gateway/control/json/fieldlist.h"
#include "gateway/control/values/tokenview.h"

namespace Gateway {

template <typename Visitor, MaybeConst<TokenRules> Self>
void describe(Visitor &visit, Self &self)
{
    visit("name", self.name);
    visit("enabled", self.enabled);
    visit("expires", self.expiresMs);
    visit("models", self.models);
    visit("dialects", self.dialects);
    visit("tags", self.tags);
    visit("networks", self.networks);
    visit("minuteRequests", self.minuteRequests);
    visit("minuteTokens", self.minuteTokens);
    visit("dayRequests", self.dayRequests);
    visit("dayTokens", self.dayTokens);
    visit("monthSpend", self.monthSpend);
}

template <typename Visitor, MaybeConst<TokenUse> Self>
void describe(Visitor &visit, Self &self)
{
    visit("dayRequests", self.dayRequests);
    visit("dayTokens", self.dayTokens);
    visit("monthSpend", self.monthSpend);
}

template <typename Visitor, MaybeConst<TokenView> Self>
void describe(Visitor &visit, Self &self)
{
    visit("id", self.id);
    visit("hint", self.hint);
    visit("rules", self.rules);
    visit("created", self.createdMs);
    visit("lastUsed", self.lastUsedMs);
    visit("use", self.use);
}

template <typename Visitor, MaybeConst<TokenPatch> Self>
void describe(Visitor &visit, Self &self)
{
    visit("name", self.name);
    visit("enabled", self.enabled);
    visit("expires", self.expiresMs);
    visit("models", self.models);
    visit("dialects", self.dialects);
    visit("tags", self.tags);
    visit("networks", self.networks);
    visit("minuteRequests", self.minuteRequests);
    visit("minuteTokens", self.minuteTokens);
    visit("dayRequests", self.dayRequests);
    visit("dayTokens", self.dayTokens);
    visit("monthSpend", self.monthSpend);
}

template <typename Visitor, MaybeConst<NewToken> Self>
void describe(Visitor &visit, Self &self)
{
    visit("token", self.token);
    visit("secret", self.secret);
}

GW_JSON_FORM(TokenRules)
GW_JSON_FORM(TokenUse)
GW_JSON_FORM(TokenView)
GW_JSON_FORM(TokenPatch)
GW_JSON_FORM(NewToken)

} // namespace Gateway
