#include "gateway/control/control.h"
#include "gateway/http/admin/adminroutetable.h"

namespace Gateway {

namespace {

void list(AdminCall &call)
{
    if (call.queryIsSound())
        call.control.serving().prices(call.answer.listReply<PriceView>("prices"));
}

/// {"prices": [rows]}
void set(AdminCall &call)
{
    const json::object *body = call.body.if_object();
    const json::array *rows = body && body->size() == 1 ? arrayAt(*body, "prices") : nullptr;
    if (!rows) {
        call.answer.fail({422, "invalid_value", "An object with an array of prices is needed.", "prices", 0});
        return;
    }
    std::vector<PriceRow> prices;
    for (const json::value &row : *rows) {
        Result<PriceRow> price = fromJson<PriceRow>(row, UnknownMembers::Refused);
        if (!price) {
            call.answer.fail(price.error());
            return;
        }
        prices.push_back(std::move(*price));
    }
    if (call.queryIsSound())
        call.control.serving().setPrices(std::move(prices), call.answer.listReply<PriceView>("prices"));
}

void remove(AdminCall &call)
{
    if (call.queryIsSound())
        call.control.serving().removePrice(call.segments.front(), call.answer.reply<void>());
}

constexpr AdminRoute ROUTES[] = {
    {"GET", "/prices", list},
    {"PATCH", "/prices", set},
    {"DELETE", "/prices/{model}", remove},
};

} // namespace

std::span<const AdminRoute> priceRoutes()
{
    return ROUTES;
}

} // namespace Gateway
