#include "gateway/store/pricerepository.h"

namespace Gateway {

namespace {

constexpr std::string_view LOAD = "SELECT model, input, cached, output, long_from, long_input, long_cached, "
                                  "long_output, note FROM prices ORDER BY model";
constexpr std::string_view CLEAR = "DELETE FROM prices";
constexpr std::string_view PUT =
    "INSERT OR REPLACE INTO prices (model, input, cached, output, long_from, long_input, long_cached, "
    "long_output, note) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";

} // namespace

PriceRepository::PriceRepository(Database &database)
    : m_load(database.prepare(LOAD))
    , m_clear(database.prepare(CLEAR))
    , m_put(database.prepare(PUT))
{
}

Result<std::vector<PriceRow>> PriceRepository::load()
{
    return m_load->collect<PriceRow>([](Statement &statement) {
        return PriceRow{statement.text(0),
                        {statement.integer(1), statement.integer(2), statement.integer(3)},
                        statement.integer(4),
                        {statement.integer(5), statement.integer(6), statement.integer(7)},
                        statement.text(8)};
    });
}

Result<void> PriceRepository::replace(const std::vector<PriceRow> &rows)
{
    Result<void> done = m_clear->run();
    for (const PriceRow &row : rows) {
        if (!done)
            return done;
        m_put->bindText(0, row.model);
        int at = 1;
        for (const std::int64_t number :
             {row.prices.input, row.prices.cached, row.prices.output, row.longFrom, row.longPrices.input,
              row.longPrices.cached, row.longPrices.output})
            m_put->bind(at++, number);
        m_put->bindText(at, row.note);
        done = m_put->run();
    }
    return done;
}

} // namespace Gateway
