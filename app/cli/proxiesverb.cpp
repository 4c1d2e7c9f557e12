#include "app/cli/cliaction.h"
#include "app/cli/clicall.h"
#include "app/cli/clitext.h"

namespace Gateway {

namespace {

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

constexpr CliAction ACTIONS[] = {
    {"proxies", "list", "", 0, 0, "", QT_TRANSLATE_NOOP("Cli", "list proxies and how they do"), list},
    {"proxies", "add", "URL", 1, 1, "label", QT_TRANSLATE_NOOP("Cli", "add a proxy"), add},
    {"proxies", "edit", "ID", 1, 1, "proxy label enabled", QT_TRANSLATE_NOOP("Cli", "change a proxy"), edit},
    {"proxies", "delete", "ID", 1, 1, "", QT_TRANSLATE_NOOP("Cli", "delete a proxy"), remove},
    {"proxies", "check", "ID", 1, 1, "", QT_TRANSLATE_NOOP("Cli", "try a proxy"), check},
};

} // namespace

std::span<const CliAction> proxyActions()
{
    return ACTIONS;
}

} // namespace Gateway
