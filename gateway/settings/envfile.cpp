#include "gateway/settings/envfile.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>

#include "gateway/common/text.h"

namespace Gateway {

namespace {

constexpr bool isNameCharacter(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
}

constexpr bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

/// Walks through the file once, from line to line.
class EnvFileReader
{
public:
    explicit EnvFileReader(std::string_view text)
        : m_rest(text)
    {
        if (m_rest.starts_with("\xef\xbb\xbf"))
            m_rest.remove_prefix(3);
    }

    Result<SettingTexts> read()
    {
        for (skipToEntry(); !m_rest.empty(); skipToEntry()) {
            std::string name = readName();
            skipBlanks();
            if (name.empty() || !m_rest.starts_with('='))
                return broken("NAME=value was expected");
            m_rest.remove_prefix(1);
            skipBlanks();
            Result<std::string> value = readValue();
            if (!value)
                return fail(std::move(value.error()));
            m_texts.emplace_back(std::move(name), std::move(*value));
        }
        return std::move(m_texts);
    }

private:
    tl::unexpected<Error> broken(std::string_view what) const
    {
        return fail(400, "invalid_env_file", "line " + std::to_string(m_line) + ": " + std::string(what));
    }

    void skipBlanks()
    {
        while (!m_rest.empty() && isBlank(m_rest.front()))
            m_rest.remove_prefix(1);
    }

    void skipLine()
    {
        const std::size_t end = m_rest.find('\n');
        m_rest.remove_prefix(end == std::string_view::npos ? m_rest.size() : end);
    }

    /// Past empty lines and comments to the next entry's first character.
    void skipToEntry()
    {
        for (;;) {
            skipBlanks();
            if (m_rest.starts_with('#'))
                skipLine();
            if (!m_rest.starts_with('\n'))
                return;
            m_rest.remove_prefix(1);
            ++m_line;
        }
    }

    std::string_view readWord()
    {
        const auto end = std::find_if_not(m_rest.begin(), m_rest.end(), isNameCharacter);
        const std::string_view word = m_rest.substr(0, static_cast<std::size_t>(end - m_rest.begin()));
        m_rest.remove_prefix(word.size());
        return word;
    }

    std::string readName()
    {
        std::string_view word = readWord();
        if (word == "export" && !m_rest.empty() && isBlank(m_rest.front())) {
            skipBlanks();
            word = readWord();
        }
        return std::string(word);
    }

    Result<std::string> readValue()
    {
        if (m_rest.starts_with('"') || m_rest.starts_with('\'')) {
            Result<std::string> value = readQuoted(m_rest.front());
            if (!value)
                return value;
            skipBlanks();
            if (m_rest.starts_with('#'))
                skipLine();
            if (!m_rest.empty() && m_rest.front() != '\n')
                return broken("text after the closing quote");
            return value;
        }
        std::string_view value = m_rest.substr(0, m_rest.find('\n'));
        m_rest.remove_prefix(value.size());
        // A # inside a word belongs to it (passwords, colours); after a blank it starts a comment.
        for (std::size_t at = value.find('#'); at != std::string_view::npos; at = value.find('#', at + 1)) {
            if (at == 0 || isBlank(value[at - 1])) {
                value = value.substr(0, at);
                break;
            }
        }
        return std::string(trimmed(value));
    }

    Result<std::string> readQuoted(char quote)
    {
        const std::size_t firstLine = m_line;
        std::string value;
        for (std::size_t i = 1; i < m_rest.size(); ++i) {
            const char c = m_rest[i];
            if (c == quote) {
                m_rest.remove_prefix(i + 1);
                return value;
            }
            if (c == '\n')
                ++m_line;
            if (c == '\\' && quote == '"' && i + 1 < m_rest.size())
                appendEscaped(value, m_rest[++i]);
            else if (c != '\r')
                value += c;
        }
        m_line = firstLine;
        return broken("the quote is not closed");
    }

    void appendEscaped(std::string &value, char c)
    {
        switch (c) {
        case 'n':
            value += '\n';
            break;
        case 'r':
            value += '\r';
            break;
        case 't':
            value += '\t';
            break;
        case '"':
        case '\\':
        case '$':
            value += c;
            break;
        case '\n': // a continued line
            ++m_line;
            break;
        default:
            value += '\\';
            value += c;
        }
    }

    std::string_view m_rest;
    std::size_t m_line = 1;
    SettingTexts m_texts;
};

} // namespace

Result<SettingTexts> parseEnvFile(std::string_view text)
{
    return EnvFileReader(text).read();
}

} // namespace Gateway
