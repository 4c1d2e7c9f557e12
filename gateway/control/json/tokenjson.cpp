#include "gateway/control/json/fieldlist.h"
#include "gateway/control/values/tokenview.h"

namespace Gateway {

template <typename Visitor, MaybeConst<TokenSettings> Self>
void describe(Visitor &visit, Self &self)
{
    visit("name", self.name);
    visit("note", self.note);
    visit("enabled", self.enabled);
    visit("expires", self.expiresMs);
    visit("allowedModels", self.allowedModels);
    visit("allowedDialects", self.allowedDialects);
    visit("tags", self.tags);
    visit("networks", self.networks);
    visit("parameters", self.parameters);
    visit("minuteRequests", self.limits.minuteRequests);
    visit("minuteTokens", self.limits.minuteTokens);
    visit("dayRequests", self.limits.dayRequests);
    visit("dayTokens", self.limits.dayTokens);
    visit("monthMicroUsd", self.limits.monthMicroUsd);
}

template <typename Visitor, MaybeConst<TokenUse> Self>
void describe(Visitor &visit, Self &self)
{
    visit("dayRequests", self.dayRequests);
    visit("dayTokens", self.dayTokens);
    visit("monthMicroUsd", self.monthMicroUsd);
    visit("lastUsed", self.lastUsedMs);
}

template <typename Visitor, MaybeConst<TokenView> Self>
void describe(Visitor &visit, Self &self)
{
    visit("id", self.id);
    visit("hint", self.hint);
    visit("settings", self.settings);
    visit("created", self.createdMs);
    visit("use", self.use);
}

template <typename Visitor, MaybeConst<TokenPatch> Self>
void describe(Visitor &visit, Self &self)
{
    visit("name", self.name);
    visit("note", self.note);
    visit("enabled", self.enabled);
    visit("expires", self.expiresMs);
    visit("allowedModels", self.allowedModels);
    visit("allowedDialects", self.allowedDialects);
    visit("tags", self.tags);
    visit("networks", self.networks);
    visit("parameters", self.parameters);
    visit("minuteRequests", self.minuteRequests);
    visit("minuteTokens", self.minuteTokens);
    visit("dayRequests", self.dayRequests);
    visit("dayTokens", self.dayTokens);
    visit("monthMicroUsd", self.monthMicroUsd);
}

template <typename Visitor, MaybeConst<IssuedToken> Self>
void describe(Visitor &visit, Self &self)
{
    visit("token", self.token);
    visit("secret", self.secret);
}

GW_JSON_FORM(TokenSettings)
GW_JSON_FORM(TokenUse)
GW_JSON_FORM(TokenView)
GW_JSON_FORM(TokenPatch)
GW_JSON_FORM(IssuedToken)

} // namespace Gateway
