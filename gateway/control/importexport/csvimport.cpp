#include "gateway/control/importexport/csvimport.h"

#include <algorithm>

#include "gateway/common/text.h"
#include "gateway/control/importexport/csv.h"
#include "gateway/control/importexport/importbuilder.h"
#include "gateway/control/importexport/keyfields.h"

namespace Gateway {

namespace {

/// The separator with which the first line names a column of keys; nothing when none does.
std::optional<char> separatorOf(std::string_view text)
{
    const std::string_view first = text.substr(0, text.find('\n'));
    for (const char separator : {',', ';', '\t'}) {
        if (first.find(separator) == std::string_view::npos)
            continue;
        const std::vector<CsvRow> rows = parseCsv(first, separator);
        if (!rows.empty() &&
            std::any_of(rows[0].fields.begin(), rows[0].fields.end(),
                        [](const std::string &name) { return keyFieldNamed(name) == KeyField::Key; }))
            return separator;
    }
    return std::nullopt;
}

void readRow(const CsvRow &row, const std::vector<KeyField> &columns, ImportBuilder &builder)
{
    KeySettings settings;
    std::string key;
    for (std::size_t i = 0; i < std::min(row.fields.size(), columns.size()); ++i) {
        const std::string value = fromCsvField(row.fields[i]);
        if (columns[i] == KeyField::Key)
            key = trimmed(value);
        else if (std::string wrong = setKeyField(settings, columns[i], value); !wrong.empty())
            builder.warn(row.line, std::string(keyFieldName(columns[i])) + ": " + std::move(wrong));
    }
    if (key.empty())
        return;
    ImportPlace place = builder.placeOf(key);
    if (place.line < row.line) // the same text further up
        place = {row.line, 0, 0};
    builder.addKey(key, std::move(settings), place);
}

} // namespace

std::optional<ImportResult> importCsv(std::string_view text, const KnownKeys &isKnown)
{
    const std::optional<char> separator = separatorOf(text);
    if (!separator)
        return std::nullopt;
    const std::vector<CsvRow> rows = parseCsv(text, *separator);
    std::vector<KeyField> columns;
    for (const std::string &name : rows.front().fields)
        columns.push_back(keyFieldNamed(name));
    ImportBuilder builder(text, ImportFormat::Csv, isKnown);
    for (std::size_t i = 1; i < rows.size(); ++i)
        readRow(rows[i], columns, builder);
    builder.takeLeftOvers();
    return builder.take();
}

} // namespace Gateway
