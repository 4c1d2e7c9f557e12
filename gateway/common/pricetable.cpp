#include "gateway/common/pricetable.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include <QFile>

#include "gateway/common/json.h"
#include "gateway/common/text.h"

namespace Gateway {

namespace {

constexpr double MICROS = 1e6;
constexpr double MAX_DOLLARS = 1e6; // a million dollars for a million tokens: surely a slip of the pen
constexpr std::int64_t TOKENS_PRICED = 1'000'000;

/// How closely a row names its models: by letters, and the name itself before a pattern with the same ones.
std::pair<std::size_t, bool> closeness(const PriceRow &row)
{
    const auto stars = static_cast<std::size_t>(std::count(row.model.begin(), row.model.end(), '*'));
    return {row.model.size() - stars, stars == 0};
}

/// False when the member is there and no sensible price; `price` stays when it is absent.
bool readPrice(const json::object &object, std::string_view name, std::int64_t &price)
{
    const json::value *value = object.if_contains(name);
    if (!value)
        return true;
    boost::system::error_code error;
    const auto dollars = value->to_number<double>(error);
    if (error || !(dollars >= 0 && dollars <= MAX_DOLLARS))
        return false;
    price = std::llround(dollars * MICROS);
    return true;
}

bool readRow(const json::value &value, PriceRow &row)
{
    const json::object *object = value.if_object();
    if (!object || !object->contains("input") || !object->contains("output"))
        return false;
    row.model = trimmed(stringAt(*object, "model"));
    row.note = stringAt(*object, "note");
    bool sound = !row.model.empty() && readPrice(*object, "input", row.prices.input) &&
                 readPrice(*object, "output", row.prices.output);
    row.prices.cached = row.prices.input;
    sound = sound && readPrice(*object, "cached", row.prices.cached);
    row.longFrom = integerAt(*object, "longFrom", 0);
    row.longPrices = row.prices;
    return sound && row.longFrom >= 0 && readPrice(*object, "longInput", row.longPrices.input) &&
           readPrice(*object, "longCached", row.longPrices.cached) &&
           readPrice(*object, "longOutput", row.longPrices.output);
}

double dollars(std::int64_t micro)
{
    return static_cast<double>(micro) / MICROS;
}

json::object rowJson(const PriceRow &row)
{
    json::object object{{"model", row.model},
                        {"input", dollars(row.prices.input)},
                        {"cached", dollars(row.prices.cached)},
                        {"output", dollars(row.prices.output)}};
    if (row.longFrom > 0) {
        object["longFrom"] = row.longFrom;
        object["longInput"] = dollars(row.longPrices.input);
        object["longCached"] = dollars(row.longPrices.cached);
        object["longOutput"] = dollars(row.longPrices.output);
    }
    if (!row.note.empty())
        object["note"] = row.note;
    return object;
}

} // namespace

PriceTable::PriceTable(const std::vector<PriceRow> &rows)
{
    for (const PriceRow &row : rows) {
        const auto same = std::find_if(m_rows.begin(), m_rows.end(),
                                       [&row](const PriceRow &other) { return other.model == row.model; });
        if (same == m_rows.end())
            m_rows.push_back(row);
        else
            *same = row;
    }
    std::stable_sort(m_rows.begin(), m_rows.end(), [](const PriceRow &left, const PriceRow &right) {
        return closeness(left) > closeness(right);
    });
}

PriceTable PriceTable::builtIn()
{
    QFile file(QStringLiteral(":/prices/prices.json"));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QByteArray text = file.readAll();
    const auto rows = parsePriceRows({text.data(), static_cast<std::size_t>(text.size())});
    return rows ? PriceTable(*rows) : PriceTable();
}

PriceTable PriceTable::withUserRows(const std::vector<PriceRow> &rows)
{
    std::vector<PriceRow> all = builtIn().rows();
    all.insert(all.end(), rows.begin(), rows.end());
    return PriceTable(all);
}

std::string PriceTable::toJson() const
{
    json::array models;
    for (const PriceRow &row : m_rows)
        models.push_back(rowJson(row));
    return Gateway::toJson(json::object{{"models", std::move(models)}});
}

const PriceRow *PriceTable::find(std::string_view model) const
{
    const auto found = std::find_if(m_rows.begin(), m_rows.end(), [model](const PriceRow &row) {
        return matchesPattern(model, row.model);
    });
    return found == m_rows.end() ? nullptr : &*found;
}

std::int64_t PriceTable::costMicro(std::string_view model, const TokenCounts &tokens) const
{
    const auto told = [](std::int64_t count) { return std::max<std::int64_t>(count, 0); };
    const std::int64_t prompt = told(tokens.prompt) + told(tokens.toolUse);
    const std::int64_t output = told(tokens.candidates) + told(tokens.thoughts);
    if (tokens.prompt < 0 && tokens.candidates < 0)
        return -1;
    const PriceRow *row = find(model);
    if (!row)
        return -1;
    const bool isLong = row->longFrom > 0 && prompt > row->longFrom;
    const TokenPrices &prices = isLong ? row->longPrices : row->prices;
    const std::int64_t cached = std::min(told(tokens.cached), prompt);
    const std::int64_t sum =
        (prompt - cached) * prices.input + cached * prices.cached + output * prices.output;
    return (sum + TOKENS_PRICED / 2) / TOKENS_PRICED;
}

Result<std::vector<PriceRow>> parsePriceRows(std::string_view text)
{
    const Result<json::object> root = parseJsonObject(text);
    if (!root)
        return fail(root.error());
    const json::array *models = arrayAt(*root, "models");
    if (!models)
        return fail(400, "invalid_prices", "A price file holds an object with the list \"models\".");
    std::vector<PriceRow> rows(models->size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (!readRow((*models)[i], rows[i]))
            return fail(400, "invalid_prices",
                        "Row " + std::to_string(i + 1) +
                            " of the price file needs \"model\", \"input\" and \"output\", in US dollars for "
                            "a million tokens.");
    }
    return rows;
}

} // namespace Gateway
