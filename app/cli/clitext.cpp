#include "app/cli/clitext.h"

#include <algorithm>
#include <cstdio>
#include <utility>

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>
#include <QTranslator>

using namespace Qt::StringLiterals;

namespace Gateway {

namespace {

constexpr std::size_t HELP_COLUMN = 34;

QString translated(std::string_view text)
{
    return QCoreApplication::translate("Cli", std::string(text).c_str());
}

/// East Asian wide letters, roughly: what terminals give two cells (unicode.org, UAX 11).
bool isWide(char32_t letter)
{
    return (letter >= 0x1100 && letter <= 0x115f) || (letter >= 0x2e80 && letter <= 0xa4cf) ||
           (letter >= 0xac00 && letter <= 0xd7a3) || (letter >= 0xf900 && letter <= 0xfaff) ||
           (letter >= 0xfe30 && letter <= 0xfe6f) || (letter >= 0xff00 && letter <= 0xff60) ||
           (letter >= 0xffe0 && letter <= 0xffe6) || (letter >= 0x20000 && letter <= 0x3fffd);
}

/// One line: what came from elsewhere must not write lines of its own.
std::string oneLine(std::string text)
{
    std::replace_if(
        text.begin(), text.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; }, ' ');
    return text;
}

} // namespace

std::string cliText(std::string_view text)
{
    return translated(text).toStdString();
}

std::string cliText(std::string_view text, std::string_view first)
{
    return translated(text)
        .arg(QString::fromUtf8(first.data(), static_cast<qsizetype>(first.size())))
        .toStdString();
}

void loadCliTranslations()
{
    auto *translator = new QTranslator(QCoreApplication::instance());
    if (translator->load(QLocale(), u"gemini-balance"_s, u"_"_s, u":/translations"_s))
        QCoreApplication::installTranslator(translator);
}

void appendHelpLine(std::string &help, const std::string &option, std::string_view text)
{
    help += "  " + option;
    help.append(option.size() + 4 > HELP_COLUMN ? 2 : HELP_COLUMN - option.size() - 2, ' ');
    help += text;
    help += '\n';
}

std::size_t shownWidth(std::string_view text)
{
    std::size_t width = 0;
    for (const char32_t letter : QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())).toUcs4())
        width += isWide(letter) ? 2 : 1;
    return width;
}

std::string timeText(std::int64_t ms)
{
    if (ms == 0)
        return {};
    return QDateTime::fromMSecsSinceEpoch(ms).toString(u"yyyy-MM-dd HH:mm:ss"_s).toStdString();
}

std::string durationText(std::int64_t ms)
{
    char text[32];
    if (ms < 60'000)
        std::snprintf(text, sizeof(text), "%.2f s", static_cast<double>(ms) / 1000);
    else
        std::snprintf(text, sizeof(text), "%lld m %02lld s", static_cast<long long>(ms / 60'000),
                      static_cast<long long>(ms / 1000 % 60));
    return text;
}

CliTable::CliTable(std::vector<std::string> heads)
    : m_heads(std::move(heads))
{
}

void CliTable::add(std::vector<std::string> cells)
{
    for (std::string &cell : cells)
        cell = oneLine(std::move(cell));
    m_rows.push_back(std::move(cells));
}

std::string CliTable::text() const
{
    std::vector<std::size_t> widths;
    for (const std::string &head : m_heads)
        widths.push_back(shownWidth(head));
    for (const std::vector<std::string> &row : m_rows) {
        for (std::size_t i = 0; i < row.size(); ++i)
            widths[i] = std::max(widths[i], shownWidth(row[i]));
    }
    std::string out;
    const auto append = [&](const std::vector<std::string> &row) {
        std::string line;
        for (std::size_t i = 0; i < row.size(); ++i) {
            line += row[i];
            line.append(widths[i] - shownWidth(row[i]) + 2, ' ');
        }
        line.erase(line.find_last_not_of(' ') + 1);
        out += line + '\n';
    };
    append(m_heads);
    for (const std::vector<std::string> &row : m_rows)
        append(row);
    return out;
}

} // namespace Gateway
