#include "ui/pages/clients/linediff.h"

#include <algorithm>

#include <QRegularExpression>

#include "gateway/common/secret.h"
#include "ui/pages/clients/textlines.h"

using namespace Qt::StringLiterals;

namespace Ui {

namespace {

using Lines = std::vector<DiffLine>;

constexpr std::size_t MOST_CELLS = 4'000'000;

/// By the longest common run of the middle part, which is small: heads and tails are cut off before.
void diffMiddle(const QStringList &before, const QStringList &after, Lines &lines)
{
    const auto rows = static_cast<std::size_t>(before.size());
    const auto columns = static_cast<std::size_t>(after.size());
    const auto old = [&](std::size_t i) { return before[static_cast<qsizetype>(i)]; };
    const auto fresh = [&](std::size_t i) { return after[static_cast<qsizetype>(i)]; };
    // Two files that have nothing to do with each other are not worth the table.
    const bool isCompared = rows * columns <= MOST_CELLS;
    std::vector<std::vector<int>> common(isCompared ? rows + 1 : 0, std::vector<int>(columns + 1, 0));
    for (std::size_t i = isCompared ? rows : 0; i-- > 0;) {
        for (std::size_t j = columns; j-- > 0;)
            common[i][j] =
                old(i) == fresh(j) ? common[i + 1][j + 1] + 1 : std::max(common[i + 1][j], common[i][j + 1]);
    }
    std::size_t i = 0;
    std::size_t j = 0;
    while (i < rows || j < columns) {
        if (isCompared && i < rows && j < columns && old(i) == fresh(j)) {
            lines.push_back({DiffLine::Kind::Same, old(i++)});
            ++j;
        } else if (i < rows && (j == columns || !isCompared || common[i + 1][j] >= common[i][j + 1])) {
            lines.push_back({DiffLine::Kind::Removed, old(i++)});
        } else {
            lines.push_back({DiffLine::Kind::Added, fresh(j++)});
        }
    }
}

Lines withContext(const Lines &all, int context)
{
    Lines lines;
    const auto isNear = [&](qsizetype at) {
        const qsizetype from = std::max<qsizetype>(0, at - context);
        const qsizetype to = std::min<qsizetype>(std::ssize(all) - 1, at + context);
        return std::any_of(all.begin() + from, all.begin() + to + 1,
                           [](const DiffLine &line) { return line.kind != DiffLine::Kind::Same; });
    };
    for (qsizetype i = 0; i < std::ssize(all); ++i) {
        if (isNear(i))
            lines.push_back(all[static_cast<std::size_t>(i)]);
        else if (lines.empty() || lines.back().kind != DiffLine::Kind::Gap)
            lines.push_back({DiffLine::Kind::Gap, {}});
    }
    return lines;
}

} // namespace

std::vector<DiffLine> lineDiff(const QString &before, const QString &after, int context)
{
    if (before == after)
        return {};
    QStringList old = TextLines(before).lines;
    QStringList fresh = TextLines(after).lines;
    Lines head;
    Lines tail;
    while (!old.isEmpty() && !fresh.isEmpty() && old.first() == fresh.first()) {
        head.push_back({DiffLine::Kind::Same, old.takeFirst()});
        fresh.removeFirst();
    }
    while (!old.isEmpty() && !fresh.isEmpty() && old.last() == fresh.last()) {
        tail.push_back({DiffLine::Kind::Same, old.takeLast()});
        fresh.removeLast();
    }
    diffMiddle(old, fresh, head);
    head.insert(head.end(), tail.rbegin(), tail.rend());
    return withContext(head, context);
}

QString maskedConfigLine(const QString &line)
{
    static const QRegularExpression known(u"\\b(?:AIza|AQ\\.|sk-|gb-|gsk_|ghp_|xai-)[A-Za-z0-9_.-]{8,}"_s);
    static const QRegularExpression named(
        u"(?:key|token|secret|passw(?:or)?d|authorization)[\"']?\\s*[:=]\\s*[\"']?(?:Bearer\\s+)?([^\\s\"',}]{12,})"_s,
        QRegularExpression::CaseInsensitiveOption);
    QString masked = line;
    for (const auto &[pattern, group] : {std::pair(&known, 0), std::pair(&named, 1)}) {
        qsizetype at = 0;
        for (auto match = pattern->match(masked, at); match.hasMatch(); match = pattern->match(masked, at)) {
            const QString cover =
                QString::fromStdString(Gateway::maskSecret(match.captured(group).toStdString()));
            masked.replace(match.capturedStart(group), match.capturedLength(group), cover);
            at = match.capturedStart(group) + cover.size();
        }
    }
    return masked;
}

} // namespace Ui
