#include "gateway/control/control.h"
#include "gateway/http/admin/adminroutetable.h"

namespace Gateway {

namespace {

void list(AdminCall &call)
{
    if (call.queryIsSound())
        call.control.tokens().list(call.answer.listReply<TokenView>("tokens"));
}

void create(AdminCall &call)
{
    TokenSettings settings;
    if (call.queryIsSound() && call.takeBody(settings))
        call.control.tokens().create(std::move(settings), call.answer.reply<IssuedToken>(201));
}

void patch(AdminCall &call)
{
    TokenId id = 0;
    TokenPatch patch;
    if (call.takeId(id) && call.queryIsSound() && call.takeBody(patch))
        call.control.tokens().patch(id, std::move(patch), call.answer.reply<TokenView>());
}

void remove(AdminCall &call)
{
    TokenId id = 0;
    if (call.takeId(id) && call.queryIsSound())
        call.control.tokens().remove(id, call.answer.reply<void>());
}

void rotate(AdminCall &call)
{
    TokenId id = 0;
    if (call.takeId(id) && call.queryIsSound())
        call.control.tokens().rotate(id, call.answer.reply<IssuedToken>());
}

constexpr AdminRoute ROUTES[] = {
    {"GET", "/tokens", list},
    {"POST", "/tokens", create},
    {"PATCH", "/tokens/{id}", patch},
    {"DELETE", "/tokens/{id}", remove},
    {"POST", "/tokens/{id}/rotate", rotate},
};

} // namespace

std::span<const AdminRoute> tokenRoutes()
{
    return ROUTES;
}

} // namespace Gateway
