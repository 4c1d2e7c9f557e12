#include "gateway/control/local/localrecords.h"

#include <algorithm>
#include <utility>

#include "gateway/telemetry/logring.h"

namespace Gateway {

namespace {

constexpr std::size_t ALL = SIZE_MAX;

bool contains(std::string_view text, std::string_view part)
{
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
    return std::search(text.begin(), text.end(), part.begin(), part.end(),
                       [lower](char a, char b) { return lower(a) == lower(b); }) != text.end();
}

} // namespace

LocalRecords::LocalRecords(const LocalParts &parts)
    : m_parts(parts)
{
}

void LocalRecords::log(LogQuery query, Reply<LogPage> reply)
{
    if (!m_parts.log) {
        reply(fail(501, "not_supported", "This program keeps no lines of its log."));
        return;
    }
    LogPage page;
    page.lines = m_parts.log->after(query.after, ALL);
    page.last = page.lines.empty() ? query.after : page.lines.back().number;
    std::erase_if(page.lines, [&query](const LogLine &line) {
        return line.level < query.level || !line.category.starts_with(query.category) ||
               !contains(line.text, query.search);
    });
    if (page.lines.size() > query.limit)
        page.lines.erase(page.lines.begin(), page.lines.end() - static_cast<std::ptrdiff_t>(query.limit));
    reply(std::move(page));
}

} // namespace Gateway
