#include "gateway/control/json/fieldlist.h"
#include "gateway/control/values/priceview.h"

namespace Gateway {

template <typename Visitor, MaybeConst<TokenPrices> Self>
void describe(Visitor &visit, Self &self)
{
    visit("input", self.input);
    visit("cached", self.cached);
    visit("output", self.output);
}

template <typename Visitor, MaybeConst<PriceRow> Self>
void describe(Visitor &visit, Self &self)
{
    visit("model", self.model);
    visit("prices", self.prices);
    visit("longFrom", self.longFrom);
    visit("longPrices", self.longPrices);
    visit("note", self.note);
}

template <typename Visitor, MaybeConst<PriceView> Self>
void describe(Visitor &visit, Self &self)
{
    visit("row", self.row);
    visit("own", self.isOwn);
}

GW_JSON_FORM(TokenPrices)
GW_JSON_FORM(PriceRow)
GW_JSON_FORM(PriceView)

} // namespace Gateway
