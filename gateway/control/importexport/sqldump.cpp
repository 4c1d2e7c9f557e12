#include "gateway/control/importexport/sqldump.h"

#include <algorithm>
#include <utility>

#include "gateway/common/text.h"

namespace Gateway {

namespace {

constexpr std::string_view TABLE = "t_settings";

/// Walks over the INSERTs of one table.
class DumpReader
{
public:
    explicit DumpReader(std::string_view dump)
        : m_rest(dump)
    {
    }

    ImportedTexts read()
    {
        while (findInsert()) {
            readColumns();
            while (readRow()) {
            }
        }
        return std::move(m_texts);
    }

private:
    /// Behind the next `INSERT INTO t_settings`; only MySQL puts names into back quotes.
    bool findInsert()
    {
        constexpr std::string_view INSERT = "INSERT INTO ";
        for (;;) {
            const std::size_t at = m_rest.find(INSERT);
            if (at == std::string_view::npos)
                return false;
            m_rest.remove_prefix(at + INSERT.size());
            m_hasEscapes = m_rest.starts_with('`');
            if (m_hasEscapes || m_rest.starts_with('"'))
                m_rest.remove_prefix(1);
            if (!m_rest.starts_with(TABLE))
                continue;
            m_rest.remove_prefix(TABLE.size());
            if (!m_rest.empty() && (m_rest.front() == '`' || m_rest.front() == '"'))
                m_rest.remove_prefix(1);
            return true;
        }
    }

    void skipBlanks() { m_rest.remove_prefix(std::min(m_rest.find_first_not_of(" \t\r\n"), m_rest.size())); }

    bool take(std::string_view word)
    {
        skipBlanks();
        if (!startsWithIgnoreCase(m_rest, word))
            return false;
        m_rest.remove_prefix(word.size());
        return true;
    }

    /// "(`id`, `key`, …)" where there is one, else the order in which the table was made.
    void readColumns()
    {
        m_keyAt = 1;
        m_valueAt = 2;
        if (take("(")) {
            const std::size_t end = std::min(m_rest.find(')'), m_rest.size());
            const std::vector<std::string> names = splitList(m_rest.substr(0, end), ",`\" ");
            m_keyAt = placeIn(names, "key");
            m_valueAt = placeIn(names, "value");
            m_rest.remove_prefix(std::min(end + 1, m_rest.size()));
        }
        take("VALUES");
    }

    static std::size_t placeIn(const std::vector<std::string> &names, std::string_view name)
    {
        return static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin());
    }

    /// One "(…)" and the comma behind it.
    bool readRow()
    {
        if (!take("("))
            return false;
        std::vector<std::string> fields;
        while (!m_rest.empty()) {
            fields.push_back(readValue());
            if (take(","))
                continue;
            if (!take(")"))
                return false; // no SQL that we know
            break;
        }
        if (std::max(m_keyAt, m_valueAt) < fields.size())
            m_texts.emplace_back(fields[m_keyAt], fields[m_valueAt]);
        take(",");
        return true;
    }

    std::string readValue()
    {
        if (take("'"))
            return readText();
        skipBlanks();
        const std::size_t end = std::min(m_rest.find_first_of(",)"), m_rest.size());
        std::string word(trimmed(m_rest.substr(0, end)));
        m_rest.remove_prefix(end);
        return equalsIgnoreCase(word, "NULL") ? std::string() : word;
    }

    /// Up to the closing quote; MySQL's escapes: dev.mysql.com/doc/refman/8.0/en/string-literals.html
    std::string readText()
    {
        std::string text;
        while (!m_rest.empty()) {
            const char c = takeCharacter();
            if (c == '\\' && m_hasEscapes && !m_rest.empty()) {
                text += unescaped(takeCharacter());
            } else if (c != '\'') {
                text += c;
            } else if (m_rest.starts_with('\'')) {
                text += takeCharacter();
            } else {
                break;
            }
        }
        return text;
    }

    char takeCharacter()
    {
        const char c = m_rest.front();
        m_rest.remove_prefix(1);
        return c;
    }

    static char unescaped(char c)
    {
        switch (c) {
        case 'n':
            return '\n';
        case 'r':
            return '\r';
        case 't':
            return '\t';
        case '0':
            return '\0';
        default:
            return c;
        }
    }

    std::string_view m_rest;
    ImportedTexts m_texts;
    std::size_t m_keyAt = 1;
    std::size_t m_valueAt = 2;
    bool m_hasEscapes = false;
};

} // namespace

std::optional<ImportedTexts> settingsInDump(std::string_view dump)
{
    ImportedTexts texts = DumpReader(dump).read();
    if (texts.empty())
        return std::nullopt;
    return texts;
}

} // namespace Gateway
