#include "gateway/control/json/fieldlist.h"
#include "gateway/control/values/requestview.h"

namespace Gateway {

template <typename Visitor, MaybeConst<TokenCounts> Self>
void describe(Visitor &visit, Self &self)
{
    visit("prompt", self.prompt);
    visit("candidates", self.candidates);
    visit("thoughts", self.thoughts);
    visit("cached", self.cached);
    visit("toolUse", self.toolUse);
    visit("total", self.total);
}

template <typename Visitor, MaybeConst<AttemptRecord> Self>
void describe(Visitor &visit, Self &self)
{
    visit("keyId", self.keyId);
    visit("status", self.status);
    visit("startMs", self.startMs);
    visit("durationMs", self.durationMs);
    visit("error", self.error);
}

template <typename Visitor, MaybeConst<RequestFilter> Self>
void describe(Visitor &visit, Self &self)
{
    visit("from", self.fromMs);
    visit("until", self.untilMs);
    visit("statusFrom", self.statusFrom);
    visit("statusTo", self.statusTo);
    visit("model", self.model);
    visit("token", self.token);
    visit("keyId", self.keyId);
    visit("dialect", self.dialect);
    visit("minDurationMs", self.minDurationMs);
    visit("failedOnly", self.failedOnly);
    visit("retriedOnly", self.retriedOnly);
    visit("errorText", self.errorText);
}

template <typename Visitor, MaybeConst<RequestQuery> Self>
void describe(Visitor &visit, Self &self)
{
    visit("filter", self.filter);
    visit("before", self.before);
    visit("after", self.after);
    visit("limit", self.limit);
}

template <typename Visitor, MaybeConst<RequestView> Self>
void describe(Visitor &visit, Self &self)
{
    visit("seq", self.seq);
    visit("id", self.id);
    visit("time", self.timeMs);
    visit("token", self.token);
    visit("dialect", self.dialect);
    visit("method", self.method);
    visit("modelAsked", self.modelAsked);
    visit("modelUsed", self.modelUsed);
    visit("keyId", self.keyId);
    visit("keyLabel", self.keyLabel);
    visit("status", self.status);
    visit("error", self.error);
    visit("attempts", self.attempts);
    visit("streamed", self.streamed);
    visit("firstByteMs", self.firstByteMs);
    visit("durationMs", self.durationMs);
    visit("tokens", self.tokens);
    visit("costMicro", self.costMicro);
    visit("bytesIn", self.bytesIn);
    visit("bytesOut", self.bytesOut);
}

template <typename Visitor, MaybeConst<RequestViewPage> Self>
void describe(Visitor &visit, Self &self)
{
    visit("requests", self.requests);
    visit("next", self.next);
}

template <typename Visitor, MaybeConst<RequestDetail> Self>
void describe(Visitor &visit, Self &self)
{
    visit("request", self.request);
    visit("attempts", self.attempts);
    visit("hasBodies", self.hasBodies);
    visit("requestHead", self.requestHead);
    visit("requestBody", self.requestBody);
    visit("sentBody", self.sentBody);
    visit("responseHead", self.responseHead);
    visit("responseBody", self.responseBody);
}

template <typename Visitor, MaybeConst<RequestDeletion> Self>
void describe(Visitor &visit, Self &self)
{
    visit("seqs", self.seqs);
    visit("before", self.beforeMs);
}

template <typename Visitor, MaybeConst<DeletedCount> Self>
void describe(Visitor &visit, Self &self)
{
    visit("count", self.count);
}

GW_JSON_FORM(TokenCounts)
GW_JSON_FORM(AttemptRecord)
GW_JSON_FORM(RequestFilter)
GW_JSON_FORM(RequestQuery)
GW_JSON_FORM(RequestView)
GW_JSON_FORM(RequestViewPage)
GW_JSON_FORM(RequestDetail)
GW_JSON_FORM(RequestDeletion)
GW_JSON_FORM(DeletedCount)

} // namespace Gateway
