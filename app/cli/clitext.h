#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <QtGlobal>

namespace Gateway {

/// A text of the command line in the user's language; the context is "Cli".
std::string cliText(std::string_view text);
/// Likewise, with %1 replaced.
std::string cliText(std::string_view text, std::string_view first);

/// Loads the user's language once.
void loadCliTranslations();

/// "  --option VALUE      what it does"
void appendHelpLine(std::string &help, const std::string &option, std::string_view text);

/// Letters a terminal shows of UTF-8 text; wide ones count as two.
std::size_t shownWidth(std::string_view text);

/// "2027-01-31 12:00:05" in local time, "" for 0.
std::string timeText(std::int64_t ms);
/// Milliseconds as "0.84 s", "2 m 05 s".
std::string durationText(std::int64_t ms);

/// A table for terminals: columns as wide as their longest cell, two blanks between.
class CliTable
{
public:
    explicit CliTable(std::vector<std::string> heads);

    void add(std::vector<std::string> cells);
    std::string text() const;
    bool isEmpty() const { return m_rows.empty(); }

private:
    std::vector<std::string> m_heads;
    std::vector<std::vector<std::string>> m_rows;
};

} // namespace Gateway
