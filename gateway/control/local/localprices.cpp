#include "gateway/control/local/localprices.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "gateway/store/store.h"

namespace Gateway {

namespace {

constexpr std::size_t MAX_ROWS = 1'000;
constexpr std::int64_t DEAREST = 1'000'000'000'000; ///< A million dollars for a million tokens.

bool isPrice(std::int64_t micro)
{
    return micro >= 0 && micro <= DEAREST;
}

bool isSound(const PriceRow &row)
{
    return !row.model.empty() && row.model.size() <= 200 && row.longFrom >= 0 && isPrice(row.prices.input) &&
           isPrice(row.prices.cached) && isPrice(row.prices.output) && isPrice(row.longPrices.input) &&
           isPrice(row.longPrices.cached) && isPrice(row.longPrices.output);
}

/// Whether a row of that model is among them.
auto named(const std::string &model)
{
    return [&model](const PriceRow &row) { return row.model == model; };
}

} // namespace

LocalPrices::LocalPrices(const LocalParts &parts, const AuditTrail &audit, QObject &context,
                         std::function<void()> changed)
    : m_parts(parts)
    , m_audit(audit)
    , m_context(context)
    , m_changed(std::move(changed))
{
}

PriceTable LocalPrices::table() const
{
    return PriceTable::withUserRows(m_own);
}

std::vector<PriceView> LocalPrices::list() const
{
    std::vector<PriceView> views;
    const PriceTable prices = table();
    for (const PriceRow &row : prices.rows())
        views.push_back({row, std::any_of(m_own.begin(), m_own.end(), named(row.model))});
    std::sort(views.begin(), views.end(),
              [](const PriceView &a, const PriceView &b) { return a.row.model < b.row.model; });
    return views;
}

void LocalPrices::save(std::vector<PriceRow> rows, std::function<void(Result<void>)> done)
{
    m_parts.store.replacePrices(
        rows, Reply<void>{&m_context, [this, rows, done = std::move(done)](Result<void> saved) {
                              if (saved) {
                                  m_own = rows;
                                  if (m_parts.usePrices)
                                      m_parts.usePrices(std::make_shared<const PriceTable>(table()));
                                  m_changed();
                              }
                              done(std::move(saved));
                          }});
}

void LocalPrices::set(const std::vector<PriceRow> &rows, const Reply<std::vector<PriceView>> &reply)
{
    std::vector<PriceRow> next = m_own;
    for (const PriceRow &row : rows) {
        if (!isSound(row) || next.size() >= MAX_ROWS) {
            reply(fail(Error{422, "invalid_value", "A price needs a model and amounts that make sense.",
                             "prices", 0}));
            return;
        }
        std::erase_if(next, named(row.model));
        next.push_back(row);
    }
    m_audit.note("prices.set", std::to_string(rows.size()) + " prices");
    save(std::move(next), [this, reply](Result<void> saved) {
        if (saved)
            reply(list());
        else
            reply(fail(std::move(saved.error())));
    });
}

void LocalPrices::remove(const std::string &model, const Reply<void> &reply)
{
    std::vector<PriceRow> next = m_own;
    if (std::erase_if(next, named(model)) == 0) {
        reply(fail(404, "unknown_price", "No price of yours is of this model."));
        return;
    }
    m_audit.note("prices.reset", model);
    save(std::move(next), [reply](Result<void> saved) { reply(std::move(saved)); });
}

} // namespace Gateway
