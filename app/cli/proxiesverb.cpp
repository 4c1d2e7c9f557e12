#include "app/cli/cliaction.h"
#include "app/cli/clicall.h"
#include "app/cli/clitext.h"

namespace Gateway {

namespace {

constexpr std::int64_t MICRO = 1'000'000;

std::string usd(std::int64_t micro)
{
    std::string text = std::to_string(micro / MICRO);
    std::string part = std::to_string(micro % MICRO + MICRO).substr(1);
    part.erase(part.find_last_not_of('0') + 1);
    return part.empty() ? text : text + '.' + part;
}

std::string proxyTable(const std::vector<ProxyView> &proxies)
{
    CliTable table({cliText(QT_TRANSLATE_NOOP("Cli", "Id")), cliText(QT_TRANSLATE_NOOP("Cli", "URL")),
                    cliText(QT_TRANSLATE_NOOP("Cli", "Label")), cliText(QT_TRANSLATE_NOOP("Cli", "Enabled")),
                    cliText(QT_TRANSLATE_NOOP("Cli", "Rests until")),
                    cliText(QT_TRANSLATE_NOOP("Cli", "Reason"))});
    for (const ProxyView &proxy : proxies)
        table.add({proxy.id > 0 ? std::to_string(proxy.id) : "-", proxy.url, proxy.label,
                   proxy.enabled ? cliText(QT_TRANSLATE_NOOP("Cli", "yes"))
                                 : cliText(QT_TRANSLATE_NOOP("Cli", "no")),
                   timeText(proxy.untilMs), proxy.reason});
    return table.text();
}

void showProxies(const CliCall &call, const std::vector<ProxyView> &proxies)
{
    if (call.isJson())
        call.printJson(jsonList(proxies));
    else
        call.print(proxyTable(proxies));
}

void list(CliCall &call)
{
    call.control().serving().proxies(call.reply<std::vector<ProxyView>>(
        [&call](const std::vector<ProxyView> &proxies) { showProxies(call, proxies); }));
}

void add(CliCall &call)
{
    call.control().serving().addProxy(
        {call.words().front(), call.text("label")},
        call.reply<ProxyView>([&call](const ProxyView &proxy) { showProxies(call, {proxy}); }));
}

void edit(CliCall &call)
{
    const std::vector<ProxyId> ids = call.ids();
    ProxyPatch patch;
    patch.url = call.given("proxy");
    patch.label = call.given("label");
    patch.enabled = call.flag("enabled");
    if (!call.isOver())
        call.control().serving().patchProxy(
            ids.front(), std::move(patch),
            call.reply<ProxyView>([&call](const ProxyView &proxy) { showProxies(call, {proxy}); }));
}

void remove(CliCall &call)
{
    const std::vector<ProxyId> ids = call.ids();
    if (!call.isOver())
        call.control().serving().removeProxy(ids.front(),
                                             call.done(cliText(QT_TRANSLATE_NOOP("Cli", "Deleted."))));
}

void check(CliCall &call)
{
    const std::vector<ProxyId> ids = call.ids();
    if (call.isOver())
        return;
    call.control().serving().checkProxy(
        ids.front(), call.reply<ProxyVerdict>([&call](const ProxyVerdict &verdict) {
            if (call.isJson())
                call.printJson(jsonOf(verdict));
            else if (verdict.isGood)
                call.print(
                    cliText(QT_TRANSLATE_NOOP("Cli", "It works, in %1."), durationText(verdict.durationMs)) +
                    '\n');
            else
                call.print(cliText(QT_TRANSLATE_NOOP("Cli", "It does not work: %1"), verdict.text) + '\n');
            call.finish(verdict.isGood ? 0 : 1);
        }));
}

void showPrices(const CliCall &call, const std::vector<PriceView> &prices)
{
    if (call.isJson()) {
        call.printJson(jsonList(prices));
        return;
    }
    CliTable table({cliText(QT_TRANSLATE_NOOP("Cli", "Model")), cliText(QT_TRANSLATE_NOOP("Cli", "In")),
                    cliText(QT_TRANSLATE_NOOP("Cli", "Cached")), cliText(QT_TRANSLATE_NOOP("Cli", "Out")),
                    cliText(QT_TRANSLATE_NOOP("Cli", "Set by you"))});
    for (const PriceView &price : prices)
        table.add({price.row.model, usd(price.row.prices.input), usd(price.row.prices.cached),
                   usd(price.row.prices.output),
                   price.isOwn ? cliText(QT_TRANSLATE_NOOP("Cli", "yes")) : ""});
    call.print(table.text());
}

Reply<std::vector<PriceView>> pricesReply(CliCall &call)
{
    return call.reply<std::vector<PriceView>>(
        [&call](const std::vector<PriceView> &prices) { showPrices(call, prices); });
}

void prices(CliCall &call)
{
    call.control().serving().prices(pricesReply(call));
}

void setPrice(CliCall &call)
{
    PriceRow row;
    row.model = call.words().front();
    const auto input = call.money("input");
    const auto output = call.money("price-output");
    const auto cached = call.money("cached");
    if (!call.isOver() && (!input || !output))
        call.refuse(cliText(QT_TRANSLATE_NOOP("Cli", "A price needs --input and --price-output.")));
    if (call.isOver())
        return;
    row.prices = {*input, cached.value_or(*input), *output};
    call.control().serving().setPrices({row}, pricesReply(call));
}

void resetPrice(CliCall &call)
{
    call.control().serving().removePrice(call.words().front(),
                                         call.done(cliText(QT_TRANSLATE_NOOP("Cli", "Deleted."))));
}

constexpr CliAction ACTIONS[] = {
    {"proxies", "list", "", 0, 0, "", QT_TRANSLATE_NOOP("Cli", "list proxies and how they do"), list},
    {"proxies", "add", "URL", 1, 1, "label", QT_TRANSLATE_NOOP("Cli", "add a proxy"), add},
    {"proxies", "edit", "ID", 1, 1, "proxy label enabled", QT_TRANSLATE_NOOP("Cli", "change a proxy"), edit},
    {"proxies", "delete", "ID", 1, 1, "", QT_TRANSLATE_NOOP("Cli", "delete a proxy"), remove},
    {"proxies", "check", "ID", 1, 1, "", QT_TRANSLATE_NOOP("Cli", "try a proxy"), check},
    {"prices", "list", "", 0, 0, "",
     QT_TRANSLATE_NOOP("Cli", "list what models cost, in US dollars for a million tokens"), prices},
    {"prices", "set", "MODEL", 1, 1, "input cached price-output",
     QT_TRANSLATE_NOOP("Cli", "set what a model costs"), setPrice},
    {"prices", "reset", "MODEL", 1, 1, "",
     QT_TRANSLATE_NOOP("Cli", "back to the price that came with the program"), resetPrice},
};

} // namespace

std::span<const CliAction> proxyActions()
{
    return ACTIONS;
}

} // namespace Gateway
