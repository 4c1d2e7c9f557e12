#include "gateway/control/json/fieldlist.h"
#include "gateway/control/values/auditpage.h"
#include "gateway/control/values/logquery.h"

namespace Gateway {

template <typename Visitor, MaybeConst<AuditRow> Self>
void describe(Visitor &visit, Self &self)
{
    visit("id", self.id);
    visit("time", self.timeMs);
    visit("actor", self.actor);
    visit("action", self.action);
    visit("object", self.object);
    visit("detail", self.detail);
}

template <typename Visitor, MaybeConst<AuditQuery> Self>
void describe(Visitor &visit, Self &self)
{
    visit("before", self.before);
    visit("limit", self.limit);
    visit("action", self.action);
    visit("object", self.object);
}

template <typename Visitor, MaybeConst<AuditPage> Self>
void describe(Visitor &visit, Self &self)
{
    visit("rows", self.rows);
    visit("next", self.next);
}

template <typename Visitor, MaybeConst<LogLine> Self>
void describe(Visitor &visit, Self &self)
{
    visit("number", self.number);
    visit("time", self.timeMs);
    visit("level", self.level);
    visit("category", self.category);
    visit("text", self.text);
}

template <typename Visitor, MaybeConst<LogPage> Self>
void describe(Visitor &visit, Self &self)
{
    visit("lines", self.lines);
    visit("last", self.last);
}

template <typename Visitor, MaybeConst<LogQuery> Self>
void describe(Visitor &visit, Self &self)
{
    visit("after", self.after);
    visit("level", self.level);
    visit("category", self.category);
    visit("search", self.search);
    visit("limit", self.limit);
}

GW_JSON_FORM(AuditRow)
GW_JSON_FORM(AuditQuery)
GW_JSON_FORM(AuditPage)
GW_JSON_FORM(LogLine)
GW_JSON_FORM(LogPage)
GW_JSON_FORM(LogQuery)

} // namespace Gateway
