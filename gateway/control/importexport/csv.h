#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace Gateway {

/// One record of a CSV text.
struct CsvRow
{
    std::vector<std::string> fields;
    int line = 0; ///< Where it begins, from 1.
};

/// Reads CSV (RFC 4180) with any one-byte separator: quoted fields may hold separators, doubled quotes and
/// line breaks. Nothing is an error: a quote that is not closed ends with the text. Empty lines are left out.
std::vector<CsvRow> parseCsv(std::string_view text, char separator);

/// Appends one field, quoted where it must be. A text that a table program would take for a formula gets an
/// apostrophe before it (owasp.org/www-community/attacks/CSV_Injection); fromCsvField() takes it away.
void appendCsvField(std::string &out, std::string_view field);
std::string fromCsvField(std::string field);

} // namespace Gateway
