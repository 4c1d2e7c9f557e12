#include "gateway/control/importexport/csv.h"

#include <utility>

namespace Gateway {

namespace {

constexpr std::string_view FORMULA_STARTS = "=+-@\t\r";

class CsvReader
{
public:
    CsvReader(std::string_view text, char separator)
        : m_text(text)
        , m_separator(separator)
    {
    }

    std::vector<CsvRow> read()
    {
        for (const char c : m_text) {
            if (m_isQuoted)
                quoted(c);
            else
                plain(c);
            if (c == '\n')
                ++m_line;
        }
        endRow();
        return std::move(m_rows);
    }

private:
    void quoted(char c)
    {
        if (c == '"')
            m_isQuoted = false, m_wasQuoted = true;
        else
            m_field += c;
    }

    void plain(char c)
    {
        const bool afterQuote = std::exchange(m_wasQuoted, false);
        if (c == '"' && afterQuote) { // a doubled one
            m_field += c;
            m_isQuoted = true;
        } else if (c == '"' && m_field.empty()) {
            m_isQuoted = true;
        } else if (c == m_separator) {
            m_row.fields.push_back(std::exchange(m_field, {}));
            m_hasField = true;
        } else if (c == '\n') {
            endRow();
        } else if (c != '\r') {
            m_field += c;
        }
    }

    void endRow()
    {
        if (m_hasField || !m_field.empty()) {
            m_row.fields.push_back(std::exchange(m_field, {}));
            m_row.line = m_rowLine;
            m_rows.push_back(std::exchange(m_row, {}));
        }
        m_hasField = false;
        m_rowLine = m_line + 1;
    }

    std::string_view m_text;
    char m_separator;
    std::vector<CsvRow> m_rows;
    CsvRow m_row;
    std::string m_field;
    int m_line = 1;
    int m_rowLine = 1;
    bool m_isQuoted = false;
    bool m_wasQuoted = false; ///< The character before closed a quoted part.
    bool m_hasField = false;
};

} // namespace

std::vector<CsvRow> parseCsv(std::string_view text, char separator)
{
    if (text.starts_with("\xef\xbb\xbf"))
        text.remove_prefix(3);
    return CsvReader(text, separator).read();
}

void appendCsvField(std::string &out, std::string_view field)
{
    const bool isFormula = !field.empty() && (FORMULA_STARTS.find(field.front()) != std::string_view::npos ||
                                              field.front() == '\'');
    const bool isQuoted = field.find_first_of(",;\t\"\r\n") != std::string_view::npos;
    if (isQuoted)
        out += '"';
    if (isFormula)
        out += '\'';
    for (const char c : field) {
        if (c == '"')
            out += '"';
        out += c;
    }
    if (isQuoted)
        out += '"';
}

std::string fromCsvField(std::string field)
{
    if (field.size() > 1 && field.front() == '\'' &&
        (FORMULA_STARTS.find(field[1]) != std::string_view::npos || field[1] == '\''))
        field.erase(0, 1);
    return field;
}

} // namespace Gateway
