#include "app/cli/cliaction.h"
#include "app/cli/clicall.h"
#include "app/cli/clitext.h"
#include "gateway/common/pricetable.h"

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

void loadPrices(CliCall &call)
{
    const std::optional<std::string> text = call.fileText(call.words().front());
    if (!text)
        return;
    Result<std::vector<PriceRow>> rows = parsePriceRows(*text);
    if (rows)
        call.control().serving().setPrices(std::move(*rows), pricesReply(call));
    else
        call.fail(rows.error());
}

void resetPrice(CliCall &call)
{
    call.control().serving().removePrice(call.words().front(),
                                         call.done(cliText(QT_TRANSLATE_NOOP("Cli", "Deleted."))));
}

constexpr CliAction ACTIONS[] = {
    {"prices", "list", "", 0, 0, "",
     QT_TRANSLATE_NOOP("Cli", "list what models cost, in US dollars for a million tokens"), prices},
    {"prices", "set", "MODEL", 1, 1, "input cached price-output",
     QT_TRANSLATE_NOOP("Cli", "set what a model costs"), setPrice},
    {"prices", "load", "FILE", 1, 1, "",
     QT_TRANSLATE_NOOP("Cli", "set the prices of a file such as resources/prices.json; - is the terminal"),
     loadPrices},
    {"prices", "reset", "MODEL", 1, 1, "",
     QT_TRANSLATE_NOOP("Cli", "back to the price that came with the program"), resetPrice},
};

} // namespace

std::span<const CliAction> priceActions()
{
    return ACTIONS;
}

} // namespace Gateway
